// SPDX-License-Identifier: Apache-2.0
// Code lists: the built-in ones and what a site adds. In: texts of ValueSets, CodeSystems, Bundles.
// Out: ValueSets that can be asked, and the notices that came with them. Entered through CodeLists.
#include <fbss/code_lists.hpp>

#include <algorithm>
#include <string>
#include <utility>

#include <fbss/document.hpp>

#include "fhir/code_list_links.hpp"
#include "fhir/code_list_texts.hpp"

namespace fbss {
namespace {

void add_once(std::vector<std::string_view>& texts, std::string_view text) {
  if (std::ranges::find(texts, text) == texts.end()) texts.push_back(text);
}

// The built-in files, one after another. A test holds them sound.
template <class Take>
void each_built_in(Take take) {
  Document document;
  for (std::size_t i = 0; i < code_list_text_count; ++i) {
    const CodeListText& text = code_list_texts[i];
    if (document.parse({reinterpret_cast<const char*>(text.bytes), text.size}))
      take(document.root());
  }
}

}  // namespace

struct CodeLists::State {
  using Links = fhir::CodeListLinks;
  struct Notice {
    std::string url, text;
    std::vector<std::string> systems;  // from which the list takes codes
  };

  fhirpath::ValueSets value_sets;
  std::vector<Notice> notices;  // one a list that has one
  Links links;                  // those of the built-in lists too, once a site has added one
  bool has_links = false;

  void note(JsonNode resource);
  std::size_t link(JsonNode resource);
};

// Gives how many lists and code systems the site's file holds. Without one there is nothing to
// tell, so that most programs never read the built-in files for this.
std::size_t CodeLists::State::link(JsonNode resource) {
  if (!std::exchange(has_links, true))
    each_built_in([&](JsonNode file) { links.add(file, Links::Origin::built_in); });
  return links.add(resource, Links::Origin::site);
}

// A list that is replaced takes its notice with it. Of a Bundle each resource counts.
void CodeLists::State::note(JsonNode resource) {
  for (JsonNode entry = resource.find("entry").first(); entry; entry = entry.next())
    note(entry.find("resource"));
  const std::string_view url = resource.find("url").text();
  if (url.empty()) return;
  std::erase_if(notices, [&](const Notice& notice) { return notice.url == url; });
  const std::string_view text = resource.find("copyright").text();
  if (text.empty()) return;
  Notice& notice = notices.emplace_back(Notice{std::string(url), std::string(text), {}});
  if (resource.find("resourceType").text() == "CodeSystem") notice.systems.emplace_back(url);
  JsonNode include = resource.find("compose").find("include").first();
  for (; include; include = include.next())
    if (const std::string_view system = include.find("system").text(); !system.empty())
      notice.systems.emplace_back(system);
}

CodeLists::CodeLists() : state_(std::make_unique<State>()) {
  each_built_in([&](JsonNode file) {
    state_->note(file);
    (void)state_->value_sets.replace(file);
  });
}
CodeLists::~CodeLists() = default;
CodeLists::CodeLists(CodeLists&&) noexcept = default;
CodeLists& CodeLists::operator=(CodeLists&&) noexcept = default;

Result<void> CodeLists::add(std::string_view json, const Limits& limits) {
  Document document;
  if (auto parsed = document.parse(json, limits); !parsed) return std::move(parsed).problems();
  state_->note(document.root());
  const std::size_t found = state_->link(document.root());
  auto added = state_->value_sets.replace(document.root());
  if (!added || found > 0) return added;
  Problem problem;
  problem.code = ErrorCode::bad_value;
  problem.message = "This Bundle holds no ValueSet and no CodeSystem: nothing is added by it.";
  return problem;
}

Problems CodeLists::check(std::string_view value_set) const {
  Problems problems;
  for (std::string& fault : state_->links.faults(value_set, state_->value_sets)) {
    Problem& problem = problems.emplace_back();
    problem.code = ErrorCode::bad_reference;
    problem.message = std::move(fault);
  }
  return problems;
}

const fhirpath::ValueSets& CodeLists::value_sets() const {
  return state_->value_sets;
}

std::vector<Coding> CodeLists::codings(std::string_view value_set) const {
  std::vector<Coding> codings;
  for (const auto& code : state_->value_sets.listed_codes(value_set))
    codings.push_back(
        {std::string(code.system), std::string(code.code), std::string(code.display)});
  return codings;
}

std::vector<std::string_view> CodeLists::notices() const {
  std::vector<std::string_view> texts;
  for (const State::Notice& notice : state_->notices) add_once(texts, notice.text);
  return texts;
}

std::vector<std::string_view> CodeLists::notices(std::string_view system) const {
  std::vector<std::string_view> texts;
  for (const State::Notice& notice : state_->notices)
    if (std::ranges::find(notice.systems, system) != notice.systems.end())
      add_once(texts, notice.text);
  return texts;
}

}  // namespace fbss

// SPDX-License-Identifier: Apache-2.0
// Sources: adding and building. Bundles are taken apart, so that what is searched is one flat list;
// the value of a name is kept whole besides.
#include "fhir/populate/sources.hpp"

#include <algorithm>
#include <functional>

#include "fhirpath/reference_target.hpp"
#include "fhirpath/whereabouts.hpp"
#include "json/write.hpp"

namespace fbss {
namespace {

using fhirpath::first_of_list;
using fhirpath::text_member;
using json::Node;

Problem no_resource() {
  return {
      .code = ErrorCode::wrong_type,
      .message = "This is no resource of FHIR: it has no resourceType. Nothing of it was read."};
}

std::string identity(const Node& resource) {
  const std::string_view id = text_member(resource, "id");
  if (id.empty()) return {};
  return std::string(text_member(resource, "resourceType")) + '/' + std::string(id);
}

class Adding {
 public:
  explicit Adding(Sources::State& state) : state_(state) {}

  // Bounded in depth by Limits::record_depth.
  void add(const Node& resource, std::string_view full_url) {
    const std::string_view type = text_member(resource, "resourceType");
    if (type.empty() || type == "Questionnaire") return;
    if (type == "Bundle") {
      for (const Node* entry = first_of_list(resource, "entry"); entry; entry = entry->next())
        if (const Node* inner = entry->find("resource"))
          add(*inner, text_member(*entry, "fullUrl"));
      return;
    }
    if (type == "Parameters") return add_parameters(resource);
    const std::string own = identity(resource);
    if (!own.empty() && !state_.identities.insert(own).second) return;
    append(resource, full_url);
  }

  void add_named(std::string_view name, const Node& resource) {
    const bool is_known =
        std::ranges::any_of(state_.names, [&](const auto& known) { return known.first == name; });
    if (!is_known) {
      state_.names.emplace_back(name, state_.entries.size());
      append(resource, {});
    }
    add(resource, {});
  }

 private:
  // SDC's context; `launchContext` is how other engines name it.
  void add_parameters(const Node& parameters) {
    for (const Node* one = first_of_list(parameters, "parameter"); one; one = one->next()) {
      const std::string_view kind = text_member(*one, "name");
      if (kind == "context" || kind == "launchContext") {
        std::string_view name;
        for (const Node* part = first_of_list(*one, "part"); part; part = part->next()) {
          if (text_member(*part, "name") == "name") name = text_of_value(*part);
          const Node* content = part->find("resource");
          if (text_member(*part, "name") == "content" && content && !name.empty())
            add_named(name, *content);
        }
      } else if (const Node* resource = one->find("resource")) {
        add(*resource, {});
      }
    }
  }

  static std::string_view text_of_value(const Node& part) {
    for (const Node* member = part.first(); member; member = member->next()) {
      if (!member->key_view().starts_with("value")) continue;
      return member->kind == JsonKind::string ? member->text_view() : text_member(*member, "code");
    }
    return {};
  }

  void append(const Node& resource, std::string_view full_url) {
    std::string out;
    json::Writer json(out);
    json.begin_object();
    if (!full_url.empty()) json.member("fullUrl", full_url);
    json.key("resource").node(resource).end_object();
    state_.entries.push_back(std::move(out));
    state_.touch();
  }

  Sources::State& state_;
};

// The resources of a Bundle, those of Bundles within it too, in document order.
void collect(const Node& bundle, std::vector<Sources::State::Resource>& found, bool is_inner) {
  for (const Node* entry = first_of_list(bundle, "entry"); entry; entry = entry->next()) {
    const Node* resource = entry->find("resource");
    if (!resource) continue;
    if (text_member(*resource, "resourceType") == "Bundle")
      collect(*resource, found, true);
    else
      found.push_back({resource, entry, is_inner});
  }
}

Result<Document> parsed(std::string_view json, const Limits& limits) {
  Limits own = limits;
  own.record_bytes = limits.chart_bytes;
  Document document;
  if (auto read = document.parse(json, own); !read) return read.problems();
  if (document.root().find("resourceType").text().empty()) return no_resource();
  return document;
}

}  // namespace

std::string name_of(const Sources::State::Resource& resource) {
  const std::string own = identity(*resource.node);
  return own.empty() ? std::string(text_member(*resource.entry, "fullUrl")) : own;
}

Result<void> Sources::State::build() {
  if (is_built_) return {};
  std::string text = R"({"resourceType":"Bundle","type":"collection","entry":[)";
  for (const std::string& entry : entries) {
    if (text.back() != '[') text += ',';
    text += entry;
  }
  text += "]}";
  Limits own = limits;
  own.record_bytes = text.size();
  own.record_depth += 3;  // the Bundle around what was added
  if (auto read = document.parse(text, own); !read) return read;
  resources.clear();
  collect(*bundle(), resources, false);
  // What stands there as the value of a name stands there once more as a resource.
  std::size_t place = 0;
  std::vector<const Node*> values;
  for (const Node* entry = first_of_list(*bundle(), "entry"); entry; entry = entry->next(), ++place)
    if (std::ranges::any_of(names, [&](const auto& name) { return name.second == place; }))
      values.push_back(entry);
  for (Resource& resource : resources)
    if (std::ranges::find(values, resource.entry) != values.end()) resource.is_named_only = true;
  is_built_ = true;
  return {};
}

JsonNode Sources::State::named(std::string_view name) const {
  for (const auto& known : names) {
    if (known.first != name) continue;
    const Node* entry = first_of_list(*bundle(), "entry");
    for (std::size_t i = 0; i < known.second; ++i) entry = entry->next();
    return JsonNode(entry->find("resource"));
  }
  return {};
}

const Sources::State::Resource* Sources::State::resource_of(const Node* node) const {
  const auto behind =
      std::ranges::upper_bound(resources, node, std::less<const Node*>(), &Resource::node);
  if (behind == resources.begin()) return nullptr;
  const Resource& before = behind[-1];
  return fhirpath::lies_in(before.node, node) ? &before : nullptr;
}

const Sources::State::Resource* Sources::State::find(std::string_view reference) const {
  const fhirpath::ReferenceTarget target = fhirpath::parse_reference(reference);
  const auto found = std::ranges::find_if(resources, [&](const Resource& resource) {
    if (resource.is_named_only) return false;
    if (target.is_absolute && text_member(*resource.entry, "fullUrl") == target.url) return true;
    const std::string own = identity(*resource.node);
    if (own.empty()) return false;
    if (!target.is_absolute) return own == std::string(target.type) + '/' + std::string(target.id);
    return target.url.ends_with('/' + own);
  });
  return found == resources.end() ? nullptr : &*found;
}

Sources::Sources(const Limits& limits) : state_(std::make_unique<State>(limits)) {}
Sources::~Sources() = default;
Sources::Sources(Sources&&) noexcept = default;
Sources& Sources::operator=(Sources&&) noexcept = default;

Result<void> Sources::add(std::string_view json) {
  const auto document = parsed(json, state_->limits);
  if (!document) return document.problems();
  Adding(*state_).add(*document->root().get(), {});
  return {};
}

Result<void> Sources::add_context(std::string_view name, std::string_view json) {
  const auto document = parsed(json, state_->limits);
  if (!document) return document.problems();
  Adding(*state_).add_named(name, *document->root().get());
  return {};
}

}  // namespace fbss

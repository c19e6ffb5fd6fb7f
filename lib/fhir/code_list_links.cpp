// SPDX-License-Identifier: Apache-2.0
// Walks from a value set down through what it refers to; see code_list_links.hpp. Which parts count
// follows lib/fhirpath/terminology_reader.cpp: what is told there already is passed over here.
#include "fhir/code_list_links.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "fhirpath/icd10.hpp"

namespace fbss::fhir {
namespace {

constexpr std::size_t most_depth = 32;  // that of ValueSets

std::string text_of(JsonNode owner, const char* member) {
  return std::string(owner.find(member).text());
}

bool is_understood(JsonNode filter) {
  const std::string_view op = filter.find("op").text();
  return filter.find("property").text() == "concept" && (op == "is-a" || op == "descendent-of");
}

bool all_are_understood(JsonNode filters) {
  for (JsonNode filter = filters.first(); filter; filter = filter.next())
    if (!is_understood(filter)) return false;
  return true;
}

/// The first code of an expansion; what only groups others has none.
JsonNode first_expanded(JsonNode contains) {
  JsonNode one = contains.first();
  while (one && !one.find("code")) one = one.find("contains").first();
  return one;
}

/// The newest of the list that has the version; without one the newest.
template <class Versions>
auto newest(const Versions& versions, std::string_view version) ->
    typename Versions::const_pointer {
  for (auto at = versions.rbegin(); at != versions.rend(); ++at)
    if (version.empty() || at->version == version) return &*at;
  return nullptr;
}

/// Adds it as ValueSets::replace() does: of a version that came with the same call the first stays.
template <class Versions>
void keep(Versions& versions, typename Versions::value_type made) {
  if (!versions.empty() && versions.back().round != made.round) versions.clear();
  if (!versions.empty() && newest(versions, made.version) &&
      newest(versions, made.version)->version == made.version)
    return;
  versions.push_back(std::move(made));
}

}  // namespace

std::size_t CodeListLinks::add(JsonNode resource, Origin origin) {
  ++round_;
  std::size_t found = 0;
  const auto add_one = [&](JsonNode one) {
    const std::string_view type = one.find("resourceType").text();
    if (type != "ValueSet" && type != "CodeSystem") return;
    ++found;
    if (one.find("url").text().empty()) return;
    if (type == "ValueSet")
      add_list(one, origin);
    else
      add_system(one);
  };
  if (resource.find("resourceType").text() != "Bundle")
    add_one(resource);
  else
    for (JsonNode entry = resource.find("entry").first(); entry; entry = entry.next())
      add_one(entry.find("resource"));
  return found;
}

void CodeListLinks::add_list(JsonNode resource, Origin origin) {
  const JsonNode compose = resource.find("compose"), expansion = resource.find("expansion");
  if (!compose && !expansion) return;
  List made;
  made.url = text_of(resource, "url");
  made.version = text_of(resource, "version");
  made.origin = origin;
  made.round = round_;
  made.has_compose = static_cast<bool>(compose);
  made.has_expansion = static_cast<bool>(expansion);
  const JsonNode first = first_expanded(expansion.find("contains"));
  made.expanded_system = text_of(first, "system");
  made.expanded_code = text_of(first, "code");
  for (const char* member : {"include", "exclude"}) {
    for (JsonNode part = compose.find(member).first(); part; part = part.next()) {
      for (JsonNode other = part.find("valueSet").first(); other; other = other.next())
        made.lists.emplace_back(other.text());
      const JsonNode filters = part.find("filter");
      const std::string system = text_of(part, "system");
      if (!system.empty() && !part.find("concept") && all_are_understood(filters))
        made.systems.push_back({system, text_of(part, "version"), filters.size() > 0});
    }
  }
  auto& versions = lists_[made.url];
  keep(versions, std::move(made));
}

void CodeListLinks::add_system(JsonNode resource) {
  if (resource.find("content").text() == "supplement") return;
  keep(systems_[text_of(resource, "url")],
       {text_of(resource, "version"), round_, resource.find("concept").size() > 0});
}

const CodeListLinks::List* CodeListLinks::find(std::string_view canonical) const {
  const std::size_t bar = std::min(canonical.rfind('|'), canonical.size());
  const auto found = lists_.find(canonical.substr(0, bar));
  if (found == lists_.end()) return nullptr;
  return newest(found->second, bar < canonical.size() ? canonical.substr(bar + 1) : "");
}

// A code system of which some codes are there was cut on purpose; one without any decides nothing.
bool CodeListLinks::is_decided(const SystemUse& use) const {
  const auto found = systems_.find(use.system);
  if (found == systems_.end()) return use.is_filtered && fhirpath::is_icd10(use.system);
  const System* known = newest(found->second, use.version);
  return known && known->has_codes;
}

class CodeListLinks::Walk {
 public:
  Walk(const CodeListLinks& links, const fhirpath::ValueSets& value_sets)
      : links_(links), value_sets_(value_sets) {}

  std::vector<std::string> run(std::string_view value_set) {
    if (const List* list = links_.find(value_set)) go_down(*list);
    return std::move(faults_);
  }

 private:
  void go_down(const List& list) {
    seen_.insert(&list);
    if (!expansion_counts(list)) {
      path_.push_back(&list);
      for (const std::string& other : list.lists) follow(list, other);
      for (const SystemUse& use : list.systems)
        if (!links_.is_decided(use))
          tell(list, "takes codes from " + use.system + ", of which no code is there",
               "give that CodeSystem, or the list’s expansion, with --value-sets");
      path_.pop_back();
    }
  }

  // A whole expansion says all, and so does one that stands alone.
  bool expansion_counts(const List& list) {
    if (!list.has_expansion) return false;
    const std::string name = list.version.empty() ? list.url : list.url + '|' + list.version;
    const bool is_whole = value_sets_.contains(name, "", "") == false;
    if (!list.has_compose && !is_whole)
      tell(list, "has an expansion that is not whole", "give the whole one");
    return !list.has_compose || (is_whole && value_sets_.contains(name, list.expanded_system,
                                                                  list.expanded_code) == true);
  }

  void follow(const List& list, const std::string& other) {
    const List* next = links_.find(other);
    if (!next && value_sets_.knows(other)) return;  // all codes of a code system
    if (!next) {
      if (list.origin == Origin::site)
        tell(list, "refers to " + other + ", which is not there",
             "give that one too with --value-sets");
    } else if (next == &list) {
      tell(list, "refers to itself", "take that out");
    } else if (std::ranges::find(path_, next) != path_.end()) {
      tell(list, "refers to " + other + ", and that one back to it", "take one of the two out");
    } else if (path_.size() == most_depth) {
      tell(list, "is the last of " + std::to_string(most_depth) + " that refer to one another",
           "let fewer lists refer to others");
    } else if (!seen_.contains(next)) {
      go_down(*next);
    }
  }

  void tell(const List& list, const std::string& what, const std::string& way_out) {
    faults_.push_back("The code list " + list.url + ' ' + what +
                      ", so which codes are in it is not known; " + way_out + '.');
  }

  const CodeListLinks& links_;
  const fhirpath::ValueSets& value_sets_;
  std::vector<const List*> path_;
  std::set<const List*> seen_;
  std::vector<std::string> faults_;
};

std::vector<std::string> CodeListLinks::faults(std::string_view value_set,
                                               const fhirpath::ValueSets& value_sets) const {
  return Walk(*this, value_sets).run(value_set);
}

}  // namespace fbss::fhir

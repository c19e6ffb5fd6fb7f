// SPDX-License-Identifier: Apache-2.0
// ValueSet, CodeSystem and Bundle of FHIR R4 to what ValueSets holds. In: nodes of a record. Out:
// tables of codes, and a problem with its place for each thing that is not understood; what that
// thing would decide is marked as not known.
#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "fhirpath/terminology.hpp"
#include "fhirpath/weights.hpp"

namespace fbss::fhirpath {
namespace {

constexpr std::string_view unclosed = "http://hl7.org/fhir/StructureDefinition/valueset-unclosed";
constexpr std::string_view too_costly =
    "http://hl7.org/fhir/StructureDefinition/valueset-toocostly";
constexpr std::string_view weight_property = "http://hl7.org/fhir/concept-properties#itemWeight";

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

int compare_ignoring_case(std::string_view a, std::string_view b) {
  const std::size_t shared = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < shared; ++i)
    if (lower(a[i]) != lower(b[i]))
      return static_cast<unsigned char>(lower(a[i])) < static_cast<unsigned char>(lower(b[i])) ? -1
                                                                                               : 1;
  return a.size() == b.size() ? 0 : a.size() < b.size() ? -1 : 1;
}

struct Code {
  std::string_view system, code;
};

// By system, then by code without regard to case.
template <class A, class B>
bool comes_before(const A& a, const B& b) {
  if (a.system != b.system) return a.system < b.system;
  return compare_ignoring_case(a.code, b.code) < 0;
}

JsonNode first_element(JsonNode list) {
  return list.kind() == JsonKind::array ? list.first() : JsonNode{};
}

std::string indexed(std::string_view pointer, std::string_view member, std::size_t index) {
  return std::string(pointer) + "/" + std::string(member) + "/" + std::to_string(index);
}

// Every element of a list whose elements have such lists themselves. `visit(element, parent)` gives
// what its own elements are told as parent.
template <class Visit>
void visit_nested(JsonNode owner, const char* list, Visit visit) {
  struct Open {
    JsonNode element;
    std::uint32_t parent;
  };
  std::vector<Open> open{{first_element(owner.find(list)), no_index}};
  while (!open.empty()) {
    const Open at = open.back();
    open.pop_back();
    if (!at.element) continue;
    open.push_back({at.element.next(), at.parent});
    open.push_back({first_element(at.element.find(list)), visit(at.element, at.parent)});
  }
}

// 0 where it is none.
std::size_t number_of(JsonNode node) {
  const std::string_view text = node.text();
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool says_true(JsonNode extended, std::string_view url) {
  for (JsonNode e = first_element(extended.find("extension")); e; e = e.next())
    if (e.find("url").text() == url) return e.find("valueBoolean").boolean();
  return false;
}

class Reader {
 public:
  Reader(Terminology& state, bool replaces, Problems& problems)
      : state_(state), replaces_(replaces), problems_(problems) {}

  void read(JsonNode resource, std::string_view pointer) {
    const std::string_view type = resource.find("resourceType").text();
    if (type == "Bundle") return read_bundle(resource, pointer);
    if (type != "ValueSet" && type != "CodeSystem")
      return refuse(ErrorCode::bad_value, pointer,
                    "This is no ValueSet, no CodeSystem and no Bundle of them.");
    if (resource.find("url").text().empty())
      return refuse(ErrorCode::missing_key, pointer, "It needs a url, by which it is asked for.");
    if (type == "ValueSet") {
      read_set(resource, pointer);
    } else {
      read_system(resource, pointer);
    }
  }

 private:
  void refuse(ErrorCode code, std::string_view pointer, std::string message) {
    problems_.push_back(
        {.code = code, .message = std::move(message), .pointer = std::string(pointer)});
  }

  std::string_view copy(std::string_view text) { return state_.arena.copy(text); }
  std::string_view copy_text(JsonNode owner, const char* member) {
    return copy(owner.find(member).text());
  }

  // Other resources of a Bundle are none of our business.
  void read_bundle(JsonNode bundle, std::string_view pointer) {
    std::size_t index = 0;
    for (JsonNode entry = first_element(bundle.find("entry")); entry; entry = entry.next()) {
      const std::string place = indexed(pointer, "entry", index++) + "/resource";
      const JsonNode resource = entry.find("resource");
      const std::string_view type = resource.find("resourceType").text();
      if (type == "ValueSet" || type == "CodeSystem") read(resource, place);
    }
  }

  // `added_before`: how many the list held when this reader came.
  template <class List, class Map>
  void keep(List& list, std::size_t added_before, Map& newest, typename List::value_type made,
            std::string_view pointer) {
    const auto before = newest.find(made.url);
    const bool is_replaced = replaces_ && before != newest.end() && before->second < added_before;
    if (before != newest.end() && !is_replaced) {
      made.older = before->second;
      for (std::uint32_t i = made.older; i != no_index; i = list[i].older)
        if (list[i].version == made.version)
          return refuse(ErrorCode::duplicate_id, pointer,
                        "One of this url and version was added before; that one stays.");
    }
    newest[made.url] = static_cast<std::uint32_t>(list.size());
    list.push_back(std::move(made));
  }

  // ---- code systems

  void read_system(JsonNode resource, std::string_view pointer) {
    const std::string_view content = resource.find("content").text();
    if (content == "supplement")
      return refuse(ErrorCode::not_supported, std::string(pointer) + "/content",
                    "A supplement to a code system is not supported; what it adds is not known.");
    CodeSystem made;
    made.url = copy_text(resource, "url");
    made.version = copy_text(resource, "version");
    made.has_all_concepts = content == "complete";
    made.has_all_codes = made.has_all_concepts && !resource.find("compositional").boolean();
    const JsonNode case_sensitive = resource.find("caseSensitive");
    made.ignores_case = case_sensitive.kind() == JsonKind::boolean && !case_sensitive.boolean();
    const JsonNode meaning = resource.find("hierarchyMeaning");
    if (meaning) made.hierarchy = meaning.text() == "is-a" ? Hierarchy::is_a : Hierarchy::other;
    read_concepts(resource, made);
    const std::size_t before = state_.systems.size();
    const std::string_view all = copy_text(resource, "valueSet");
    keep(state_.systems, systems_before_, state_.newest_system, std::move(made), pointer);
    if (!all.empty() && state_.systems.size() > before)
      state_.system_of_set[all] = static_cast<std::uint32_t>(before);
  }

  void read_concepts(JsonNode resource, CodeSystem& made) {
    std::string_view weight_code = "itemWeight";
    for (JsonNode p = first_element(resource.find("property")); p; p = p.next())
      if (p.find("uri").text() == weight_property) weight_code = p.find("code").text();
    std::vector<JsonNode> nodes;
    visit_nested(resource, "concept", [&](JsonNode node, std::uint32_t parent) {
      const auto own = static_cast<std::uint32_t>(made.concepts.size());
      made.codes.add({made.url, copy_text(node, "code"), {}, own});
      Concept& added = made.concepts.emplace_back();
      if (parent != no_index) added.parents.push_back(parent);
      added.weight = copy(find_weight(node).text());
      nodes.push_back(node);
      return own;
    });
    made.codes.sort();
    for (std::uint32_t i = 0; i < nodes.size(); ++i)
      for (JsonNode p = first_element(nodes[i].find("property")); p; p = p.next())
        read_property(p, i, weight_code, made);
  }

  void read_property(JsonNode property, std::uint32_t of, std::string_view weight_code,
                     CodeSystem& made) {
    const std::string_view code = property.find("code").text();
    Concept& changed = made.concepts[of];
    if (code == "notSelectable" && property.find("valueBoolean").boolean())
      changed.is_abstract = true;
    if (code == weight_code && changed.weight.empty()) {
      for (const char* name : {"valueDecimal", "valueInteger"})
        if (property.find(name)) changed.weight = copy_text(property, name);
    }
    const auto* other = made.codes.find(made.url, property.find("valueCode").text(), false);
    if (!other) return;
    if (code == "parent") changed.parents.push_back(other->concept_index);
    if (code == "child") made.concepts[other->concept_index].parents.push_back(of);
  }

  // ---- value sets

  void read_set(JsonNode resource, std::string_view pointer) {
    ValueSet made;
    made.url = copy_text(resource, "url");
    made.version = copy_text(resource, "version");
    const JsonNode compose = resource.find("compose"), expansion = resource.find("expansion");
    if (!compose && !expansion)
      return refuse(ErrorCode::missing_key, pointer,
                    "The value set has neither compose nor expansion: nobody can say what is in "
                    "it.");
    ValueSetPart expanded = expansion ? read_expansion(expansion) : ValueSetPart{};
    if (expansion && (expanded.is_known || !compose)) {
      made.included.push_back(std::move(expanded));
    } else {
      read_compose(compose, made, std::string(pointer) + "/compose");
    }
    keep(state_.sets, sets_before_, state_.newest_set, std::move(made), pointer);
  }

  ValueSetPart read_expansion(JsonNode expansion) {
    ValueSetPart part;
    part.kind = ValueSetPart::Kind::listed;
    std::size_t count = 0;
    visit_nested(expansion, "contains", [&](JsonNode node, std::uint32_t) {
      ++count;
      if (node.find("code") && !node.find("abstract").boolean())
        part.codes.add(
            {copy_text(node, "system"), copy_text(node, "code"), copy_text(node, "display")});
      return no_index;
    });
    part.codes.sort();
    part.is_known = number_of(expansion.find("total")) <= count &&
                    number_of(expansion.find("offset")) == 0 && !says_true(expansion, unclosed) &&
                    !says_true(expansion, too_costly);
    return part;
  }

  void read_compose(JsonNode compose, ValueSet& made, const std::string& pointer) {
    const JsonNode inactive = compose.find("inactive");
    if (inactive.kind() == JsonKind::boolean && !inactive.boolean()) {
      made.may_have_fewer = true;
      refuse(
          ErrorCode::not_supported, pointer + "/inactive",
          "The value set leaves out inactive codes; which ones these are is not known here. Give "
          "its expansion instead.");
    }
    read_parts(compose, "include", made.included, pointer);
    read_parts(compose, "exclude", made.excluded, pointer);
  }

  void read_parts(JsonNode compose, const char* member, std::vector<ValueSetPart>& parts,
                  const std::string& pointer) {
    std::size_t index = 0;
    for (JsonNode node = first_element(compose.find(member)); node; node = node.next())
      parts.push_back(read_part(node, indexed(pointer, member, index++)));
  }

  ValueSetPart read_part(JsonNode node, const std::string& pointer) {
    ValueSetPart part;
    part.system = copy_text(node, "system");
    part.version = copy_text(node, "version");
    for (JsonNode other = first_element(node.find("valueSet")); other; other = other.next())
      part.value_sets.push_back(copy(other.text()));
    const JsonNode concepts = node.find("concept");
    if (part.system.empty()) {
      if (!part.value_sets.empty()) return part;
      part.kind = ValueSetPart::Kind::listed;
      part.is_known = false;
      refuse(ErrorCode::missing_key, pointer,
             "This part of a value set has neither a system nor a valueSet.");
      return part;
    }
    part.kind = concepts ? ValueSetPart::Kind::listed : ValueSetPart::Kind::filtered;
    for (JsonNode c = first_element(concepts); c; c = c.next())
      part.codes.add({part.system, copy_text(c, "code"), copy_text(c, "display")});
    part.codes.sort();
    std::size_t index = 0;
    for (JsonNode filter = first_element(node.find("filter")); filter; filter = filter.next())
      read_filter(filter, part, indexed(pointer, "filter", index++));
    return part;
  }

  void read_filter(JsonNode filter, ValueSetPart& part, const std::string& pointer) {
    const std::string_view op = filter.find("op").text();
    const bool is_known = filter.find("property").text() == "concept" &&
                          (op == "is-a" || op == "descendent-of") &&
                          part.kind == ValueSetPart::Kind::filtered;
    if (is_known) {
      part.filters.push_back({copy_text(filter, "value"), op == "is-a"});
      return;
    }
    part.is_known = false;
    refuse(ErrorCode::not_supported, pointer,
           "Of filters only concept is-a and concept descendent-of are supported. Give the value "
           "set's expansion instead.");
  }

  Terminology& state_;
  bool replaces_;
  Problems& problems_;
  const std::size_t systems_before_ = state_.systems.size(), sets_before_ = state_.sets.size();
};

}  // namespace

void CodeTable::sort() {
  std::ranges::stable_sort(entries_, comes_before<Entry, Entry>);
}

const CodeTable::Entry* CodeTable::find(std::string_view system, std::string_view code,
                                        bool ignore_case) const {
  const Code wanted{system, code};
  auto at = std::lower_bound(entries_.begin(), entries_.end(), wanted, comes_before<Entry, Code>);
  for (; at != entries_.end() && !comes_before(wanted, *at); ++at)
    if (ignore_case || at->code == code) return &*at;
  return nullptr;
}

void Terminology::add(JsonNode resource, std::string_view pointer, bool replaces,
                      Problems& problems) {
  stamp = new_stamp();
  Reader(*this, replaces, problems).read(resource, pointer);
}

}  // namespace fbss::fhirpath

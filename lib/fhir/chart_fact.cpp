// SPDX-License-Identifier: Apache-2.0
// Date, value and coding of a resource. Entered through date_of(), value_of() and coding_of().
#include "fhir/chart_fact.hpp"

#include <array>
#include <optional>

#include "base/temporal.hpp"
#include "base/utf8.hpp"
#include "fhirpath/whereabouts.hpp"

namespace fbss::fhir {
namespace {

using fhirpath::first_of_list;
using fhirpath::text_member;
using json::Key;
using json::Node;

// In this order; a resource has few of them. A Condition's date is that of its record: its onset
// may lie decades back.
const std::array<Key, 17> date_keys = {Key("recordedDate"),
                                       Key("onsetDateTime"),
                                       Key("onsetPeriod"),
                                       Key("effectiveDateTime"),
                                       Key("effectiveInstant"),
                                       Key("effectivePeriod"),
                                       Key("performedDateTime"),
                                       Key("performedPeriod"),
                                       Key("authoredOn"),
                                       Key("occurrenceDateTime"),
                                       Key("occurrencePeriod"),
                                       Key("dateAsserted"),
                                       Key("period"),
                                       Key("started"),
                                       Key("start"),
                                       Key("created"),
                                       Key("issued")};

// What a resource is about (FiveWs.what).
const std::array<Key, 5> what_keys = {Key("code"), Key("medicationCodeableConcept"),
                                      Key("modality"), Key("serviceType"), Key("type")};

constexpr std::size_t longest_unit = 20, longest_display = 120;

std::string_view sound_date(std::string_view text) {
  return Temporal::parse(text, TemporalKind::date_time) ? text : std::string_view{};
}

std::string_view date_in(const Node& member) {
  if (member.kind == JsonKind::string) return sound_date(member.text_view());
  for (const char* end : {"start", "end"})
    if (const std::string_view date = sound_date(text_member(member, end)); !date.empty())
      return date;
  return {};
}

bool is_plain(std::string_view text, std::size_t most) {
  return count_characters(text) <= most && !find_control_character(text);
}

// Calls visit(coding) for every object of the resource that has a system and a code, in document
// order, until it gives true. What the resource contains belongs to others.
template <class Visit>
bool visit_codings(const Node& node, const Visit& visit) {
  static const Key system_key("system"), code_key("code"), contained_key("contained");
  if (node.kind == JsonKind::object) {
    const Node* code = node.find(code_key);
    const Node* system = code && code->kind == JsonKind::string ? node.find(system_key) : nullptr;
    if (system && system->kind == JsonKind::string && visit(node)) return true;
  }
  for (const Node* child = node.first(); child; child = child->next())
    if (child->is_container() && !child->is_named(contained_key) && visit_codings(*child, visit))
      return true;
  return false;
}

// The display of the code list, else that of the record.
std::string display_of(std::string_view system, std::string_view code, std::string_view recorded,
                       std::string_view code_list, const CodeLists& lists) {
  if (!code_list.empty())
    for (const auto& listed : lists.value_sets().listed_codes(code_list))
      if (listed.system == system && listed.code == code) return std::string(listed.display);
  return is_plain(recorded, longest_display) ? std::string(recorded) : "";
}

Coding read_coding(const Node& node, std::string_view code_list, const CodeLists& lists) {
  const std::string_view system = text_member(node, "system"), code = text_member(node, "code");
  return {std::string(system), std::string(code),
          display_of(system, code, text_member(node, "display"), code_list, lists)};
}

}  // namespace

std::string_view date_of(const Node& resource) {
  for (const Key& key : date_keys) {
    const Node* member = resource.find(key);
    if (!member) continue;
    if (const std::string_view date = date_in(*member); !date.empty()) return date;
  }
  return {};
}

std::string value_of(const Node& resource) {
  if (text_member(resource, "resourceType") != "Observation") return {};
  if (const Node* integer = resource.find("valueInteger"))
    return integer->kind == JsonKind::number ? std::string(integer->text_view()) : "";
  const Node* quantity = resource.find("valueQuantity");
  const Node* number = quantity ? quantity->find("value") : nullptr;
  if (!number || number->kind != JsonKind::number) return {};
  std::string text;
  const std::string_view comparator = text_member(*quantity, "comparator");
  if (comparator == "<" || comparator == "<=" || comparator == ">" || comparator == ">=")
    text = comparator;
  text += number->text_view();
  for (const char* name : {"unit", "code"}) {
    const std::string_view unit = text_member(*quantity, name);
    if (unit.empty() || unit == "1" || !is_plain(unit, longest_unit)) continue;
    return text + ' ' + std::string(unit);
  }
  return text;
}

Coding coding_of(const Node& resource, const std::vector<std::string>& code_lists,
                 const CodeLists& lists) {
  std::optional<Coding> found;
  for (const std::string& list : code_lists) {
    const auto is_member = [&](const Node& coding) {
      if (lists.value_sets().contains(list, text_member(coding, "system"),
                                      text_member(coding, "code")) != true)
        return false;
      found = read_coding(coding, list, lists);
      return true;
    };
    if (visit_codings(resource, is_member)) return *found;
  }
  for (const Key& key : what_keys) {
    const Node* what = resource.find(key);
    if (!what) continue;
    const auto take_first = [&](const Node& coding) {
      found = read_coding(coding, {}, lists);
      return true;
    };
    if (visit_codings(*what, take_first)) return *found;
  }
  return {};
}

}  // namespace fbss::fhir

// SPDX-License-Identifier: Apache-2.0
// Date, value and coding of a resource. Entered through date_of(), value_of() and coding_of().
#include "fhir/chart_fact.hpp"

#include <algorithm>
#include <array>

#include "base/temporal.hpp"
#include "base/utf8.hpp"
#include "fhirpath/whereabouts.hpp"

namespace fbss::fhir {
namespace {

using fhirpath::first_of_list;
using fhirpath::text_member;
using json::Key;
using json::Node;

// The elements of a kind of resource that say when, the first that is there before the others. A
// Condition's date is that of its record: its onset may lie decades back.
struct Dates {
  std::string_view type;
  std::array<Key, 4> elements;
};
const std::array<Dates, 12> dates = {{
    {"Condition", {Key("recordedDate"), Key("onsetDateTime"), Key("onsetPeriod")}},
    {"Observation", {Key("effectiveDateTime"), Key("effectiveInstant"), Key("effectivePeriod")}},
    {"Procedure", {Key("performedDateTime"), Key("performedPeriod")}},
    {"ServiceRequest", {Key("authoredOn"), Key("occurrenceDateTime"), Key("occurrencePeriod")}},
    {"MedicationRequest", {Key("authoredOn")}},
    {"MedicationStatement",
     {Key("effectiveDateTime"), Key("effectivePeriod"), Key("dateAsserted")}},
    {"CarePlan", {Key("period"), Key("created")}},
    {"Encounter", {Key("period")}},
    {"Appointment", {Key("start"), Key("created")}},
    {"ImagingStudy", {Key("started")}},
    {"DiagnosticReport", {Key("effectiveDateTime"), Key("effectivePeriod"), Key("issued")}},
    {"", {Key("date"), Key("authoredOn"), Key("occurrenceDateTime"), Key("created")}},  // any other
}};

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
  const auto is_ascii = [](char c) { return c >= ' ' && c <= '~'; };
  if (std::ranges::all_of(text, is_ascii)) return text.size() <= most;
  return count_characters(text) <= most && !find_control_character(text);
}

// Every object of the node that has a system and a code, in document order. What a resource
// contains belongs to others.
void collect_codings(const Node& node, std::vector<const Node*>& codings) {
  static const Key system_key("system"), code_key("code"), contained_key("contained");
  if (node.kind == JsonKind::object) {
    const Node* code = node.find(code_key);
    const Node* system = code && code->kind == JsonKind::string ? node.find(system_key) : nullptr;
    if (system && system->kind == JsonKind::string) codings.push_back(&node);
  }
  for (const Node* child = node.first(); child; child = child->next())
    if (child->is_container() && !child->is_named(contained_key)) collect_codings(*child, codings);
}

// The display of the record, else that of the code list.
std::string display_of(const Node& coding, std::string_view code_list, const CodeLists& lists) {
  const std::string_view recorded = text_member(coding, "display");
  if (!recorded.empty() && is_plain(recorded, longest_display)) return std::string(recorded);
  for (const auto& listed : lists.value_sets().listed_codes(code_list))
    if (listed.system == text_member(coding, "system") &&
        listed.code == text_member(coding, "code"))
      return std::string(listed.display);
  return {};
}

Coding read_coding(const Node& coding, std::string_view code_list, const CodeLists& lists) {
  return {std::string(text_member(coding, "system")), std::string(text_member(coding, "code")),
          display_of(coding, code_list, lists)};
}

}  // namespace

std::string_view date_of(const Node& resource) {
  const std::string_view type = text_member(resource, "resourceType");
  auto own = std::ranges::find(dates, type, &Dates::type);
  if (own == dates.end()) own = dates.end() - 1;
  for (const Key& key : own->elements) {
    const Node* member = key.name.empty() ? nullptr : resource.find(key);
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
                 const CodeLists& lists, CodingMemory& memory) {
  auto& [memo, own, all] = memory;
  own.clear();
  all.clear();
  for (const Key& key : what_keys)
    if (const Node* what = resource.find(key)) collect_codings(*what, own);
  memo.use(lists.value_sets());
  for (const std::string& list : code_lists) {
    const auto set = memo.set(list);
    const auto is_member = [&set, &memo = memo](const Node* coding) {
      return memo.ask(set, *coding, [] {}) == true;
    };
    if (const auto found = std::ranges::find_if(own, is_member); found != own.end())
      return read_coding(**found, list, lists);
    if (all.empty()) collect_codings(resource, all);
    if (const auto found = std::ranges::find_if(all, is_member); found != all.end())
      return read_coding(**found, list, lists);
  }
  return own.empty() ? Coding{} : read_coding(*own.front(), {}, lists);
}

}  // namespace fbss::fhir

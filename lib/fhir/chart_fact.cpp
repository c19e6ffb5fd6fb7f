// SPDX-License-Identifier: Apache-2.0
// Date, value and coding of a resource. Entered through date_of(), value_of() and CodingFinder.
#include "fhir/chart_fact.hpp"

#include <algorithm>
#include <array>

#include "base/same_bytes.hpp"
#include "base/temporal.hpp"
#include "base/utf8.hpp"
#include "fhirpath/whereabouts.hpp"

namespace fbss::fhir {
namespace {

using fhirpath::MemberMemo;
using fhirpath::text_member;
using fhirpath::ValueSets;
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

const Key system_key("system"), code_key("code"), contained_key("contained");

constexpr std::size_t longest_unit = 20, longest_display = 120;

std::string_view sound_date(std::string_view text) {
  return Temporal::parse(text, TemporalKind::date_time) ? text : std::string_view{};
}

std::string_view date_in(const Node& member) {
  static const Key ends[] = {Key("start"), Key("end")};
  if (member.kind == JsonKind::string) return sound_date(member.text_view());
  for (const Key& end : ends)
    if (const std::string_view date = sound_date(text_member(member, end)); !date.empty())
      return date;
  return {};
}

// Without an early exit, so that it looks at many bytes at once.
bool is_printable_ascii(std::string_view text) {
  unsigned char outside = 0;
  for (const char c : text) outside |= static_cast<unsigned char>(c - ' ') > '~' - ' ';
  return outside == 0;
}

bool is_plain(std::string_view text, std::size_t most) {
  if (is_printable_ascii(text)) return text.size() <= most;
  return count_characters(text) <= most && !find_control_character(text);
}

// Every object of the node that has a system and a code, in document order. What a resource
// contains belongs to others.
void collect_codings(const Node& node, std::vector<const Node*>& codings) {
  const std::size_t place = codings.size();
  const Node *system = nullptr, *code = nullptr;
  for (const Node* child = node.first(); child; child = child->next()) {
    if (child->is_container() && !child->is_named(contained_key)) collect_codings(*child, codings);
    if (!system && child->is_named(system_key)) system = child;
    if (!code && child->is_named(code_key)) code = child;
  }
  if (system && system->kind == JsonKind::string && code && code->kind == JsonKind::string)
    codings.insert(codings.begin() + static_cast<std::ptrdiff_t>(place), &node);
}

// Those of what the resource is about.
void collect_what(const Node& resource, std::vector<const Node*>& codings) {
  std::array<const Node*, what_keys.size()> found{};
  for (const Node* member = resource.first(); member; member = member->next())
    for (std::size_t i = 0; i < found.size(); ++i)
      if (!found[i] && member->is_named(what_keys[i])) found[i] = member;
  for (const Node* what : found)
    if (what) collect_codings(*what, codings);
}

// The display is that of the record, else that of the code list.
ValueSets::Code read_coding(const Node& coding, std::string_view code_list,
                            const CodeLists& lists) {
  static const Key display_key("display");
  ValueSets::Code read{text_member(coding, system_key), text_member(coding, code_key),
                       text_member(coding, display_key)};
  if (!read.display.empty() && is_plain(read.display, longest_display)) return read;
  read.display = {};
  for (const auto& listed : lists.value_sets().listed_codes(code_list))
    if (listed.system == read.system && listed.code == read.code) {
      read.display = listed.display;
      break;
    }
  return read;
}

}  // namespace

std::string_view date_of(const Node& resource) {
  const std::string_view type = text_member(resource, "resourceType");
  auto own = std::ranges::find_if(
      dates, [&](const Dates& listed) { return same_text(listed.type, type); });
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
  static const Key unit_keys[] = {Key("unit"), code_key};
  for (const Key& key : unit_keys) {
    const std::string_view unit = text_member(*quantity, key);
    if (unit.empty() || unit == "1" || !is_plain(unit, longest_unit)) continue;
    return text.append(" ").append(unit);
  }
  return text;
}

void CodingFinder::use(const std::vector<std::string>& code_lists) {
  memo_.use(lists_.value_sets());
  sets_.clear();
  for (const std::string& list : code_lists) sets_.push_back(memo_.set(list));
}

const Node* CodingFinder::find_member(const MemberMemo::Set& set,
                                      const std::vector<const Node*>& codings) {
  for (const Node* coding : codings)
    if (memo_.ask(set, *coding, [] {}) == true) return coding;
  return nullptr;
}

ValueSets::Code CodingFinder::find(const Node& resource) {
  about_.clear();
  anywhere_.clear();
  collect_what(resource, about_);
  for (const MemberMemo::Set& set : sets_) {
    if (const Node* found = find_member(set, about_)) return read_coding(*found, set.url, lists_);
    if (anywhere_.empty()) collect_codings(resource, anywhere_);
    if (const Node* found = find_member(set, anywhere_))
      return read_coding(*found, set.url, lists_);
  }
  return about_.empty() ? ValueSets::Code{} : read_coding(*about_.front(), {}, lists_);
}

}  // namespace fbss::fhir

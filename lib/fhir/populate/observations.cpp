// SPDX-License-Identifier: Apache-2.0
// Looking for Observations: code, subject, status, date; then the newest of them.
#include "fhir/populate/observations.hpp"

#include "base/temporal.hpp"
#include "fhir/chart_fact.hpp"
#include "fhir/form/values.hpp"
#include "fhirpath/whereabouts.hpp"

namespace fbss::form {
namespace {

using fhirpath::first_of_list;
using fhirpath::text_member;
using json::Node;

// The calendar word of a unit of UCUM that has no fixed length.
std::string_view calendar_unit(std::string_view code) {
  return code == "a" ? "year" : code == "mo" ? "month" : code;
}

std::optional<Temporal> beginning(JsonNode period, const Temporal& today) {
  const auto amount = Decimal::parse(period.find("value").text());
  std::string_view unit = period.find("code").text();
  if (unit.empty()) unit = period.find("unit").text();
  if (unit.size() > 2 && unit.ends_with('s')) unit.remove_suffix(1);  // "years"
  if (!amount) return std::nullopt;
  return add(today, negate(*amount), calendar_unit(unit));
}

bool has_code(const Node& holder, JsonNode codes) {
  const Node* concept_node = holder.find("code");
  for (const Node* own = concept_node ? first_of_list(*concept_node, "coding") : nullptr; own;
       own = own->next())
    for (JsonNode code = codes.first(); code; code = code.next())
      if (text_member(*own, "code") == code.find("code").text() &&
          text_member(*own, "system") == code.find("system").text())
        return true;
  return false;
}

class Looking {
 public:
  Looking(const Sources::State& sources, JsonNode codes, std::string_view patient)
      : sources_(sources), codes_(codes), patient_(patient) {}

  std::vector<Observed> run(const Temporal& from, const Temporal& today) {
    for (const auto& resource : sources_.resources) {
      if (resource.is_named_only || text_member(*resource.node, "resourceType") != "Observation")
        continue;
      const std::string_view status = text_member(*resource.node, "status");
      if (status == "entered-in-error" || status == "cancelled") continue;
      const auto date = Temporal::parse(fhir::date_of(*resource.node), TemporalKind::date_time);
      if (date && is_within(*date, from, today) && is_of_patient(*resource.node))
        consider(resource, *date);
    }
    return std::move(newest_);
  }

 private:
  static bool is_within(const Temporal& date, const Temporal& from, const Temporal& today) {
    // The day of the observation counts, as it was where it was made.
    Temporal day = date;
    if (day.precision > TemporalField::day) {
      day = *Temporal::parse(date.to_text().substr(0, 10), TemporalKind::date);
    }
    const auto begin = compare(day, from), end = compare(day, today);
    return begin && end && *begin >= 0 && *end <= 0;
  }

  bool is_of_patient(const Node& observation) const {
    const Node* subject = observation.find("subject");
    const auto* found = subject ? sources_.find(text_member(*subject, "reference")) : nullptr;
    return found && name_of(*found) == patient_;
  }

  void consider(const Sources::State::Resource& resource, const Temporal& date) {
    if (has_code(*resource.node, codes_)) take(*resource.node, resource, date);
    for (const Node* part = first_of_list(*resource.node, "component"); part; part = part->next())
      if (has_code(*part, codes_)) take(*part, resource, date);
  }

  void take(const Node& holder, const Sources::State::Resource& resource, const Temporal& date) {
    const Choice choice = find_choice(holder, "value");
    if (!choice.node) return;
    if (newest_date_) {
      const auto order = compare(date, *newest_date_);
      if (order && *order < 0) return;
      // What cannot be told to be older stands beside it.
      if (order && *order > 0) newest_.clear();
    }
    newest_date_ = date;
    newest_.push_back({choice.value(), &resource});
  }

  const Sources::State& sources_;
  JsonNode codes_;
  std::string_view patient_;
  std::vector<Observed> newest_;
  std::optional<Temporal> newest_date_;
};

}  // namespace

std::vector<Observed> newest_observations(const Sources::State& sources, const Item& item,
                                          JsonNode period, std::string_view patient,
                                          std::string_view today, std::string& why) {
  why.clear();
  const JsonNode codes = item.json.find("code");
  const auto day = Temporal::parse(today, TemporalKind::date);
  const auto from = day ? beginning(period, *day) : std::nullopt;
  if (codes.kind() != JsonKind::array || codes.size() == 0)
    why = "The question has no code by which Observations could be found.";
  else if (!day)
    why = "Which Observations are recent enough depends on the day: it was not given.";
  else if (!from)
    why = "observationLinkPeriod is no Duration with a unit of time.";
  else if (patient.empty())
    why = "Whose Observations count is not known: no Patient was handed in.";
  if (!why.empty()) return {};
  return Looking(sources, codes, patient).run(*from, *day);
}

}  // namespace fbss::form

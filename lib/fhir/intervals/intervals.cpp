// SPDX-License-Identifier: Apache-2.0
// See intervals.hpp.
#include "fhir/intervals/intervals.hpp"

#include <algorithm>

#include "fhirpath/value.hpp"

namespace fbss {
namespace form {
namespace {

using fhirpath::Value;
using fhirpath::ValueAccess;

bool is_number(const Item& item) {
  return item.type == ItemType::integer || item.type == ItemType::decimal ||
         item.type == ItemType::quantity;
}

std::string digits(Decimal value) {
  return value.trimmed().to_text();
}

// Of quantities of one unit the range of their values.
std::optional<Range> quantities_of(const Possible& one) {
  if (one.kind != Possible::Kind::values) return std::nullopt;
  std::optional<Range> range;
  std::string_view unit;
  for (const Value& value : one.values) {
    const JsonNode node(fhirpath::is_node(value) ? ValueAccess::node(value) : nullptr);
    const auto number = Decimal::parse(node.find("value").text());
    const std::string_view own = node.find("code").text();
    if (!number || (range && own != unit)) return std::nullopt;
    unit = own;
    range ? range->widen(Range::of(*number)) : void(range = Range::of(*number));
  }
  return range;
}

}  // namespace

void IntervalsDeleter::operator()(Intervals* intervals) const {
  delete intervals;
}

Intervals::Intervals(Calculation::State& calculation)
    : calculation_(calculation),
      session_(calculation.session),
      domains_(session_.model, calculation.choices),
      follower_(calculation, domains_),
      completions_(session_) {}

std::vector<Interval> Intervals::find() {
  std::vector<Interval> all;
  if (!session_.response) return all;
  follower_.begin();
  // The instances move while completions are tried, and stand again where they stood.
  for (std::uint32_t i = 0; i < session_.instances.size(); ++i) {
    const Item& item = session_.item_of(i);
    if (item.calculated_expression == none || !is_number(item)) continue;
    session_.reveal();  // what is not enabled now may be so in a completion
    if (follower_.may_be_enabled(i)) all.push_back(find_one(i));
  }
  session_.conceal();
  return all;
}

Intervals::Told Intervals::tell(const Possibles& possible) const {
  Told told;
  told.depends = possible.depends();
  told.is_exact = possible.lost.empty();
  if (possible.is_open() || possible.elements.size() > 1) return told;
  if (possible.elements.empty()) {
    told.is_known = true;
    return told;
  }
  const Possible& one = possible.elements.front();
  told.range = numbers_of(one);
  if (!told.range) told.range = quantities_of(one);
  told.is_known = told.range.has_value();
  told.may_be_empty = !one.is_certain;
  return told;
}

Interval Intervals::find_one(std::uint32_t instance) {
  const Item& item = session_.item_of(instance);
  Interval interval;
  interval.link_id = item.link_id;
  interval.text = item.text;
  interval.path = session_.path_of(instance);
  if (const auto value = number_of_answer(session_.instances[instance]))
    interval.value = value->to_text();
  for (const Plan::Step& step : calculation_.plan.steps)
    if (step.item == item.index) interval.missing_data = calculation_.missing_data(step, instance);

  Told told = tell(follower_.follow_calculated(instance));
  told.is_exact &= !follower_.met_failure();
  const QuestionSet touched = follower_.touched(), read_ones = follower_.read();
  const bool met_many = follower_.met_many();
  count_questions(interval, read_ones);
  const bool has_bounds =
      told.is_known &&
      (!told.range || (told.range->low.is_finite() && told.range->high.is_finite()));
  if ((!has_bounds || !told.is_exact) && !met_many) {
    const Questions& questions = follower_.questions();
    std::vector<std::uint32_t> read = touched.list();
    std::erase_if(read, [&](std::uint32_t question) { return !questions.is_open(question); });
    const auto count = questions.ways(read, session_.options.limits.interval_completions);
    if (count)
      if (const auto outcome = completions_.run(instance, questions, read, *count)) {
        by_completions(interval, *outcome);
        return interval;
      }
  }
  by_arithmetic(interval, told);
  return interval;
}

void Intervals::by_arithmetic(Interval& interval, const Told& told) {
  interval.has_value = !told.is_known || told.range.has_value();
  interval.may_be_empty = told.may_be_empty;
  if (told.range) {
    if (told.range->low.is_finite()) interval.low = digits(told.range->low.value);
    if (told.range->high.is_finite()) interval.high = digits(told.range->high.value);
  }
  name_unanswered(interval, told.depends.list());
}

void Intervals::by_completions(Interval& interval, const Outcome& outcome) {
  interval.has_value = outcome.low.has_value();
  interval.may_be_empty = outcome.may_be_empty;
  if (outcome.low) interval.low = digits(*outcome.low);
  if (outcome.high) interval.high = digits(*outcome.high);
  name_unanswered(interval, outcome.matter);
}

void Intervals::name_unanswered(Interval& interval, const std::vector<std::uint32_t>& questions) {
  std::vector<std::uint32_t> items;
  for (const std::uint32_t question : questions)
    if (follower_.questions().is_open(question))
      items.push_back(session_.instances[follower_.questions().instance_of(question)].item);
  std::ranges::sort(items);
  for (const std::uint32_t item : items)
    if (interval.unanswered.empty() ||
        interval.unanswered.back() != session_.model.items[item].link_id)
      interval.unanswered.push_back(session_.model.items[item].link_id);
}

void Intervals::count_questions(Interval& interval, const QuestionSet& read) {
  const Questions& questions = follower_.questions();
  for (const std::uint32_t question : read.list()) {
    if (!follower_.may_be_enabled(questions.instance_of(question))) continue;
    ++interval.questions;
    if (!questions.is_open(question)) ++interval.answered;
  }
}

}  // namespace form

std::vector<Interval> Calculation::intervals() {
  if (!state_->intervals) state_->intervals.reset(new form::Intervals(*state_));
  return state_->intervals->find();
}

}  // namespace fbss

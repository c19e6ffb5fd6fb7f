// SPDX-License-Identifier: Apache-2.0
// Utility: trace, defineVariable, now, timeOfDay, today. The clock is what the caller gives, the
// same for a whole evaluation; where it gives none, the functions are empty. FHIRPath 2.0.0,
// section "Utility functions"; defineVariable of 3.0.
#include "base/temporal_spans.hpp"
#include "fhirpath/functions.hpp"

namespace fbss::fhirpath {
namespace {

void trace_values(std::string& out, Collection values) {
  for (const Value& value : values) {
    out += ' ';
    append_text(out, value);
  }
}

std::optional<Temporal> now_of(const Evaluator& evaluator) {
  return Temporal::parse(evaluator.environment.now, TemporalKind::date_time);
}

}  // namespace

void call_trace(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const std::size_t end = evaluator.stack.size();
  const auto name = text_argument(evaluator, step, 0, scope);
  std::string* out = evaluator.environment.trace;
  if (out) {
    *out += name.value_or("");
    *out += ':';
    if (step.part_count == 1) trace_values(*out, evaluator.stack.range(begin, end));
    Scope inner = scope_of_items(scope);
    for (std::size_t i = begin; i < end && step.part_count == 2; ++i) {
      evaluator.stack.cut(end);
      enter_item(inner, evaluator.stack[i], i - begin);
      trace_values(*out, evaluator.operand(step.parts[1], inner));
    }
    *out += '\n';
  }
  evaluator.stack.cut(end);
}

// Its slot is read by the steps behind it (run_local).
void call_define_variable(Evaluator& evaluator, const Step& step, std::size_t begin,
                          const Scope& scope) {
  const std::size_t end = evaluator.stack.size();
  if (step.part_count == 0) return evaluator.define_local(step.slot, evaluator.stack.from(begin));
  evaluator.run(step.parts[0], scope_of_input(scope, evaluator.stack, begin));
  evaluator.define_local(step.slot, evaluator.stack.from(end));
  evaluator.stack.cut(end);
}

void call_now(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  evaluator.stack.cut(begin);
  if (const auto now = now_of(evaluator)) evaluator.push(ValueAccess::of_temporal(*now));
}

void call_time_of_day(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  evaluator.stack.cut(begin);
  const auto now = now_of(evaluator);
  if (now && now->precision >= TemporalField::hour)
    evaluator.push(ValueAccess::of_temporal(time_of(*now)));
}

void call_today(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  evaluator.stack.cut(begin);
  if (const auto today = Temporal::parse(evaluator.environment.today, TemporalKind::date))
    evaluator.push(ValueAccess::of_temporal(*today));
}

}  // namespace fbss::fhirpath

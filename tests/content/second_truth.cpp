// SPDX-License-Identifier: Apache-2.0
// Three truth values, as the clinical document describes them. A value is recorded only for a
// question that is asked: records that break this are refused before any rule is looked at.
#include "second_truth.hpp"

#include <stdexcept>

namespace second {

Truth both(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  return a == Truth::yes && b == Truth::yes ? Truth::yes : Truth::open;
}

Truth either(Truth a, Truth b) {
  if (a == Truth::yes || b == Truth::yes) return Truth::yes;
  return a == Truth::no && b == Truth::no ? Truth::no : Truth::open;
}

Truth negated(Truth a) {
  if (a == Truth::open) return Truth::open;
  return a == Truth::yes ? Truth::no : Truth::yes;
}

std::string recorded(const Answers& answers, const std::string& id) {
  const auto found = answers.find(id);
  if (found == answers.end() || found->second == "unknown" || found->second == "declined")
    return {};
  return found->second;
}

Truth is(const Answers& answers, const std::string& id, const std::string& value) {
  const std::string given = recorded(answers, id);
  if (given.empty()) return Truth::open;
  return given == value ? Truth::yes : Truth::no;
}

Truth yes(const Answers& answers, const std::string& id) {
  return is(answers, id, "yes");
}

Truth no(const Answers& answers, const std::string& id) {
  return is(answers, id, "no");
}

Truth includes(const Answers& answers, const std::string& id, const std::string& option) {
  const std::string given = recorded(answers, id);
  if (given.empty()) return Truth::open;
  return (", " + given + ", ").find(", " + option + ", ") != std::string::npos ? Truth::yes
                                                                               : Truth::no;
}

std::optional<int> number(const Answers& answers, const std::string& id) {
  const std::string given = recorded(answers, id);
  if (given.empty()) return std::nullopt;
  return std::stoi(given);
}

Truth less(std::optional<int> a, int b) {
  if (!a) return Truth::open;
  return *a < b ? Truth::yes : Truth::no;
}

Truth more(std::optional<int> a, int b) {
  if (!a) return Truth::open;
  return *a > b ? Truth::yes : Truth::no;
}

std::string status(Truth applies, Truth present) {
  if (applies == Truth::no) return "not_applicable";
  if (applies == Truth::open || present == Truth::open) return "unknown";
  return present == Truth::yes ? "present" : "absent";
}

std::string always(Truth present) {
  return status(Truth::yes, present);
}

const Question& Questionnaire::question(const std::string& wanted) const {
  for (const Question& candidate : questions)
    if (candidate.id == wanted) return candidate;
  throw std::invalid_argument("the second evaluator has no question " + wanted);
}

const Questionnaire& questionnaire(const std::string& id) {
  for (const Questionnaire* one : {&preop_screen(), &postop_followup(), &rehab_plan()})
    if (one->id == id) return *one;
  throw std::invalid_argument("the second evaluator has no questionnaire " + id);
}

}  // namespace second

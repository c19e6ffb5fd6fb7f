// SPDX-License-Identifier: Apache-2.0
// What SDC adds: weight(), also called ordinal(). In: answers of a QuestionnaireResponse, their
// values, items of answers, or any element that carries a weight. Out: a decimal for each that has
// one: its own, else that of the option of %questionnaire that was chosen, else that of the concept
// in the code systems given. hl7.org/fhir/uv/sdc/expressions.html, "FHIRPath supplements".
#include <fbss/value_sets.hpp>

#include "fhirpath/functions.hpp"
#include "fhirpath/weights.hpp"
#include "fhirpath/whereabouts.hpp"

namespace fbss::fhirpath {
namespace {

using json::Node;

// A value of an answer, and what belongs to it in the record.
struct Answered {
  const Node* value = nullptr;  // null: a primitive without a value
  const Node* companion = nullptr;
};

std::optional<Decimal> number_of(JsonNode weight) {
  return weight ? Decimal::parse(weight.text()) : std::nullopt;
}

std::optional<Decimal> own_weight(const Answered& answered) {
  for (const Node* holder : {answered.value, answered.companion})
    if (const JsonNode weight = find_weight(JsonNode(holder))) return number_of(weight);
  return std::nullopt;
}

// The linkId of the innermost item that holds the node.
std::string_view link_id_of(Evaluator& evaluator, const Node* node) {
  std::string_view link_id;
  walk_down(evaluator, find_record(evaluator, node), node,
            [&](const Node& object, std::string_view name) {
              if (name == "item") link_id = text_member(object, "linkId");
            });
  return link_id;
}

const Node* find_item(Evaluator& evaluator, const Node& questionnaire, std::string_view link_id) {
  if (!evaluator.items.knows(questionnaire)) {
    evaluator.spend(questionnaire.skip);
    evaluator.items.enter(questionnaire);
  }
  return evaluator.items.find(link_id);
}

// Codings by system and code, primitives by their text.
bool is_same_choice(const Node& option, const Node& value) {
  if (value.kind == JsonKind::object)
    return option.kind == JsonKind::object && !text_member(value, "code").empty() &&
           text_member(option, "code") == text_member(value, "code") &&
           text_member(option, "system") == text_member(value, "system");
  return !value.is_container() && option.kind == value.kind &&
         option.text_view() == value.text_view();
}

std::optional<Decimal> option_weight(const Node& option, const Node& value) {
  const Node* chosen = option.find(value.key_view());
  if (!chosen || !is_same_choice(*chosen, value)) return std::nullopt;
  if (const JsonNode weight = find_weight(JsonNode(&option))) return number_of(weight);
  if (const JsonNode weight = find_weight(JsonNode(chosen))) return number_of(weight);
  for (const Node* member = option.first(); member; member = member->next())
    if (member->key_view().starts_with('_') && member->key_view().substr(1) == value.key_view())
      return number_of(find_weight(JsonNode(member)));
  return std::nullopt;
}

std::optional<Decimal> weight_by_questionnaire(Evaluator& evaluator, const Step& step,
                                               const Node& value) {
  const auto variables = evaluator.environment.variables;
  if (step.slot >= variables.size()) return std::nullopt;
  const std::string_view link_id = link_id_of(evaluator, &value);
  if (link_id.empty()) return std::nullopt;
  for (const Value& given : variables[step.slot]) {
    const Node* questionnaire = is_node(given) ? ValueAccess::node(given) : nullptr;
    const Node* item = questionnaire ? find_item(evaluator, *questionnaire, link_id) : nullptr;
    const Node* option = item ? first_of_list(*item, "answerOption") : nullptr;
    for (; option; option = option->next()) {
      evaluator.spend(1);
      if (const auto weight = option_weight(*option, value)) return weight;
    }
  }
  return std::nullopt;
}

std::optional<Decimal> weight_by_code_system(const Evaluator& evaluator, const Node& coding) {
  const ValueSets* sets = evaluator.environment.value_sets;
  const std::string_view code = text_member(coding, "code");
  if (!sets || code.empty()) return std::nullopt;
  return Decimal::parse(sets->weight(text_member(coding, "system"), code));
}

bool push_weight(Evaluator& evaluator, const Step& step, const Answered& answered) {
  auto weight = own_weight(answered);
  if (!weight && answered.value) weight = weight_by_questionnaire(evaluator, step, *answered.value);
  if (!weight && answered.value && answered.value->kind == JsonKind::object)
    weight = weight_by_code_system(evaluator, *answered.value);
  if (weight) evaluator.push(ValueAccess::of_decimal(*weight));
  return weight.has_value();
}

// The value[x] of an answer or an option, and what stands beside it.
Answered value_of(const Node& holder) {
  Answered answered;
  for (const Node* member = holder.first(); member; member = member->next()) {
    const std::string_view name = member->key_view();
    if (name.starts_with("value")) answered.value = member;
    if (name.starts_with("_value")) answered.companion = member;
  }
  return answered;
}

// What has no weight of its own may be an answer, or an item of answers.
void push_weights(Evaluator& evaluator, const Step& step, const Value& value) {
  if (!is_node(value)) return;
  const Answered given{ValueAccess::node(value), ValueAccess::companion(value)};
  if (push_weight(evaluator, step, given)) return;
  if (!given.value || given.value->kind != JsonKind::object) return;
  const Answered answered = value_of(*given.value);
  if (answered.value || answered.companion) {
    push_weight(evaluator, step, answered);
    return;
  }
  const Node* answer = first_of_list(*given.value, "answer");
  for (; answer; answer = answer->next()) {
    evaluator.spend(1);
    const Answered one = value_of(*answer);
    if (!push_weight(evaluator, step, {answer, nullptr})) push_weight(evaluator, step, one);
  }
}

}  // namespace

void call_weight(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  const std::size_t end = evaluator.stack.size();
  for (std::size_t i = begin; i < end; ++i) {
    const Value value = evaluator.stack[i];  // pushing may move the stack
    push_weights(evaluator, step, value);
  }
  evaluator.stack.keep(begin, end);
}

}  // namespace fbss::fhirpath

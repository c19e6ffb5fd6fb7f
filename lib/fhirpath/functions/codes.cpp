// SPDX-License-Identifier: Apache-2.0
// Codes against value sets and code systems: memberOf, subsumes, subsumedBy.
// hl7.org/fhir/R4/fhirpath.html, section "Additional functions". What the value sets do not tell is
// empty.
#include <fbss/value_sets.hpp>

#include "fhirpath/functions.hpp"
#include "fhirpath/whereabouts.hpp"

namespace fbss::fhirpath {
namespace {

using json::Node;
using Answer = std::optional<bool>;

// Asking goes through many tables.
constexpr std::uint64_t steps_of_question = 100;

Truth truth_of_answer(Answer answer) {
  return answer ? truth(*answer) : Truth::empty;
}

const Node* codings_of(const Node& object) {
  return object.find("coding");
}

// Calls visit(coding) for a Coding, or for every one of a CodeableConcept.
template <class Visit>
void each_coding(const Node& object, Visit visit) {
  const Node* list = codings_of(object);
  if (!list) return visit(object);
  if (list->kind != JsonKind::array) return;
  for (const Node* coding = list->first(); coding; coding = coding->next()) visit(*coding);
}

Answer is_member_value(Evaluator& evaluator, const Value& value, std::string_view value_set) {
  const Node* node = is_node(value) ? ValueAccess::node(value) : nullptr;
  if (node && node->kind == JsonKind::object) return is_member(evaluator, *node, value_set);
  const auto text = system_value(value);
  if (!text || text->type() != Type::string) return std::nullopt;
  const ValueSets& sets = *evaluator.environment.value_sets;
  if (!sets.knows(value_set)) return std::nullopt;
  evaluator.spend(steps_of_question);
  return sets.contains_code(value_set, ValueAccess::string(*text));
}

const Node* concept_of(const Value* value, const Step& step) {
  if (!value) return nullptr;
  const Node* node = is_node(*value) ? ValueAccess::node(*value) : nullptr;
  if (!node || node->kind != JsonKind::object) refuse_input(step, "a Coding or CodeableConcept");
  return node;
}

struct Coding {
  explicit Coding(const Node& node)
      : system(text_member(node, "system")), code(text_member(node, "code")) {}
  std::string_view system, code;
};

Answer coding_subsumes(const ValueSets* sets, const Coding& above, const Coding& below) {
  if (above.code.empty() || below.code.empty() || above.system.empty()) return std::nullopt;
  if (above.code == below.code) return true;
  return sets ? sets->subsumes(above.system, above.code, below.code) : std::nullopt;
}

// True where any coding of the one subsumes any of the other. Codings of different systems say
// nothing about each other.
Answer concept_subsumes(Evaluator& evaluator, const Step& step, const Node& above,
                        const Node& below) {
  std::size_t compared = 0, unknown = 0;
  bool found = false;
  each_coding(above, [&](const Node& a) {
    each_coding(below, [&](const Node& b) {
      evaluator.spend(steps_of_question);
      const Coding high(a), low(b);
      if (high.system != low.system) return;
      const Answer answer = coding_subsumes(evaluator.environment.value_sets, high, low);
      ++compared;
      found = found || answer == true;
      unknown += !answer;
    });
  });
  if (found) return true;
  if (compared == 0 && !codings_of(above) && !codings_of(below))
    fail(ErrorCode::wrong_operand, step.position,
         "\"" + std::string(step.name) +
             "()\" takes codings of one code system; here they are of two.");
  return compared > 0 && unknown == 0 ? Answer(false) : std::nullopt;
}

void answer_subsumption(Evaluator& evaluator, const Step& step, std::size_t begin,
                        const Scope& scope, bool input_is_above) {
  const Node* input = concept_of(single(evaluator.stack.from(begin), step, "its input"), step);
  const Node* other =
      concept_of(single(evaluator.operand(step.parts[0], scope), step, "an argument"), step);
  Answer answer;
  if (input && other)
    answer = input_is_above ? concept_subsumes(evaluator, step, *input, *other)
                            : concept_subsumes(evaluator, step, *other, *input);
  evaluator.answer(begin, truth_of_answer(answer));
}

}  // namespace

std::optional<bool> is_member(Evaluator& evaluator, const Node& object,
                              std::string_view value_set) {
  const ValueSets* sets = evaluator.environment.value_sets;
  if (!sets || (!codings_of(object) && !object.find("code") && !object.find("text")))
    return std::nullopt;
  evaluator.members.use(*sets);
  return evaluator.members.ask(evaluator.members.set(value_set), object,
                               [&] { evaluator.spend(steps_of_question); });
}

void call_member_of(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const std::size_t end = evaluator.stack.size();
  const auto value_set = text_argument(evaluator, step, 0, scope);
  Answer answer;
  if (value_set && end == begin + 1 && evaluator.environment.value_sets)
    answer = is_member_value(evaluator, evaluator.stack[begin], *value_set);
  evaluator.answer(begin, truth_of_answer(answer));
}

void call_subsumes(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  answer_subsumption(evaluator, step, begin, scope, true);
}

void call_subsumed_by(Evaluator& evaluator, const Step& step, std::size_t begin,
                      const Scope& scope) {
  answer_subsumption(evaluator, step, begin, scope, false);
}

}  // namespace fbss::fhirpath

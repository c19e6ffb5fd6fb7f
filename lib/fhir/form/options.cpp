// SPDX-License-Identifier: Apache-2.0
// Looking an answer up among what a question offers.
#include "fhir/form/options.hpp"

#include <algorithm>

#include "fhir/form/same_value.hpp"
#include "fhirpath/value.hpp"

namespace fbss::form {

const Option* find_option(const Item& question, const fhirpath::Value& value) {
  const auto found = std::ranges::find_if(
      question.options, [&](const Option& option) { return is_same_value(option.typed, value); });
  return found == question.options.end() ? nullptr : &*found;
}

std::optional<bool> is_in_value_set(const Form::Model& model, std::string_view value_set,
                                    JsonNode coding) {
  const std::string_view code = coding.find("code").text();
  if (code.empty()) return false;
  const JsonNode system = coding.find("system");
  return system ? model.value_sets.contains(value_set, system.text(), code)
                : model.value_sets.contains_code(value_set, code);
}

std::optional<bool> is_offered(const Form::Model& model, const Item& question,
                               const fhirpath::Value& value) {
  if (question.options.empty() && question.answer_value_set.empty()) return true;
  if (!question.options.empty() && find_option(question, value)) return true;
  const json::Node* node = fhirpath::is_node(value) ? fhirpath::ValueAccess::node(value) : nullptr;
  const bool is_coding = node && node->kind == JsonKind::object;
  if (question.type == ItemType::open_choice && !is_coding) return true;
  if (question.answer_value_set.empty()) return false;
  return is_coding ? is_in_value_set(model, question.answer_value_set, JsonNode(node))
                   : std::optional<bool>();
}

}  // namespace fbss::form

// SPDX-License-Identifier: Apache-2.0
// What FHIR adds to the language for elements: extension, hasValue, getValue, conformsTo,
// checkModifiers. hl7.org/fhir/R4/fhirpath.html, section "Additional functions". (resolve() stands
// in references.cpp, what asks value sets in codes.cpp, htmlChecks() in narrative.cpp.)
#include <algorithm>

#include "fhirpath/functions.hpp"
#include "fhirpath/whereabouts.hpp"

namespace fbss::fhirpath {
namespace {

using json::Node;

constexpr std::string_view definitions = "http://hl7.org/fhir/StructureDefinition/";
constexpr std::string_view own_version = "4.0.1";

const json::Key extension_key("extension"), url_key("url"), modifier_key("modifierExtension");

// An element's own extensions stand in it, a primitive's in its companion.
const Node* extensions_of(const Value& value) {
  const Node* node = ValueAccess::node(value);
  if (!node || node->kind != JsonKind::object) node = ValueAccess::companion(value);
  return node ? node->find(extension_key) : nullptr;
}

void push_extensions(Evaluator& evaluator, const Value& value, std::string_view url) {
  static const ModelType type = find_model_type("Extension");
  const Node* list = is_node(value) ? extensions_of(value) : nullptr;
  if (!list || list->kind != JsonKind::array) return;
  evaluator.spend(list->text_length);
  for (const Node* element = list->first(); element; element = element->next()) {
    const Node* name = element->find(url_key);
    if (name && name->kind == JsonKind::string && same_text(name->text_view(), url))
      evaluator.push(ValueAccess::of_node(element, nullptr, type));
  }
}

// A node with a value of its own, or a System value that FHIR has a primitive for.
bool has_value(const Value& value) {
  if (!is_node(value)) return value.type() != Type::quantity && value.type() != Type::type_info;
  const Node* node = ValueAccess::node(value);
  return node && !node->is_container() && node->kind != JsonKind::null;
}

bool is_single_with_value(Collection values) {
  return values.size() == 1 && has_value(values.front());
}

}  // namespace

void call_extension(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const std::size_t end = evaluator.stack.size();
  const auto url = text_argument(evaluator, step, 0, scope);
  const std::size_t results = evaluator.stack.size();
  for (std::size_t i = begin; i < end && url; ++i) {
    const Value value = evaluator.stack[i];  // pushing may move the stack
    push_extensions(evaluator, value, *url);
  }
  evaluator.stack.keep(begin, results);
}

void call_has_value(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  evaluator.answer(begin, truth(is_single_with_value(evaluator.stack.from(begin))));
}

void call_get_value(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  const Collection input = evaluator.stack.from(begin);
  const auto value = is_single_with_value(input) ? system_value(input.front()) : std::nullopt;
  evaluator.stack.cut(begin);
  if (value) evaluator.push(*value);
}

// A base definition is a type, and what is of the type conforms to it. Other profiles are not
// known.
void call_conforms_to(Evaluator& evaluator, const Step& step, std::size_t begin,
                      const Scope& scope) {
  const Value* input = single(evaluator.stack.from(begin), step, "its input");
  const ModelType type = input && is_node(*input) ? node_type(*input) : ModelType{0};
  const auto profile = text_argument(evaluator, step, 0, scope);
  evaluator.stack.cut(begin);
  if (!input || !profile) return;
  std::string_view name = *profile;
  ModelType wanted = 0;
  if (name.starts_with(definitions)) {
    name.remove_prefix(definitions.size());
    const std::size_t bar = name.find('|');
    if (bar == std::string_view::npos || name.substr(bar + 1) == own_version)
      wanted = find_model_type(name.substr(0, bar));
  }
  if (wanted == 0 || name.find('.') < name.find('|'))
    fail(ErrorCode::wrong_operand, step.position,
         "\"conformsTo()\" knows the types of FHIR R4 as profiles, such as "
         "http://hl7.org/fhir/StructureDefinition/Patient, and no others.");
  if (type != 0) evaluator.push(ValueAccess::of_boolean(is_kind_of(type, wanted)));
}

void call_check_modifiers(Evaluator& evaluator, const Step& step, std::size_t begin,
                          const Scope& scope) {
  const std::size_t end = evaluator.stack.size();
  const auto is_allowed = [&](std::string_view url) {
    for (std::size_t i = 0; i < step.part_count; ++i)
      if (text_argument(evaluator, step, i, scope) == url) return true;
    return false;
  };
  for (std::size_t i = begin; i < end; ++i) {
    const Node* node = node_in_record(evaluator.stack[i]);
    const Node* list = node ? node->find(modifier_key) : nullptr;
    const Node* element = list && list->kind == JsonKind::array ? list->first() : nullptr;
    for (; element; element = element->next()) {
      if (is_allowed(text_member(*element, "url"))) continue;
      fail(ErrorCode::wrong_operand, step.position,
           "\"checkModifiers()\" meets a modifierExtension that none of its arguments names: it "
           "may change what the element means.");
    }
  }
  evaluator.stack.cut(end);
}

}  // namespace fbss::fhirpath

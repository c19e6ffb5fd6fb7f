// SPDX-License-Identifier: Apache-2.0
// htmlChecks(): whether the XHTML of a narrative keeps FHIR's rules; empty for anything else.
// hl7.org/fhir/R4/fhirpath.html, section "Additional functions".
#include "fhirpath/functions.hpp"
#include "fhirpath/xhtml.hpp"

namespace fbss::fhirpath {
namespace {

std::optional<std::string_view> xhtml_of(Collection values) {
  static const ModelType xhtml = find_model_type("xhtml");
  if (values.size() != 1 || !is_node(values.front()) || node_type(values.front()) != xhtml)
    return std::nullopt;
  const json::Node* node = ValueAccess::node(values.front());
  return node && node->kind == JsonKind::string ? std::optional(node->text_view()) : std::nullopt;
}

}  // namespace

void call_html_checks(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  const auto text = xhtml_of(evaluator.stack.from(begin));
  std::optional<bool> kept;
  if (text) {
    evaluator.spend(text->size() / 8);
    kept = is_narrative(*text);
  }
  evaluator.answer(begin, kept ? truth(*kept) : Truth::empty);
}

}  // namespace fbss::fhirpath

// SPDX-License-Identifier: Apache-2.0
// What FHIR's enableWhen can say of a condition. In: the syntax tree of a condition of the file.
// Out: lines of enableWhen that enable exactly where the condition is true, whatever is answered or
// not; or nothing, where only an expression says it. The only way in is enable_when().
//
// FHIR R4, Questionnaire.item.enableWhen: a line holds where some answer of the question has the
// value. Without an answer, and with "asked but unknown", no line with "=" or an order holds, which
// is what a condition does. "!=" is another matter: FHIR says it holds without an answer, so it is
// never used; of a choice, the other options are listed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/questionnaire.hpp>

#include "fhirpath/syntax.hpp"

namespace fbss::fhir {

struct EnableLine {
  const Item* question = nullptr;
  std::string_view sign;  ///< "=", "<", "<=", ">" or ">="
  std::string value;      ///< an option's code ("yes" and "no" too), or a number's digits

  friend bool operator==(const EnableLine&, const EnableLine&) = default;
};

struct EnableWhen {
  bool all = false;  ///< every line must hold, else any
  std::vector<EnableLine> lines;
};

std::optional<EnableWhen> enable_when(const Questionnaire::Model& model,
                                      const fhirpath::Syntax& condition);

}  // namespace fbss::fhir

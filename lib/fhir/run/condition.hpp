// SPDX-License-Identifier: Apache-2.0
// One condition of enableWhen. In: the answers of the question that it asks, one by one. Out:
// whether it holds. hl7.org/fhir/R4/valueset-questionnaire-enable-operator.html.
#pragma once

#include <fbss/fhirpath.hpp>

#include "fhir/form/model.hpp"
#include "fhir/form/same_value.hpp"
#include "fhirpath/value.hpp"

namespace fbss::form {

class Condition {
 public:
  explicit Condition(const EnableWhen& condition) : condition_(condition) {}

  void add(const fhirpath::Value& answer) {
    is_answered_ = true;
    if (!condition_.is_usable || condition_.op == Operator::exists) return;
    const bool fulfilled = fulfils(answer, condition_.op, condition_.answer);
    is_fulfilled_ |= fulfilled;
    all_differ_ &= fulfilled;
  }

  bool holds() const {
    if (!condition_.is_usable) return false;
    switch (condition_.op) {
      case Operator::exists:
        return is_answered_ ==
               JsonNode(fhirpath::ValueAccess::node(condition_.answer)).boolean();
      // "True if no answer has a value that is equal": so also without any answer.
      case Operator::not_equal:
        return all_differ_;
      default:
        return is_fulfilled_;
    }
  }

 private:
  const EnableWhen& condition_;
  bool is_answered_ = false, is_fulfilled_ = false, all_differ_ = true;
};

}  // namespace fbss::form

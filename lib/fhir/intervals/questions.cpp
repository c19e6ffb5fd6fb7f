// SPDX-License-Identifier: Apache-2.0
// See questions.hpp. A question is open where it has no answer that is known.
#include "fhir/intervals/questions.hpp"

#include "fhir/run/answered.hpp"

namespace fbss::form {

void Questions::find() {
  const auto& instances = session_.instances;
  numbers_.assign(instances.size(), none);
  instances_.clear();
  open_.clear();
  assigned_ = {};
  ++version_;
  for (std::uint32_t i = 0; i < instances.size(); ++i) {
    const Item& item = session_.item_of(i);
    if (!is_question(item.type) || item.calculated_expression != none) continue;
    numbers_[i] = count();
    instances_.push_back(i);
    open_.push_back(!is_answered(instances[i]));
  }
  alternatives_.assign(instances_.size(), none);
}

const Domain& Questions::domain_of(std::uint32_t question) const {
  return domains_.of(session_.instances[instances_[question]].item);
}

std::optional<std::size_t> Questions::ways(std::uint32_t question) const {
  const Domain& domain = domain_of(question);
  if (domain.kind != Domain::Kind::finite || domain.alternatives.empty()) return std::nullopt;
  return domain.alternatives.size();
}

std::optional<std::size_t> Questions::ways(const std::vector<std::uint32_t>& questions,
                                           std::size_t limit) const {
  std::size_t product = 1;
  for (const std::uint32_t question : questions) {
    const auto own = ways(question);
    if (!own || product > limit / *own) return std::nullopt;
    product *= *own;
  }
  return product;
}

void Questions::assign(std::uint32_t question, std::uint32_t alternative) {
  alternatives_[question] = alternative;
  assigned_.add(question);
  ++version_;
}

void Questions::release(std::uint32_t question) {
  alternatives_[question] = none;
  assigned_.remove(question);
  ++version_;
}

const std::vector<const json::Node*>* Questions::assigned(std::uint32_t question) const {
  if (alternatives_[question] == none) return nullptr;
  return &domain_of(question).alternatives[alternatives_[question]];
}

}  // namespace fbss::form

// SPDX-License-Identifier: Apache-2.0
// The questions of a response: every place where an answer stands or is missing, numbered. In: the
// instances of a session. Out: which are open, what each may be answered with, and which answer an
// open one is taken to have, while cases are looked at one by one.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fhir/intervals/domains.hpp"
#include "fhir/intervals/possible.hpp"
#include "fhir/run/session.hpp"

namespace fbss::form {

class Questions {
 public:
  Questions(const FormSession::State& session, const Domains& domains)
      : session_(session), domains_(domains) {}

  /// For the response that the session works on now.
  void find();

  std::uint32_t count() const { return static_cast<std::uint32_t>(instances_.size()); }
  /// The number of the question at an instance; none for groups and calculated items.
  std::uint32_t at(std::uint32_t instance) const { return numbers_[instance]; }
  std::uint32_t instance_of(std::uint32_t question) const { return instances_[question]; }
  bool is_open(std::uint32_t question) const { return open_[question]; }
  const Domain& domain_of(std::uint32_t question) const;

  /// In how many ways an open question can be answered; nothing where they cannot be listed.
  std::optional<std::size_t> ways(std::uint32_t question) const;

  /// The product of their ways; nothing where it is not known or above the limit.
  std::optional<std::size_t> ways(const std::vector<std::uint32_t>& questions,
                                  std::size_t limit) const;

  void assign(std::uint32_t question, std::uint32_t alternative);
  void release(std::uint32_t question);
  /// The answers that an open question is taken to have; null: it is not decided.
  const std::vector<const json::Node*>* assigned(std::uint32_t question) const;
  const QuestionSet& all_assigned() const { return assigned_; }
  /// Another number whenever what is assigned changes.
  std::uint64_t version() const { return version_; }

 private:
  const FormSession::State& session_;
  const Domains& domains_;
  std::vector<std::uint32_t> numbers_;       // by instance
  std::vector<std::uint32_t> instances_;     // by question
  std::vector<bool> open_;                   // by question
  std::vector<std::uint32_t> alternatives_;  // by question: the one assigned, or none
  QuestionSet assigned_;
  std::uint64_t version_ = 0;
};

}  // namespace fbss::form

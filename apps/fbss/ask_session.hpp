// SPDX-License-Identifier: Apache-2.0
// Where a walk through a questionnaire stands: which question comes next, which one came before,
// what is left out. Holds the answers; reads and prints nothing.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <vector>

#include <fbss/response.hpp>

namespace fbss::app {

/// Where the walk stops to ask.
struct Stop {
  enum class Kind { question, optional_section, end };
  Kind kind = Kind::end;
  const Item* item = nullptr;  ///< the question or the section
};

struct Progress {
  std::size_t number = 0, total = 0;
};

class AskSession {
 public:
  /// A section of which something is answered already is taken as wanted.
  explicit AskSession(Response response);

  Response& response() { return response_; }

  /// The first question that is asked, open and not passed over; or the question whether an
  /// optional section is wanted; or the end.
  Stop next() const;

  /// The question before a stop that is asked now, or nothing at the beginning.
  std::optional<Stop> before(const Stop& stop) const;

  /// Leaves a question open for the rest of the walk.
  void pass_over(const Item& question) { passed_over_.insert(&question); }
  void decide(const Item& section, bool wanted) { wanted_[&section] = wanted; }

  /// Takes back the answers of questions that are no longer asked, and says which.
  std::vector<const Item*> drop_inapplicable();

  /// "question 4 of 14": counted over the sections that are walked through, whether each of their
  /// questions is asked or not, so that the numbers stay as answers change.
  Progress progress(const Item& question) const;

  /// Questions of a section.
  std::size_t size_of(const Item& section) const;

 private:
  bool is_walked(const Item& question) const;

  Response response_;
  std::map<const Item*, bool> wanted_;  // optional sections that are decided
  std::set<const Item*> passed_over_;
};

}  // namespace fbss::app

// SPDX-License-Identifier: Apache-2.0
// Where a walk through an FHIR Questionnaire stands: which question comes next, which one came
// before, whether a group is asked once more. Reads and prints nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>

#include <fbss/filling.hpp>

namespace fbss::app {

/// Where the walk stops to ask.
struct FormStop {
  enum class Kind { question, another, end };
  Kind kind = Kind::end;
  std::string path{};  ///< the question's, or that of a repeating group's last repetition
};

class FormWalk {
 public:
  explicit FormWalk(Filling filling) : filling_(std::move(filling)) {}

  Filling& filling() { return filling_; }

  /// The first question that is asked and not passed over, and open, or answered by the form alone
  /// (Place::is_initial); or, behind a repeating group in
  /// which something is answered, whether there is one more; or the end.
  FormStop next() const;

  /// The question before a stop, or nothing at the beginning.
  std::optional<FormStop> before(const FormStop& stop) const;

  /// Leaves a question open, or a group as it is, for the rest of the walk.
  void pass_over(const std::string& path) { passed_over_.insert(path); }
  void take_up(const std::string& path) { passed_over_.erase(path); }

  /// The place of that path; there is one.
  std::size_t find(const std::string& path) const;

  static bool is_asked(const Place& place) {
    return place.item->is_asked() && place.item->takes_words();
  }

 private:
  Filling filling_;
  std::set<std::string> passed_over_;
};

}  // namespace fbss::app

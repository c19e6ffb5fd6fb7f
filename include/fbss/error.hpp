// SPDX-License-Identifier: Apache-2.0
// What can go wrong and how it is told: ErrorCode, Problem, and Result<T>, a value or the problems
// that prevented it.
//
// The library never throws over its border, never prints and never exits. A call that can fail
// returns a Result:
//
//     fbss::Result<fbss::Questionnaire> loaded = fbss::load_builtin("preop_screen");
//     for (const fbss::Problem& problem : loaded.problems()) std::cerr << problem.message << '\n';
//
// A Result never mixes up two things: a broken call has problems; "unknown" and FHIRPath's empty
// collection are values. No message holds text that a patient or clinician typed: options, Booleans
// and numbers may be repeated, other text never.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fbss {

/// Every way in which a call can fail. The names are stable: programs may rely on code_word().
enum class ErrorCode : std::uint8_t {
#define FBSS_ERROR(name, sentence) name,
#include <fbss/error_codes.def>
#undef FBSS_ERROR
};

/// The stable word of a code, for instance "not_an_option". Thread-safe, never fails.
std::string_view code_word(ErrorCode code);

/// One plain sentence that says what the code means. Thread-safe, never fails.
std::string_view code_sentence(ErrorCode code);

/// One thing that is wrong, with its place and a way out.
struct Problem {
  ErrorCode code{};
  std::string message{};         ///< what is wrong and how to mend it, in one or two sentences
  std::string file{};            ///< the file as the caller named it; empty where there is none
  std::uint32_t line = 0;        ///< 1-based line in the file; 0 where there is none
  std::uint32_t column = 0;      ///< 1-based column in bytes; 0 where there is none
  std::string pointer{};         ///< JSON pointer (RFC 6901) to the place; "" is the whole document
  std::string question{};        ///< id of the question concerned; empty where there is none
  std::string other_question{};  ///< where two answers disagree: the other one
};

using Problems = std::vector<Problem>;

/// A value, or the problems that prevented it (at least one). Like any value: not shared between
/// threads while written.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(Problem problem) { problems_.push_back(std::move(problem)); }
  Result(Problems problems) : problems_(std::move(problems)) {}

  bool ok() const { return value_.has_value(); }
  explicit operator bool() const { return ok(); }

  /// The value. Only where ok().
  T& operator*() & { return *value_; }
  const T& operator*() const& { return *value_; }
  T&& operator*() && { return std::move(*value_); }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

  /// What went wrong: empty where ok().
  const Problems& problems() const& { return problems_; }
  Problems&& problems() && { return std::move(problems_); }

 private:
  std::optional<T> value_;
  Problems problems_;
};

/// A call that gives nothing back but may fail.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Problem problem) { problems_.push_back(std::move(problem)); }
  Result(Problems problems) : problems_(std::move(problems)) {}

  bool ok() const { return problems_.empty(); }
  explicit operator bool() const { return ok(); }
  const Problems& problems() const& { return problems_; }
  Problems&& problems() && { return std::move(problems_); }

 private:
  Problems problems_;
};

}  // namespace fbss

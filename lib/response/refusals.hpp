// SPDX-License-Identifier: Apache-2.0
// What every refusal is made of. In: a code, the question and the place. Out: Problems, all of a
// record together; and the few ways in which messages quote ids and list options.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fbss/error.hpp>

namespace fbss {

/// Collects the problems of one record. Bounded, so that a record that is wrong in a hundred
/// thousand places cannot fill the memory; the last message then says that more were left out.
class Refusals {
 public:
  static constexpr std::size_t most = 1000;

  /// `pointer` is the place (RFC 6901), `question` the id, both as they end up in the Problem.
  void add(ErrorCode code, std::string_view question, std::string pointer, std::string message);
  void add(Problem problem);

  bool empty() const { return problems_.empty(); }
  bool full() const { return problems_.size() >= most; }  ///< adding more is of no use
  std::size_t size() const { return problems_.size(); }
  Problems take() { return std::move(problems_); }

 private:
  Problems problems_;
};

/// RFC 6901: "/exercises_planned", with ~ and / escaped; "/exercises_planned/2" with an element.
std::string pointer_of(std::string_view key);
std::string pointer_of(std::string_view key, std::size_t element);

/// The text in straight double quotes.
std::string quoted(std::string_view text);

/// "a", "a or b", "a, b or c".
std::string listed(std::span<const std::string_view> words, std::string_view last_joint);

/// Whether a message may repeat a key that somebody typed: it is short and in snake_case, like an
/// id (any other may be a name).
bool is_plain_key(std::string_view key);

}  // namespace fbss

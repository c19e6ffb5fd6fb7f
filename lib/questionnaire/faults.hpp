// SPDX-License-Identifier: Apache-2.0
// The faults of one questionnaire file, collected with their places while it is loaded.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <fbss/error.hpp>

#include "questionnaire/file_reader.hpp"

namespace fbss {

class Faults {
 public:
  Faults(const FileTree& tree, std::string_view file) : tree_(tree), file_(file) {}

  /// A fault of a value, of the name under which a value stands, and at a byte of a string.
  void at_value(ErrorCode code, const FileValue& value, std::string message);
  void at_key(ErrorCode code, const FileValue& value, std::string message);
  void in_text(ErrorCode code, const FileValue& string, std::size_t byte, std::string message);

  /// " Did you mean "smoking_status"?", or nothing where no candidate is near.
  std::string did_you_mean(std::string_view word,
                           std::span<const std::string_view> candidates) const;

  /// How many there are so far.
  std::size_t count() const { return problems_.size(); }

  /// All of them in the file's order; of more than a hundred the first, and a last one that says
  /// so.
  Problems take();

 private:
  void add(ErrorCode code, const FileValue& value, std::uint32_t line, std::uint32_t column,
           std::string message);

  const FileTree& tree_;
  std::string file_;
  Problems problems_;
};

/// "a, b or c", each in double quotes.
std::string one_of(std::span<const std::string_view> words);

}  // namespace fbss

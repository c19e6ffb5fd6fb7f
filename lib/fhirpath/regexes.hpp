// SPDX-License-Identifier: Apache-2.0
// Compiled regular expressions, kept: those that stand in an expression by its Plan, the last few
// that came from records by a Workspace. In: pattern and flags. Out: a Regex that is compiled once,
// or a Failure that says why there is none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/regex.hpp"
#include "fhirpath/failure.hpp"

namespace fbss::fhirpath {

/// Who calls, for what is said where a pattern is refused.
struct RegexCall {
  std::string_view function;
  std::uint32_t position = 0;
};

class Regexes {
 public:
  Regexes() = default;
  /// `most`: so many are kept, each within `most_bytes`.
  Regexes(std::size_t most, std::size_t most_bytes) : most_(most), most_bytes_(most_bytes) {}

  /// Null where it is not here.
  const Regex* find(std::string_view pattern, RegexFlags flags) const;

  /// The pattern of an expression: here already, or compiled and kept as long as this. Fails with
  /// wrong_arguments, not_supported or limit_exceeded.
  const Regex& constant(std::string_view pattern, RegexFlags flags, RegexCall call);

  /// A pattern that is not here, from a record, in the place of the oldest where no place is left.
  /// Fails with wrong_operand or limit_exceeded; its text is not repeated.
  const Regex& from_record(std::string_view pattern, RegexFlags flags, RegexCall call);

 private:
  struct Entry {
    std::string pattern;
    RegexFlags flags;
    Regex regex;
  };
  const Regex& keep(std::unique_ptr<const Entry> entry);

  std::vector<std::unique_ptr<const Entry>> entries_;
  std::size_t most_ = 0, most_bytes_ = 0;
  std::size_t next_ = 0;  // the oldest
};

/// The flags of a call; fails with that code where the text is no flags.
RegexFlags flags_of(std::string_view text, ErrorCode code, RegexCall call);

}  // namespace fbss::fhirpath

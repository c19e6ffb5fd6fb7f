// SPDX-License-Identifier: Apache-2.0
// How the passes tell each other that an expression is at fault: a Failure is thrown where the
// fault is found and caught in compile() and evaluate(), which make a Problem of it. No Failure
// leaves the library.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <fbss/error.hpp>

namespace fbss::fhirpath {

struct Failure {
  ErrorCode code;
  std::uint32_t position;  // byte offset into the expression
  std::string message;
};

[[noreturn]] inline void fail(ErrorCode code, std::uint32_t position, std::string message) {
  throw Failure{code, position, std::move(message)};
}

/// The failure with its line and column within the expression's text.
inline Problem to_problem(Failure failure, std::string_view text) {
  Problem problem;
  problem.code = failure.code;
  problem.message = std::move(failure.message);
  problem.line = 1;
  problem.column = 1;
  for (char c : text.substr(0, failure.position)) {
    if (c == '\n') {
      ++problem.line;
      problem.column = 1;
    } else {
      ++problem.column;
    }
  }
  return problem;
}

}  // namespace fbss::fhirpath

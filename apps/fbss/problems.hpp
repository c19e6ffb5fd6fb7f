// SPDX-License-Identifier: Apache-2.0
// How the program tells what is wrong: Problems in, lines on standard error out, and the exit code.
#pragma once

#include <string>

#include <fbss/error.hpp>

#include "io.hpp"

namespace fbss::app {

/// The exit codes of the program; other programs rely on them.
enum class Exit : int {
  done = 0,
  refused = 1,            ///< input refused or found invalid; in bulk: some records refused
  usage = 2,              ///< the command line is not understood
  bad_questionnaire = 3,  ///< a questionnaire file is invalid
  failed = 4,             ///< input or output failed
  interrupted = 130,
};

/// How Problems are written: lines for a person, or NDJSON for a program.
enum class ProblemForm { text, json };

/// One problem as a line with its newline.
std::string problem_line(const Problem& problem, ProblemForm form);

/// Writes the problems to standard error and returns the exit code: usage and failed where a
/// problem is of that kind, else `otherwise`.
Exit tell(Console& console, const Problems& problems, ProblemForm form, Exit otherwise);

}  // namespace fbss::app

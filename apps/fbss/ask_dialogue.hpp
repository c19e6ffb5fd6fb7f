// SPDX-License-Identifier: Apache-2.0
// The dialogue of `fbss ask`: questions out, typed lines in, and the report at the end. The
// dialogue stands on standard error, the report on standard output. With a file every answer is
// saved at once, so that neither the end of the input nor Ctrl-C loses one.
#pragma once

#include <optional>
#include <string>

#include <fbss/suggestion.hpp>

#include "ask_session.hpp"
#include "io.hpp"
#include "options.hpp"
#include "problems.hpp"

namespace fbss::app {

/// What a dialogue begins with.
struct AskStart {
  Response response;           ///< the answers so far
  std::string file;            ///< where answers are saved; "": nowhere
  std::optional<Chart> chart;  ///< what it suggests is offered, each for a person to confirm
};

/// Asks until the end, or until the person leaves or the input ends.
Exit run_dialogue(AskStart start, const Options& options, Console& console, Input& input);

/// The library's messages are about whole records; within a dialogue nothing waits for evaluation.
Problems in_dialogue(Problems problems);

}  // namespace fbss::app

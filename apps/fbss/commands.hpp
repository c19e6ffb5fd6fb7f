// SPDX-License-Identifier: Apache-2.0
// The sub-commands: what each takes and what runs it. One file a sub-command; main.cpp dispatches.
#pragma once

#include <vector>

#include "io.hpp"
#include "options.hpp"
#include "problems.hpp"

namespace fbss::app {

struct Command {
  CommandSpec spec;
  Exit (*run)(const Options& options, Console& console);
};

Command list_command();
Command show_command();
Command ask_command();
Command screen_command();
Command batch_command();
Command prefill_command();
Command check_command();
Command export_command();
Command fhirpath_command();
Command lint_command();
Command enabled_command();
Command validate_command();
Command calculate_command();
Command populate_command();
Command extract_command();

/// All of them, in the order of the help.
const std::vector<Command>& commands();

}  // namespace fbss::app

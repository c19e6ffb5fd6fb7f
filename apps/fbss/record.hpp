// SPDX-License-Identifier: Apache-2.0
// One record, in any form, for the commands that take one. In: the name of its file, or "-". Out:
// its assessment, or why it is refused.
#pragma once

#include <string>

#include <fbss/assessment.hpp>
#include <fbss/response.hpp>

#include "problems.hpp"

namespace fbss::app {

/// The problems with the name of their file, "standard input" for "-".
Problems in_file(Problems problems, const std::string& file);

/// Reads the record into the response and evaluates it. Problems name the file.
Result<Assessment> assess_record(Response& response, const std::string& file,
                                 const AssessOptions& wanted = {});

/// Tells why there is no assessment; as text, also that nothing was evaluated.
Exit tell_refused(Console& console, const Problems& problems, ProblemForm form,
                  const std::string& file);

}  // namespace fbss::app

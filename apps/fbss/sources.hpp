// SPDX-License-Identifier: Apache-2.0
// Resources at hand, for the commands that populate and extract. In: --context NAME=FILE and files.
// Out: Sources.
#pragma once

#include <string>
#include <vector>

#include <fbss/populate.hpp>

#include "options.hpp"

namespace fbss::app {

/// --context NAME=FILE, repeatable.
OptionSpec context_option();

/// Whether "-" stands for more than one of these files and the files of --context.
bool reads_input_twice(const Options& options, const std::vector<std::string>& files);

/// The files of --context, then these: of two resources of one type and id the first counts.
/// Problems: usage; those of reading, which name the file.
Result<Sources> open_sources(const Options& options, const std::vector<std::string>& files);

}  // namespace fbss::app

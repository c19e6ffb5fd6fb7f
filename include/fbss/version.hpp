// SPDX-License-Identifier: Apache-2.0
// The version of the library: at compile time as macros, at run time as version().
#pragma once

#include <string_view>

#define FBSS_VERSION_MAJOR 0
#define FBSS_VERSION_MINOR 1
#define FBSS_VERSION_PATCH 0
#define FBSS_VERSION "0.1.0"

namespace fbss {

/// The version of the library that runs, for instance "0.1.0"; compare it with FBSS_VERSION, that
/// of the headers.
std::string_view version();

}  // namespace fbss

// SPDX-License-Identifier: Apache-2.0
// What today() and now() are. In: --on and --now; out: ISO texts. Where an option is missing the
// system's clock is read: here, and nowhere else.
#pragma once

#include <string>

#include "options.hpp"

namespace fbss::app {

struct Clock {
  std::string today;  ///< YYYY-MM-DD
  std::string now;    ///< YYYY-MM-DDThh:mm:ss.fff and the zone
};

/// --on alone takes the time of day from the system, --now alone gives the date too. Problem:
/// usage, where one is no date or no date with a time.
Result<Clock> clock_of(const Options& options);

OptionSpec now_option();

}  // namespace fbss::app

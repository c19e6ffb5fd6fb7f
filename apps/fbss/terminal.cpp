// SPDX-License-Identifier: Apache-2.0
// How wide a stream is and whether it takes colour; see terminal.hpp.
#include "terminal.hpp"

#include <sys/ioctl.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "text.hpp"

namespace fbss::app {

namespace {

constexpr std::size_t narrowest = 40;
constexpr std::size_t widest_measured = 100;

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? std::string_view(value) : std::string_view();
}

std::size_t measured_width(const Output& stream) {
  if (const auto columns = whole_number(environment("COLUMNS")); columns && *columns > 0) {
    return *columns;
  }
  struct winsize size {};
  if (stream.is_terminal() && ::ioctl(stream.descriptor(), TIOCGWINSZ, &size) == 0 &&
      size.ws_col > 0) {
    return size.ws_col;
  }
  return 80;
}

}  // namespace

std::size_t width_of(const Output& stream, const Options& options) {
  if (const auto wanted = options.number("width")) return *wanted;
  return std::clamp(measured_width(stream), narrowest, widest_measured);
}

bool takes_colour(const Output& stream, const Options& options) {
  return stream.is_terminal() && !options.has("no-color") && environment("NO_COLOR").empty() &&
         environment("TERM") != "dumb";
}

}  // namespace fbss::app

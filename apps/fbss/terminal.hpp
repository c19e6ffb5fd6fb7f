// SPDX-License-Identifier: Apache-2.0
// How wide a stream is and whether it takes colour. In: the stream and the environment; out: what
// the texts are laid out for.
#pragma once

#include <cstddef>

#include "io.hpp"
#include "options.hpp"

namespace fbss::app {

/// --width where given; else COLUMNS, else the terminal's width, else 80. Beyond 100 columns lines
/// are hard to read, so that what is measured ends there.
std::size_t width_of(const Output& stream, const Options& options);

/// Only on a terminal that can, and not where --no-color or a NO_COLOR that is not empty forbids
/// it.
bool takes_colour(const Output& stream, const Options& options);

}  // namespace fbss::app

// SPDX-License-Identifier: Apache-2.0
// The template and the style sheet of the HTML report, compiled into the library: a table that
// cmake/embed_texts.cmake generates from the files of this folder.
#pragma once

#include <cstddef>

namespace fbss::report {

struct EmbeddedText {
  const char* name;  ///< of the file
  const unsigned char* bytes;
  std::size_t size;
};

extern const EmbeddedText embedded_texts[];
extern const std::size_t embedded_text_count;

}  // namespace fbss::report

// SPDX-License-Identifier: Apache-2.0
// The questionnaires that are compiled into the library: a table that cmake/embed_texts.cmake
// generates.
#pragma once

#include <cstddef>

namespace fbss {

struct BuiltinText {
  const char* id;
  const unsigned char* bytes;
  std::size_t size;
};

extern const BuiltinText builtin_texts[];
extern const std::size_t builtin_text_count;

}  // namespace fbss

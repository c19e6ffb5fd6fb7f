// SPDX-License-Identifier: Apache-2.0
// The texts of the built-in code lists, compiled in from questionnaires/code_lists/.
#pragma once

#include <cstddef>

namespace fbss {

struct CodeListText {
  const char* name;  // of the file, without ".json"
  const unsigned char* bytes;
  std::size_t size;
};

extern const CodeListText code_list_texts[];
extern const std::size_t code_list_text_count;

}  // namespace fbss

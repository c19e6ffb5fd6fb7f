// SPDX-License-Identifier: Apache-2.0
// Files of cases for small forms. In: tests/fhir/FILE. Out: its blocks, each a form and cases.
//
//   a integer           the form, in the words of small_forms.hpp
//   ---
//   a=1 -> sum=2 ! issues      before, after, and what follows "!"
//   ===                        ends the block; lines that begin with # are comments
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace case_files {

struct Case {
  std::size_t line = 0;
  std::string before, after, issues;
};

struct Block {
  std::string form;
  std::vector<Case> cases;
};

/// Ends the test where the file cannot be read.
std::vector<Block> read(std::string_view file);

}  // namespace case_files

// SPDX-License-Identifier: Apache-2.0
// See case_files.hpp.
#include "case_files.hpp"

#include <fstream>
#include <stdexcept>

namespace case_files {
namespace {

std::string trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return std::string(text);
}

Case read_case(const std::string& text, std::size_t line) {
  const std::size_t arrow = text.find("->");
  if (arrow == std::string::npos) throw std::runtime_error("a case without ->: " + text);
  const std::string after = text.substr(arrow + 2);
  const std::size_t mark = after.find('!');
  Case made{line, trimmed(text.substr(0, arrow)), trimmed(after.substr(0, mark)), {}};
  if (mark != std::string::npos) made.issues = trimmed(after.substr(mark + 1));
  return made;
}

}  // namespace

std::vector<Block> read(std::string_view file) {
  std::ifstream in(std::string(FBSS_SOURCE_DIR "/tests/fhir/") + std::string(file));
  if (!in) throw std::runtime_error("no file " + std::string(file));
  std::vector<Block> blocks(1);
  bool is_form = true;
  std::size_t line = 0;
  for (std::string text; std::getline(in, text);) {
    ++line;
    if (text.starts_with('#') || trimmed(text).empty()) continue;
    if (text == "===") {
      blocks.emplace_back();
      is_form = true;
    } else if (text == "---") {
      is_form = false;
    } else if (is_form) {
      blocks.back().form += text + '\n';
    } else {
      blocks.back().cases.push_back(read_case(text, line));
    }
  }
  return blocks;
}

}  // namespace case_files

// SPDX-License-Identifier: Apache-2.0
// Loads the built-in questionnaire and reads files for the tests of the content.
#include "screen.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace content {

const fbss::Questionnaire& screen() {
  static const fbss::Result<fbss::Questionnaire> loaded = fbss::load_builtin("preop_screen");
  for (const fbss::Problem& problem : loaded.problems())
    FAIL_CHECK(problem.line, ":", problem.pointer, ": ", problem.message);
  REQUIRE(loaded.ok());
  return *loaded;
}

std::vector<std::string> values_of(const fbss::Item& question) {
  if (question.type == fbss::ItemType::yes_no) return {"yes", "no"};
  if (question.type == fbss::ItemType::text) return {"lupus"};
  std::vector<std::string> codes;
  for (const fbss::Option& option : question.options) codes.push_back(option.code);
  return codes;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  INFO("reading ", path);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool exists(const std::string& path) {
  return std::filesystem::exists(path);
}

}  // namespace content

// SPDX-License-Identifier: Apache-2.0
// Runs cases/*.txt: three lines a case (the expression; its input, which is JSON, a file of inputs/
// or "-" for none; the result as render.hpp writes it), parted by empty lines. A line that begins
// with # is a remark.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>

#include "render.hpp"

namespace {

using namespace fbss;

const std::filesystem::path cases_folder = FBSS_SOURCE_DIR "/tests/fhirpath";

struct Case {
  std::string expression, input, output;
  std::size_t line = 0;
};

std::vector<Case> read_cases(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<Case> cases;
  std::vector<std::string> lines;
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line.starts_with('#')) {
      CHECK_MESSAGE(lines.empty(), path.filename().string(), ":", number, ": half a case");
      lines.clear();
      continue;
    }
    lines.push_back(line);
    if (lines.size() < 3) continue;
    cases.push_back({lines[0], lines[1], lines[2], number - 2});
    lines.clear();
  }
  return cases;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string input_text(const std::string& input) {
  return input.ends_with(".json") ? text_of(cases_folder / "inputs" / input) : input;
}

}  // namespace

TEST_CASE("every chapter's cases give what they say") {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(cases_folder / "cases"))
    files.push_back(entry.path());
  std::ranges::sort(files);
  REQUIRE(files.size() > 10);
  for (const auto& path : files) {
    const std::vector<Case> cases = read_cases(path);
    CHECK_MESSAGE(!cases.empty(), path.filename().string(), " holds no case");
    for (const Case& c : cases) {
      Document document;
      fhirpath::Environment environment;
      environment.today = "2026-11-21";
      environment.now = "2026-11-21T14:30:15.250+01:00";
      if (c.input != "-") {
        REQUIRE_MESSAGE(document.parse(input_text(c.input)).ok(), path.filename().string(), ":",
                        c.line, ": the input is no JSON");
        environment.input = document.root();
      }
      const std::string got = fhirpath::result_of(c.expression, environment);
      CHECK_MESSAGE(got == c.output, path.filename().string(), ":", c.line, ": ", c.expression,
                    "\n  expected: ", c.output, "\n  got:      ", got);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// The transcripts of cases/: the whole program, as a person or a script uses it.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "transcript.hpp"

TEST_CASE("transcripts") {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(FBSS_CASES_DIR)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  REQUIRE_FALSE(files.empty());
  for (const std::string& file : files) {
    for (const Case& one : read_transcript(file)) run_case(file, one);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Reads contested.txt: what the specification leaves open, what its own suite contradicts, and what
// other engines read otherwise. The suite's test, the differential test and contested_test.cpp hold
// it against what the engine does.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace contested {

struct Row {
  std::string id = {};
  std::string example = {}, input = "-";  // an expression, and the JSON that it reads
  std::string ours = {};                  // its result, as render.hpp writes it
  std::string reason = {}, others = {};
  std::vector<std::string> misses = {};  // cases of the suite that we do not pass because of it
  std::string unknown_key = {};          // where a line is not understood
  std::size_t line = 0;
};

/// The rows of the table; a row is a block of "key: value" lines, a blank line ends it.
inline std::vector<Row> read(const std::string& path) {
  std::ifstream file(path);
  std::vector<Row> rows;
  bool is_inside = false;
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty()) is_inside = false;
    if (line.empty() || line.starts_with('#')) continue;
    if (!is_inside) rows.push_back({.line = number});
    is_inside = true;
    const std::size_t colon = line.find(": ");
    const std::string key = line.substr(0, colon);
    const std::string value = colon == std::string::npos ? "" : line.substr(colon + 2);
    Row& row = rows.back();
    if (key == "id") {
      row.id = value;
    } else if (key == "example") {
      row.example = value;
    } else if (key == "input") {
      row.input = value;
    } else if (key == "ours") {
      row.ours = value;
    } else if (key == "reason") {
      row.reason = value;
    } else if (key == "others") {
      row.others = value;
    } else if (key == "misses") {
      std::istringstream ids(value);
      for (std::string id; ids >> id;) row.misses.push_back(id);
    } else {
      row.unknown_key = key;
    }
  }
  return rows;
}

}  // namespace contested

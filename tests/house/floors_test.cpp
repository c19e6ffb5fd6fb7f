// SPDX-License-Identifier: Apache-2.0
// Holds the source tree against what lib/README.md says of it: its tables of floors and of packages
// are this test's data. In: every code file of the project. Out: a failed check with file and line
// for each include, header or line that breaks a rule of the house.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace fs = std::filesystem;

namespace {

const fs::path root = FBSS_SOURCE_DIR;

std::vector<std::string> lines_of(const fs::path& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// Paths from the root, with '/', of all files below the folders whose name matches.
std::vector<std::string> files_in(std::initializer_list<const char*> folders,
                                  const std::regex& name) {
  std::vector<std::string> files;
  for (const char* folder : folders) {
    if (!fs::exists(root / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string path = fs::relative(entry.path(), root).generic_string();
      if (entry.is_regular_file() && std::regex_search(path, name)) files.push_back(path);
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// What stands in backticks.
std::vector<std::string> code_words(const std::string& text) {
  static const std::regex word("`([^`]+)`");
  std::vector<std::string> words;
  for (std::sregex_iterator it(text.begin(), text.end(), word), end; it != end; ++it)
    words.push_back((*it)[1]);
  return words;
}

using Row = std::map<std::string, std::string>;

/// The Markdown table of lib/README.md whose first column has that title: a row is its cells by
/// column title.
std::vector<Row> table_of_map(const std::string& first_column) {
  std::vector<Row> rows;
  std::vector<std::string> titles;
  for (const std::string& line : lines_of(root / "lib/README.md")) {
    std::vector<std::string> cells;
    for (std::size_t at = 0; line.starts_with('|') && at + 1 < line.size();) {
      const std::size_t end = std::min(line.find('|', at + 1), line.size());
      const std::string cell = line.substr(at + 1, end - at - 1);
      const std::size_t first = cell.find_first_not_of(' ');
      const std::size_t last = cell.find_last_not_of(' ');
      cells.push_back(first == std::string::npos ? "" : cell.substr(first, last - first + 1));
      at = end;
    }
    if (cells.empty()) {
      titles.clear();
    } else if (titles.empty()) {
      if (cells[0] == first_column) titles = cells;
    } else if (!cells[0].starts_with("---")) {
      Row row;
      for (std::size_t i = 0; i < titles.size() && i < cells.size(); ++i) row[titles[i]] = cells[i];
      rows.push_back(row);
    }
  }
  return rows;
}

struct Floors {
  std::map<std::string, std::set<std::string>> may_use;  // by floor: those below
  std::map<std::string, std::string> of_header;          // by public header: its floor

  Floors() {
    for (const Row& row : table_of_map("floor")) {
      const std::string floor = code_words(row.at("floor")).at(0);
      for (const std::string& header : code_words(row.at("public headers")))
        of_header[header] = floor;
      for (const std::string& below : code_words(row.at("may include from")))
        may_use[floor].insert(below);
      may_use[floor].insert(floor);
    }
  }
};

struct Include {
  std::string file;
  int line;
  std::string name;
  bool quoted;
};

std::vector<Include> includes_in(std::initializer_list<const char*> folders) {
  static const std::regex code("\\.(cpp|hpp|h|c|def)$");
  static const std::regex include("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]");
  std::vector<Include> found;
  for (const std::string& file : files_in(folders, code)) {
    int number = 0;
    for (const std::string& line : lines_of(root / file)) {
      ++number;
      std::smatch match;
      if (std::regex_search(line, match, include))
        found.push_back({file, number, match[2], match[1] == "\""});
    }
  }
  return found;
}

std::string part(const std::string& path, std::size_t index) {
  std::size_t at = 0;
  for (; index > 0; --index) at = path.find('/', at) + 1;
  return path.substr(at, path.find('/', at) - at);
}

bool is_standard(const std::string& header) {
  return header.find('/') == std::string::npos && header.find('.') == std::string::npos;
}

}  // namespace

TEST_CASE("every include of lib/ and include/ stands on the floors of lib/README.md") {
  const Floors floors;
  REQUIRE(floors.may_use.size() >= 7);
  for (const Include& include : includes_in({"lib", "include"})) {
    const bool is_public = include.file.starts_with("include/");
    const std::string header = part(include.file, 2);
    if (header == "fbss.hpp") {  // the roof: every public header, and nothing else
      CHECK_MESSAGE(include.name.starts_with("fbss/"), include.file, ":", include.line);
      continue;
    }
    INFO(include.file, ":", include.line, " includes ", include.name);
    if (is_public) REQUIRE_MESSAGE(floors.of_header.count(header), "no floor has the header");
    const std::string floor = is_public ? floors.of_header.at(header) : part(include.file, 1);
    REQUIRE_MESSAGE(floors.may_use.count(floor), "lib/README.md has no such floor");

    if (include.quoted) {
      CHECK_MESSAGE(!is_public, "a public header includes no header of lib/");
      CHECK_MESSAGE(floors.may_use.at(floor).count(part(include.name, 0)),
                    "that folder is not below");
      CHECK_MESSAGE(fs::exists(root / "lib" / include.name), "written from lib/ on");
    } else if (include.name.starts_with("fbss/")) {
      const std::string used = part(include.name, 1);
      REQUIRE_MESSAGE(floors.of_header.count(used), "no floor has that header");
      CHECK_MESSAGE(floors.may_use.at(floor).count(floors.of_header.at(used)),
                    "that header's floor is not below");
    } else if (is_public) {
      CHECK_MESSAGE((is_standard(include.name) || header == "nlohmann.hpp"),
                    "a public header shows no package");
    }
  }
}

TEST_CASE("the link lists of lib/CMakeLists.txt are the floors of lib/README.md") {
  const Floors floors;
  static const std::regex call("^fbss_floor\\((\\w+) FILES \\S+(?: USES([a-z_ ]*))?");
  int found = 0;
  for (const std::string& line : lines_of(root / "lib/CMakeLists.txt")) {
    std::smatch match;
    if (!std::regex_search(line, match, call)) continue;
    ++found;
    std::set<std::string> used{match[1]};
    std::istringstream list(match[2]);
    for (std::string floor; list >> floor;) used.insert(floor);
    CHECK_MESSAGE(floors.may_use.at(match[1]) == used, "floor ", match[1].str());
  }
  CHECK(found == static_cast<int>(floors.may_use.size()));
}

TEST_CASE("each package is included only where lib/README.md says") {
  struct Package {
    std::string name, header;
    std::vector<std::string> places;
  };
  std::vector<Package> packages;
  for (const Row& row : table_of_map("package"))
    for (const std::string& header : code_words(row.at("header")))
      packages.push_back({row.at("package"), header, code_words(row.at("included by"))});
  REQUIRE(packages.size() >= 5);

  std::set<std::string> used;
  for (const Include& include : includes_in({"lib", "include", "apps"})) {
    const auto package = std::find_if(packages.begin(), packages.end(), [&](const Package& one) {
      return include.name.starts_with(one.header);
    });
    INFO(include.file, ":", include.line, " includes ", include.name);
    if (package != packages.end()) {
      used.insert(package->header);
      CHECK_MESSAGE(std::any_of(package->places.begin(), package->places.end(),
                                [&](const std::string& place) {
                                  return place.ends_with('/') ? include.file.starts_with(place)
                                                              : include.file == place;
                                }),
                    "lib/README.md gives ", package->name, " another place");
    } else if (!include.quoted && !include.file.starts_with("apps/")) {
      CHECK_MESSAGE((is_standard(include.name) || include.name.starts_with("fbss/")),
                    "lib/README.md does not name the package");
    }
  }
  for (const Package& package : packages)
    CHECK_MESSAGE(used.count(package.header), "nothing includes ", package.header);
}

TEST_CASE("every code file begins with the licence line and keeps to 600 lines of 100 columns") {
  static const std::regex code("\\.(cpp|hpp|h|c|def|cmake|sh|js|css)$|/CMakeLists.txt$");
  static const std::regex columns_count("\\.(cpp|hpp|h|c|js)$");
  for (const std::string& file :
       files_in({"include", "lib", "apps", "tests", "examples", "cmake"}, code)) {
    const std::vector<std::string> lines = lines_of(root / file);
    INFO(file);
    REQUIRE(!lines.empty());
    const std::size_t first = lines[0].starts_with("#!") ? 1 : 0;
    CHECK_MESSAGE((lines.size() > first &&
                   lines[first].find("SPDX-License-Identifier: Apache-2.0") != std::string::npos),
                  "the licence line is missing");
    CHECK_MESSAGE(lines.size() <= 600, lines.size(), " lines");
    if (!std::regex_search(file, columns_count)) continue;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      // A character of UTF-8 has one byte that is no continuation.
      const auto columns = std::count_if(lines[i].begin(), lines[i].end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
      });
      CHECK_MESSAGE(columns <= 100, "line ", i + 1, " has ", columns, " columns");
    }
  }
}

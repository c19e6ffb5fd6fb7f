// SPDX-License-Identifier: Apache-2.0
// Makes test cases of the C++ that stands in documents. In: the file to write, then headers and
// Markdown files. Out: one C++ source with a test case a file: a header's opening comment gives the
// lines that are indented by five spaces behind the slashes, a Markdown file its ```cpp blocks.
// #line leads compiler messages back to the document; it stands where code begins or goes on behind
// a gap, and so never within a string of several lines.
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

namespace {

/// The code on a line of a header's opening comment: empty where it is prose.
std::string_view code_of_comment(std::string_view line) {
  constexpr std::string_view indent = "//     ";
  return line.starts_with(indent) ? line.substr(indent.size()) : std::string_view();
}

/// Appends the file's example, if it has one, to `out`; false where the file cannot be read.
bool extract(const std::string& path, std::ostream& out) {
  std::ifstream in(path);
  if (!in) return false;
  const bool markdown = path.ends_with(".md");
  std::string line, includes, code;
  bool in_block = false;
  int line_before = 0;
  const std::string* into_before = nullptr;
  for (int number = 1; std::getline(in, line); ++number) {
    std::string_view part;
    if (markdown) {
      if (line.starts_with("```")) {
        in_block = line == "```cpp";
        continue;
      }
      if (in_block) part = line;
    } else {
      if (!line.starts_with("//")) break;
      part = code_of_comment(line);
    }
    if (part.empty()) continue;
    std::string& into = part.starts_with("#include") ? includes : code;
    if (number != line_before + 1 || &into != into_before)
      into += "#line " + std::to_string(number) + " \"" + path + "\"\n";
    line_before = number;
    into_before = &into;
    into.append(part).append("\n");
  }
  if (code.empty()) return true;
  const std::string name = path.substr(path.find_last_of('/') + 1);
  const bool prints = code.find("std::cout") != std::string::npos;
  out << includes << "TEST_CASE(\"the example of " << name << "\") {\n"
      << "  run_example(" << (prints ? "true" : "false")
      << ", []([[maybe_unused]] ExampleInputs& inputs) {\n"
      << "    EXAMPLE_NAMES\n    {\n"
      << code << "    }\n  });\n}\n";
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::cerr << "usage: extract_examples OUTPUT FILE...\n";
    return 2;
  }
  std::ofstream out(arguments[1]);
  out << "#include \"example_inputs.hpp\"\n";
  for (int i = 2; i < count; ++i)
    if (!extract(arguments[i], out)) {
      std::cerr << "cannot read " << arguments[i] << '\n';
      return 1;
    }
  return out.flush() ? 0 : 1;
}

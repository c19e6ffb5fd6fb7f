// SPDX-License-Identifier: Apache-2.0
// Single expressions, plan and record made once. In: single.txt and the folder of the suite's
// inputs. Out: a line an expression: name, evaluations per CPU second, the values (parted by ;); an
// expression that fails has neither.
#include <map>
#include <sstream>
#include <string>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>

#include "measure.hpp"

using namespace fbss;

int main(int count, char** arguments) {
  if (count != 3) bench::fail("usage: bench_single EXPRESSIONS INPUTS");
  const std::string inputs = arguments[2];
  std::map<std::string, Document> records;
  fhirpath::Workspace workspace;
  std::istringstream lines(bench::text_of(arguments[1]));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream fields(line);
    std::string name, record, text;
    std::getline(std::getline(std::getline(fields, name, '\t'), record, '\t'), text);
    Document& document = records[record];
    if (!document.root())
      bench::expect(document.parse(bench::text_of(inputs + '/' + record + "-example.json")));
    const auto expression = fhirpath::Expression::compile(text);
    const fhirpath::Environment environment{.input = document.root(), .today = "2026-11-21"};
    const auto run = [&] { return evaluate(*expression, environment, workspace); };
    if (!expression || !run()) {
      std::printf("%s\t\t\n", name.c_str());
      continue;
    }
    std::string values;
    const auto first = run();  // outlives the loop, unlike *run() in its head
    for (const fhirpath::Value& value : *first)
      values += (values.empty() ? "" : ";") + to_text(value);
    std::size_t seen = 0;
    const double rate = bench::best_rate([&] { seen += run()->size(); });
    std::printf("%s\t%.0f\t%s\n", name.c_str(), rate, values.c_str());
    std::fflush(stdout);
  }
}

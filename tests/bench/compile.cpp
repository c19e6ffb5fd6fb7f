// SPDX-License-Identifier: Apache-2.0
// How long it takes to compile a rule. In: a file with rules ([{"id", "expression"}]). Out: a line
// a rule: id, microseconds.
#include <string>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>

#include "measure.hpp"

using namespace fbss;

int main(int count, char** arguments) {
  if (count != 2) bench::fail("usage: bench_compile RULES");
  Document rules;
  bench::expect(rules.parse(bench::text_of(arguments[1])));
  for (JsonNode rule = rules.root().first(); rule; rule = rule.next()) {
    const std::string_view text = rule.find("expression").text();
    std::size_t compiled = 0;
    const double rate =
        bench::best_rate([&] { compiled += fhirpath::Expression::compile(text).ok(); });
    if (compiled == 0) bench::fail("a rule does not compile");
    std::printf("%s\t%.2f\n", std::string(rule.find("id").text()).c_str(), 1e6 / rate);
    std::fflush(stdout);
  }
}

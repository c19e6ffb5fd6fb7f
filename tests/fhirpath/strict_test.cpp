// SPDX-License-Identifier: Apache-2.0
// The strict mode: cases_strict/*.txt (three lines a case: the expression, the type of its input or
// "-", and "ok" or the error with its place), what the messages say, and the official suite.
#include "fhirpath/strict.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <fbss/document.hpp>

#include "render.hpp"

namespace {

using namespace fbss;
using fhirpath::Expression;

const std::filesystem::path cases_folder = FBSS_SOURCE_DIR "/tests/fhirpath/cases_strict";
const std::string suite_folder = FBSS_SHARED_DIR "/cases/fhirpath/";

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Expression::Options strict(const std::string& input_type) {
  Expression::Options options;
  options.strict = true;
  options.input_type = input_type;
  return options;
}

std::string verdict(const std::string& expression, const Expression::Options& options) {
  const auto compiled = Expression::compile(expression, options);
  return compiled ? "ok" : fhirpath::render(compiled.problems().front());
}

std::string message(const std::string& expression, const std::string& input_type) {
  const auto compiled = Expression::compile(expression, strict(input_type));
  return compiled ? "ok" : compiled.problems().front().message;
}

}  // namespace

TEST_CASE("the cases of the strict mode") {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(cases_folder)) {
    std::ifstream file(entry.path());
    std::vector<std::string> lines;
    std::string line;
    for (std::size_t number = 1; std::getline(file, line); ++number) {
      if (line.empty() || line.starts_with('#')) continue;
      lines.push_back(line);
      if (lines.size() < 3) continue;
      ++count;
      const std::string got = verdict(lines[0], strict(lines[1] == "-" ? "" : lines[1]));
      CHECK_MESSAGE(got == lines[2], entry.path().filename().string(), ":", number - 2, ": ",
                    lines[0], "\n  expected: ", lines[2], "\n  got:      ", got);
      // What the strict mode refuses the language itself does not.
      CHECK_MESSAGE(Expression::compile(lines[0]), lines[0], ": does not compile at all");
      lines.clear();
    }
    CHECK_MESSAGE(lines.empty(), entry.path().filename().string(), ": half a case");
  }
  CHECK(count > 100);
}

TEST_CASE("a message names the type, the element, and the nearest name") {
  CHECK(message("name.given1", "Patient") ==
        "HumanName has no element given1: did you mean given?");
  CHECK(message("Observation.valueQuantity.unit", "Observation") ==
        "Observation has no element valueQuantity, which is only how JSON writes it: write "
        "value.ofType(Quantity).");
  CHECK(message("Observation.effectiveDateTime", "Observation") ==
        "Observation has no element effectiveDateTime, which is only how JSON writes it: write "
        "effective.ofType(dateTime).");
  CHECK(message("Encounter.name", "Patient") ==
        "The path begins with Encounter, but what stands here is of the type Patient.");
  CHECK(message("Patient.contact.nme", "Patient") ==
        "Patient.contact has no element nme: did you mean name?");
  CHECK(message("Observation.value.start.x", "Observation") == "dateTime has no element x.");
  CHECK(message("Observation.value.foo", "Observation") ==
        "CodeableConcept, Period or one of 9 other types has no element foo.");
  CHECK(message("name.startsWith('P')", "Patient") ==
        "\"startsWith()\" takes a text, but what stands here is of the type HumanName.");
  CHECK(message("name", "Patiet") ==
        "The input is said to be of the type Patiet, which does not exist: did you mean Patient?");
}

TEST_CASE("variables and functions of the caller are of no known type") {
  Expression::Options options = strict("Patient");
  options.variables = {"other"};
  options.functions = {
      {"mine", 1,
       [](fhirpath::Collection, std::span<const fhirpath::Collection>, fhirpath::HostResults&) {}},
      {"first", 0,
       [](fhirpath::Collection, std::span<const fhirpath::Collection>, fhirpath::HostResults&) {}}};
  CHECK(verdict("%other.whatever.startsWith('x')", options) == "ok");
  CHECK(verdict("name.mine(name.given).whatever", options) == "ok");
  CHECK(verdict("name.mine(name.givn)", options) == "error unknown_element 1:16");
  CHECK(verdict("children().first()", options) == "ok");  // the caller's own
}

TEST_CASE("what is nested in repeat() is bounded") {
  std::string expression = "name";
  for (int i = 0; i < 60; ++i) expression = "repeat(name | " + expression + ")";
  CHECK(verdict(expression, strict("Patient")).starts_with("error limit_exceeded"));
  CHECK(verdict("repeat(item.repeat(item.repeat(item)))", strict("Questionnaire")) == "ok");
}

TEST_CASE("without strict nothing is refused") {
  Expression::Options options;
  options.input_type = "Patient";
  CHECK(verdict("name.given1", options) == "ok");
  CHECK(verdict("children().skip(1)", options) == "ok");
}

TEST_CASE("the official suite in strict mode") {
  if (!std::filesystem::exists(suite_folder + "suite.json")) {
    MESSAGE("skipped: ", suite_folder, " is not there");
    return;
  }
  Limits limits;
  limits.record_bytes = 16 * 1024 * 1024;
  Document suite;
  REQUIRE(suite.parse(text_of(suite_folder + "suite.json"), limits));
  std::map<std::string, std::string> types;  // by input
  std::size_t refused = 0, compiled = 0;
  for (JsonNode test = suite.root().find("cases").first(); test; test = test.next()) {
    const std::string input(test.find("input").text());
    if (!input.empty() && !types.count(input)) {
      Document document;
      REQUIRE(document.parse(text_of(suite_folder + "inputs/" + input), limits));
      types[input] = document.root().find("resourceType").text();
    }
    const std::string expression(test.find("expression").text());
    if (!Expression::compile(expression)) continue;
    const std::string got = verdict(expression, strict(types[input]));
    ++(got == "ok" ? compiled : refused);
    const std::string_view invalid = test.find("invalid").text();
    if (invalid == "semantic")
      CHECK_MESSAGE(got != "ok", test.find("id").text(), ": ", expression);
    else if (invalid.empty())
      CHECK_MESSAGE(got == "ok", test.find("id").text(), ": ", expression, ": ", got);
  }
  MESSAGE(compiled, " compile, ", refused, " are refused");
  CHECK(compiled > 400);
}

TEST_CASE("a variable is what the expression that it holds gives") {
  Expression::Options options = strict("Bundle");
  const auto conditions = Expression::compile("entry.resource.ofType(Condition)", options);
  REQUIRE(conditions);
  options.variables = {"conditions", "other"};
  options.variable_values = {&*conditions};
  CHECK(verdict("%conditions.where(code.exists())", options) == "ok");
  CHECK(verdict("%conditions.where(kode.exists())", options) == "error unknown_element 1:19");
  CHECK(verdict("%conditions.onset.ofType(Period).start", options) == "ok");
  CHECK(verdict("%other.kode", options) == "ok");  // nobody told what it holds
}

// SPDX-License-Identifier: Apache-2.0
// QuestionnaireResponses to the small screen as the tests write them, and what is expected of each:
// the record that it says, or every problem with its place.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include <fbss/fhir.hpp>

#include "../response/small_screen.hpp"

namespace response_cases {

inline const fbss::Questionnaire& questionnaire() {
  static const fbss::Questionnaire loaded = small_screen::load();
  return loaded;
}

// A resource with these members behind its type.
inline std::string resource(std::string_view members) {
  return R"({"resourceType":"QuestionnaireResponse",)" + std::string(members) + '}';
}

// A completed response with these items.
inline std::string with_items(std::string_view items) {
  return resource(R"("status":"completed","item":[)" + std::string(items) + ']');
}

// An item with these answers.
inline std::string item(std::string_view link, std::string_view answers) {
  return R"({"linkId":")" + std::string(link) + R"(","answer":[)" + std::string(answers) + "]}";
}

// One item with one answer.
inline std::string answered(std::string_view link, std::string_view answer) {
  return with_items(item(link, answer));
}

inline std::string coding(std::string_view code, std::string_view system) {
  return R"({"valueCoding":{"system":")" + std::string(system) + R"(","code":")" +
         std::string(code) + R"("}})";
}
inline std::string coding(std::string_view code) {
  return R"({"valueCoding":{"code":")" + std::string(code) + R"("}})";
}
inline std::string absence(std::string_view code) {
  return coding(code, "http://terminology.hl7.org/CodeSystem/data-absent-reason");
}
inline std::string extension(std::string_view code) {
  return R"("extension":[{"url":"http://example.org/other","valueString":"x"},
            {"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":")" +
         std::string(code) + R"("}])";
}

struct Taken {
  std::string name;
  std::string resource;
  const char* record;  // what it says, in this library's own form
};

struct Told {
  const char* code;
  const char* question;
  const char* pointer;
  const char* message;  // a part of it
};

struct Refused {
  std::string name;
  std::string resource;
  std::vector<Told> problems;
};

inline void check_taken(const Taken& one) {
  INFO(one.name);
  fbss::Response response(questionnaire());
  const auto read = fbss::read_record(response, one.resource);
  for (const fbss::Problem& problem : read.problems())
    MESSAGE(problem.pointer << ": " << problem.message);
  CHECK(read.ok());
  CHECK(response.to_json() == one.record);
}

inline void check_refused(const Refused& one) {
  INFO(one.name);
  fbss::Response response(questionnaire());
  REQUIRE(response.set_date("2026-11-21").ok());
  const auto read = fbss::read_record(response, one.resource);
  CHECK(response.to_json() == "{}");
  REQUIRE(read.problems().size() == one.problems.size());
  for (std::size_t i = 0; i < one.problems.size(); ++i) {
    const fbss::Problem& problem = read.problems()[i];
    const Told& expected = one.problems[i];
    CHECK(fbss::code_word(problem.code) == expected.code);
    CHECK(problem.question == expected.question);
    CHECK(problem.pointer == expected.pointer);
    CHECK_MESSAGE(problem.message.find(expected.message) != std::string::npos, problem.message);
    CHECK(problem.message.find("secret") == std::string::npos);
  }
}

}  // namespace response_cases

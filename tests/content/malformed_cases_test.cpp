// SPDX-License-Identifier: Apache-2.0
// Records that are refused: the code, the questions named, nothing repeated that a person typed,
// nothing kept. And records that look odd and are accepted.
#include <doctest/doctest.h>

#include <algorithm>

#include <fbss/assessment.hpp>
#include <fbss/document.hpp>

#include "builtins.hpp"
#include "cases.hpp"

namespace {

using content::MalformedCase;

bool is_option(const fbss::Item* question, std::string_view text) {
  if (text == "unknown" || text == "declined" || text == "yes" || text == "no") return true;
  return question && std::any_of(question->options.begin(), question->options.end(),
                                 [&](const fbss::Option& option) { return option.code == text; });
}

bool is_like_a_date(std::string_view text) {
  return text.find_first_not_of("0123456789-") == std::string_view::npos;
}

/// What the record holds as text and is no option: it may be a name, unless it is like a date.
std::vector<std::string> typed_texts(const fbss::Questionnaire& questionnaire,
                                     const std::string& input) {
  std::vector<std::string> texts;
  fbss::Document document;
  if (!document.parse(input)) return texts;
  for (fbss::JsonNode answer = document.root().first(); answer; answer = answer.next())
    if (answer.kind() == fbss::JsonKind::string && !is_like_a_date(answer.text()) &&
        !is_option(questionnaire.question(answer.key()), answer.text()))
      texts.emplace_back(answer.text());
  return texts;
}

std::string messages_of(const fbss::Problems& problems) {
  std::string text;
  for (const fbss::Problem& problem : problems) text += problem.message + '\n';
  return text;
}

void check_refused(const MalformedCase& one, const fbss::Response& response,
                   const fbss::Problems& problems) {
  const fbss::Questionnaire& questionnaire = response.questionnaire();
  const std::string messages = messages_of(problems);
  INFO(messages);
  REQUIRE_FALSE(problems.empty());
  for (const std::string& code : one.codes) {
    INFO("expected code ", code);
    CHECK(std::any_of(problems.begin(), problems.end(), [&](const fbss::Problem& problem) {
      return fbss::code_word(problem.code) == code;
    }));
  }
  CHECK(problems.size() == one.codes.size());
  for (const std::string& name : one.names) {
    INFO("should name ", name);
    CHECK(content::holds(messages, name));
  }
  for (const fbss::Problem& problem : problems) {
    CHECK_FALSE(problem.message.empty());
    if (problem.code == fbss::ErrorCode::answer_not_applicable) {
      REQUIRE(questionnaire.question(problem.question));
      REQUIRE(questionnaire.question(problem.other_question));
      CHECK(content::holds(problem.message, problem.question));
      CHECK(content::holds(problem.message, problem.other_question));
    }
    if (problem.code == fbss::ErrorCode::duplicate_answer)
      CHECK(content::holds(problem.message, problem.question));
  }
  std::vector<std::string> silent = typed_texts(questionnaire, one.input);
  silent.insert(silent.end(), one.silent.begin(), one.silent.end());
  for (const std::string& text : silent) {
    INFO("must not repeat: ", text);
    CHECK_FALSE(content::holds(messages, text));
  }
  for (const fbss::Item* question : questionnaire.questions())
    CHECK(response.answer_text(*question).empty());
}

}  // namespace

TEST_CASE("malformed records are refused, with both questions named and no text repeated") {
  for (const MalformedCase& one : content::all_malformed_cases()) {
    INFO(one.id, ": ", one.tell, "\n", one.input);
    fbss::Response response(content::builtin(one.questionnaire));
    const auto read = response.read(one.input);
    if (one.code != "accepted") {
      REQUIRE_FALSE(read.ok());
      check_refused(one, response, read.problems());
      continue;
    }
    for (const fbss::Problem& problem : read.problems()) FAIL_CHECK(problem.message);
    REQUIRE(read.ok());
    CHECK(fbss::assess(response).ok());
  }
}

TEST_CASE("what a refusal must tell, where a case says it in words") {
  fbss::Response response(content::screen());
  const auto refusal = [&](const char* record) {
    const auto read = response.read(record);
    REQUIRE_FALSE(read.ok());
    return read.problems().front();
  };

  const fbss::Problem misspelt = refusal(R"({"smoker": "yes"})");
  CHECK(content::holds(misspelt.message, "smoking_status"));
  CHECK(content::holds(misspelt.message, "preop_screen"));
  CHECK(misspelt.pointer == "/smoker");

  const fbss::Problem wrong_type = refusal(R"({"smoking_status": true})");
  for (const char* code :
       {"current_every_day", "current_some_days", "former", "never", "unknown", "declined", "true"})
    CHECK(content::holds(wrong_type.message, code));
  CHECK(wrong_type.question == "smoking_status");

  const fbss::Problem twice = refusal(R"({"diabetes": "yes", "diabetes": "no"})");
  CHECK(twice.question == "diabetes");
  CHECK((content::holds(twice.message, "Yes") || content::holds(twice.message, "yes")));
  CHECK((content::holds(twice.message, "No") || content::holds(twice.message, "no")));

  const fbss::Problem control = refusal(
      R"({"other_preexisting_condition": "yes", "other_preexisting_condition_text": "\u001b[2J"})");
  CHECK(content::holds(control.message, "U+001B"));
}

// SPDX-License-Identifier: Apache-2.0
// Numbers of rules stand in a phrase or in the interpretation. The sample's rule cites "Smoke for 5
// times thrice a day" and is read "as at least two".
#include <doctest/doctest.h>

#include "sample.hpp"

using fbss::ErrorCode;

TEST_CASE("numbers in digits and in words") {
  for (const char* expression : {"%repetitions < 5", "%repetitions = 3", "%repetitions >= 2",
                                 "%hours < 5.0", "%hours > 2 and %repetitions < 3"})
    load_sample(sample_with_rule(expression));
  load_sample(sample_with_rule("%repetitions < %few", "", R"("few": "5")"));
}

TEST_CASE("numbers that nothing names, at their character") {
  const ExpressionFault faults[] = {
      {"%repetitions < 4", ErrorCode::number_not_cited, 16, "the number 4"},
      {"%repetitions < 55", ErrorCode::number_not_cited, 16, "55"},
      {"%hours < 5.5", ErrorCode::number_not_cited, 10, "5.5"},
      {"%repetitions < 5 and %hours > 1", ErrorCode::number_not_cited, 31, "the number 1"},
      {"%repetitions + 6 < 5", ErrorCode::number_not_cited, 16},
      {"%surgery_date + 6 months < today()", ErrorCode::number_not_cited, 17, "the number 6"},
      {"%repetitions < %few", ErrorCode::number_not_cited, 16, "the number 4", R"("few": "4")"},
      {"%outer", ErrorCode::number_not_cited, 1, "the number 4",
       R"("few": "4", "outer": "%repetitions < %few")"},
  };
  for (const ExpressionFault& fault : faults) check_expression_fault(fault);
}

TEST_CASE("words of numbers and digits in the text around") {
  struct Row {
    const char* phrase;
    const char* number;
    bool stands;
  };
  const Row rows[] = {
      {"Repeat for 10 times", "10", true},
      {"at least 2-3 times a day", "2", true},
      {"at least 2-3 times a day", "3", true},
      {"at least 2-3 times a day", "23", false},
      {"thrice a day", "3", true},
      {"Twice a day", "2", true},
      {"once", "1", true},
      {"a dozen times", "12", true},
      {"twelve times", "12", true},
      {"someone else", "1", false},
      {"10th time", "10", true},
      {"1.5 hours", "1.5", true},
      {"1.5 hours", "5", false},
      {"the year 2010", "10", false},
      {"none", "1", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.phrase);
    CAPTURE(row.number);
    std::string text = sample_with_rule(std::string("%hours < ") + row.number);
    const std::string phrase = "Smoke for 5 times thrice a day";
    text.replace(text.find(phrase), phrase.size(), row.phrase);
    const std::string interpretation = "Read as at least two.";
    text.replace(text.find(interpretation), interpretation.size(), "x");
    CHECK(fbss::load_questionnaire(text).ok() == row.stands);
  }
}

TEST_CASE("a number in asked_when stands in the question's phrase or wording") {
  const auto asked = [](const char* expression) {
    return sample_with(R"("text": "Any remark?",)",
                       std::string(R"("text": "Any remark on the 7 days?", "asked_when": ")") +
                           expression + "\",");
  };
  load_sample(asked("%repetitions > 7"));
  check_fault({asked("%repetitions > 8"), ErrorCode::number_not_cited,
               "/sections/0/questions/7/asked_when", "8\",", "question remark, asked_when"});
}

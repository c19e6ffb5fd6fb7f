// SPDX-License-Identifier: Apache-2.0
// Random records of any questionnaire. In: a questionnaire and a seeded generator. Out: a Response
// that would not be refused, filled anywhere between not at all and completely.
#pragma once

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/response.hpp>

namespace form {

/// Values of a question, each as one or several options or texts.
inline std::vector<std::vector<std::string>> values_of(const fbss::Item& question) {
  std::vector<std::vector<std::string>> values;
  switch (question.type) {
    case fbss::ItemType::yes_no:
      return {{"yes"}, {"no"}};
    case fbss::ItemType::integer:
    case fbss::ItemType::decimal:
      for (const int number : {0, 1, 2, 3, 4, 5, 6, 9, 10, 11})
        values.push_back({std::to_string(number)});
      return values;
    case fbss::ItemType::date:
      return {{"2020-01-01"}, {"2020"}, {"2021"}, {"2026-05"}, {"2026-05-31"}};
    case fbss::ItemType::choice: {
      std::vector<std::string> together;
      for (const fbss::Option& option : question.options) {
        values.push_back({option.code});
        if (!option.exclusive && question.several) together.push_back(option.code);
        if (together.size() > 1) values.push_back(together);
      }
      return values;
    }
    default:
      return {{"lupus"}};
  }
}

inline void give(fbss::Response& response, const fbss::Item& question,
                 const std::vector<std::string>& value) {
  INFO(question.id);
  const std::vector<std::string_view> views(value.begin(), value.end());
  const auto given = value.size() == 1 ? response.answer(question.id, views.front())
                                       : response.answer(question.id, views);
  for (const fbss::Problem& problem : given.problems()) MESSAGE(problem.message);
  REQUIRE(given.ok());
}

/// One answer in four is unknown or declined, which is let pass where a question is not asked, too.
inline fbss::Response random_record(const fbss::Questionnaire& questionnaire,
                                    std::mt19937& random) {
  fbss::Response response(questionnaire);
  const auto questions = questionnaire.questions();
  for (std::size_t left = random() % (3 * questions.size()); left > 0; --left) {
    const fbss::Item& question = *questions[random() % questions.size()];
    const auto draw = random() % 8;
    const auto values = values_of(question);
    if (draw < 2)
      give(response, question, {draw == 0 ? "unknown" : "declined"});
    else if (response.enabled(question))
      give(response, question, values[random() % values.size()]);
    // What no longer applies goes first; then what it hung on may be given again.
    for (const fbss::Problem& problem : response.check()) response.retract(problem.question);
  }
  REQUIRE(response.check().empty());
  return response;
}

}  // namespace form

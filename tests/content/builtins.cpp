// SPDX-License-Identifier: Apache-2.0
// Loads the built-in questionnaires and reads files for the tests of the content.
#include "builtins.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace content {
namespace {

constexpr std::string_view between_options = ", ";

}  // namespace

const std::vector<fbss::Questionnaire>& builtins() {
  static const std::vector<fbss::Questionnaire> all = [] {
    std::vector<fbss::Questionnaire> loaded;
    for (const std::string_view id : fbss::builtin_ids()) {
      INFO(id);
      const auto one = fbss::load_builtin(id);
      for (const fbss::Problem& problem : one.problems())
        FAIL_CHECK(problem.line, ":", problem.pointer, ": ", problem.message);
      REQUIRE(one.ok());
      loaded.push_back(*one);
    }
    return loaded;
  }();
  return all;
}

const fbss::Questionnaire& builtin(std::string_view id) {
  const auto found = std::find_if(builtins().begin(), builtins().end(),
                                  [&](const fbss::Questionnaire& one) { return one.id() == id; });
  INFO("questionnaire ", id);
  REQUIRE(found != builtins().end());
  return *found;
}

const fbss::Questionnaire& screen() {
  return builtin("preop_screen");
}

std::vector<std::string> values_of(const fbss::Item& question) {
  std::vector<std::string> values;
  switch (question.type) {
    case fbss::ItemType::yes_no:
      return {"yes", "no"};
    case fbss::ItemType::date:
      return {"2026", "2026-05", "2026-05-31"};
    case fbss::ItemType::integer:
      for (const int number : {0, 1, 2, 3, 4, 5, 6, 9, 10, 11})
        if (number >= question.least.value_or(number) && number <= question.most.value_or(number))
          values.push_back(std::to_string(number));
      return values;
    case fbss::ItemType::choice: {
      std::string together;
      for (const fbss::Option& option : question.options) {
        values.push_back(option.code);
        if (!option.exclusive && !holds(together, between_options))
          together += (together.empty() ? "" : std::string(between_options)) + option.code;
      }
      if (question.several) values.push_back(together);
      return values;
    }
    default:
      return {"lupus"};
  }
}

std::vector<std::string_view> options_in(std::string_view answer) {
  std::vector<std::string_view> options;
  while (true) {
    const std::size_t end = answer.find(between_options);
    options.push_back(answer.substr(0, end));
    if (end == std::string_view::npos) return options;
    answer.remove_prefix(end + between_options.size());
  }
}

void give(fbss::Response& response, const fbss::Item& question, const std::string& answer) {
  INFO(question.id, " = ", answer);
  const auto given =
      holds(answer, between_options) && question.type == fbss::ItemType::choice
          ? response.answer(question.id, std::span<const std::string_view>(options_in(answer)))
          : response.answer(question.id, answer);
  for (const fbss::Problem& problem : given.problems()) FAIL_CHECK(problem.message);
  REQUIRE(given.ok());
}

bool answer_one(fbss::Response& response, std::mt19937& random) {
  const std::vector<const fbss::Item*> open = response.open_questions();
  if (open.empty()) return false;
  const fbss::Item& question = *open[random() % open.size()];
  const std::vector<std::string> values = values_of(question);
  const auto draw = random() % 8;
  give(response, question,
       draw == 0   ? "unknown"
       : draw == 1 ? "declined"
                   : values[random() % values.size()]);
  return true;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  INFO("reading ", path);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool exists(const std::string& path) {
  return std::filesystem::exists(path);
}

}  // namespace content

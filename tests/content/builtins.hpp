// SPDX-License-Identifier: Apache-2.0
// What the tests of the content share: the built-in questionnaires, each loaded once, and the
// answers that a question can be given.
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/questionnaire.hpp>
#include <fbss/response.hpp>

namespace content {

/// Every built-in questionnaire; fails the test where one does not load.
const std::vector<fbss::Questionnaire>& builtins();

/// The one of that id; fails the test where there is none.
const fbss::Questionnaire& builtin(std::string_view id);

/// The pre-operative screen.
const fbss::Questionnaire& screen();

/// Values that the question takes, as a record holds them: every option, one text, the numbers
/// around those that sources name; of several options each alone and two together.
std::vector<std::string> values_of(const fbss::Item& question);

/// The options of an answer as values_of() writes it.
std::vector<std::string_view> options_in(std::string_view answer);

/// Gives an answer as values_of() and a record write it, several parted by ", "; fails the test
/// where it is refused.
void give(fbss::Response& response, const fbss::Item& question, const std::string& answer);

/// Gives one question that is still open a value, or one time in four "unknown" or "declined";
/// false where none is open.
bool answer_one(fbss::Response& response, std::mt19937& random);

/// A file's bytes; fails the test where it cannot be read.
std::string read_file(const std::string& path);

/// Whether the path exists.
bool exists(const std::string& path);

/// Does `text` hold `part`?
inline bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace content

// SPDX-License-Identifier: Apache-2.0
// What a person types at a question, as an answer; see ask_answer.hpp.
#include "ask_answer.hpp"

#include "text.hpp"

namespace fbss::app {

namespace {

Problem not_understood(const Item& question, std::string message) {
  Problem problem;
  problem.code = ErrorCode::not_an_option;
  problem.question = question.id;
  problem.message = std::move(message);
  return problem;
}

bool is_absence(std::string_view word) {
  return word == "unknown" || word == "declined";
}

std::string_view yes_no_of(const std::string& word) {
  if (word == "y" || word == "yes" || word == "1") return "yes";
  if (word == "n" || word == "no" || word == "2") return "no";
  return {};
}

std::string_view option_of(const Item& question, const std::string& word) {
  if (const auto number = whole_number(word)) {
    return *number >= 1 && *number <= question.options.size() ? question.options[*number - 1].code
                                                              : std::string_view();
  }
  for (const Option& option : question.options) {
    if (word == lower_case(option.code) || word == lower_case(option.text)) return option.code;
  }
  return {};
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (c != ' ' && c != ',' && c != '\t') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace

Result<std::vector<std::string>> typed_answer(const Item& question, std::string_view typed) {
  const std::string whole = lower_case(trimmed(typed));
  const std::string_view option = option_of(question, whole);
  if (is_absence(whole) && option.empty()) return std::vector{whole};
  if (question.type == ItemType::yes_no) {
    const std::string_view answer = yes_no_of(whole);
    if (!answer.empty()) return std::vector{std::string(answer)};
    return not_understood(question, "Please type y or n; :u is unknown, :d is declined.");
  }
  if (!option.empty()) return std::vector{std::string(option)};
  if (question.options.empty() || question.type == ItemType::open_choice)
    return std::vector{std::string(trimmed(typed))};

  const std::string range = "a number from 1 to " + std::to_string(question.options.size());
  if (!question.several) {
    return not_understood(question, "Please type " + range + "; :u is unknown, :d is declined.");
  }
  std::vector<std::string> codes;
  for (const std::string& word : words_of(whole)) {
    const std::string_view code = option_of(question, word);
    if (code.empty()) {
      return not_understood(question, "Please type " + range +
                                          ", several with spaces between; :u is unknown, :d is "
                                          "declined.");
    }
    codes.emplace_back(code);
  }
  return codes;
}

bool is_free_text(const Item& question) {
  return question.type == ItemType::text || question.type == ItemType::long_text ||
         question.type == ItemType::url;
}

bool is_yes_or_no(std::string_view word) {
  return word == "y" || word == "yes" || word == "n" || word == "no";
}

std::string_view loggable(const Item* question, std::string_view typed) {
  if (question != nullptr && is_free_text(*question)) return {};
  if (typed.starts_with(':')) return typed.substr(0, typed.find(' '));
  if (question == nullptr) return is_yes_or_no(lower_case(typed)) ? typed : std::string_view();
  if (question->type == ItemType::open_choice)
    return option_of(*question, lower_case(typed)).empty() ? std::string_view() : typed;
  const bool understood = question->type == ItemType::yes_no || !question->options.empty()
                              ? typed_answer(*question, typed).ok()
                              : typed.find_first_not_of("0123456789+-.:") == typed.npos;
  return understood ? typed : std::string_view();
}

Result<void> give_typed(Response& response, const Item& question, std::string_view typed) {
  const Result<std::vector<std::string>> parts = typed_answer(question, typed);
  if (!parts) return parts.problems();
  if (parts->size() == 1) return response.answer(question.id, parts->front());
  const std::vector<std::string_view> codes(parts->begin(), parts->end());
  return response.answer(question.id, std::span(codes));
}

}  // namespace fbss::app

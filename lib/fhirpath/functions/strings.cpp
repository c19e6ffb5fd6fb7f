// SPDX-License-Identifier: Apache-2.0
// Strings: indexOf, substring, startsWith, contains, upper, replace, length, toChars, trim, split,
// join and their like. Positions and lengths count Unicode characters. FHIRPath 2.0.0, section
// "String manipulation"; lastIndexOf, trim, split and join of 3.0.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/utf8.hpp"
#include "fhirpath/functions.hpp"

namespace fbss::fhirpath {
namespace {

using Text = std::optional<std::string_view>;

Value of_position(std::size_t position) {
  return ValueAccess::of_integer(static_cast<std::int32_t>(position));
}

// The byte at which the character of that number begins; nothing where the text is shorter.
std::optional<std::size_t> byte_of(std::string_view text, std::int64_t character) {
  std::size_t at = 0;
  for (; character > 0; --character) {
    if (at >= text.size()) return std::nullopt;
    next_character(text, &at);
  }
  return at;
}

// Functions of the input and one text: empty where either is.
template <class Answer>
void ask(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope,
         Answer answer) {
  const Text input = text_input(evaluator, step, begin);
  const Text argument = text_argument(evaluator, step, 0, scope);
  evaluator.stack.cut(begin);
  if (!input || !argument) return;
  evaluator.spend(input->size() / 64);
  evaluator.push(answer(*input, *argument));
}

// At every place of the text a search may compare the part, nearly to its end.
void spend_search(Evaluator& evaluator, std::string_view text, std::string_view part) {
  evaluator.spend(text.size() / 16 * (1 + part.size() / 256));
}

Value position_of(std::string_view text, std::size_t byte) {
  if (byte == std::string_view::npos) return ValueAccess::of_integer(-1);
  return of_position(count_characters(text.substr(0, byte)));
}

// Functions of the input alone that give a text.
template <class Answer>
void change(Evaluator& evaluator, const Step& step, std::size_t begin, Answer answer) {
  const Text input = text_input(evaluator, step, begin);
  evaluator.stack.cut(begin);
  if (!input) return;
  evaluator.spend(input->size() / 16);
  evaluator.expect(input->size() * 3);  // a letter of another case may take three times the bytes
  evaluator.push(ValueAccess::of_string(answer(*input)));
}

void push_characters(Evaluator& evaluator, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    next_character(text, &at);
    evaluator.spend(1);
    evaluator.push(ValueAccess::of_string(text.substr(from, at - from)));
  }
}

}  // namespace

void call_index_of(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  ask(evaluator, step, begin, scope, [&](std::string_view text, std::string_view part) {
    spend_search(evaluator, text, part);
    return position_of(text, text.find(part));
  });
}

void call_last_index_of(Evaluator& evaluator, const Step& step, std::size_t begin,
                        const Scope& scope) {
  ask(evaluator, step, begin, scope, [&](std::string_view text, std::string_view part) {
    spend_search(evaluator, text, part);
    return position_of(text, text.rfind(part));
  });
}

void call_starts_with(Evaluator& evaluator, const Step& step, std::size_t begin,
                      const Scope& scope) {
  ask(evaluator, step, begin, scope, [](std::string_view text, std::string_view part) {
    return ValueAccess::of_boolean(text.starts_with(part));
  });
}

void call_ends_with(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  ask(evaluator, step, begin, scope, [](std::string_view text, std::string_view part) {
    return ValueAccess::of_boolean(text.ends_with(part));
  });
}

void call_contains(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  ask(evaluator, step, begin, scope, [&](std::string_view text, std::string_view part) {
    spend_search(evaluator, text, part);
    return ValueAccess::of_boolean(text.find(part) != std::string_view::npos);
  });
}

void call_substring(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Text input = text_input(evaluator, step, begin);
  const auto start = integer_argument(evaluator, step, 0, scope);
  const auto length = step.part_count == 2 ? integer_argument(evaluator, step, 1, scope)
                                           : std::optional<std::int64_t>();
  evaluator.stack.cut(begin);
  if (!input || !start || *start < 0) return;
  evaluator.spend(input->size() / 16);
  const auto from = byte_of(*input, *start);
  if (!from || *from >= input->size()) return;
  const std::string_view rest = input->substr(*from);
  const auto end = length ? byte_of(rest, *length) : std::nullopt;
  evaluator.push(ValueAccess::of_string(rest.substr(0, end.value_or(rest.size()))));
}

void call_upper(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  change(evaluator, step, begin,
         [&](std::string_view text) { return evaluator.keep(to_upper(text)); });
}

void call_lower(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  change(evaluator, step, begin,
         [&](std::string_view text) { return evaluator.keep(to_lower(text)); });
}

void call_trim(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  change(evaluator, step, begin, [](std::string_view text) {
    constexpr std::string_view blank_characters = " \t\r\n\f\v";
    const std::size_t first = text.find_first_not_of(blank_characters);
    if (first == std::string_view::npos) return text.substr(0, 0);
    return text.substr(first, text.find_last_not_of(blank_characters) - first + 1);
  });
}

// An empty pattern stands before, between and behind all characters.
void call_replace(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Text input = text_input(evaluator, step, begin);
  const Text pattern = text_argument(evaluator, step, 0, scope);
  const Text substitution = text_argument(evaluator, step, 1, scope);
  evaluator.stack.cut(begin);
  if (!input || !pattern || !substitution) return;
  evaluator.scratch.clear();
  std::size_t at = 0;
  if (pattern->empty()) {
    while (at < input->size()) {
      const std::size_t from = at;
      next_character(*input, &at);
      append_scratch(evaluator, *substitution);
      append_scratch(evaluator, input->substr(from, at - from));
    }
    append_scratch(evaluator, *substitution);
  } else {
    spend_search(evaluator, *input, *pattern);
    for (std::size_t found; (found = input->find(*pattern, at)) != std::string_view::npos;) {
      append_scratch(evaluator, input->substr(at, found - at));
      append_scratch(evaluator, *substitution);
      at = found + pattern->size();
    }
    append_scratch(evaluator, input->substr(at));
  }
  evaluator.push(ValueAccess::of_string(evaluator.keep(evaluator.scratch)));
}

void call_length(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  const Text input = text_input(evaluator, step, begin);
  evaluator.stack.cut(begin);
  if (!input) return;
  evaluator.spend(input->size() / 64);
  evaluator.push(of_position(count_characters(*input)));
}

void call_to_chars(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope&) {
  const Text input = text_input(evaluator, step, begin);
  evaluator.stack.cut(begin);
  if (input) push_characters(evaluator, *input);
}

void call_split(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Text input = text_input(evaluator, step, begin);
  const Text separator = text_argument(evaluator, step, 0, scope);
  evaluator.stack.cut(begin);
  if (!input || !separator) return;
  if (separator->empty()) return push_characters(evaluator, *input);
  spend_search(evaluator, *input, *separator);
  for (std::size_t at = 0;;) {
    evaluator.spend(1);
    const std::size_t found = input->find(*separator, at);
    evaluator.push(ValueAccess::of_string(input->substr(at, found - at)));
    if (found == std::string_view::npos) return;
    at = found + separator->size();
  }
}

void call_join(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const std::size_t end = evaluator.stack.size();
  const Text separator = step.part_count == 1 ? text_argument(evaluator, step, 0, scope) : Text("");
  if (end == begin || !separator) return evaluator.stack.cut(begin);
  evaluator.scratch.clear();
  bool first = true;
  for (std::size_t i = begin; i < end; ++i) {
    const auto value = system_value(evaluator.stack[i]);
    if (!value) continue;
    if (value->type() != Type::string) refuse_input(step, "texts");
    if (!first) append_scratch(evaluator, *separator);
    append_scratch(evaluator, ValueAccess::string(*value));
    first = false;
  }
  if (first) return evaluator.stack.cut(begin);  // primitives with extensions only
  evaluator.answer(begin, ValueAccess::of_string(evaluator.keep(evaluator.scratch)));
}

}  // namespace fbss::fhirpath

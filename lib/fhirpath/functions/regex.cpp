// SPDX-License-Identifier: Apache-2.0
// Regular expressions: matches, matchesFull, replaceMatches. FHIRPath 2.0.0, section "String
// manipulation"; matchesFull and the flags of 3.0.
#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "base/utf8.hpp"
#include "fhirpath/functions.hpp"
#include "fhirpath/regexes.hpp"

namespace fbss::fhirpath {
namespace {

// What it costs to compile a pattern: so many steps a byte, and what a search of so many bytes
// costs, for .{1000} is short and its automaton is not.
constexpr std::uint64_t steps_of_character = 200;
constexpr std::size_t bytes_of_search = 1024;

// The step's regular expression: that of its plan, else what its arguments say; null where one of
// them is empty. `flags_at`: which argument is the flags.
const Regex* regex_of(Evaluator& evaluator, const Step& step, std::size_t flags_at,
                      const Scope& scope) {
  if (step.regex) return step.regex;
  const auto pattern = text_argument(evaluator, step, 0, scope);
  const auto letters = step.part_count > flags_at ? text_argument(evaluator, step, flags_at, scope)
                                                  : std::optional<std::string_view>("");
  if (!pattern || !letters) return nullptr;
  const RegexCall call{step.name, step.position};
  const RegexFlags flags = flags_of(*letters, ErrorCode::wrong_operand, call);
  if (const Regex* known = evaluator.regexes.find(*pattern, flags)) return known;
  const Regex& made = evaluator.regexes.from_record(*pattern, flags, call);
  evaluator.spend((pattern->size() + 1) * steps_of_character + made.cost(bytes_of_search));
  return &made;
}

void ask(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope,
         bool (Regex::*test)(std::string_view) const) {
  const auto input = text_input(evaluator, step, begin);
  const Regex* regex = regex_of(evaluator, step, 1, scope);
  evaluator.stack.cut(begin);
  if (!input || !regex) return;
  evaluator.spend(regex->cost(input->size()));
  evaluator.push(ValueAccess::of_boolean((regex->*test)(*input)));
}

using Groups = std::array<std::string_view, Regex::most_groups>;

// How many groups a substitution reads, the match itself with them: to find more of them costs
// time.
std::size_t groups_read(const Regex& regex, std::string_view substitution) {
  std::size_t most = 0;
  for (std::size_t at = 0; at < substitution.size();)
    most = std::max(most, next_piece(regex, substitution, &at).group.value_or(0));
  return most + 1;
}

void append_substitution(Evaluator& evaluator, const Regex& regex, std::string_view substitution,
                         const Groups& groups) {
  for (std::size_t at = 0; at < substitution.size();) {
    const SubstitutionPiece piece = next_piece(regex, substitution, &at);
    append_scratch(evaluator, piece.group ? groups[*piece.group] : piece.text);
  }
}

// All matches from left to right, none overlapping another, into the scratch text.
void replace_all(Evaluator& evaluator, const Regex& regex, std::string_view text,
                 std::string_view substitution) {
  // A search seldom reads on far behind its match, but it may: with every match to the end.
  constexpr std::uint64_t seldom = 8;
  evaluator.scratch.clear();
  Groups groups;
  const std::size_t wanted = groups_read(regex, substitution);
  std::size_t copied = 0;
  for (std::size_t from = 0; from <= text.size();) {
    evaluator.spend(1 + regex.cost(text.size() - from) / seldom);
    const bool found = regex.find(text, from, std::span(groups).first(wanted));
    const std::size_t start =
        found ? static_cast<std::size_t>(groups[0].data() - text.data()) : text.size();
    const std::size_t end = found ? start + groups[0].size() : text.size();
    evaluator.spend(regex.cost(end - from));
    if (!found) break;
    append_scratch(evaluator, text.substr(copied, start - copied));
    append_substitution(evaluator, regex, substitution, groups);
    copied = end;
    from = end;
    // Behind a match of nothing the next one begins a character later.
    if (groups[0].empty()) {
      if (end == text.size()) break;
      next_character(text, &from);
    }
  }
  append_scratch(evaluator, text.substr(copied));
}

}  // namespace

void call_matches(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  ask(evaluator, step, begin, scope, &Regex::found_in);
}

void call_matches_full(Evaluator& evaluator, const Step& step, std::size_t begin,
                       const Scope& scope) {
  ask(evaluator, step, begin, scope, &Regex::matches);
}

// An empty regular expression replaces nothing.
void call_replace_matches(Evaluator& evaluator, const Step& step, std::size_t begin,
                          const Scope& scope) {
  const auto input = text_input(evaluator, step, begin);
  const auto substitution = text_argument(evaluator, step, 1, scope);
  // Last: what other arguments call may push a pattern out of the evaluator's memory.
  const Regex* regex = regex_of(evaluator, step, 2, scope);
  evaluator.stack.cut(begin);
  if (!input || !regex || !substitution) return;
  if (regex->is_empty()) return evaluator.push(ValueAccess::of_string(*input));
  replace_all(evaluator, *regex, *input, *substitution);
  evaluator.push(ValueAccess::of_string(evaluator.keep(evaluator.scratch)));
}

}  // namespace fbss::fhirpath

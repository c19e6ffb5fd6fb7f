// SPDX-License-Identifier: Apache-2.0
// Chains of a member and a constant text. Entered through find_tests().
#include "fhirpath/chain_tests.hpp"

#include <algorithm>

#include "base/temporal.hpp"
#include "fhirpath/functions.hpp"
#include "fhirpath/navigate.hpp"
#include "fhirpath/operators.hpp"

namespace fbss::fhirpath {
namespace {

bool is_text(const Value& value) {
  return value.type() == Type::string;
}

// A date of a record is no text, so it cannot be compared byte for byte with one like it.
bool is_time_text(const Value& value) {
  const std::string_view text = ValueAccess::string(value);
  return Temporal::parse(text, TemporalKind::date_time) ||
         Temporal::parse(text, TemporalKind::time);
}

}  // namespace

void find_tests(Chain& chain, Arena& arena) {
  if (chain.count != 2 || chain.steps[0].run != run_member_of_this) return;
  const Step &member = chain.steps[0], &asked = chain.steps[1];
  const bool is_in = asked.run == run_in, is_code = asked.run == call_member_of;
  if (!is_in && !is_code && asked.run != run_equal) return;
  if (!asked.parts->is_constant) return;
  const Collection words = asked.parts->steps->values();
  if (words.empty() || (words.size() > 1 && !is_in)) return;
  if (!std::ranges::all_of(words, is_text)) return;
  if (is_code) {
    chain.code_test = arena.make(CodeTest{member.key, ValueAccess::string(words.front())});
    return;
  }
  if (std::ranges::any_of(words, is_time_text)) return;
  auto* texts = arena.make_array<json::Key>(words.size());
  std::ranges::transform(words, texts,
                         [](const Value& word) { return json::Key(ValueAccess::string(word)); });
  chain.test = arena.make(MemberTest{member.key, {texts, words.size()}});
}

}  // namespace fbss::fhirpath

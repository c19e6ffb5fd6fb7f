// SPDX-License-Identifier: Apache-2.0
// Regular expressions kept, and what is said where one is refused.
#include "fhirpath/regexes.hpp"

#include <utility>
#include <variant>

#include "base/utf8.hpp"

namespace fbss::fhirpath {
namespace {

// A part of a pattern that is longer says less than the reason alone.
constexpr std::size_t longest_part = 24;

std::string message_of(std::string_view function, const RegexRefusal& refusal, bool with_part) {
  std::string message = std::string(function) + "() takes no such regular expression: ";
  message += refusal.reason;
  if (with_part && !refusal.part.empty() && refusal.part.size() <= longest_part &&
      !find_control_character(refusal.part))
    message += ", at \"" + refusal.part + "\"";
  return message + ".";
}

ErrorCode code_of(RegexFault fault) {
  return fault == RegexFault::malformed     ? ErrorCode::wrong_arguments
         : fault == RegexFault::unsupported ? ErrorCode::not_supported
                                            : ErrorCode::limit_exceeded;
}

}  // namespace

const Regex* Regexes::find(std::string_view pattern, RegexFlags flags) const {
  for (const auto& entry : entries_)
    if (entry->flags == flags && entry->pattern == pattern) return &entry->regex;
  return nullptr;
}

const Regex& Regexes::constant(std::string_view pattern, RegexFlags flags, RegexCall call) {
  if (const Regex* known = find(pattern, flags)) return *known;
  if (entries_.size() == most_)
    fail(ErrorCode::limit_exceeded, call.position,
         "An expression may hold " + std::to_string(most_) + " different regular expressions.");
  auto made = Regex::compile(pattern, flags, most_bytes_);
  if (const auto* refusal = std::get_if<RegexRefusal>(&made))
    fail(code_of(refusal->fault), call.position, message_of(call.function, *refusal, true));
  return keep(std::make_unique<const Entry>(
      Entry{std::string(pattern), flags, std::get<Regex>(std::move(made))}));
}

const Regex& Regexes::from_record(std::string_view pattern, RegexFlags flags, RegexCall call) {
  auto made = Regex::compile(pattern, flags, most_bytes_);
  if (const auto* refusal = std::get_if<RegexRefusal>(&made))
    fail(refusal->fault == RegexFault::too_large ? ErrorCode::limit_exceeded
                                                 : ErrorCode::wrong_operand,
         call.position, message_of(call.function, *refusal, false));
  return keep(std::make_unique<const Entry>(
      Entry{std::string(pattern), flags, std::get<Regex>(std::move(made))}));
}

const Regex& Regexes::keep(std::unique_ptr<const Entry> entry) {
  const Regex& kept = entry->regex;
  if (entries_.size() < most_) {
    entries_.push_back(std::move(entry));
  } else {
    entries_[next_] = std::move(entry);
    next_ = (next_ + 1) % most_;
  }
  return kept;
}

RegexFlags flags_of(std::string_view text, ErrorCode code, RegexCall call) {
  if (const auto flags = parse_regex_flags(text)) return *flags;
  fail(code, call.position,
       std::string(call.function) +
           "() knows the flags i (upper and lower case alike) and m (^ and $ at each line).");
}

}  // namespace fbss::fhirpath

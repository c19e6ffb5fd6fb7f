// SPDX-License-Identifier: Apache-2.0
// Regular expressions by RE2: patterns brought into its syntax and bounded, its refusals told in
// plain words, searches.
#include "base/regex.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

namespace fbss {
namespace {

// What RE2's parser takes beside the budget that it keeps itself: so many bytes for a byte of the
// pattern and for a class of Unicode characters.
constexpr std::size_t bytes_of_character = 128;
constexpr std::size_t bytes_of_class = 32 * 1024;

// A pattern in RE2's syntax.
struct Translation {
  std::string text;
  std::size_t classes = 0;              // \p and \P
  std::string_view splits_unicode;      // \C, which takes a character apart into bytes
  std::vector<std::string_view> names;  // of groups
  std::string_view odd_count;           // that RE2 does not read
};

// The name of a group, where the bracket opens one: (?<name>…) or (?P<name>…).
std::string_view group_name(std::string_view bracket) {
  const std::size_t from = bracket.starts_with("(?P<") ? 4 : bracket.starts_with("(?<") ? 3 : 0;
  const std::size_t end = bracket.find_first_of(">(", from);
  return from == 0 || end == std::string_view::npos ? std::string_view{}
                                                    : bracket.substr(from, end - from);
}

// A count whose brackets RE2 takes for themselves: {1000000000}, {05}.
std::string_view odd_count(std::string_view bracket) {
  const auto is_odd = [](std::string_view count) {
    return count.size() > 8 || (count.size() > 1 && count[0] == '0');
  };
  const std::size_t end = bracket.find_first_not_of("0123456789,", 1);
  if (end == std::string_view::npos || bracket[end] != '}') return {};
  const std::string_view counts = bracket.substr(1, end - 1);
  const std::size_t comma = std::min(counts.find(','), counts.size());
  const std::string_view least = counts.substr(0, comma);
  const std::string_view most = counts.substr(std::min(comma + 1, counts.size()));
  const bool is_count = !least.empty() && most.find(',') == std::string_view::npos;
  return is_count && (is_odd(least) || is_odd(most)) ? bracket.substr(0, end + 1)
                                                     : std::string_view{};
}

// Takes down what RE2 lets pass where it should not.
void note(std::string_view rest, Translation& made) {
  if (rest[0] == '{' && made.odd_count.empty()) made.odd_count = odd_count(rest);
  const std::string_view name = rest[0] == '(' ? group_name(rest) : std::string_view{};
  if (!name.empty()) made.names.push_back(name);
}

// What RE2 takes and others do not, or in another sense.
std::optional<RegexRefusal> refusal_of(Translation& translation) {
  std::ranges::sort(translation.names);
  const auto repeated = std::ranges::adjacent_find(translation.names);
  if (repeated != translation.names.end())
    return RegexRefusal{RegexFault::malformed, "two groups have the same name",
                        std::string(*repeated)};
  if (translation.odd_count.empty()) return std::nullopt;
  return RegexRefusal{RegexFault::too_large,
                      "a repetition may count to 1000, written without zeros in front",
                      std::string(translation.odd_count)};
}

// RE2 of Debian 12 writes a named group as (?P<name>…), all others as (?<name>…).
Translation translate(std::string_view pattern) {
  Translation made;
  made.text.reserve(pattern.size() + 16);
  bool in_class = false, in_quote = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const std::string_view rest = pattern.substr(i);
    const char c = rest[0];
    std::size_t length = 1;
    if (in_quote) {
      in_quote = !rest.starts_with("\\E");
    } else if (c == '\\' && rest.size() > 1) {
      length = rest.starts_with("\\x{") ? std::min(rest.find('}'), rest.size() - 1) + 1 : 2;
      in_quote = !in_class && rest[1] == 'Q';
      if (rest[1] == 'p' || rest[1] == 'P') ++made.classes;
      if (rest[1] == 'C') made.splits_unicode = rest.substr(0, 2);
    } else if (in_class) {
      if (rest.starts_with("[:")) length = std::min(rest.find(":]"), rest.size() - 2) + 2;
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
      if (rest.substr(1).starts_with('^')) ++length;
      if (rest.substr(length).starts_with(']')) ++length;  // a member, where it comes first
    } else {
      note(rest, made);
      if (rest.starts_with("(?<") && rest.size() > 3 && rest[3] != '=' && rest[3] != '!') {
        made.text += "(?P<";
        i += 2;
        continue;
      }
    }
    made.text += rest.substr(0, length);
    i += length - 1;
  }
  return made;
}

bool contains(std::string_view characters, char c) {
  return characters.find(c) != std::string_view::npos;
}

RegexRefusal refuse_escape(std::string part) {
  const char c = part.size() > 1 ? part[1] : '\0';
  if ((c >= '1' && c <= '9') || c == 'k' || c == 'g')
    return {RegexFault::unsupported,
            "it refers back to a group, which no engine can that is sure to end in time",
            std::move(part)};
  if (contains("AcEeGhHKlLNoRuUVXZ", c))
    return {RegexFault::unsupported,
            "this escape is not known here (a character by its number is \\x{E9}, the end of the "
            "text \\z)",
            std::move(part)};
  return {RegexFault::malformed, "there is no such escape", std::move(part)};
}

RegexRefusal refuse_bracket(std::string part) {
  const std::string_view text = part;
  for (std::string_view look : {"(?=", "(?!", "(?<"})
    if (text.starts_with(look))
      return {RegexFault::unsupported,
              "it looks ahead or behind, which no engine can that is sure to end in time: match "
              "twice, with two patterns",
              std::move(part)};
  if (text.size() < 3) return {RegexFault::malformed, "a (? is not closed", std::move(part)};
  return {RegexFault::unsupported, "this kind of bracket is not known here", std::move(part)};
}

// {3,1}, or one that counts beyond what RE2 takes.
RegexRefusal refuse_count(std::string part) {
  unsigned least = 0, most = 0;
  const char* const end = part.data() + part.size();
  const auto first = std::from_chars(part.data() + 1, end, least);
  const bool backwards = first.ptr < end && *first.ptr == ',' &&
                         std::from_chars(first.ptr + 1, end, most).ec == std::errc() &&
                         most < least;
  if (backwards) return {RegexFault::malformed, "a repetition counts backwards", std::move(part)};
  return {RegexFault::too_large, "a repetition, with those in it, may count to 1000",
          std::move(part)};
}

RegexRefusal refusal_of(const re2::RE2& engine) {
  std::string part = engine.error_arg();
  const auto malformed = [&part](std::string_view reason) {
    return RegexRefusal{RegexFault::malformed, reason, std::move(part)};
  };
  switch (engine.error_code()) {
    case re2::RE2::ErrorBadEscape:
      return refuse_escape(std::move(part));
    case re2::RE2::ErrorBadPerlOp:
      return refuse_bracket(std::move(part));
    case re2::RE2::ErrorRepeatSize:
      return refuse_count(std::move(part));
    case re2::RE2::ErrorPatternTooLarge:
      return {RegexFault::too_large, "it is too large", {}};
    case re2::RE2::ErrorBadCharRange:
      if (part.starts_with("\\p") || part.starts_with("\\P"))
        return {RegexFault::unsupported,
                "a class of characters has no such name (\\pL, \\p{Lu}, \\p{Greek})",
                std::move(part)};
      return malformed("a range runs backwards, or a class of characters has no such name");
    case re2::RE2::ErrorRepeatOp:
      if (part.size() > 1 && part.back() == '+')
        return {RegexFault::unsupported, "a + behind a repetition is not known here: leave it out",
                std::move(part)};
      return malformed("two repetitions stand one behind the other");
    case re2::RE2::ErrorMissingParen:
      return malformed("a ( is not closed");
    case re2::RE2::ErrorUnexpectedParen:
      return malformed("a ) closes nothing");
    case re2::RE2::ErrorMissingBracket:
      return malformed("a [ is not closed");
    case re2::RE2::ErrorTrailingBackslash:
      return malformed("it ends in a single backslash");
    case re2::RE2::ErrorRepeatArgument:
      return malformed("a repetition has nothing before it");
    case re2::RE2::ErrorBadNamedCapture:
      return malformed("a group's name is not closed, or is no word");
    default:
      return malformed("it cannot be read");
  }
}

std::string_view view_of(const re2::StringPiece& piece) {
  return {piece.data(), piece.size()};
}

re2::StringPiece piece_of(std::string_view text) {
  return {text.data(), text.size()};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::optional<RegexFlags> parse_regex_flags(std::string_view text) {
  RegexFlags flags;
  for (const char c : text) {
    if (c != 'i' && c != 'm') return std::nullopt;
    (c == 'i' ? flags.ignore_case : flags.multi_line) = true;
  }
  return flags;
}

std::variant<Regex, RegexRefusal> Regex::compile(std::string_view pattern, RegexFlags flags,
                                                 std::size_t most_bytes) {
  if (pattern.size() > most_bytes / bytes_of_character)
    return RegexRefusal{RegexFault::too_large, "it is too large", {}};
  Translation translation = translate(pattern);
  if (translation.classes > most_bytes / bytes_of_class)
    return RegexRefusal{RegexFault::too_large, "it has too many classes of characters (\\p)", {}};
  if (!translation.splits_unicode.empty())
    return RegexRefusal{RegexFault::unsupported, "it takes characters apart",
                        std::string(translation.splits_unicode)};
  if (flags.multi_line) translation.text.insert(0, "(?m)");
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(static_cast<std::int64_t>(most_bytes));
  options.set_dot_nl(true);
  options.set_case_sensitive(!flags.ignore_case);
  auto engine = std::make_unique<const re2::RE2>(piece_of(translation.text), options);
  if (!engine->ok()) return refusal_of(*engine);
  if (auto refusal = refusal_of(translation)) return *std::move(refusal);
  return Regex(std::move(engine), pattern.empty());
}

Regex::Regex(std::unique_ptr<const re2::RE2> engine, bool is_empty)
    : engine_(std::move(engine)), is_empty_(is_empty) {}
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

bool Regex::found_in(std::string_view text) const {
  return engine_->Match(piece_of(text), 0, text.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

bool Regex::matches(std::string_view text) const {
  return engine_->Match(piece_of(text), 0, text.size(), re2::RE2::ANCHOR_BOTH, nullptr, 0);
}

bool Regex::find(std::string_view text, std::size_t from,
                 std::span<std::string_view> groups) const {
  std::array<re2::StringPiece, most_groups> pieces;
  const std::size_t count = std::min(groups.size(), pieces.size());
  if (!engine_->Match(piece_of(text), from, text.size(), re2::RE2::UNANCHORED, pieces.data(),
                      static_cast<int>(count)))
    return false;
  std::transform(pieces.begin(), pieces.begin() + static_cast<std::ptrdiff_t>(count),
                 groups.begin(), view_of);
  return true;
}

std::optional<std::size_t> Regex::group(std::string_view name) const {
  const auto count = static_cast<std::size_t>(engine_->NumberOfCapturingGroups());
  std::size_t number = 0;
  const char* const end = name.data() + name.size();
  const auto read = std::from_chars(name.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) {
    const auto& names = engine_->NamedCapturingGroups();
    const auto found = std::ranges::find(
        names, name, [](const auto& entry) -> std::string_view { return entry.first; });
    if (found == names.end()) return std::nullopt;
    number = static_cast<std::size_t>(found->second);
  }
  return number <= count && number < most_groups ? std::optional(number) : std::nullopt;
}

std::uint64_t Regex::cost(std::size_t bytes) const {
  // Where the automaton has more states than its budget holds, RE2 follows all that a byte may
  // mean, some nanoseconds each; as a rule it is one step of an automaton, and far cheaper.
  return bytes * static_cast<std::uint64_t>(engine_->ProgramSize()) / 32;
}

SubstitutionPiece next_piece(const Regex& regex, std::string_view substitution, std::size_t* at) {
  const std::string_view rest = substitution.substr(*at);
  const auto piece = [at](std::size_t length, SubstitutionPiece made) {
    *at += length;
    return made;
  };
  if (rest.starts_with("\\$") || rest.starts_with("\\\\"))
    return piece(2, {rest.substr(1, 1), std::nullopt});
  if (rest.starts_with("${")) {
    const std::size_t end = rest.find('}');
    if (end != std::string_view::npos)
      if (const auto group = regex.group(rest.substr(2, end - 2)))
        return piece(end + 1, {{}, group});
  } else if (rest.starts_with('$')) {
    // As many digits as name a group: of $12 only the 1 where there are fewer than 12.
    std::size_t end = 1;
    std::optional<std::size_t> group;
    for (; end < rest.size() && is_digit(rest[end]); ++end) {
      const auto longer = regex.group(rest.substr(1, end));
      if (!longer) break;
      group = longer;
    }
    if (group) return piece(end, {{}, group});
  }
  const std::size_t length = std::min(rest.find_first_of("$\\", 1), rest.size());
  return piece(length, {rest.substr(0, length), std::nullopt});
}

}  // namespace fbss

// SPDX-License-Identifier: Apache-2.0
// Regular expressions by RE2, in time that is linear in the text whatever the pattern. In: a
// pattern as Perl, Java, JavaScript and .NET share it, and flags. Out: whether a text matches,
// where, and its groups; or why the pattern is refused. Text is UTF-8, a dot is any character, also
// a line feed, and ^ and $ are the ends of the whole text unless the flag m says otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace re2 {
class RE2;
}

namespace fbss {

struct RegexFlags {
  bool ignore_case = false;  // i
  bool multi_line = false;   // m: ^ and $ are also the ends of each line

  bool operator==(const RegexFlags&) const = default;
};

/// The letters i and m, each any number of times; nothing where there is another.
std::optional<RegexFlags> parse_regex_flags(std::string_view text);

enum class RegexFault : std::uint8_t {
  malformed,    // no engine takes it
  unsupported,  // other engines take it: looking around, referring back …
  too_large,
};

/// Why a pattern was refused.
struct RegexRefusal {
  RegexFault fault;
  std::string_view reason;  // "a ( is not closed", of unlimited lifetime
  std::string part;         // of the pattern, where the fault is; may be empty
};

/// Immutable: any number of threads may search with one Regex. RE2 builds the states of its
/// automaton while it searches, and allocates them within `most_bytes`: a search that meets nothing
/// new allocates nothing, except that telling groups apart may take memory that it gives back.
class Regex {
 public:
  /// Groups that a search can tell, the whole match (0) with them.
  static constexpr std::size_t most_groups = 100;

  /// `most_bytes` bounds what the compiled pattern, its automaton and the pattern itself take.
  static std::variant<Regex, RegexRefusal> compile(std::string_view pattern, RegexFlags flags,
                                                   std::size_t most_bytes);

  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;
  ~Regex();

  bool is_empty() const { return is_empty_; }  ///< whether the pattern is the empty text

  /// Whether some part of the text matches.
  bool found_in(std::string_view text) const;
  /// Whether the text as a whole matches.
  bool matches(std::string_view text) const;
  /// The first match that begins at `from` or later: groups[0] is the match, groups[n] what the
  /// n-th bracket took; empty where it took nothing. What stands before `from` counts for ^ and \b.
  bool find(std::string_view text, std::size_t from, std::span<std::string_view> groups) const;

  /// The number of a group by its name or digits; nothing where there is no such group.
  std::optional<std::size_t> group(std::string_view name) const;

  /// How much work it is to read so many bytes, at worst, in steps of some dozen nanoseconds.
  std::uint64_t cost(std::size_t bytes) const;

 private:
  Regex(std::unique_ptr<const re2::RE2> engine, bool is_empty);
  std::unique_ptr<const re2::RE2> engine_;
  bool is_empty_;
};

/// A piece of a text that is put in the place of a match: text as it stands, or a group's.
struct SubstitutionPiece {
  std::string_view text;
  std::optional<std::size_t> group;
};

/// The next piece from `*at` on, which moves behind it. $1, ${1} and ${name} are groups, $0 is the
/// match; `\$` is a dollar and `\\` a backslash. A $ before anything else, also before a group that
/// the regular expression does not have, stands for itself.
SubstitutionPiece next_piece(const Regex& regex, std::string_view substitution, std::size_t* at);

}  // namespace fbss

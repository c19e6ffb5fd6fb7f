// SPDX-License-Identifier: Apache-2.0
// The table of units, indexed when it is compiled, and the reader of unit expressions: one pass,
// brackets as a stack of signs in a word, no recursion.
#include "fhirpath/ucum.hpp"

#include <algorithm>

namespace fbss::fhirpath::ucum {

struct Power {
  std::uint8_t dimension = 0;
  std::int8_t exponent = 0;
};

struct Atom {
  std::string_view code;
  Factor factor;
  Factor offset;
  std::array<Power, 4> powers;
  std::uint8_t power_count;
  bool metric, alone;
};

namespace {

constexpr std::size_t longest_text = 256;
constexpr int most_brackets = 30;
constexpr int largest_exponent = 99;

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// A line of ucum.def. Without a definition, the unit is a dimension of its own.
struct Line {
  std::string_view code;
  bool metric, alone;
  Factor factor, offset;
  std::string_view definition;
};

constexpr std::string_view itself = "itself";

constexpr Line lines[] = {
#define FBSS_BASE(code) {code, true, false, {}, {0, 1, 0}, itself},
#define FBSS_ARBITRARY(code, metric) {code, metric, false, {}, {0, 1, 0}, itself},
#define FBSS_SPECIAL(code, metric) {code, metric, true, {}, {0, 1, 0}, itself},
#define FBSS_UNIT(code, metric, over, under, ten, definition) \
  {code, metric, false, {over, under, ten}, {0, 1, 0}, definition},
#define FBSS_SCALE(code, metric, over, under, ten, offset_over, offset_under, offset_ten, \
                   definition)                                                            \
  {code, metric, true, {over, under, ten}, {offset_over, offset_under, offset_ten}, definition},
#include "fhirpath/ucum.def"
#undef FBSS_BASE
#undef FBSS_ARBITRARY
#undef FBSS_SPECIAL
#undef FBSS_UNIT
#undef FBSS_SCALE
};

constexpr std::size_t line_count = std::size(lines);

constexpr std::size_t bucket_count = 512;

constexpr std::size_t bucket_of(std::string_view code) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(code[i]); };
  std::size_t hash = code.size() * 7 + byte(0) * 31u + byte(code.size() - 1) * 5u;
  if (code.size() > 2) hash += byte(1) * 17u + byte(code.size() / 2) * 3u;
  return hash % bucket_count;
}

// The units, and for each bucket the list of those that fall into it.
struct Table {
  std::array<Atom, line_count> atoms{};
  std::array<std::int16_t, bucket_count> first{};  // -1: none
  std::array<std::int16_t, line_count> next{};
  std::size_t dimensions = 0;

  constexpr const Atom* find(std::string_view code) const {
    if (code.empty()) return nullptr;
    for (int i = first[bucket_of(code)]; i >= 0; i = next[static_cast<std::size_t>(i)])
      if (atoms[static_cast<std::size_t>(i)].code == code)
        return &atoms[static_cast<std::size_t>(i)];
    return nullptr;
  }

  // Reads a definition such as "g.m2.s-2", whose codes stand further up and are dimensions.
  constexpr void define(Atom& atom, std::string_view definition) const {
    while (!definition.empty()) {
      const std::size_t end = std::min(definition.find('.'), definition.size());
      std::string_view part = definition.substr(0, end);
      definition.remove_prefix(std::min(end + 1, definition.size()));
      int exponent = is_digit(part.back()) ? part.back() - '0' : 1;
      if (is_digit(part.back())) part.remove_suffix(1);
      if (part.back() == '-') {
        exponent = -exponent;
        part.remove_suffix(1);
      }
      atom.powers[atom.power_count++] = {find(part)->powers[0].dimension,
                                         static_cast<std::int8_t>(exponent)};
    }
  }
};

constexpr Table made_table() {
  Table table;
  table.first.fill(-1);
  for (std::size_t i = 0; i < line_count; ++i) {
    const Line& line = lines[i];
    Atom& atom = table.atoms[i];
    atom = {line.code, line.factor, line.offset, {}, 0, line.metric, line.alone};
    if (line.definition == itself) {
      atom.powers[atom.power_count++] = {static_cast<std::uint8_t>(table.dimensions++), 1};
    } else {
      table.define(atom, line.definition);
    }
    const std::size_t bucket = bucket_of(line.code);
    table.next[i] = table.first[bucket];
    table.first[bucket] = static_cast<std::int16_t>(i);
  }
  return table;
}

constexpr Table table = made_table();
static_assert(table.dimensions <= calendar_month);

std::optional<Factor> prefix_of_one_letter(char letter) {
  switch (letter) {
    case 'Y':
      return Factor{1, 1, 24};
    case 'Z':
      return Factor{1, 1, 21};
    case 'E':
      return Factor{1, 1, 18};
    case 'P':
      return Factor{1, 1, 15};
    case 'T':
      return Factor{1, 1, 12};
    case 'G':
      return Factor{1, 1, 9};
    case 'M':
      return Factor{1, 1, 6};
    case 'k':
      return Factor{1, 1, 3};
    case 'h':
      return Factor{1, 1, 2};
    case 'd':
      return Factor{1, 1, -1};
    case 'c':
      return Factor{1, 1, -2};
    case 'm':
      return Factor{1, 1, -3};
    case 'u':
      return Factor{1, 1, -6};
    case 'n':
      return Factor{1, 1, -9};
    case 'p':
      return Factor{1, 1, -12};
    case 'f':
      return Factor{1, 1, -15};
    case 'a':
      return Factor{1, 1, -18};
    case 'z':
      return Factor{1, 1, -21};
    case 'y':
      return Factor{1, 1, -24};
    default:
      return std::nullopt;
  }
}

std::optional<Factor> prefix_of_two_letters(std::string_view letters) {
  if (letters == "da") return Factor{1, 1, 1};
  if (letters[1] != 'i') return std::nullopt;
  switch (letters[0]) {
    case 'K':
      return Factor{1ull << 10, 1, 0};
    case 'M':
      return Factor{1ull << 20, 1, 0};
    case 'G':
      return Factor{1ull << 30, 1, 0};
    case 'T':
      return Factor{1ull << 40, 1, 0};
    default:
      return std::nullopt;
  }
}

// A code of the table, or a prefix and a code that takes one.
bool find_unit(std::string_view symbol, Term& term) {
  term.symbol = symbol;
  term.atom = table.find(symbol);
  if (term.atom) {
    term.factor = term.atom->factor;
    return true;
  }
  for (std::size_t length = 1; length <= 2 && length < symbol.size(); ++length) {
    const auto prefix =
        length == 1 ? prefix_of_one_letter(symbol[0]) : prefix_of_two_letters(symbol.substr(0, 2));
    const Atom* atom = prefix ? table.find(symbol.substr(length)) : nullptr;
    if (!atom || !atom->metric) continue;
    const auto factor = multiply(*prefix, atom->factor);
    if (!factor) return false;
    term.atom = atom;
    term.factor = *factor;
    return true;
  }
  return false;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  // Hands each term to `use`, which says whether to go on.
  template <class Use>
  bool read(Use use) {
    bool below = take('/');  // a unit may begin with "/"
    for (std::size_t count = 1; count <= Terms::most; ++count) {
      while (take('(')) {
        if (++brackets_ > most_brackets) return false;
        signs_ = signs_ << 1 | static_cast<std::uint32_t>(is_below() != below);
        below = false;
      }
      Term term;
      if (!read_term(term)) return false;
      if (is_below() != below) term.exponent = -term.exponent;
      if (!use(term)) return false;
      for (; take(')'); signs_ >>= 1)
        if (--brackets_ < 0) return false;
      if (at_ == text_.size()) return brackets_ == 0;
      below = text_[at_] == '/';
      if (!below && text_[at_] != '.') return false;
      ++at_;
    }
    return false;
  }

 private:
  bool take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  // Whether the innermost bracket stands below the line, all in all.
  bool is_below() const { return (signs_ & 1) != 0; }

  bool read_term(Term& term) {
    if (at_ == text_.size()) return false;
    if (text_[at_] == '{') return read_annotation(term);
    const std::size_t begin = at_;
    const std::size_t digits = skip_digits();
    const bool is_power_of_ten = text_.substr(begin, digits) == "10" && (take('*') || take('^'));
    if (digits > 0 && !is_power_of_ten) {
      term.symbol = text_.substr(begin, digits);
      if (!read_number(term)) return false;
    } else {
      if (!is_power_of_ten && !skip_symbol()) return false;
      if (!find_unit(text_.substr(begin, at_ - begin), term) || !read_exponent(term)) return false;
    }
    return at_ == text_.size() || text_[at_] != '{' || read_annotation(term);
  }

  std::size_t skip_digits() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return at_ - begin;
  }

  static bool read_number(Term& term) {
    if (term.symbol.size() > 18) return false;
    term.factor.over = 0;
    for (char c : term.symbol)
      term.factor.over = term.factor.over * 10 + static_cast<std::uint64_t>(c - '0');
    return term.factor.over != 0;
  }

  // Letters and the like up to an operator or a digit, and whatever stands in [square brackets].
  bool skip_symbol() {
    const std::size_t begin = at_;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '[') {
        at_ = text_.find(']', at_);
        if (at_ == std::string_view::npos) return false;
      } else if (is_digit(c) || std::string_view("./(){}+-").find(c) != std::string_view::npos) {
        break;
      }
    }
    return at_ > begin;
  }

  bool read_exponent(Term& term) {
    const bool negative = take('-');
    const bool has_sign = negative || take('+');
    const std::size_t begin = at_;
    const std::size_t digits = skip_digits();
    if (digits == 0) return !has_sign;
    term.exponent = 0;
    for (char c : text_.substr(begin, digits)) {
      term.exponent = term.exponent * 10 + (c - '0');
      if (term.exponent > largest_exponent) return false;
    }
    if (negative) term.exponent = -term.exponent;
    return true;
  }

  bool read_annotation(Term& term) {
    const std::size_t end = text_.find('}', at_);
    if (end == std::string_view::npos) return false;
    term.annotation = text_.substr(at_, end + 1 - at_);
    at_ = end + 1;
    return term.annotation.find('{', 1) == std::string_view::npos;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t signs_ = 0;  // one bit a bracket, the innermost last
  int brackets_ = 0;
};

bool add_dimensions(Dimensions& sum, const Term& term) {
  for (std::size_t i = 0; i < term.atom->power_count; ++i) {
    const Power& power = term.atom->powers[i];
    const int exponent = sum[power.dimension] + power.exponent * term.exponent;
    if (exponent < INT8_MIN || exponent > INT8_MAX) return false;
    sum[power.dimension] = static_cast<std::int8_t>(exponent);
  }
  return true;
}

}  // namespace

std::optional<Terms> read(std::string_view text) {
  std::optional<Terms> terms(std::in_place);
  const auto keep = [&](const Term& term) {
    terms->items[terms->count++] = term;
    return true;
  };
  if (text.size() > longest_text || !Reader(text).read(keep)) terms.reset();
  return terms;
}

bool stands_alone(const Term& term) {
  return term.atom && term.atom->alone;
}

Dimensions dimensions_of(const Term& term) {
  Dimensions dimensions = {};
  Term once = term;
  once.exponent = 1;
  if (term.atom) add_dimensions(dimensions, once);
  return dimensions;
}

bool is_number(const Term& term) {
  if (term.symbol.empty()) return false;
  return !term.atom || (term.atom->power_count == 0 && !term.symbol.starts_with("10"));
}

std::optional<Unit> unit_of(std::string_view text) {
  std::optional<Unit> unit(std::in_place);
  std::size_t count = 0;
  bool is_alone = false;
  const auto multiply_by = [&](const Term& term) {
    ++count;
    if (stands_alone(term)) {
      if (term.exponent != 1) return false;
      is_alone = true;
      unit->offset = term.atom->offset;
    }
    if (term.atom && !add_dimensions(unit->dimensions, term)) return false;
    const auto part =
        term.exponent == 1 ? std::optional(term.factor) : power(term.factor, term.exponent);
    const auto factor = part ? multiply(unit->factor, *part) : std::nullopt;
    if (factor) unit->factor = *factor;
    return factor.has_value();
  };
  if (text.size() > longest_text || !Reader(text).read(multiply_by) || (is_alone && count != 1))
    unit.reset();
  return unit;
}

}  // namespace fbss::fhirpath::ucum

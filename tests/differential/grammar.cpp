// SPDX-License-Identifier: Apache-2.0
#include "grammar.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <optional>

namespace differential {

namespace {

// The kinds that {k} may be.
constexpr std::array kinds = {"boolean", "integer",  "decimal", "string",
                              "date",    "dateTime", "time",    "quantity"};

bool is_kind(std::string_view kind) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

// The kind of expression that a FHIR type's values answer to; "any" for complex types.
std::string kind_of(const std::string& type) {
  if (type == "Quantity") return "quantity";
  if (type == "instant") return "dateTime";
  if (type == "positiveInt") return "integer";
  if (is_kind(type)) return type;
  return Schema::is_primitive(type) ? "string" : "any";
}

// Where the next placeholder stands: {word}, but not {} and not a brace within a literal.
std::optional<std::pair<std::size_t, std::size_t>> find_placeholder(const std::string& pattern,
                                                                    std::size_t from) {
  for (std::size_t open = pattern.find('{', from); open != std::string::npos;
       open = pattern.find('{', open + 1)) {
    const char c = open + 1 < pattern.size() ? pattern[open + 1] : '}';
    const std::size_t close = pattern.find('}', open);
    if ((is_letter(c) || c == '#') && close != std::string::npos) return {{open, close}};
  }
  return std::nullopt;
}

bool has_parts(const std::string& pattern) {
  const auto found = find_placeholder(pattern, 0);
  return found && pattern[found->first + 1] != '#';
}

// The word of the first function ("where") or of an operator ("+") in a pattern.
std::string name_in(const std::string& pattern) {
  std::string rest;
  std::size_t from = 0;
  while (const auto found = find_placeholder(pattern, from)) {
    rest += pattern.substr(from, found->first - from);
    from = found->second + 1;
  }
  rest += pattern.substr(from);
  std::size_t begin = rest.starts_with('%') ? std::min(rest.find('.'), rest.size()) : 0;
  while (begin < rest.size() && (rest[begin] == '.' || rest[begin] == ' ' || rest[begin] == '('))
    ++begin;
  std::size_t end = begin;
  if (begin < rest.size() && is_letter(rest[begin])) {
    while (end < rest.size() && is_letter(rest[end])) ++end;
  } else {
    while (end < rest.size() && rest[end] != ' ' && rest[end] != ']') ++end;
  }
  return rest.substr(begin, end - begin);
}

// An operator stands between blanks outside of all brackets, or in front.
bool is_operator(const std::string& pattern) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\'' && (i == 0 || pattern[i - 1] != '\\')) in_text = !in_text;
    if (in_text) continue;
    if (c == '(' || c == '{') ++depth;
    if (c == ')' || c == '}') --depth;
    if (c == ' ' && depth == 0) return true;
  }
  return pattern.starts_with('-');
}

std::string digits(Random& random) {
  std::string out;
  const std::size_t count = 1 + random.below(4);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t digit = i == 0 && count > 1 ? 1 + random.below(9) : random.below(10);
    out += static_cast<char>('0' + digit);
  }
  return out;
}

Term written(std::string text, std::string name, bool is_operator = false) {
  Term term;
  term.name = std::move(name);
  term.pieces.push_back(std::move(text));
  term.is_operator = is_operator;
  return term;
}

}  // namespace

std::string Term::text() const {
  std::string out = pieces[0];
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool is_argument =
        pieces[i].ends_with('(') || pieces[i].ends_with("[") || (pieces[i].ends_with(", "));
    const bool is_bare = !parts[i].is_operator || (is_argument && !pieces[i + 1].starts_with(' '));
    out += is_bare ? parts[i].text() : "(" + parts[i].text() + ")";
    out += pieces[i + 1];
  }
  return out;
}

Grammar::Grammar(const std::string& path, const Schema& schema,
                 const std::function<bool(const std::string& function)>& is_refused)
    : schema_(schema) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with('#') || colon == std::string::npos) continue;
    Rule rule{.result = line.substr(0, colon), .pattern = line.substr(colon + 2)};
    rule.name = name_in(rule.pattern);
    rule.is_operator = is_operator(rule.pattern);
    if (const std::size_t open = rule.result.find('['); open != std::string::npos) {
      rule.items = rule.result.substr(open + 1, rule.result.size() - open - 2);
      rule.result.resize(open);
    }
    if (!has_parts(rule.pattern) && !rule.pattern.starts_with('%') &&
        rule.pattern.find("()") == std::string::npos) {
      literals_[rule.result].push_back(rule);
    } else if (rule.pattern.find(rule.name + "(") != std::string::npos && is_refused(rule.name)) {
      ++lines_left_out_;
      if (functions_left_out_.find(rule.name + " ") == std::string::npos)
        functions_left_out_ += rule.name + " ";
    } else {
      rules_[rule.result].push_back(rule);
    }
  }
}

Term Grammar::expression(const std::string& resource_type, int depth, Random& random) const {
  const Focus focus{resource_type, false};
  if (random.chance(8)) return flat(random).term;
  const std::string kind = random.chance(35) ? "many" : random.pick(kinds);
  return make(random.chance(5) ? kind + "*" : kind, depth, focus, random).term;
}

Grammar::Made Grammar::make(const std::string& asked, int depth, const Focus& focus,
                            Random& random) const {
  std::string kind = asked == "many*" ? "many" : asked;
  // Now and then something else than what is asked for, several values, or none.
  if (kind == "any" || (is_kind(kind) && random.chance(2))) kind = random.pick(kinds);
  if (is_kind(kind) && random.chance(1)) return {written("{}", "literal"), {kind, false}};
  const bool is_list = kind.ends_with('*');
  const std::string single = is_list ? kind.substr(0, kind.size() - 1) : kind;
  const auto own = rules_.find(is_list ? "k*" : kind);
  const auto shared = rules_.find("*");
  if (depth <= 0 || own == rules_.end() || random.chance(12)) return leaf(kind, focus, random);
  const std::size_t count =
      own->second.size() + (is_kind(kind) && random.chance(40) ? shared->second.size() : 0);
  const std::size_t chosen = random.below(count);
  const Rule& rule = chosen < own->second.size() ? own->second[chosen]
                                                 : shared->second[chosen - own->second.size()];
  if (is_list && !rule.items.empty() && rule.items != single) return leaf(kind, focus, random);
  return follow(rule, single, depth, focus, random);
}

Grammar::Made Grammar::follow(const Rule& rule, const std::string& wanted, int depth,
                              const Focus& focus, Random& random) const {
  const bool is_shared = rule.result == "*" || rule.result == "k*";
  const std::string k = is_shared ? wanted : random.pick(kinds);
  Made made;
  made.term.name = rule.name;
  made.term.is_operator = rule.is_operator;
  Focus items = focus;
  std::size_t from = 0;
  while (const auto found = find_placeholder(rule.pattern, from)) {
    std::string kind = rule.pattern.substr(found->first + 1, found->second - found->first - 1);
    const bool is_inner = kind.starts_with("each ");
    if (is_inner) kind.erase(0, 5);
    if (kind == "k" || kind == "k*") kind = kind == "k" ? k : k + "*";
    const bool is_first = made.term.parts.empty();
    Made part = make(kind, depth - 1, is_inner ? items : focus, random);
    if (is_first) items = {part.items.type, true};
    made.term.pieces.push_back(rule.pattern.substr(from, found->first - from));
    made.term.parts.push_back(std::move(part.term));
    made.term.is_inner.push_back(is_inner);
    from = found->second + 1;
  }
  made.term.pieces.push_back(rule.pattern.substr(from));
  if (rule.pattern.starts_with('{') && made.term.parts.size() == 1 && made.term.pieces[0].empty() &&
      made.term.pieces[1].empty()) {
    Term only = std::move(made.term.parts[0]);  // number: {integer}
    return {std::move(only), items};
  }
  made.items.type = rule.items == "k"         ? k
                    : !rule.items.empty()     ? rule.items
                    : is_kind(rule.result)    ? rule.result
                    : is_shared               ? wanted
                    : made.term.parts.empty() ? focus.type
                                              : items.type;
  return made;
}

Grammar::Made Grammar::leaf(const std::string& kind, const Focus& focus, Random& random) const {
  if (kind.ends_with('*')) {
    const std::string single = kind.substr(0, kind.size() - 1);
    if (random.chance(50)) return path(kind, focus, random);
    Made made{written("", "combine"), {single, false}};
    made.term.pieces = {"", ".combine(", ")"};
    for (int i = 0; i < 2; ++i) made.term.parts.push_back(leaf(single, focus, random).term);
    made.term.is_inner = {false, false};
    return made;
  }
  if (kind == "many") return path(kind, focus, random);
  if (!is_kind(kind)) {
    const auto found = rules_.find(kind);  // number, moment …: what they may be
    if (found != rules_.end()) return follow(random.pick(found->second), kind, 0, focus, random);
    return literal(kind, random);
  }
  if (focus.is_item && random.chance(40)) {
    if (kind_of(focus.type) == kind) return {written("$this", "path"), focus};
    if (kind == "integer") return {written("$index", "path"), {"integer", false}};
  }
  return random.chance(45) ? path(kind, focus, random) : literal(kind, random);
}

// Walks through the schema until it meets an element of the kind; a literal where it does not.
Grammar::Made Grammar::path(const std::string& kind, const Focus& focus, Random& random) const {
  const bool is_many = kind == "many" || kind.ends_with('*');
  const std::string wanted =
      kind == "many" ? "" : (is_many ? kind.substr(0, kind.size() - 1) : kind);
  for (int attempt = 0; attempt < 12; ++attempt) {
    std::string text, type = focus.type;
    bool is_list = false;
    for (int steps = 0; steps < 4; ++steps) {
      const std::vector<Element>& elements = schema_.elements(type);
      if (elements.empty()) break;
      const Element& element = random.pick(elements);
      type = random.pick(element.types);
      is_list = is_list || element.is_list;
      text += (text.empty() ? "" : ".") + element.name;
      if (element.is_choice && random.chance(70)) text += ".ofType(" + type + ")";
      if (wanted.empty() ? random.chance(45) : kind_of(type) == wanted) {
        if (!is_many && is_list && random.chance(85)) text += ".first()";
        if (!focus.is_item && random.chance(10)) text = focus.type + "." + text;
        return {written(text, "path"), {type, false}};
      }
    }
  }
  if (kind == "many")
    return {written(focus.is_item ? "$this" : "%context", "path"), {focus.type, false}};
  if (!is_many) return literal(kind, random);
  Made made = literal(wanted, random);
  made.term = written("(" + made.term.text() + " | " + literal(wanted, random).term.text() + ")",
                      "literal");
  return made;
}

Grammar::Made Grammar::literal(const std::string& kind, Random& random) const {
  const std::string& pattern = random.pick(literals_.find(kind)->second).pattern;
  std::string text;
  std::size_t from = 0;
  while (const auto found = find_placeholder(pattern, from)) {
    text += pattern.substr(from, found->first - from) + digits(random);
    from = found->second + 1;
  }
  text += pattern.substr(from);
  return {written(text, "literal", text.starts_with('-')), {kind, false}};
}

// Literals between operators without a parenthesis, for their precedence: numbers are added and
// compared, the comparisons joined, so that few of them are errors.
Grammar::Made Grammar::flat(Random& random) const {
  static constexpr std::array numbers = {"1", "2", "4", "2.5", "10", "-1", "0.5"};
  static constexpr std::array sums = {"+", "-", "*", "/", "div", "mod"};
  static constexpr std::array comparisons = {"=", "!=", "~", "!~", "<", ">=", "<=", ">"};
  static constexpr std::array joints = {"and", "or", "xor", "implies", "=", "!=", "~"};
  const auto sum = [&] {
    std::string text = random.pick(numbers);
    for (std::size_t i = random.below(3); i > 0; --i)
      text += std::string(" ") + random.pick(sums) + " " + random.pick(numbers);
    return text;
  };
  const auto comparison = [&]() -> std::string {
    switch (random.below(7)) {
      case 0:
        return "2 * 1 + 3 is Integer";
      case 1:
        return sum() + " in " + sum() + " | " + sum();
      case 2:
        return sum() + " | " + sum() + " contains " + sum();
      case 3:
        return "'a' + 'b' & 'c' = '" + std::string(random.pick(numbers)) + "' & 'a' + 'c'";
      default:
        return sum() + " " + random.pick(comparisons) + " " + sum();
    }
  };
  std::string text = comparison();
  for (std::size_t i = random.below(3); i > 0; --i)
    text += std::string(" ") + random.pick(joints) + " " + comparison();
  return {written(text, "precedence", true), {"any", false}};
}

}  // namespace differential

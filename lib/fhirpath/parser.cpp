// SPDX-License-Identifier: Apache-2.0
// Tokens to the syntax tree, by precedence climbing.
#include "fhirpath/parser.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fhirpath/failure.hpp"
#include "fhirpath/lexer.hpp"
#include "fhirpath/quantity.hpp"

namespace fbss::fhirpath {
namespace {

using Node = std::unique_ptr<Syntax>;

struct Operator {
  std::string_view sign;
  SyntaxKind kind;
  int precedence;  // the higher, the tighter; all bind from the left
};

constexpr int type_precedence = 8;  // is, as: their right side is a type's name

constexpr Operator known_operators[] = {
    {"implies", SyntaxKind::implies, 1},
    {"or", SyntaxKind::logical_or, 2},
    {"xor", SyntaxKind::logical_xor, 2},
    {"and", SyntaxKind::logical_and, 3},
    {"in", SyntaxKind::in, 4},
    {"contains", SyntaxKind::contains, 4},
    {"=", SyntaxKind::equal, 5},
    {"~", SyntaxKind::equivalent, 5},
    {"!=", SyntaxKind::not_equal, 5},
    {"!~", SyntaxKind::not_equivalent, 5},
    {"<", SyntaxKind::less, 6},
    {"<=", SyntaxKind::less_or_equal, 6},
    {">", SyntaxKind::greater, 6},
    {">=", SyntaxKind::greater_or_equal, 6},
    {"|", SyntaxKind::union_of, 7},
    {"is", SyntaxKind::is_type, type_precedence},
    {"as", SyntaxKind::as_type, type_precedence},
    {"+", SyntaxKind::add, 9},
    {"-", SyntaxKind::subtract, 9},
    {"&", SyntaxKind::concatenate, 9},
    {"*", SyntaxKind::multiply, 10},
    {"/", SyntaxKind::divide, 10},
    {"div", SyntaxKind::div, 10},
    {"mod", SyntaxKind::mod, 10},
};

// Words that the grammar keeps for operators and that are no identifiers where a term begins (as,
// is, in and contains are).
bool is_reserved(std::string_view word) {
  constexpr std::string_view reserved_words[] = {"and", "or", "xor", "implies", "div", "mod"};
  return std::ranges::find(reserved_words, word) != std::end(reserved_words);
}

class Parser {
 public:
  Parser(std::string_view text, const Limits& limits)
      : tokens_(tokenize(text)), deepest_(limits.expression_depth) {}

  Node run() {
    if (now().kind == TokenKind::end) refuse("The expression is empty.");
    Node tree = expression(0);
    if (now().kind != TokenKind::end) refuse_token();
    return tree;
  }

 private:
  // Counts how deep the parser stands within itself, which is how deep evaluating will stand.
  class Level {
   public:
    explicit Level(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > parser_.deepest_ + 1)
        fail(ErrorCode::limit_exceeded, parser_.now().position,
             "The expression is nested more than " + std::to_string(parser_.deepest_) +
                 " levels deep: split it into parts.");
    }
    ~Level() { --parser_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Parser& parser_;
  };

  const Token& now() const { return tokens_[at_]; }

  bool is_symbol(std::string_view sign) const {
    return now().kind == TokenKind::symbol && now().text == sign;
  }

  const Token& take() { return tokens_[at_++]; }

  bool take_symbol(std::string_view sign) {
    if (!is_symbol(sign)) return false;
    ++at_;
    return true;
  }

  [[noreturn]] void refuse(std::string message) const {
    fail(ErrorCode::syntax_error, now().position, std::move(message));
  }

  [[noreturn]] void refuse_token() const {
    if (now().kind == TokenKind::end)
      refuse("The expression ends too early: a value or a name is missing here.");
    std::string message = "\"" + shown(now()) + "\" cannot stand here";
    if (now().kind == TokenKind::word && is_reserved(now().text))
      message += ": it is an operator; a member of that name is written in backticks";
    refuse(message + ".");
  }

  static std::string shown(const Token& token) {
    constexpr std::size_t longest = 40;
    std::string text(token.text.substr(0, longest));
    if (token.text.size() > longest) {
      while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80)
        text.pop_back();
      if (!text.empty() && (static_cast<unsigned char>(text.back()) & 0x80)) text.pop_back();
      text += "…";
    }
    return text;
  }

  void expect(std::string_view sign) {
    if (take_symbol(sign)) return;
    if (now().kind == TokenKind::end)
      refuse("The expression ends too early: \"" + std::string(sign) + "\" is missing here.");
    refuse("\"" + std::string(sign) + "\" is missing before \"" + shown(now()) + "\".");
  }

  Node make(SyntaxKind kind, const Token& token) const {
    auto node = std::make_unique<Syntax>();
    node->kind = kind;
    node->position = token.position;
    node->length = token.length;
    node->brackets = brackets_;
    return node;
  }

  // The node, which reaches from the token number `first` to the one taken last.
  Node spanned(Node node, std::size_t first) const {
    const Token& last = tokens_[at_ - 1];
    node->begin = tokens_[first].position;
    node->end = last.position + last.length;
    return node;
  }

  // Puts a tree under another one and keeps an eye on how deep the whole becomes.
  void adopt(Syntax& parent, Node child, std::size_t& depth, std::size_t child_depth) {
    depth = std::max(depth, child_depth + 1);
    if (depth > (deepest_ + 1) * chain_factor)
      fail(ErrorCode::limit_exceeded, parent.position,
           "The expression chains more than " + std::to_string(deepest_ * chain_factor) +
               " operators or steps: split it into parts.");
    parent.parts.push_back(std::move(child));
  }

  const Operator* operator_here() const {
    if (now().kind != TokenKind::symbol && now().kind != TokenKind::word) return nullptr;
    const auto* found = std::ranges::find(known_operators, now().text, &Operator::sign);
    return found == std::end(known_operators) ? nullptr : found;
  }

  // An expression whose operators all bind tighter than `floor`. tree_depth_ is then its depth.
  Node expression(int floor) {
    const Level level(*this);
    const std::size_t first = at_;
    Node left = unary();
    for (;;) {
      const Operator* found = operator_here();
      if (!found || found->precedence <= floor) return left;
      Node node = make(found->kind, take());
      std::size_t depth = 0;
      adopt(*node, std::move(left), depth, tree_depth_);
      if (found->precedence == type_precedence) {
        node->name = type_name();
      } else {
        Node right = expression(found->precedence);
        adopt(*node, std::move(right), depth, tree_depth_);
      }
      tree_depth_ = depth;
      left = spanned(std::move(node), first);
    }
  }

  Node unary() {
    if (!is_symbol("+") && !is_symbol("-")) return postfix();
    const Level level(*this);
    const std::size_t first = at_;
    const Token& sign = take();
    Node node = make(sign.text == "+" ? SyntaxKind::plus : SyntaxKind::minus, sign);
    std::size_t depth = 0;
    Node operand = unary();
    adopt(*node, std::move(operand), depth, tree_depth_);
    tree_depth_ = depth;
    return spanned(std::move(node), first);
  }

  // A term and the steps behind it: .name, .name(…), […].
  Node postfix() {
    const std::size_t first = at_;
    Node left = term();
    for (;;) {
      if (is_symbol("[")) {
        Node node = make(SyntaxKind::indexer, take());
        std::size_t depth = 0;
        adopt(*node, std::move(left), depth, tree_depth_);
        ++brackets_;
        Node index = expression(0);
        --brackets_;
        adopt(*node, std::move(index), depth, tree_depth_);
        expect("]");
        tree_depth_ = depth;
        left = spanned(std::move(node), first);
      } else if (take_symbol(".")) {
        if (is_symbol("$")) {
          // x.$this is x itself; $index and $total belong to no value.
          if (special()->kind != SyntaxKind::this_value)
            refuse("Only $this can stand behind a dot.");
          continue;
        }
        if (now().kind != TokenKind::word && now().kind != TokenKind::delimited) refuse_token();
        left = spanned(invocation(std::move(left)), first);
      } else {
        return left;
      }
    }
  }

  // A member or a function call; `input` is what stands before the dot, or nothing.
  Node invocation(Node input) {
    const Token& name = take();
    const bool is_call = is_symbol("(");
    Node node = make(is_call ? SyntaxKind::function : SyntaxKind::member, name);
    node->name = name.kind == TokenKind::delimited ? unescaped(name) : std::string(name.text);
    node->has_input = is_call && input != nullptr;
    std::size_t depth = 1;
    if (input) adopt(*node, std::move(input), depth, tree_depth_);
    if (is_call) {
      take();
      ++brackets_;
      if (!is_symbol(")")) {
        do {
          Node argument = expression(0);
          if (node->name == "sort") argument->sort_order = sort_order();
          adopt(*node, std::move(argument), depth, tree_depth_);
        } while (take_symbol(","));
      }
      --brackets_;
      expect(")");
    } else if (is_symbol("{")) {
      fail(ErrorCode::not_supported, name.position,
           "A name before { makes an object (an instance selector of FHIRPath 3.0), which is not "
           "part of this version: expressions read values and make none.");
    }
    tree_depth_ = depth;
    return node;
  }

  // asc or desc behind a key of sort().
  SortOrder sort_order() {
    const bool ascending = now().kind == TokenKind::word && now().text == "asc";
    const bool descending = now().kind == TokenKind::word && now().text == "desc";
    if (!ascending && !descending) return SortOrder::unspecified;
    take();
    return ascending ? SortOrder::ascending : SortOrder::descending;
  }

  Node term() {
    const std::size_t first = at_;
    if (!take_symbol("(")) return spanned(plain_term(), first);
    ++brackets_;
    Node node = expression(0);
    --brackets_;
    expect(")");
    return node;
  }

  Node plain_term() {
    tree_depth_ = 1;
    switch (now().kind) {
      case TokenKind::word:
        if (now().text == "true" || now().text == "false") return literal(SyntaxKind::boolean);
        if (is_reserved(now().text)) refuse_token();
        return invocation(nullptr);
      case TokenKind::delimited:
        return invocation(nullptr);
      case TokenKind::string: {
        Node node = make(SyntaxKind::string, now());
        node->text = unescaped(take());
        return node;
      }
      case TokenKind::number:
        return number();
      case TokenKind::long_number:
        return literal(SyntaxKind::long_integer);
      case TokenKind::date:
        return literal(SyntaxKind::date);
      case TokenKind::date_time:
        return literal(SyntaxKind::date_time);
      case TokenKind::time:
        return literal(SyntaxKind::time);
      case TokenKind::symbol:
        break;
      case TokenKind::end:
        refuse_token();
    }
    if (is_symbol("$")) return special();
    if (is_symbol("%")) return variable();
    if (is_symbol("{")) {
      Node node = make(SyntaxKind::empty, take());
      expect("}");
      node->length = tokens_[at_ - 1].position + 1 - node->position;
      return node;
    }
    refuse_token();
  }

  Node literal(SyntaxKind kind) {
    Node node = make(kind, now());
    node->text = take().text;
    return node;
  }

  Node number() {
    const bool is_decimal = now().text.find('.') != std::string_view::npos;
    Node node = literal(is_decimal ? SyntaxKind::decimal : SyntaxKind::integer);
    const bool word = now().kind == TokenKind::word && !singular_calendar_word(now().text).empty();
    if (!word && now().kind != TokenKind::string) return node;
    node->kind = SyntaxKind::quantity;
    node->calendar_unit = word;
    node->length = now().position + now().length - node->position;
    node->name = word ? std::string(now().text) : unescaped(now());
    take();
    return node;
  }

  Node special() {
    const Token& sign = take();
    constexpr std::pair<std::string_view, SyntaxKind> known_names[] = {
        {"this", SyntaxKind::this_value},
        {"index", SyntaxKind::index_value},
        {"total", SyntaxKind::total_value}};
    for (const auto& [name, kind] : known_names) {
      if (now().kind != TokenKind::word || now().text != name) continue;
      if (now().position != sign.position + 1) break;
      Node node = make(kind, sign);
      node->length += take().length;
      return node;
    }
    refuse("Behind $ stands one of this, index and total.");
  }

  Node variable() {
    Node node = make(SyntaxKind::variable, take());
    if (now().kind != TokenKind::word && now().kind != TokenKind::delimited &&
        now().kind != TokenKind::string)
      refuse("Behind % stands the name of a variable.");
    node->length = now().position + now().length - node->position;
    node->name = now().kind == TokenKind::word ? std::string(now().text) : unescaped(now());
    take();
    return node;
  }

  // The type's name behind is and as: Integer, System.Integer, FHIR.`Patient`.
  std::string type_name() {
    std::string name;
    do {
      if (now().kind != TokenKind::word && now().kind != TokenKind::delimited)
        refuse("The name of a type is missing here.");
      if (!name.empty()) name += '.';
      name += now().kind == TokenKind::delimited ? unescaped(now()) : std::string(now().text);
      take();
    } while (take_symbol("."));
    return name;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t deepest_;
  std::size_t depth_ = 0;
  std::uint32_t brackets_ = 0;  // open where the parser stands
  std::size_t tree_depth_ = 0;  // depth of the tree that was made last
};

}  // namespace

std::unique_ptr<Syntax> parse(std::string_view text, const Limits& limits) {
  if (text.size() > limits.expression_bytes)
    fail(ErrorCode::limit_exceeded, 0,
         "The expression is longer than " + std::to_string(limits.expression_bytes) + " bytes.");
  return Parser(text, limits).run();
}

}  // namespace fbss::fhirpath

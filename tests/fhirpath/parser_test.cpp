// SPDX-License-Identifier: Apache-2.0
#include "fhirpath/parser.hpp"

#include <doctest/doctest.h>

#include "fhirpath/failure.hpp"
#include "fhirpath/plan.hpp"

namespace {

using namespace fbss;
using fhirpath::Syntax;
using fhirpath::SyntaxKind;

// The tree in brackets, an operator or a name first.
std::string shape(const Syntax& syntax) {
  std::string parts;
  for (const auto& part : syntax.parts) parts += " " + shape(*part);
  switch (syntax.kind) {
    case SyntaxKind::empty:
      return "{}";
    case SyntaxKind::string:
      return "'" + syntax.text + "'";
    case SyntaxKind::quantity:
      return syntax.text + (syntax.calendar_unit ? " " + syntax.name : "'" + syntax.name + "'");
    case SyntaxKind::variable:
      return "%" + syntax.name;
    case SyntaxKind::this_value:
      return "$this";
    case SyntaxKind::member:
      return parts.empty() ? syntax.name : "(." + syntax.name + parts + ")";
    case SyntaxKind::function:
      return "(" + syntax.name + (syntax.has_input ? "()" : "") + parts + ")";
    case SyntaxKind::indexer:
      return "([]" + parts + ")";
    case SyntaxKind::is_type:
      return "(is:" + syntax.name + parts + ")";
    case SyntaxKind::as_type:
      return "(as:" + syntax.name + parts + ")";
    case SyntaxKind::plus:
      return "(u+" + parts + ")";
    case SyntaxKind::minus:
      return "(u-" + parts + ")";
    case SyntaxKind::multiply:
      return "(*" + parts + ")";
    case SyntaxKind::add:
      return "(+" + parts + ")";
    case SyntaxKind::subtract:
      return "(-" + parts + ")";
    case SyntaxKind::concatenate:
      return "(&" + parts + ")";
    case SyntaxKind::union_of:
      return "(|" + parts + ")";
    case SyntaxKind::less:
      return "(<" + parts + ")";
    case SyntaxKind::equal:
      return "(=" + parts + ")";
    case SyntaxKind::not_equivalent:
      return "(!~" + parts + ")";
    case SyntaxKind::in:
      return "(in" + parts + ")";
    case SyntaxKind::contains:
      return "(contains" + parts + ")";
    case SyntaxKind::logical_and:
      return "(and" + parts + ")";
    case SyntaxKind::logical_or:
      return "(or" + parts + ")";
    case SyntaxKind::logical_xor:
      return "(xor" + parts + ")";
    case SyntaxKind::implies:
      return "(implies" + parts + ")";
    default:
      return syntax.text;
  }
}

std::string shape(std::string_view text) {
  return shape(*fhirpath::parse(text, {}));
}

ErrorCode refusal(const std::string& text, const Limits& limits) {
  try {
    fhirpath::parse(text, limits);
  } catch (const fhirpath::Failure& failure) {
    return failure.code;
  }
  return ErrorCode::usage;  // none
}

std::string repeated(std::string_view part, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += part;
  return out;
}

}  // namespace

TEST_CASE("each operator binds tighter than the one before") {
  CHECK(shape("a implies b or c") == "(implies a (or b c))");
  CHECK(shape("a or b and c") == "(or a (and b c))");
  CHECK(shape("a xor b and c") == "(xor a (and b c))");
  CHECK(shape("a or b xor c") == "(xor (or a b) c)");
  CHECK(shape("a and b in c") == "(and a (in b c))");
  CHECK(shape("a contains b = c") == "(contains a (= b c))");
  CHECK(shape("a = b < c") == "(= a (< b c))");
  CHECK(shape("a < b | c") == "(< a (| b c))");
  CHECK(shape("a | b is C") == "(| a (is:C b))");
  CHECK(shape("a + b is C") == "(is:C (+ a b))");
  CHECK(shape("a & b * c") == "(& a (* b c))");
  CHECK(shape("-a * b") == "(* (u- a) b)");
  CHECK(shape("-a.b[0]") == "(u- ([] (.b a) 0))");
  CHECK(shape("a !~ b implies c implies d") == "(implies (implies (!~ a b) c) d)");
  CHECK(shape("a - b - c") == "(- (- a b) c)");
  CHECK(shape("(a or b) and c") == "(and (or a b) c)");
  CHECK(shape("+ - a") == "(u+ (u- a))");
}

TEST_CASE("terms") {
  CHECK(shape("a.b(c, d).e") == "(.e (b() a c d))");
  CHECK(shape("b(c)") == "(b c)");
  CHECK(shape("a.is(System.Integer)") == "(is() a (.Integer System))");
  CHECK(shape("a is System.Integer") == "(is:System.Integer a)");
  CHECK(shape("a as FHIR.`Patient`") == "(as:FHIR.Patient a)");
  CHECK(shape("%a + %`b c` + %'d'") == "(+ (+ %a %b c) %d)");
  CHECK(shape("1 year + 2 'a'") == "(+ 1 year 2'a')");
  CHECK(shape("a.$this.b") == "(.b a)");
  CHECK(shape("{} | $this") == "(| {} $this)");
  CHECK(shape("contains contains in in is") == "(in (contains contains in) is)");
}

TEST_CASE("positions: an operator's sign, else the first byte of the term") {
  const auto tree = fhirpath::parse("aa.bb  and  cc(1 'mg')", {});
  CHECK(tree->position == 7);
  CHECK(tree->length == 3);
  CHECK(tree->parts[0]->position == 3);
  CHECK(tree->parts[0]->parts[0]->position == 0);
  CHECK(tree->parts[1]->position == 12);
  CHECK(tree->parts[1]->length == 2);
  CHECK(tree->parts[1]->parts[0]->position == 15);
  CHECK(tree->parts[1]->parts[0]->length == 6);
}

TEST_CASE("nesting and length have limits") {
  Limits limits;
  limits.expression_depth = 20;
  limits.expression_bytes = 1000;
  const auto brackets = [](int n) { return repeated("(", n) + "1" + repeated(")", n); };
  CHECK(refusal(brackets(20), limits) == ErrorCode::usage);
  CHECK(refusal(brackets(21), limits) == ErrorCode::limit_exceeded);
  CHECK(refusal(repeated("-", 20) + "1", limits) == ErrorCode::usage);
  CHECK(refusal(repeated("- ", 21) + "1", limits) == ErrorCode::limit_exceeded);
  CHECK(refusal(repeated("f(", 20) + "1" + repeated(")", 20), limits) == ErrorCode::usage);
  CHECK(refusal(repeated("f(", 21) + "1" + repeated(")", 21), limits) == ErrorCode::limit_exceeded);
  CHECK(refusal(repeated("a[", 21) + "1" + repeated("]", 21), limits) == ErrorCode::limit_exceeded);
  // A chain is not nested, but has an end too.
  CHECK(refusal("1" + repeated("|1", 150), limits) == ErrorCode::usage);
  CHECK(refusal("1" + repeated("|1", 170), limits) == ErrorCode::limit_exceeded);
  CHECK(refusal("a" + repeated(".a", 170), limits) == ErrorCode::limit_exceeded);
  CHECK(refusal(std::string(1001, ' '), limits) == ErrorCode::limit_exceeded);
}

TEST_CASE("a compiled expression gives its tree") {
  const auto expression = fhirpath::Expression::compile("1 + a");
  REQUIRE(expression);
  CHECK(shape(fhirpath::syntax_of(*expression)) == "(+ 1 a)");
  CHECK(expression->text() == "1 + a");
}

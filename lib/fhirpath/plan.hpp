// SPDX-License-Identifier: Apache-2.0
// Third pass. In: a syntax tree and the names of the variables. Out: a Plan, which is what is
// evaluated: names are slots, functions are addresses, whatever is constant is a constant. The only
// way in is make_plan(); what cannot mean anything is a Failure (unknown_variable,
// unknown_function, wrong_arguments, unknown_type, not_supported).
//
// A plan is made of chains. A chain is a list of steps, run from left to right over one stack: each
// step takes the values that the step before it left and puts its own in their place. `a.b = 1 and
// c` is the chain [member a, member b, equal (1), and (c)], where (…) are chains of their own, a
// step's parts. So only a part of a part costs depth.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/fhirpath.hpp>

#include "base/arena.hpp"
#include "fhirpath/regexes.hpp"
#include "fhirpath/shape.hpp"
#include "fhirpath/syntax.hpp"
#include "fhirpath/types.hpp"
#include "fhirpath/value.hpp"
#include "json/node.hpp"

namespace fbss::fhirpath {

class Evaluator;
struct Scope;
struct Step;

/// What a step does. `begin`: where the values that it takes begin on the evaluator's stack; they
/// reach to its top. Afterwards its own values stand there.
using StepFunction = void (*)(Evaluator&, const Step&, std::size_t begin, const Scope&);

/// The shape of most criteria, linkId = 'x' or status in ('x' | 'y'): a member of $this and the
/// texts of which it is to be one.
struct MemberTest {
  json::Key member;
  std::span<const json::Key> texts;

  const json::Key& text() const { return texts.front(); }
};

/// The shape code.memberOf('url'): a member of $this, and the value set that it is held against.
struct CodeTest {
  json::Key member;
  std::string_view value_set;
};

/// The shape of most other conditions on a resource, a.b.exists(code in ('x' | 'y')) for instance:
/// what it gives where $this has no such member, and where it has one, what is asked further down.
struct PathTest {
  enum class Asks : std::uint8_t {
    nothing,   // that can be told without running the chain
    presence,  // .exists(), .empty()
    texts,     // .exists(code in ('x' | 'y'))
    codes,     // .exists(memberOf('url')), .exists(code.memberOf('url'))
    code       // .memberOf('url')
  };

  json::Key member;       // of $this
  ModelName element = 0;  // its name in the FHIR model
  json::Key choice = {};  // a choice element's own name, where one type of it is asked for
  Truth missing = Truth::empty;
  Asks asks = Asks::nothing;
  bool negated = false;                  // what is found is no, what is not found is yes
  std::span<const json::Key> path = {};  // of the members below, down to what is asked
  const MemberTest* test = nullptr;      // texts
  std::string_view value_set = {};       // codes, code
};

/// What a chain's values depend on besides its constants.
struct Reads {
  bool focus = false;        // $this, or what a name without anything before it is read from
  bool environment = false;  // the record, variables, value sets, the date: fixed for an evaluation
  bool other = false;  // $index, $total, defineVariable(), what may come out differently again

  bool nothing() const { return !focus && !environment && !other; }
  void add(const Reads& more) {
    focus |= more.focus;
    environment |= more.environment;
    other |= more.other;
  }
};

struct Chain {
  const Step* steps = nullptr;
  std::uint32_t count = 0;
  Reads reads = {};
  bool is_constant = false;          // one step, whose values are known
  const MemberTest* test = nullptr;  // where the chain is nothing else
  const CodeTest* code_test = nullptr;
  const PathTest* path_test = nullptr;
  bool is_logic = false;  // one step, and, or, or implies, both of whose sides are parts

  const Step* begin() const { return steps; }
  const Step* end() const;
};

struct Step {
  StepFunction run = nullptr;
  const Chain* parts = nullptr;  // a function's arguments; an operator's right side
  std::uint32_t part_count = 0;
  std::uint32_t position = 0;      // in the expression's text
  const Syntax* origin = nullptr;  // what it was made of; null: a literal, and what nobody wrote

  std::string_view name;  // a member's, function's or operator's, as written
  json::Key key;          // member: its name in a record
  json::Key companion;    // member: its name with _ before it
  ModelName element = 0;  // member: its name in the FHIR model
  ChoiceName choice;      // member: what it is where JSON writes a choice element so
  bool exists = false;    // member: asked for by exists(), else by empty()

  const Value* constants = nullptr;  // a constant's values; sort(): a KeyOrder for each part
  std::uint32_t constant_count = 0;
  std::uint32_t slot = 0;  // variable, defineVariable(), once; weight(): that of %questionnaire
  const HostFunction* host = nullptr;
  const Regex* regex = nullptr;  // matches() and its like, where the pattern is constant
  TypeSpecifier type;            // is, as, ofType

  Collection values() const { return {constants, constant_count}; }
};

inline const Step* Chain::end() const {
  return steps + count;
}

/// What an Expression owns.
struct Plan {
  std::string text;
  std::unique_ptr<const Syntax> syntax;
  std::vector<HostFunction> functions;  // the caller's
  Arena arena;                          // everything else that root refers to
  Regexes regexes;
  Chain root;
  std::uint32_t local_count = 0;  // variables that defineVariable() names, and what is kept once
  bool traceable = false;         // every step stands for itself
  ModelType input_type = 0;       // as the caller told it
  Shape gives = anything();       // what it gives, where that was checked strictly
};

/// Fills root and what it refers to from plan.syntax.
void make_plan(Plan& plan, const Expression::Options& options);

struct Expression::Program : Plan {};

struct ExpressionAccess {
  static const Plan& plan(const Expression& expression) { return *expression.program_; }
};

/// What a compiled expression gives, where that depends on no record; lives as long as it.
std::optional<Collection> constant_values(const Expression& expression);

/// The syntax tree of a compiled expression: lives as long as the expression.
const Syntax& syntax_of(const Expression& expression);

}  // namespace fbss::fhirpath

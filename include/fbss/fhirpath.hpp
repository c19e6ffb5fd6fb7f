// SPDX-License-Identifier: Apache-2.0
// FHIRPath 2.0.0: compile an expression once, evaluate it over any number of records.
//
//     using namespace fbss::fhirpath;
//     auto expression = Expression::compile("name.where(use = 'official').given.first()");
//     fbss::Document patient;
//     Workspace workspace;
//     if (expression && patient.parse(json))
//       if (auto result = evaluate(*expression, {.input = patient.root()}, workspace))
//         for (const Value& value : *result) std::cout << to_text(value) << '\n';
//
// Threads and lifetimes, once for the whole header: an Expression is immutable, any number of
// threads may evaluate it. A Workspace belongs to one thread; the values that evaluate() returns
// are valid until that Workspace evaluates again, and as long as the Expression, the Document and
// the variables that they came from. Once a Workspace is warm, evaluating allocates nothing.
//
// Errors: compile() refuses everything that can be known without a record (syntax_error,
// unknown_variable, unknown_function, wrong_arguments, unknown_type, not_supported,
// limit_exceeded; Options::strict: unknown_element, no_order, wrong_operand, not_boolean too), with
// Problem::line and column in the expression. evaluate() fails with not_a_single_value,
// wrong_operand or limit_exceeded; "no answer" is an empty result.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/error.hpp>
#include <fbss/limits.hpp>

namespace fbss::fhirpath {

class ValueSets;  // value_sets.hpp

/// What a value is. `node` is a part of a record that is no System value yet (operators and
/// functions convert it).
enum class Type : std::uint8_t {
  boolean,
  integer,
  long_integer,
  decimal,
  string,
  date,
  date_time,
  time,
  quantity,
  node,
  type_info
};

/// One value: 24 bytes, cheap to copy, owns nothing (see "lifetimes" above).
class Value {
 public:
  Value() = default;
  static Value of_boolean(bool value);
  static Value of_integer(std::int64_t value);
  static Value of_string(std::string_view text);  ///< borrows the text
  static Value of_node(JsonNode node);

  Type type() const { return static_cast<Type>(head_ & 0xFF); }
  bool boolean() const;             ///< where type() is boolean
  std::int64_t integer() const;     ///< where type() is integer or long_integer
  std::string_view string() const;  ///< where type() is string
  JsonNode node() const;            ///< where type() is node

 private:
  friend struct ValueAccess;  // lib/fhirpath/value.hpp: the other kinds, which are made of internal
                              // types
  // Its Type in the lowest eight bits; above them what the kind needs besides: a string's bytes, a
  // decimal's digits behind the point, a node's type in the FHIR model. One number, since it is
  // copied with what follows at once.
  std::uint64_t head_ = 0;
  std::uint64_t first_ = 0, second_ = 0;  // pointer, integer, the halves of a decimal, a Temporal
};
static_assert(sizeof(Value) == 24);

/// The value as text: what toString() gives ("true", "1.50", "2026-11-21", "4 'mg'"); a node's
/// text, or its JSON.
std::string to_text(const Value& value);

/// The value's type as the official test suite names it: "boolean", "integer", "decimal", "string",
/// "date", "dateTime", "time", "Quantity", or a node's FHIR type where it is known.
std::string_view type_name(const Value& value);

using Collection = std::span<const Value>;

/// Where a host function puts its values.
class HostResults {
 public:
  virtual ~HostResults() = default;
  virtual void push(const Value& value) = 0;
  /// A copy of the text that lasts as long as the evaluation's values.
  virtual std::string_view keep(std::string_view text) = 0;
};

/// A function that the caller adds to the language, or puts in the place of one of its own.
struct HostFunction {
  std::string name;
  std::size_t arguments = 0;  ///< it takes exactly so many; 16 at most
  /// Called for each call within a record, on the evaluating thread. It must not throw.
  std::function<void(Collection input, std::span<const Collection> arguments, HostResults&)> call;
};

class Expression {
 public:
  struct Options {
    std::vector<std::string> variables = {};  ///< names that %name may read, beside those of the
                                              ///< standard; their order is their slot
    std::vector<HostFunction> functions = {};
    /// Refuses at compile what the types of FHIR R4 rule out: elements that do not exist, a wrong
    /// type at the beginning, what depends on the order of a collection that has none.
    bool strict = false;
    std::string input_type = {};  ///< the FHIR type of Environment::input ("Patient"), where known
    /// For `strict`, by slot: the expression whose result the variable is to hold, compiled
    /// strictly too; null, or no entry: anything.
    std::vector<const Expression*> variable_values = {};
    /// By slot: a variable's values, where they are known already and never change; nothing, or no
    /// entry: they are not. What depends on these alone is worked out once, here. The records that
    /// they are of have to outlive the expression. Environment::variables still has its entry.
    std::vector<std::optional<Collection>> known_values = {};
    /// Keeps every step apart, for Environment::on_step; slower.
    bool traceable = false;
    Limits limits = {};
  };

  /// Cost: some microseconds. The text is copied.
  static Result<Expression> compile(std::string_view text, const Options& options);
  static Result<Expression> compile(std::string_view text) { return compile(text, Options{}); }

  std::string_view text() const;

  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  ~Expression();

 private:
  struct Program;
  friend struct ExpressionAccess;  // lib/fhirpath/plan.hpp
  explicit Expression(std::unique_ptr<const Program> program);
  std::unique_ptr<const Program> program_;
};

/// One step of an evaluation and the values that it left. Literals are no steps.
struct TracedStep {
  std::string_view text;  ///< the part of the expression that was evaluated
  std::size_t position;   ///< where it stands in the expression, in bytes
  std::size_t depth;      ///< how many brackets deep, from 0
  std::int32_t index;     ///< $index of the item that it was evaluated for; -1: for none of several
  Collection values;      ///< valid during the call
};

/// What an evaluation reads.
struct Environment {
  JsonNode input = {};          ///< the focus at the start, and %context; may be nothing
  JsonNode resource = {};       ///< %resource; nothing: the input
  JsonNode root_resource = {};  ///< %rootResource, and where resolve() looks; nothing: %resource
  JsonNode bundle = {};         ///< a Bundle in which resolve() looks besides
  std::span<const Collection> variables =
      {};                       ///< one collection a name of Expression::Options::variables
  std::string_view today = {};  ///< ISO date that today() gives; empty: today() is empty
  std::string_view now =
      {};  ///< ISO date-time that now() and timeOfDay() give; empty: they are empty
  std::string* trace = nullptr;           ///< where trace() writes its lines; null: nowhere
  const ValueSets* value_sets = nullptr;  ///< what memberOf() knows; null: nothing
  /// Called behind every step of an expression that was compiled as traceable; must not throw.
  const std::function<void(const TracedStep&)>* on_step = nullptr;
};

/// The memory of evaluations, reused from one to the next.
class Workspace {
 public:
  explicit Workspace(const Limits& limits = {});
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;

 private:
  friend struct WorkspaceAccess;  // lib/fhirpath/evaluate.hpp
  struct State;
  std::unique_ptr<State> state_;
};

Result<Collection> evaluate(const Expression& expression, const Environment& environment,
                            Workspace& workspace);

}  // namespace fbss::fhirpath

// SPDX-License-Identifier: Apache-2.0
// The syntax tree to a plan: names resolved, arguments counted, types found, constants folded. What
// a plan refers to lies in its arena.
#include "fhirpath/plan.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.hpp"
#include "fhirpath/evaluate.hpp"
#include "fhirpath/failure.hpp"
#include "fhirpath/functions.hpp"
#include "fhirpath/navigate.hpp"
#include "fhirpath/operators.hpp"
#include "fhirpath/parser.hpp"

namespace fbss::fhirpath {
namespace {

// Folding gives up beyond this, and leaves the work to evaluate().
constexpr std::uint64_t kFoldingSteps = 1'000'000;

struct NamedConstant {
  std::string_view name, value;
};

constexpr NamedConstant kConstants[] = {{"ucum", "http://unitsofmeasure.org"},
                                        {"sct", "http://snomed.info/sct"},
                                        {"loinc", "http://loinc.org"}};
constexpr NamedConstant kPrefixes[] = {{"vs-", "http://hl7.org/fhir/ValueSet/"},
                                       {"ext-", "http://hl7.org/fhir/StructureDefinition/"}};
constexpr std::string_view kRecordNames[] = {"context", "resource", "rootResource"};

struct OperatorInfo {
  SyntaxKind kind;
  std::string_view sign;
  StepFunction run;
};

constexpr OperatorInfo kOperators[] = {
    {SyntaxKind::plus, "+", run_plus},
    {SyntaxKind::minus, "-", run_minus},
    {SyntaxKind::multiply, "*", run_multiply},
    {SyntaxKind::divide, "/", run_divide},
    {SyntaxKind::div, "div", run_div},
    {SyntaxKind::mod, "mod", run_mod},
    {SyntaxKind::add, "+", run_add},
    {SyntaxKind::subtract, "-", run_subtract},
    {SyntaxKind::concatenate, "&", run_concatenate},
    {SyntaxKind::is_type, "is", run_is},
    {SyntaxKind::as_type, "as", run_as},
    {SyntaxKind::union_of, "|", run_union},
    {SyntaxKind::less, "<", run_less},
    {SyntaxKind::less_or_equal, "<=", run_less_or_equal},
    {SyntaxKind::greater, ">", run_greater},
    {SyntaxKind::greater_or_equal, ">=", run_greater_or_equal},
    {SyntaxKind::equal, "=", run_equal},
    {SyntaxKind::equivalent, "~", run_equivalent},
    {SyntaxKind::not_equal, "!=", run_not_equal},
    {SyntaxKind::not_equivalent, "!~", run_not_equivalent},
    {SyntaxKind::in, "in", run_in},
    {SyntaxKind::contains, "contains", run_contains},
    {SyntaxKind::logical_and, "and", run_and},
    {SyntaxKind::logical_or, "or", run_or},
    {SyntaxKind::logical_xor, "xor", run_xor},
    {SyntaxKind::implies, "implies", run_implies},
    {SyntaxKind::indexer, "[]", run_indexer},
};

const OperatorInfo* find_operator(SyntaxKind kind) {
  const auto* found = std::ranges::find(kOperators, kind, &OperatorInfo::kind);
  return found == std::end(kOperators) ? nullptr : found;
}

// A sign before the digits of an integer is part of it: -2147483648 is an Integer, 2147483648 none.
bool is_signed_integer(const Syntax& syntax) {
  return syntax.kind == SyntaxKind::minus && (syntax.parts[0]->kind == SyntaxKind::integer ||
                                              syntax.parts[0]->kind == SyntaxKind::long_integer);
}

// What stands before a step in its chain; null where the step begins it.
const Syntax* input_of(const Syntax& syntax) {
  if (is_signed_integer(syntax)) return nullptr;
  const bool has_input = syntax.kind == SyntaxKind::member ? !syntax.parts.empty()
                         : syntax.kind == SyntaxKind::function
                             ? syntax.has_input
                             : find_operator(syntax.kind) != nullptr;
  return has_input ? syntax.parts[0].get() : nullptr;
}

// "System.Integer" of the tree that the parser makes of it where it takes it for a path; nothing
// for anything else.
std::optional<std::string> qualified_name(const Syntax& syntax) {
  if (syntax.kind != SyntaxKind::member) return std::nullopt;
  if (syntax.parts.empty()) return syntax.name;
  auto space = qualified_name(*syntax.parts[0]);
  return space ? std::optional(*space + "." + syntax.name) : std::nullopt;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> names,
                         std::string_view before, std::string_view after) {
  const auto near = nearest(word, names);
  if (!near) return ".";
  return ": did you mean " + std::string(before) + std::string(*near) + std::string(after) + "?";
}

// A step while its chain is being put together.
struct Draft {
  Step step;
  std::vector<Chain> parts;
  bool folds = false;  // constant where its input and its parts are
};

class Planner {
 public:
  Planner(Plan& plan, const Expression::Options& options) : arena_(plan.arena), options_(options) {}

  Chain chain(const Syntax& syntax) {
    std::vector<const Syntax*> spine;
    for (const Syntax* at = &syntax; at; at = input_of(*at)) spine.push_back(at);
    std::vector<Draft> drafts;
    drafts.reserve(spine.size() + 1);
    for (std::size_t i = spine.size(); i-- > 0;) add(*spine[i], drafts);
    return finish(std::move(drafts));
  }

 private:
  // ---- steps

  void add(const Syntax& syntax, std::vector<Draft>& drafts) {
    switch (syntax.kind) {
      case SyntaxKind::empty:
        return add_constant(syntax, {}, drafts);
      case SyntaxKind::boolean:
      case SyntaxKind::integer:
      case SyntaxKind::long_integer:
      case SyntaxKind::decimal:
      case SyntaxKind::string:
      case SyntaxKind::date:
      case SyntaxKind::date_time:
      case SyntaxKind::time:
      case SyntaxKind::quantity: {
        const Value value = literal(syntax, syntax.text);
        return add_constant(syntax, {&value, 1}, drafts);
      }
      case SyntaxKind::variable:
        return add_variable(syntax, drafts);
      case SyntaxKind::this_value:
        return add_plain(syntax, run_this, "$this", drafts);
      case SyntaxKind::index_value:
        if (!in_items_) refuse_special(syntax, "$index", "where() and select()");
        return add_plain(syntax, run_index, "$index", drafts);
      case SyntaxKind::total_value:
        if (!in_aggregate_) refuse_special(syntax, "$total", "aggregate()");
        return add_plain(syntax, run_total, "$total", drafts);
      case SyntaxKind::member:
        return add_member(syntax, drafts);
      case SyntaxKind::function:
        return add_function(syntax, drafts);
      default:
        return add_operator(syntax, drafts);
    }
  }

  static Draft draft(const Syntax& syntax, StepFunction run, std::string_view name) {
    Draft made;
    made.step.run = run;
    made.step.position = syntax.position;
    made.step.name = name;
    return made;
  }

  static void add_plain(const Syntax& syntax, StepFunction run, std::string_view name,
                        std::vector<Draft>& drafts) {
    drafts.push_back(draft(syntax, run, name));
  }

  void add_constant(const Syntax& syntax, Collection values, std::vector<Draft>& drafts) {
    Draft made = draft(syntax, run_constant, "");
    Value* place = arena_.make_array<Value>(values.size());
    std::ranges::copy(values, place);
    made.step.constants = place;
    made.step.constant_count = static_cast<std::uint32_t>(values.size());
    made.folds = true;
    drafts.push_back(std::move(made));
  }

  void add_variable(const Syntax& syntax, std::vector<Draft>& drafts) {
    const std::string_view name = syntax.name;
    const auto host = std::ranges::find(options_.variables, name);
    if (host != options_.variables.end()) {
      Draft made = draft(syntax, run_variable, arena_.copy(name));
      made.step.slot = static_cast<std::uint32_t>(host - options_.variables.begin());
      return drafts.push_back(std::move(made));
    }
    if (std::ranges::find(kRecordNames, name) != std::end(kRecordNames))
      return add_plain(syntax, run_context, arena_.copy(name), drafts);
    for (const NamedConstant& constant : kConstants)
      if (constant.name == name) return add_text(syntax, std::string(constant.value), drafts);
    for (const NamedConstant& prefix : kPrefixes)
      if (name.starts_with(prefix.name) && name.size() > prefix.name.size())
        return add_text(syntax, std::string(prefix.value) + syntax.name.substr(prefix.name.size()),
                        drafts);
    std::vector<std::string_view> names(options_.variables.begin(), options_.variables.end());
    for (std::string_view known : kRecordNames) names.push_back(known);
    for (const NamedConstant& constant : kConstants) names.push_back(constant.name);
    fail(ErrorCode::unknown_variable, syntax.position,
         "There is no variable %" + syntax.name + did_you_mean(name, names, "%", ""));
  }

  void add_text(const Syntax& syntax, const std::string& text, std::vector<Draft>& drafts) {
    const Value value = ValueAccess::of_string(arena_.copy(text));
    add_constant(syntax, {&value, 1}, drafts);
  }

  void add_member(const Syntax& syntax, std::vector<Draft>& drafts) {
    const std::string_view name = arena_.copy(syntax.name);
    const bool may_be_type = !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
    Draft made = draft(syntax,
                       !syntax.parts.empty() ? run_member
                       : may_be_type         ? run_type_or_member
                                             : run_member_of_this,
                       name);
    made.step.companion = arena_.copy("_" + syntax.name);
    made.step.signature = json::key_signature(name);
    made.step.companion_signature = json::key_signature(made.step.companion);
    made.step.type.model = find_model_type(name);
    drafts.push_back(std::move(made));
  }

  void add_operator(const Syntax& syntax, std::vector<Draft>& drafts) {
    if (is_signed_integer(syntax)) {
      const Syntax& number = *syntax.parts[0];
      const Value value = literal(number, "-" + number.text);
      return add_constant(syntax, {&value, 1}, drafts);
    }
    const OperatorInfo& info = *find_operator(syntax.kind);
    if (syntax.kind == SyntaxKind::union_of && drafts.back().step.run == run_union) {
      // a | b | c is one union of all, so that it looks for duplicates once.
      drafts.back().parts.push_back(chain(*syntax.parts[1]));
      return;
    }
    Draft made = draft(syntax, info.run, info.sign);
    if (info.run == run_is || info.run == run_as)
      made.step.type = type_named(syntax.name, syntax.position);
    if (syntax.parts.size() == 2) made.parts.push_back(chain(*syntax.parts[1]));
    made.folds = true;
    drafts.push_back(std::move(made));
  }

  void add_function(const Syntax& syntax, std::vector<Draft>& drafts) {
    const FunctionInfo& info = function_named(syntax);
    const auto arguments = std::span(syntax.parts).subspan(syntax.has_input ? 1 : 0);
    if (arguments.size() < info.least || arguments.size() > info.most)
      fail(ErrorCode::wrong_arguments, syntax.position, arity_message(info, arguments.size()));
    // Without an input a function takes $this.
    if (!syntax.has_input) add_plain(syntax, run_this, "$this", drafts);
    Draft made = draft(syntax, info.run, info.name);
    if (info.kind == FunctionKind::type) {
      const auto name = qualified_name(*arguments[0]);
      if (!name)
        fail(ErrorCode::wrong_arguments, arguments[0]->position,
             std::string(info.name) + "() takes the name of a type, such as Integer or Quantity.");
      made.step.type = type_named(*name, arguments[0]->position);
    } else {
      const bool outer_items = in_items_, outer_aggregate = in_aggregate_;
      in_items_ = in_items_ || info.kind != FunctionKind::plain;
      in_aggregate_ = in_aggregate_ || info.kind == FunctionKind::aggregate;
      for (const auto& argument : arguments) made.parts.push_back(chain(*argument));
      in_items_ = outer_items;
      in_aggregate_ = outer_aggregate;
    }
    made.folds = info.folds;
    drafts.push_back(std::move(made));
  }

  // ---- names

  static const FunctionInfo& function_named(const Syntax& syntax) {
    const FunctionInfo* info = find_function(syntax.name);
    if (!info)
      fail(ErrorCode::unknown_function, syntax.position,
           "There is no function " + syntax.name + "()" +
               did_you_mean(syntax.name, function_names(), "", "()"));
    if (!info->run)
      fail(ErrorCode::not_supported, syntax.position,
           "The function " + syntax.name + "() is not part of this version.");
    return *info;
  }

  static std::string arity_message(const FunctionInfo& info, std::size_t given) {
    std::string message = std::string(info.name) + "() takes ";
    if (info.most == 0) {
      message += "no arguments";
    } else {
      message += std::to_string(info.least);
      if (info.most != info.least) message += " or " + std::to_string(info.most);
      message += info.most == 1 ? " argument" : " arguments";
    }
    return message + ", here " + (given == 1 ? "is 1." : "are " + std::to_string(given) + ".");
  }

  static TypeSpecifier type_named(const std::string& name, std::uint32_t position) {
    if (const auto type = find_type(name)) return *type;
    fail(ErrorCode::unknown_type, position,
         "There is no type " + name + did_you_mean(name, type_names(), "", ""));
  }

  [[noreturn]] static void refuse_special(const Syntax& syntax, const char* name,
                                          const char* where) {
    fail(ErrorCode::unknown_variable, syntax.position,
         std::string(name) + " has a value only between the brackets of " + where + ".");
  }

  // ---- literals

  Value literal(const Syntax& syntax, std::string_view text) {
    switch (syntax.kind) {
      case SyntaxKind::boolean:
        return ValueAccess::of_boolean(text == "true");
      case SyntaxKind::string:
        return ValueAccess::of_string(arena_.copy(text));
      case SyntaxKind::date:
        return temporal(text, TemporalKind::date);
      case SyntaxKind::date_time:
        return temporal(text, TemporalKind::date_time);
      case SyntaxKind::time:
        return temporal(text, TemporalKind::time);
      case SyntaxKind::decimal:
        return ValueAccess::of_decimal(number(syntax, text));
      case SyntaxKind::quantity:
        return ValueAccess::of_quantity(arena_.make(
            Quantity{number(syntax, text), arena_.copy(syntax.name), syntax.calendar_unit}));
      default:
        break;
    }
    const auto whole = number(syntax, text).to_int64();
    const bool is_long = syntax.kind == SyntaxKind::long_integer;
    const Value value = whole ? Value::of_integer(*whole) : Value();
    if (whole && is_long) return ValueAccess::of_long(*whole);
    if (whole && value.type() == Type::integer) return value;
    fail(ErrorCode::syntax_error, syntax.position,
         is_long ? "The number does not fit: a Long reaches from -9223372036854775808 to "
                   "9223372036854775807."
                 : "The number does not fit: an Integer reaches from -2147483648 to 2147483647; "
                   "write a Long (10L) or a Decimal (10.0).");
  }

  static Value temporal(std::string_view text, TemporalKind kind) {
    return ValueAccess::of_temporal(*Temporal::parse(text, kind));  // the lexer has tried it
  }

  static Decimal number(const Syntax& syntax, std::string_view text) {
    if (const auto value = Decimal::parse(text)) return *value;
    fail(ErrorCode::syntax_error, syntax.position,
         "The number does not fit: it may have 28 digits in all.");
  }

  // ---- chains

  Chain finish(std::vector<Draft> drafts) {
    Step* steps = arena_.make_array<Step>(drafts.size());
    std::uint32_t count = 0;
    std::uint32_t constant = 0;  // so many steps from the left depend on no record
    for (Draft& made : drafts) {
      Chain* parts = arena_.make_array<Chain>(made.parts.size());
      std::ranges::copy(made.parts, parts);
      made.step.parts = parts;
      made.step.part_count = static_cast<std::uint32_t>(made.parts.size());
      const bool is_constant = made.folds && std::ranges::all_of(made.parts, &Chain::is_constant) &&
                               (count > 0 || made.step.run == run_constant);
      if (is_constant && constant == count) ++constant;
      if (made.step.run == call_where && made.step.parts->compares_member &&
          is_member(steps[count - 1])) {
        Step member = steps[--count];
        if (member.run == run_member_of_this) steps[count++].run = run_this;
        member.run = run_member_where;
        member.parts = made.step.parts;
        member.part_count = 1;
        steps[count++] = member;
        continue;
      }
      steps[count++] = made.step;
    }
    if (constant > 1 && fold({steps, constant}, steps[0])) {
      std::copy(steps + constant, steps + count, steps + 1);
      count -= constant - 1;
    }
    Chain made{steps, count};
    made.is_constant = count == 1 && steps[0].run == run_constant;
    made.compares_member = count == 2 && steps[0].run == run_member_of_this &&
                           steps[1].run == run_equal && is_single_string(*steps[1].parts);
    return made;
  }

  static bool is_member(const Step& step) {
    return step.run == run_member || step.run == run_member_of_this;
  }

  static bool is_single_string(const Chain& chain) {
    return chain.is_constant && chain.steps->constant_count == 1 &&
           chain.steps->constants[0].type() == Type::string;
  }

  // Evaluates a chain without a record into one constant step. False where it raises: whether it
  // does is for evaluate() to say, for it may stand where it is never run.
  bool fold(const Chain& chain, Step& result) {
    if (!folding_) {
      Limits limits = options_.limits;
      limits.evaluation_steps = std::min(limits.evaluation_steps, kFoldingSteps);
      folding_ = std::make_unique<Memory>(limits);
    }
    folding_->stack.cut(0);
    folding_->arena.reset();
    const Environment nothing;
    Evaluator evaluator(nothing, *folding_);
    try {
      evaluator.run(chain, Scope{});
    } catch (const Failure&) {
      return false;
    }
    const Collection values = folding_->stack.from(0);
    Value* place = arena_.make_array<Value>(values.size());
    std::ranges::transform(values, place, [this](const Value& value) { return kept(value); });
    const std::uint32_t position = result.position;
    result = Step{};
    result.run = run_constant;
    result.position = position;
    result.constants = place;
    result.constant_count = static_cast<std::uint32_t>(values.size());
    return true;
  }

  // The value with all that it borrows in the plan's arena.
  Value kept(const Value& value) {
    if (value.type() == Type::string)
      return ValueAccess::of_string(arena_.copy(ValueAccess::string(value)));
    if (value.type() != Type::quantity) return value;
    Quantity quantity = ValueAccess::quantity(value);
    quantity.unit = arena_.copy(quantity.unit);
    return ValueAccess::of_quantity(arena_.make(quantity));
  }

  Arena& arena_;
  const Expression::Options& options_;
  std::unique_ptr<Memory> folding_;
  bool in_items_ = false, in_aggregate_ = false;
};

}  // namespace

Expression::Expression(std::unique_ptr<const Program> program) : program_(std::move(program)) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

std::string_view Expression::text() const {
  return program_->text;
}

Result<Expression> Expression::compile(std::string_view text, const Options& options) {
  auto program = std::make_unique<Program>();
  try {
    program->syntax = parse(text, options.limits);
    program->root = Planner(*program, options).chain(*program->syntax);
  } catch (Failure& failure) {
    return to_problem(std::move(failure), text);
  }
  program->text = text;
  return Expression(std::move(program));
}

const Syntax& syntax_of(const Expression& expression) {
  return *ExpressionAccess::plan(expression).syntax;
}

}  // namespace fbss::fhirpath

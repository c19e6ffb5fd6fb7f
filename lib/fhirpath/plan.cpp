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

#include "fhirpath/assemble.hpp"
#include "fhirpath/evaluate.hpp"
#include "fhirpath/failure.hpp"
#include "fhirpath/functions.hpp"
#include "fhirpath/literals.hpp"
#include "fhirpath/locals.hpp"
#include "fhirpath/names.hpp"
#include "fhirpath/navigate.hpp"
#include "fhirpath/operators.hpp"

namespace fbss::fhirpath {
namespace {

// So many different ones an expression may hold, each of which takes up to Limits::regex_bytes.
constexpr std::size_t most_regexes = 64;

struct NamedConstant {
  std::string_view name, value;
};

constexpr NamedConstant known_constants[] = {{"ucum", "http://unitsofmeasure.org"},
                                             {"sct", "http://snomed.info/sct"},
                                             {"loinc", "http://loinc.org"}};
constexpr NamedConstant known_prefixes[] = {{"vs-", "http://hl7.org/fhir/ValueSet/"},
                                            {"ext-", "http://hl7.org/fhir/StructureDefinition/"}};

struct RecordName {
  std::string_view name;
  StepFunction run;
};

constexpr RecordName record_names[] = {
    {"context", run_context}, {"resource", run_resource}, {"rootResource", run_root_resource}};

struct OperatorInfo {
  SyntaxKind kind;
  std::string_view sign;
  StepFunction run;
};

constexpr OperatorInfo known_operators[] = {
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
  const auto* found = std::ranges::find(known_operators, kind, &OperatorInfo::kind);
  return found == std::end(known_operators) ? nullptr : found;
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

constexpr Reads reads_focus{.focus = true}, reads_environment{.environment = true},
    reads_other{.other = true};

using Arguments = std::span<const std::unique_ptr<Syntax>>;

class Planner {
 public:
  Planner(Plan& plan, const Expression::Options& options)
      : arena_(plan.arena),
        regexes_(plan.regexes),
        functions_(plan.functions),
        options_(options),
        chains_(arena_, options, locals_) {}

  Chain chain(const Syntax& syntax) {
    std::vector<const Syntax*> spine;
    for (const Syntax* at = &syntax; at; at = input_of(*at)) spine.push_back(at);
    std::vector<Draft> drafts;
    drafts.reserve(spine.size() + 1);
    const std::size_t outer = locals_.enter();
    for (std::size_t i = spine.size(); i-- > 0;) add(*spine[i], drafts);
    locals_.leave(outer);
    return chains_.put_together(std::move(drafts), in_items_);
  }

  std::uint32_t local_count() const { return locals_.count(); }

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
        const Value value = literal_value(syntax, syntax.text, arena_);
        return add_constant(syntax, {&value, 1}, drafts);
      }
      case SyntaxKind::variable:
        return add_variable(syntax, drafts);
      case SyntaxKind::this_value:
        return add_focus(syntax, drafts);
      case SyntaxKind::index_value:
        if (!in_items_) refuse_special(syntax, "$index", "where() and select()");
        return add_plain(syntax, run_index, "$index", reads_other, drafts);
      case SyntaxKind::total_value:
        if (!in_aggregate_) refuse_special(syntax, "$total", "aggregate()");
        return add_plain(syntax, run_total, "$total", reads_other, drafts);
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
    made.step.origin = &syntax;
    made.step.position = syntax.position;
    made.step.name = name;
    return made;
  }

  static void add_plain(const Syntax& syntax, StepFunction run, std::string_view name, Reads reads,
                        std::vector<Draft>& drafts) {
    Draft made = draft(syntax, run, name);
    made.reads = reads;
    drafts.push_back(std::move(made));
  }

  // $this, and what a function without an input takes.
  void add_focus(const Syntax& syntax, std::vector<Draft>& drafts) const {
    add_plain(syntax, whole_focus_ ? run_focus : run_this, "$this", reads_focus, drafts);
  }

  void add_constant(const Syntax& syntax, Collection values, std::vector<Draft>& drafts) {
    Draft made = draft(syntax, run_constant, "");
    if (syntax.kind != SyntaxKind::variable) made.step.origin = nullptr;
    Value* place = arena_.make_array<Value>(values.size());
    std::ranges::copy(values, place);
    made.step.constants = place;
    made.step.constant_count = static_cast<std::uint32_t>(values.size());
    drafts.push_back(std::move(made));
  }

  void add_variable(const Syntax& syntax, std::vector<Draft>& drafts) {
    const std::string_view name = syntax.name;
    if (const auto local = locals_.find(name)) {
      Draft made = draft(syntax, run_local, arena_.copy(name));
      made.step.slot = *local;
      made.reads = reads_other;
      return drafts.push_back(std::move(made));
    }
    if (const std::uint32_t slot = slot_of(name); slot < options_.variables.size()) {
      if (slot < options_.known_values.size() && options_.known_values[slot])
        return add_constant(syntax, *options_.known_values[slot], drafts);
      Draft made = draft(syntax, run_variable, arena_.copy(name));
      made.step.slot = slot;
      made.reads = reads_environment;
      return drafts.push_back(std::move(made));
    }
    for (const RecordName& record : record_names)
      if (record.name == name)
        return add_plain(syntax, record.run, record.name, reads_environment, drafts);
    for (const NamedConstant& constant : known_constants)
      if (constant.name == name) return add_text(syntax, std::string(constant.value), drafts);
    for (const NamedConstant& prefix : known_prefixes)
      if (name.starts_with(prefix.name) && name.size() > prefix.name.size())
        return add_text(syntax, std::string(prefix.value) + syntax.name.substr(prefix.name.size()),
                        drafts);
    if (locals_.was_defined(name))
      fail(ErrorCode::unknown_variable, syntax.position,
           "%" + syntax.name +
               " has a value only behind its defineVariable(), in the same chain of steps and "
               "between the brackets there.");
    std::vector<std::string_view> names(options_.variables.begin(), options_.variables.end());
    for (const RecordName& record : record_names) names.push_back(record.name);
    for (const NamedConstant& constant : known_constants) names.push_back(constant.name);
    fail(ErrorCode::unknown_variable, syntax.position,
         "There is no variable %" + syntax.name + did_you_mean(name, names, "%", ""));
  }

  // The place of the caller's variable; as many as there are where none is called so.
  std::uint32_t slot_of(std::string_view variable) const {
    return static_cast<std::uint32_t>(std::ranges::find(options_.variables, variable) -
                                      options_.variables.begin());
  }

  void add_text(const Syntax& syntax, const std::string& text, std::vector<Draft>& drafts) {
    const Value value = ValueAccess::of_string(arena_.copy(text));
    add_constant(syntax, {&value, 1}, drafts);
  }

  void add_member(const Syntax& syntax, std::vector<Draft>& drafts) {
    if (whole_focus_ && syntax.parts.empty()) return add_member_of_focus(syntax, drafts);
    const std::string_view name = arena_.copy(syntax.name);
    const bool may_be_type = !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
    Draft made = draft(syntax,
                       !syntax.parts.empty() ? run_member
                       : may_be_type         ? run_type_or_member
                                             : run_member_of_this,
                       name);
    made.step.key = json::Key(name);
    made.step.companion = json::Key(arena_.copy("_" + syntax.name));
    made.step.element = find_model_name(name);
    made.step.choice = find_choice_name(name).value_or(ChoiceName{});
    if (may_be_type) made.step.type.model = find_model_type(name);
    made.reads.focus = syntax.parts.empty();
    drafts.push_back(std::move(made));
  }

  // The name is read from each value of the focus.
  void add_member_of_focus(const Syntax& syntax, std::vector<Draft>& drafts) {
    add_focus(syntax, drafts);
    Draft made = draft(syntax, call_select, "select");
    drafts.back().step.origin = made.step.origin = nullptr;
    whole_focus_ = false;
    made.add_part_of_input(chain(syntax));
    whole_focus_ = true;
    drafts.push_back(std::move(made));
  }

  void add_operator(const Syntax& syntax, std::vector<Draft>& drafts) {
    if (is_signed_integer(syntax)) {
      const Syntax& number = *syntax.parts[0];
      const Value value = literal_value(number, "-" + number.text, arena_);
      return add_constant(syntax, {&value, 1}, drafts);
    }
    if (syntax.kind != SyntaxKind::indexer) locals_.forget();
    const OperatorInfo& info = *find_operator(syntax.kind);
    if (syntax.kind == SyntaxKind::union_of && drafts.back().step.run == run_union &&
        !chains_.shows_steps()) {
      // a | b | c is one union of all, so that it looks for duplicates once.
      drafts.back().add_part(chain(*syntax.parts[1]));
      return;
    }
    Draft made = draft(syntax, info.run, info.sign);
    if (info.run == run_is || info.run == run_as)
      made.step.type = type_named(syntax.name, syntax.position);
    if (syntax.parts.size() == 2) made.add_part(chain(*syntax.parts[1]));
    drafts.push_back(std::move(made));
  }

  void add_function(const Syntax& syntax, std::vector<Draft>& drafts) {
    const auto host = std::ranges::find(functions_, syntax.name, &HostFunction::name);
    const FunctionInfo info =
        host != functions_.end() ? host_info(*host, syntax.position) : function_named(syntax);
    const Arguments arguments = Arguments(syntax.parts).subspan(syntax.has_input ? 1 : 0);
    check_arity(info, arguments.size(), syntax.position);
    // Without an input a function takes $this.
    if (!syntax.has_input) {
      add_focus(syntax, drafts);
      drafts.back().step.origin = nullptr;
    }
    Draft made = draft(syntax, info.run, info.name);
    if (host != functions_.end()) made.step.host = &*host;
    if (info.run == call_weight) made.step.slot = slot_of("questionnaire");
    if (info.kind == FunctionKind::type) {
      const auto name = qualified_name(*arguments[0]);
      if (!name)
        fail(ErrorCode::wrong_arguments, arguments[0]->position,
             std::string(info.name) + "() takes the name of a type, such as Integer or Quantity.");
      made.step.type = type_named(*name, arguments[0]->position);
    } else if (info.run == call_define_variable) {
      define_local(arguments, info, made);
    } else if (info.run == call_sort) {
      add_sort_keys(arguments, info, made);
    } else {
      for (std::size_t i = 0; i < arguments.size(); ++i) add_argument(*arguments[i], info, i, made);
    }
    if (info.kind == FunctionKind::regex)
      made.step.regex = constant_regex(info, made.parts, arguments);
    const bool varies = info.run == call_trace || info.run == call_host;
    made.reads.add(varies ? reads_other : info.folds ? Reads{} : reads_environment);
    drafts.push_back(std::move(made));
  }

  // An argument, in the focus that its function gives it.
  void add_argument(const Syntax& syntax, const FunctionInfo& info, std::size_t number,
                    Draft& made) {
    // What aggregate() begins with is evaluated before it goes through the items.
    const bool is_plain = info.kind == FunctionKind::plain || info.kind == FunctionKind::regex ||
                          (info.kind == FunctionKind::aggregate && number == 1);
    if (is_plain) return made.add_part(chain(syntax));
    const bool outer_items = in_items_, outer_aggregate = in_aggregate_, outer_focus = whole_focus_;
    in_items_ =
        in_items_ || info.kind == FunctionKind::each || info.kind == FunctionKind::aggregate;
    in_aggregate_ = in_aggregate_ || info.kind == FunctionKind::aggregate;
    whole_focus_ = info.kind == FunctionKind::whole;
    made.add_part_of_input(chain(syntax));
    in_items_ = outer_items;
    in_aggregate_ = outer_aggregate;
    whole_focus_ = outer_focus;
  }

  // The keys of sort(). A minus before one stands for its order, so that it turns texts too.
  void add_sort_keys(Arguments arguments, const FunctionInfo& info, Draft& made) {
    Value* orders = arena_.make_array<Value>(arguments.size());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const Syntax& key = *arguments[i];
      const bool is_negated = key.sort_order == SortOrder::unspecified &&
                              key.kind == SyntaxKind::minus && !is_signed_integer(key);
      const KeyOrder order = is_negated                                ? KeyOrder::negated
                             : key.sort_order == SortOrder::descending ? KeyOrder::descending
                                                                       : KeyOrder::ascending;
      orders[i] = ValueAccess::of_integer(static_cast<std::int32_t>(order));
      add_argument(is_negated ? *key.parts[0] : key, info, i, made);
    }
    made.step.constants = orders;
    made.step.constant_count = static_cast<std::uint32_t>(arguments.size());
  }

  // The variable is seen by what comes behind, so its own value is planned first.
  void define_local(Arguments arguments, const FunctionInfo& info, Draft& made) {
    // Its name has to be known here, also where steps are to be shown: it is none of them.
    const bool shows_steps = chains_.shows_steps();
    chains_.show_steps(false);
    const Chain name = chain(*arguments[0]);
    chains_.show_steps(shows_steps);
    const std::uint32_t position = arguments[0]->position;
    if (!is_single_string(name) || ValueAccess::string(*name.steps->constants).empty())
      fail(ErrorCode::wrong_arguments, position,
           "defineVariable() takes the variable's name as its first argument: a text in quotes, "
           "without %.");
    const std::string_view text = ValueAccess::string(*name.steps->constants);
    if (is_variable(text))
      fail(ErrorCode::wrong_arguments, position,
           "There is a variable %" + std::string(text) + " here already: choose another name.");
    if (arguments.size() == 2) add_argument(*arguments[1], info, 1, made);
    made.step.slot = locals_.define(text);
    made.reads.other = true;
  }

  bool is_variable(std::string_view name) const {
    return locals_.find(name) || slot_of(name) < options_.variables.size() ||
           std::ranges::find(record_names, name, &RecordName::name) != std::end(record_names) ||
           std::ranges::find(known_constants, name, &NamedConstant::name) !=
               std::end(known_constants) ||
           std::ranges::any_of(known_prefixes, [&](const NamedConstant& prefix) {
             return name.starts_with(prefix.name);
           });
  }

  // A pattern that depends on no record is compiled here, and refused here; null for others.
  const Regex* constant_regex(const FunctionInfo& info, std::span<const Chain> parts,
                              std::span<const std::unique_ptr<Syntax>> arguments) {
    RegexFlags flags;
    if (parts.size() == info.most) {
      if (!is_single_string(parts.back())) return nullptr;
      flags = flags_of(ValueAccess::string(*parts.back().steps->constants),
                       ErrorCode::wrong_arguments, {info.name, arguments.back()->position});
    }
    if (!is_single_string(parts[0])) return nullptr;
    return &regexes_.constant(ValueAccess::string(*parts[0].steps->constants), flags,
                              {info.name, arguments[0]->position});
  }

  // ---- names

  static FunctionInfo host_info(const HostFunction& host, std::uint32_t position) {
    if (!host.call || host.arguments > most_host_arguments)
      fail(ErrorCode::wrong_arguments, position,
           "The caller's function " + host.name + "() is " +
               (host.call
                    ? "to take more than " + std::to_string(most_host_arguments) + " arguments."
                    : "empty: nothing would run."));
    const auto arguments = static_cast<std::uint8_t>(host.arguments);
    return {host.name, call_host, arguments, arguments, FunctionKind::plain, false};
  }

  const FunctionInfo& function_named(const Syntax& syntax) const {
    const FunctionInfo* info = find_function(syntax.name);
    if (!info) {
      std::vector<std::string_view> names = function_names();
      for (const HostFunction& host : functions_) names.push_back(host.name);
      fail(ErrorCode::unknown_function, syntax.position,
           "There is no function " + syntax.name + "()" +
               did_you_mean(syntax.name, names, "", "()"));
    }
    if (!info->run)
      fail(ErrorCode::not_supported, syntax.position,
           "The function " + syntax.name +
               "() is not part of this version: it reads profiles (StructureDefinition), and none "
               "can be given.");
    return *info;
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

  static bool is_single_string(const Chain& chain) {
    return chain.is_constant && chain.steps->constant_count == 1 &&
           chain.steps->constants[0].type() == Type::string;
  }

  Arena& arena_;
  Regexes& regexes_;
  const std::vector<HostFunction>& functions_;
  const Expression::Options& options_;
  bool in_items_ = false, in_aggregate_ = false;
  bool whole_focus_ = false;  // the focus is a collection, not $this alone
  Locals locals_;
  Assembler chains_;
};

}  // namespace

void make_plan(Plan& plan, const Expression::Options& options) {
  plan.functions = options.functions;
  plan.regexes = Regexes(most_regexes, options.limits.regex_bytes);
  plan.traceable = options.traceable;
  plan.input_type = find_model_type(options.input_type);
  Planner planner(plan, options);
  plan.root = planner.chain(*plan.syntax);
  plan.local_count = planner.local_count();
}

}  // namespace fbss::fhirpath

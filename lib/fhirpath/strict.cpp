// SPDX-License-Identifier: Apache-2.0
// One walk over the syntax tree that carries the shape of what each part gives. Like the plan it
// goes along a chain of steps in a loop, so that only brackets cost depth.
#include "fhirpath/strict.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fhirpath/failure.hpp"
#include "fhirpath/functions.hpp"
#include "fhirpath/names.hpp"
#include "fhirpath/plan.hpp"
#include "fhirpath/strict_rules.hpp"

namespace fbss::fhirpath {
namespace {

// repeat() is followed until its types are complete, and no further than this; where one stands
// within another, all their rounds together are bounded by the steps.
constexpr std::size_t most_rounds = 32, most_steps = 100'000;

struct Takes {
  TypeSet types;
  const char* words;
};

constexpr Takes takes_words[] = {{text_types, "a text"},
                                 {truth_types, "a Boolean"},
                                 {integer_types, "an integer"},
                                 {number_types, "a number"},
                                 {measure_types, "a number or a quantity"},
                                 {set_of(Type::date_time), "a date with a time"},
                                 {day_types, "a date"},
                                 {clock_types, "a time"},
                                 {moment_types, "a date or a time"},
                                 {ordered_types, "a text, a number, a quantity, a date or a time"}};

const char* words_of(TypeSet types) {
  const auto* found = std::ranges::find(takes_words, types, &Takes::types);
  return found == std::end(takes_words) ? "a number, a quantity, a date or a time" : found->words;
}

// What stands before a step in its chain; null where the step begins it.
const Syntax* input_of(const Syntax& syntax) {
  const bool has_input =
      syntax.kind == SyntaxKind::function ? syntax.has_input : !syntax.parts.empty();
  return has_input ? syntax.parts[0].get() : nullptr;
}

// Types that can be compared with each other.
TypeSet comparable_with(TypeSet types) {
  TypeSet made = 0;
  for (const TypeSet group : {text_types, measure_types, day_types, set_of(Type::time)})
    if ((types & group) != 0) made |= group;
  return made;
}

struct Variable {
  std::string name;
  Shape shape;
};

struct Scope {
  Shape self;
  std::vector<Variable> variables;
};

class Checker {
 public:
  Checker(std::string_view text, const Expression::Options& options)
      : text_(text), options_(options), record_(record_of(options)) {}

  Shape run(const Syntax& syntax) { return chain(syntax, {record_, {}}); }

 private:
  static Shape record_of(const Expression::Options& options) {
    if (options.input_type.empty()) return anything();
    if (const ModelType type = find_model_type(options.input_type)) return shape_of_model(type);
    fail(ErrorCode::unknown_type, 0,
         "The input is said to be of the type " + options.input_type + ", which does not exist" +
             did_you_mean(options.input_type, type_names()));
  }

  // The scope is a copy: a variable that is defined in a chain is seen further on in it.
  Shape chain(const Syntax& syntax, Scope scope) {
    std::vector<const Syntax*> spine;
    for (const Syntax* at = &syntax; at; at = input_of(*at)) spine.push_back(at);
    Shape shape;
    for (std::size_t i = spine.size(); i-- > 0;) {
      const bool begins = i + 1 == spine.size();
      shape = step(*spine[i], begins ? scope.self : shape, begins, scope);
    }
    return shape;
  }

  Shape step(const Syntax& syntax, const Shape& input, bool begins, Scope& scope) {
    if (++steps_ > most_steps)
      fail(ErrorCode::limit_exceeded, syntax.position,
           "The types of the expression cannot be followed in " + std::to_string(most_steps) +
               " steps: nest fewer repeat().");
    switch (syntax.kind) {
      case SyntaxKind::empty:
        return {};
      case SyntaxKind::boolean:
        return shape_of(Type::boolean);
      case SyntaxKind::integer:
      case SyntaxKind::index_value:
        return shape_of(Type::integer);
      case SyntaxKind::long_integer:
        return shape_of(Type::long_integer);
      case SyntaxKind::decimal:
        return shape_of(Type::decimal);
      case SyntaxKind::string:
        return shape_of(Type::string);
      case SyntaxKind::date:
        return shape_of(Type::date);
      case SyntaxKind::date_time:
        return shape_of(Type::date_time);
      case SyntaxKind::time:
        return shape_of(Type::time);
      case SyntaxKind::quantity:
        return shape_of(Type::quantity);
      case SyntaxKind::variable:
        return variable(syntax, scope);
      case SyntaxKind::this_value:
        return scope.self;
      case SyntaxKind::total_value:
        return anything_many();
      case SyntaxKind::member:
        return begins ? first_member(syntax, input) : member(syntax, input);
      case SyntaxKind::function:
        return call(syntax, input, scope);
      default:
        return apply(syntax, input, scope);
    }
  }

  // ---- terms and members

  static Shape anything_many() {
    Shape made = anything();
    made.is_many = true;
    return made;
  }

  Shape variable(const Syntax& syntax, const Scope& scope) const {
    const auto found = std::find_if(scope.variables.rbegin(), scope.variables.rend(),
                                    [&](const Variable& v) { return v.name == syntax.name; });
    if (found != scope.variables.rend()) return found->shape;
    const auto given = std::ranges::find(options_.variables, syntax.name);
    if (given != options_.variables.end()) return value_of(given - options_.variables.begin());
    if (syntax.name == "context") return record_;
    if (syntax.name == "resource")
      return std::ranges::all_of(record_.models, is_resource) ? record_ : anything();
    return syntax.name == "rootResource" ? anything() : shape_of(Type::string);  // %ucum, %loinc …
  }

  // What a variable of the caller holds.
  Shape value_of(std::ptrdiff_t slot) const {
    const auto place = static_cast<std::size_t>(slot);
    const Expression* value =
        place < options_.variable_values.size() ? options_.variable_values[place] : nullptr;
    return value ? ExpressionAccess::plan(*value).gives : anything_many();
  }

  // A path may begin with the type of what it is about.
  Shape first_member(const Syntax& syntax, const Shape& self) {
    const std::string& name = syntax.name;
    const bool may_be_type = !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
    const ModelType type = may_be_type ? find_model_type(name) : ModelType{0};
    if (type == 0 || self.is_nothing()) return member(syntax, self);
    if (self.is_anything) {
      Shape made = anything(self);
      if (!is_resource(type)) return made;
      made = shape_of_model(type);
      made.is_many = self.is_many;
      return made;
    }
    Shape made;
    for (const ModelType model : self.models) {
      if (is_kind_of(model, type)) made.add(model);
      if (is_kind_of(type, model)) made.add(type);
    }
    if (made.is_nothing())
      refuse(ErrorCode::unknown_element, syntax,
             "The path begins with " + name + ", but what stands here is of the type " +
                 words_of(self) + ".");
    return made;
  }

  Shape member(const Syntax& syntax, const Shape& input) {
    if (const auto found = elements_of(input, syntax.name)) return *found;
    const auto choice = find_choice_name(syntax.name);
    const bool has_choice = choice && std::ranges::any_of(input.models, [&](ModelType type) {
                              const auto element = find_element(type, choice->base);
                              return element && std::ranges::find(element->choices, choice->type) !=
                                                    element->choices.end();
                            });
    std::string message = words_of(input) + " has no element " + syntax.name;
    if (has_choice) {
      const std::string_view type = model_type_name(choice->type);
      const std::string base = syntax.name.substr(0, syntax.name.size() - type.size());
      message += ", which is only how JSON writes it: write " + base + ".ofType(" +
                 std::string(type) + ").";
    } else {
      std::vector<std::string_view> names;
      for (const ModelType type : input.models)
        for (const std::string_view name : element_names(type)) names.push_back(name);
      message += did_you_mean(syntax.name, names);
    }
    refuse(ErrorCode::unknown_element, syntax, std::move(message));
    return {};
  }

  // ---- functions

  Shape call(const Syntax& syntax, const Shape& input, Scope& scope) {
    const auto arguments = std::span(syntax.parts).subspan(syntax.has_input ? 1 : 0);
    const auto host = std::ranges::find(options_.functions, syntax.name, &HostFunction::name);
    if (host != options_.functions.end()) {
      for (const auto& argument : arguments) chain(*argument, scope);
      return anything_many();
    }
    const FunctionRule& rule = rule_of(syntax.name);
    const std::string name = syntax.name + "()";
    if (rule.goes_by_place) expect_order(input, syntax, name);
    if (rule.takes != 0) expect_types(input, rule.takes, syntax, name);

    const FunctionKind kind = find_function(syntax.name)->kind;
    const Scope inner = scope_of_arguments(kind, input, scope);
    if (rule.gives == Gives::repetition) return repetition(*arguments[0], input, inner);
    std::vector<Shape> given;
    if (kind != FunctionKind::type)
      for (const auto& argument : arguments) given.push_back(chain(key_of(*argument, rule), inner));
    if (rule.has_condition && !given.empty()) expect_condition(given[0], *arguments[0], name);
    return result(rule, syntax, input, given, scope);
  }

  static Scope scope_of_arguments(FunctionKind kind, const Shape& input, const Scope& scope) {
    Scope inner = scope;
    switch (kind) {
      case FunctionKind::each:
      case FunctionKind::aggregate:
      case FunctionKind::single:
        inner.self = one_item_of(input);
        break;
      case FunctionKind::whole:
        inner.self = input;
        break;
      case FunctionKind::plain:
      case FunctionKind::regex:
      case FunctionKind::type:
        break;
    }
    return inner;
  }

  // sort(-name): the sign says in which order.
  static const Syntax& key_of(const Syntax& argument, const FunctionRule& rule) {
    const bool is_signed = rule.gives == Gives::sorted && argument.kind == SyntaxKind::minus;
    return is_signed ? *argument.parts[0] : argument;
  }

  static Shape result(const FunctionRule& rule, const Syntax& syntax, const Shape& input,
                      const std::vector<Shape>& given, Scope& scope) {
    Shape made;
    switch (rule.gives) {
      case Gives::types:
        return shape_of(rule.result);
      case Gives::texts:
        made = shape_of(Type::string);
        made.is_many = true;
        return made;
      case Gives::input:
        return input;
      case Gives::item:
        return one_item_of(input);
      case Gives::sorted:
        made = input;
        made.is_unordered = false;
        return made;
      case Gives::system:
        return input.is_anything ? one_item_of(input) : shape_of(system_types(input));
      case Gives::projection:
        made = given[0];
        made.is_many = made.is_many || input.is_many;
        made.is_unordered = made.is_unordered || input.is_unordered;
        return made;
      case Gives::joined:
        made = input;
        made.add(given[0]);
        made.is_many = true;
        return made;
      case Gives::arguments:
        for (const Shape& shape : given) made.add(shape);
        return made;
      case Gives::branches:
        for (std::size_t i = 1; i < given.size(); ++i) made.add(given[i]);
        return made;
      case Gives::narrowed:
        return narrowed(input, *find_type(*qualified_name(*syntax.parts.back())));
      case Gives::tree:
        made = anything_many();
        made.is_unordered = true;
        return made;
      case Gives::variable:
        define(syntax, given, input, scope);
        return input;
      case Gives::extensions:
        made = shape_of_model(find_model_type("Extension"));
        made.is_many = true;
        made.is_unordered = input.is_unordered;
        return made;
      case Gives::repetition:
      case Gives::anything:
        break;
    }
    return anything_many();
  }

  static void define(const Syntax& syntax, const std::vector<Shape>& given, const Shape& input,
                     Scope& scope) {
    const Syntax& name = *syntax.parts[syntax.has_input ? 1 : 0];
    if (name.kind != SyntaxKind::string) return;
    scope.variables.push_back({name.text, given.size() > 1 ? given[1] : input});
  }

  // The projection is asked of what went in and of all that comes out: an element may be missing in
  // some of them, as `answer` is in the response of which somebody asks repeat(item | answer.item).
  // Only what none of them has is refused.
  Shape repetition(const Syntax& projection, const Shape& input, Scope inner) {
    const Shape asked = inner.self;
    Shape made;
    made.is_many = true;
    made.is_unordered = input.is_unordered;
    ++tolerant_;
    std::size_t rounds = 0;
    for (bool grows = true; grows && !made.is_anything && rounds < most_rounds; ++rounds) {
      const Shape before = made;
      made.add(chain(projection, inner));
      grows = made.models != before.models || made.system != before.system;
      if (made.is_anything) break;
      inner.self.add(one_item_of(made));
    }
    --tolerant_;
    if (made.is_anything) inner.self = asked;
    chain(projection, inner);
    return rounds < most_rounds ? made : anything(made);
  }

  // ---- operators

  Shape apply(const Syntax& syntax, const Shape& left, const Scope& scope) {
    const std::string sign(text_.substr(syntax.position, syntax.length));
    const Shape right = syntax.parts.size() == 2 ? chain(*syntax.parts[1], scope) : Shape{};
    switch (syntax.kind) {
      case SyntaxKind::is_type:
        return shape_of(Type::boolean);
      case SyntaxKind::as_type:
        return narrowed(left, *find_type(syntax.name));
      case SyntaxKind::union_of: {
        Shape made = left;
        made.add(right);
        made.is_many = true;
        return made;
      }
      case SyntaxKind::indexer:
        expect_order(left, syntax, "[ ]");
        expect_types(right, integer_types, syntax, "[ ]");
        return one_item_of(left);
      case SyntaxKind::plus:
      case SyntaxKind::minus:
        return calculated(syntax, sign, left, left, measure_types);
      case SyntaxKind::multiply:
      case SyntaxKind::divide:
      case SyntaxKind::div:
      case SyntaxKind::mod:
        return calculated(syntax, sign, left, right, measure_types);
      case SyntaxKind::add:
      case SyntaxKind::subtract:
        return calculated(syntax, sign, left, right, ordered_types);
      case SyntaxKind::concatenate:
        expect_types(left, text_types, syntax, sign);
        expect_types(right, text_types, syntax, sign);
        return shape_of(Type::string);
      case SyntaxKind::less:
      case SyntaxKind::less_or_equal:
      case SyntaxKind::greater:
      case SyntaxKind::greater_or_equal:
        expect_comparable(syntax, sign, left, right);
        return shape_of(Type::boolean);
      default:  // equality, membership, logic: they take anything
        return shape_of(Type::boolean);
    }
  }

  Shape calculated(const Syntax& syntax, const std::string& sign, const Shape& left,
                   const Shape& right, TypeSet takes) {
    expect_types(left, takes, syntax, sign);
    expect_types(right, takes, syntax, sign);
    if (left.is_nothing() || right.is_nothing()) return {};
    if (left.is_anything || right.is_anything) return anything();
    // A number may become one of another kind; what a date or a text was, it stays.
    const TypeSet types = (system_types(left) | system_types(right)) & takes;
    return shape_of((types & number_types) != 0 ? static_cast<TypeSet>(types | number_types)
                                                : types);
  }

  void expect_comparable(const Syntax& syntax, const std::string& sign, const Shape& left,
                         const Shape& right) {
    expect_types(left, ordered_types, syntax, sign);
    expect_types(right, ordered_types, syntax, sign);
    if (!left.is_known() || !right.is_known()) return;
    if ((comparable_with(system_types(left)) & system_types(right)) == 0)
      refuse(
          ErrorCode::wrong_operand, syntax,
          "\"" + sign + "\" cannot compare " + words_of(left) + " with " + words_of(right) + ".");
  }

  // ---- what is refused

  void expect_types(const Shape& shape, TypeSet takes, const Syntax& syntax,
                    const std::string& name) {
    if (!shape.is_known() || (system_types(shape) & takes) != 0) return;
    refuse(ErrorCode::wrong_operand, syntax,
           "\"" + name + "\" takes " + words_of(takes) + ", but what stands here is of the type " +
               words_of(shape) + ".");
  }

  void expect_condition(const Shape& shape, const Syntax& syntax, const std::string& name) {
    if (!shape.is_known() || (system_types(shape) & truth_types) != 0) return;
    refuse(ErrorCode::not_boolean, syntax,
           "The condition of \"" + name + "\" is a Boolean, but what stands here is of the type " +
               words_of(shape) + ": ask with exists() whether it is there.");
  }

  void expect_order(const Shape& shape, const Syntax& syntax, const std::string& name) {
    if (!shape.is_many || !shape.is_unordered) return;
    refuse(ErrorCode::no_order, syntax,
           "\"" + name +
               "\" takes items by their place, but children() and descendants() give theirs in no "
               "order: name the elements, or choose with where().");
  }

  void refuse(ErrorCode code, const Syntax& syntax, std::string message) const {
    if (tolerant_ == 0) fail(code, syntax.position, std::move(message));
  }

  std::string_view text_;
  const Expression::Options& options_;
  Shape record_;
  std::size_t steps_ = 0;
  std::size_t tolerant_ = 0;  // above 0 nothing is refused: a missing element is no items
};

}  // namespace

Shape check_strictly(const Syntax& syntax, std::string_view text,
                     const Expression::Options& options) {
  return Checker(text, options).run(syntax);
}

}  // namespace fbss::fhirpath

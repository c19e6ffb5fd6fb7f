// SPDX-License-Identifier: Apache-2.0
// The checks of rules that need no answers: what stands in an expression may stand there. In: a
// draft with compiled expressions. Out: faults, each at its character. Entered through
// check_logic().
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fhirpath/plan.hpp"
#include "questionnaire/draft.hpp"
#include "questionnaire/names.hpp"
#include "questionnaire/shapes.hpp"

namespace fbss {
namespace {

using fhirpath::Syntax;
using fhirpath::SyntaxKind;

class Checker {
 public:
  explicit Checker(Draft& draft)
      : draft_(draft),
        model_(*draft.model),
        names_(model_),
        // A variable that did not compile fits everywhere: its own fault is enough.
        variable_shapes_(model_.variables.size(), {ValueKind::nothing, false, nullptr}),
        variable_places_(model_.variables.size()) {}

  void check() {
    for (const ExpressionPlace& place : draft_.expressions)
      if (place.use == ExpressionPlace::Use::variable) variable_places_[place.owner] = &place;
    // In the order of the stages: a variable's shape is known before it is used.
    for (const Stage& stage : model_.stages) {
      if (stage.kind != Stage::Kind::variable) continue;
      at_ = variable_places_[stage.index];
      if (!draft_.condition(*at_).expression) continue;
      variable_shapes_[stage.index] = shape(root(*at_), nullptr);
    }
    for (const ExpressionPlace& place : draft_.expressions) {
      if (place.use == ExpressionPlace::Use::variable) continue;
      at_ = &place;
      if (!draft_.condition(place).expression) continue;
      const Syntax& syntax = root(place);
      need_boolean(shape(syntax, nullptr), syntax, "A whole condition");
    }
  }

 private:
  const Syntax& root(const ExpressionPlace& place) const {
    return fhirpath::syntax_of(*draft_.condition(place).expression);
  }

  void fault(ErrorCode code, const Syntax& syntax, std::string message) {
    fault(code, *at_, syntax, std::move(message));
  }
  void fault(ErrorCode code, const ExpressionPlace& place, const Syntax& syntax,
             std::string message) {
    draft_.faults.in_text(code, *place.text, syntax.position,
                          "In " + draft_.name(place) + ", at character " +
                              std::to_string(syntax.position + 1) +
                              " of the expression: " + std::move(message));
  }

  /// What a part of the present expression gives; faults within it are reported on the way. `focus`
  /// is what $this stands for, or null outside of criteria.
  Shape shape(const Syntax& syntax, const Shape* focus) {
    switch (syntax.kind) {
      case SyntaxKind::empty:
        return {ValueKind::nothing, false, nullptr};
      case SyntaxKind::boolean:
        return {ValueKind::boolean, false, nullptr};
      case SyntaxKind::integer:
      case SyntaxKind::long_integer:
      case SyntaxKind::decimal:
        return {ValueKind::number, false, nullptr};
      case SyntaxKind::string:
        return {ValueKind::string, false, nullptr};
      case SyntaxKind::date:
        return {ValueKind::date, false, nullptr};
      case SyntaxKind::date_time:
        return {ValueKind::date_time, false, nullptr};
      case SyntaxKind::time:
        return {ValueKind::time, false, nullptr};
      case SyntaxKind::quantity:
        return {ValueKind::quantity, false, nullptr};
      case SyntaxKind::variable:
        return variable(syntax);
      case SyntaxKind::this_value:
        if (focus) return *focus;
        fault(ErrorCode::bad_reference, syntax,
              "$this has a meaning only within where(), exists(), all() and select().");
        return {};
      case SyntaxKind::index_value:
        return {ValueKind::number, false, nullptr};
      case SyntaxKind::total_value:
        return {};
      case SyntaxKind::member:
        return member(syntax, focus);
      case SyntaxKind::function:
        return function(syntax, focus);
      case SyntaxKind::indexer: {
        Shape input = shape(*syntax.parts[0], focus);
        shape(*syntax.parts[1], focus);
        input.several = false;
        return input;
      }
      case SyntaxKind::plus:
      case SyntaxKind::minus:
        return {single(*syntax.parts[0], focus).kind, false, nullptr};
      case SyntaxKind::multiply:
      case SyntaxKind::divide:
      case SyntaxKind::div:
      case SyntaxKind::mod:
      case SyntaxKind::add:
      case SyntaxKind::subtract:
      case SyntaxKind::concatenate:
        return arithmetic(syntax, focus);
      case SyntaxKind::is_type:
        single(*syntax.parts[0], focus);
        return {ValueKind::boolean, false, nullptr};
      case SyntaxKind::as_type:
        return single(*syntax.parts[0], focus);
      case SyntaxKind::union_of: {
        const Shape left = shape(*syntax.parts[0], focus);
        Shape both = merge(left, shape(*syntax.parts[1], focus));
        both.several = true;
        return both;
      }
      case SyntaxKind::less:
      case SyntaxKind::less_or_equal:
      case SyntaxKind::greater:
      case SyntaxKind::greater_or_equal:
      case SyntaxKind::equal:
      case SyntaxKind::equivalent:
      case SyntaxKind::not_equal:
      case SyntaxKind::not_equivalent:
      case SyntaxKind::in:
      case SyntaxKind::contains:
        return comparison(syntax, focus);
      case SyntaxKind::logical_and:
      case SyntaxKind::logical_or:
      case SyntaxKind::logical_xor:
      case SyntaxKind::implies:
        for (const auto& part : syntax.parts)
          need_boolean(shape(*part, focus), *part, "Each side of and, or, xor and implies");
        return {ValueKind::boolean, false, nullptr};
    }
    return {};
  }

  Shape variable(const Syntax& syntax) {
    const auto slot = names_.slot(syntax.name);
    if (!slot) {
      fault(ErrorCode::bad_reference, syntax,
            "A rule reads answers and the file's own variables, and nothing of a record beside "
            "them." +
                draft_.faults.did_you_mean(syntax.name, names_.views()));
      return {};
    }
    if (*slot < model_.questions.size()) return shape_of_answer(*model_.questions[*slot]);
    return variable_shapes_[*slot - model_.questions.size()];
  }

  Shape member(const Syntax& syntax, const Shape* focus) {
    for (const auto& part : syntax.parts) shape(*part, focus);
    if (syntax.parts.empty() && names_.slot(syntax.name))
      fault(ErrorCode::bad_reference, syntax,
            "Without % this is no answer; write %" + syntax.name + ".");
    else
      fault(ErrorCode::bad_reference, syntax,
            "An answer has no parts, so this path leads nowhere; write %id for an answer.");
    return {};
  }

  Shape single(const Syntax& syntax, const Shape* focus) {
    Shape result = shape(syntax, focus);
    need_single(result, syntax);
    result.several = false;
    return result;
  }

  void need_single(const Shape& shape, const Syntax& syntax) {
    if (!shape.several) return;
    if (shape.question) {
      fault(ErrorCode::several_values, syntax,
            "The question \"" + shape.question->id +
                "\" takes several answers, and here stands a single one; write for instance "
                "iif(%" +
                shape.question->id + ".exists(), %" + shape.question->id + " contains 'code').");
    } else {
      fault(ErrorCode::several_values, syntax,
            "Here may be several values where a single one is needed; \"in\" and \"contains\" look "
            "for one value among several.");
    }
  }

  void need_boolean(const Shape& shape, const Syntax& syntax, std::string_view what) {
    if (shape.several) return need_single(shape, syntax);
    if (shape.kind == ValueKind::boolean || shape.kind == ValueKind::nothing) return;
    std::string message = std::string(what) + " is a single Boolean; this is " +
                          std::string(kind_name(shape.kind)) + ".";
    if (shape.question && shape.question->type == ItemType::choice)
      message += " Compare it with an option: %" + shape.question->id + " = '" +
                 shape.question->options.front().code + "'.";
    else if (shape.kind != ValueKind::any)
      message += " Compare it with a value.";
    fault(ErrorCode::not_boolean, syntax, std::move(message));
  }

  Shape arithmetic(const Syntax& syntax, const Shape* focus) {
    const Shape left = single(*syntax.parts[0], focus);
    const Shape right = single(*syntax.parts[1], focus);
    if (syntax.kind == SyntaxKind::concatenate) return {ValueKind::string, false, nullptr};
    const bool calendar = left.kind == ValueKind::date || left.kind == ValueKind::date_time ||
                          left.kind == ValueKind::time;
    if (calendar) {
      if (!comparable(right.kind, ValueKind::quantity)) mixed(syntax, left, right);
      return {left.kind, false, nullptr};
    }
    if (!comparable(left.kind, right.kind)) mixed(syntax, left, right);
    return {left.kind == ValueKind::any ? right.kind : left.kind, false, nullptr};
  }

  void mixed(const Syntax& syntax, const Shape& left, const Shape& right) {
    std::string message = "On the left stands " + std::string(kind_name(left.kind)) +
                          ", on the right " + std::string(kind_name(right.kind)) +
                          "; both sides need the same type.";
    for (const Shape* side : {&left, &right})
      if (side->question && side->question->type == ItemType::yes_no)
        message += " A yes-no question is true or false: write %" + side->question->id + ", or %" +
                   side->question->id + ".not() for No.";
    fault(ErrorCode::mixed_types, syntax, std::move(message));
  }

  Shape comparison(const Syntax& syntax, const Shape* focus) {
    const Syntax& left_part = *syntax.parts[0];
    const Syntax& right_part = *syntax.parts[1];
    const Shape left =
        syntax.kind == SyntaxKind::contains ? shape(left_part, focus) : single(left_part, focus);
    const Shape right =
        syntax.kind == SyntaxKind::in ? shape(right_part, focus) : single(right_part, focus);
    const bool ordering =
        syntax.kind == SyntaxKind::less || syntax.kind == SyntaxKind::less_or_equal ||
        syntax.kind == SyntaxKind::greater || syntax.kind == SyntaxKind::greater_or_equal;
    if (!comparable(left.kind, right.kind)) {
      mixed(syntax, left, right);
    } else if (ordering && left.kind == ValueKind::boolean) {
      fault(ErrorCode::mixed_types, syntax, "Booleans have no order; use = or not().");
    } else {
      std::vector<bool> followed(model_.variables.size(), false);
      need_options(left, right_part, *at_, followed);
      need_options(right, left_part, *at_, followed);
    }
    return {ValueKind::boolean, false, nullptr};
  }

  /// Every text that a choice is compared with is one of its options; the texts of variables too,
  /// each followed once.
  void need_options(const Shape& choice, const Syntax& other, const ExpressionPlace& place,
                    std::vector<bool>& followed) {
    if (!choice.question || choice.question->type != ItemType::choice) return;
    const Item& question = *choice.question;
    switch (other.kind) {
      case SyntaxKind::union_of:
        for (const auto& part : other.parts) need_options(choice, *part, place, followed);
        return;
      case SyntaxKind::variable: {
        const auto slot = names_.slot(other.name);
        if (!slot || *slot < model_.questions.size()) return;
        const std::size_t index = *slot - model_.questions.size();
        if (followed[index]) return;
        followed[index] = true;
        const ExpressionPlace& body = *variable_places_[index];
        // Only lists of codes are followed: a variable that reads answers was checked by itself.
        const Condition& condition = draft_.condition(body);
        if (condition.expression && condition.reads.empty())
          need_options(choice, root(body), body, followed);
        return;
      }
      case SyntaxKind::string:
        break;
      default:
        return;
    }
    std::vector<std::string_view> codes;
    for (const Option& option : question.options) {
      if (option.code == other.text) return;
      codes.push_back(option.code);
    }
    std::string message =
        "\"" + other.text + "\" is no option of the question \"" + question.id + "\".";
    if (other.text == "unknown" || other.text == "declined")
      message += " Without an answer the condition is empty by itself; leave this comparison out.";
    else
      message += draft_.faults.did_you_mean(other.text, codes);
    fault(ErrorCode::unknown_option, place, other, std::move(message));
  }

  Shape function(const Syntax& syntax, const Shape* focus) {
    const std::size_t first = syntax.has_input ? 1 : 0;
    if (syntax.name == "now" || syntax.name == "timeOfDay")
      fault(ErrorCode::clock_in_rule, syntax,
            syntax.name +
                "() reads the clock, so the same answers could come out differently; "
                "today() is the date that the caller gives.");
    if (syntax.name == "iif") return choice(syntax, focus);

    Shape input;
    if (syntax.has_input)
      input = shape(*syntax.parts[0], focus);
    else if (focus)
      input = *focus;
    const FunctionShape* known = find_function_shape(syntax.name);
    if (!known) {
      for (std::size_t i = first; i < syntax.parts.size(); ++i) shape(*syntax.parts[i], focus);
      return {};
    }
    if (!known->takes_several && syntax.has_input) need_single(input, *syntax.parts[0]);
    if (syntax.name == "not" && syntax.has_input && !input.several)
      need_boolean(input, *syntax.parts[0], "What stands before not()");

    Shape element = input;
    element.several = false;
    Shape argument;
    for (std::size_t i = first; i < syntax.parts.size(); ++i) {
      const Syntax& part = *syntax.parts[i];
      argument = shape(part, known->argument == FunctionShape::Argument::value ? focus : &element);
      if (known->argument == FunctionShape::Argument::criterion)
        need_boolean(argument, part, "A criterion");
    }
    switch (known->gives) {
      case FunctionShape::Gives::kind:
        return {known->kind, known->gives_several, nullptr};
      case FunctionShape::Gives::input:
        return input;
      case FunctionShape::Gives::one_of_input:
        return element;
      case FunctionShape::Gives::projection:
        argument.several = argument.several || input.several;
        return argument;
      case FunctionShape::Gives::merged:
        argument = merge(input, argument);
        argument.several = true;
        return argument;
      case FunctionShape::Gives::choice:
        break;
    }
    return {};
  }

  Shape choice(const Syntax& syntax, const Shape* focus) {
    const std::size_t first = syntax.has_input ? 1 : 0;
    if (syntax.has_input) shape(*syntax.parts[0], focus);
    Shape result{ValueKind::nothing, false, nullptr};
    for (std::size_t i = first; i < syntax.parts.size(); ++i) {
      const Syntax& part = *syntax.parts[i];
      const Shape given = shape(part, focus);
      if (i == first)
        need_boolean(given, part, "The criterion of iif()");
      else
        result = merge(result, given);
    }
    return result;
  }

  Draft& draft_;
  Questionnaire::Model& model_;
  Names names_;
  std::vector<Shape> variable_shapes_;
  std::vector<const ExpressionPlace*> variable_places_;
  const ExpressionPlace* at_ = nullptr;  // the expression that is being checked
};

}  // namespace

void check_logic(Draft& draft) {
  Checker(draft).check();
}

}  // namespace fbss

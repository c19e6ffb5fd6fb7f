// SPDX-License-Identifier: Apache-2.0
// The table of what functions take and give. Entered through find_function_shape().
#include "questionnaire/shapes.hpp"

namespace fbss {
namespace {

using Gives = FunctionShape::Gives;
using Argument = FunctionShape::Argument;
using enum ValueKind;

constexpr FunctionShape same(std::string_view name, Argument argument = Argument::value) {
  return {name, Gives::input, any, true, false, argument, false};
}
constexpr FunctionShape one(std::string_view name) {
  return {name, Gives::one_of_input, any, true, false, Argument::value, false};
}
/// A function of a whole collection that gives a value for the empty one.
constexpr FunctionShape decides(std::string_view name, ValueKind kind,
                                Argument argument = Argument::value) {
  return {name, Gives::kind, kind, true, false, argument, true};
}
/// A function of a single value, or of none.
constexpr FunctionShape simple(std::string_view name, ValueKind kind) {
  return {name, Gives::kind, kind, false, false, Argument::value, false};
}

constexpr FunctionShape functions[] = {
    decides("exists", boolean, Argument::criterion),
    decides("empty", boolean),
    decides("all", boolean, Argument::criterion),
    decides("allTrue", boolean),
    decides("anyTrue", boolean),
    decides("allFalse", boolean),
    decides("anyFalse", boolean),
    decides("subsetOf", boolean),
    decides("supersetOf", boolean),
    decides("isDistinct", boolean),
    decides("count", number),
    same("where", Argument::criterion),
    same("distinct"),
    same("tail"),
    same("skip"),
    same("take"),
    same("intersect"),
    same("exclude"),
    same("trace"),
    one("single"),
    one("first"),
    one("last"),
    {"select", Gives::projection, any, true, false, Argument::projection, false},
    {"union", Gives::merged, any, true, true, Argument::value, true},
    {"combine", Gives::merged, any, true, true, Argument::value, true},
    {"iif", Gives::choice, any, true, false, Argument::value, false},
    {"join", Gives::kind, string, true, false, Argument::value, false},
    {"split", Gives::kind, string, false, true, Argument::value, false},
    {"toChars", Gives::kind, string, false, true, Argument::value, false},
    simple("not", boolean),
    simple("toBoolean", boolean),
    simple("convertsToBoolean", boolean),
    simple("convertsToInteger", boolean),
    simple("convertsToLong", boolean),
    simple("convertsToDecimal", boolean),
    simple("convertsToDate", boolean),
    simple("convertsToDateTime", boolean),
    simple("convertsToTime", boolean),
    simple("convertsToString", boolean),
    simple("convertsToQuantity", boolean),
    simple("is", boolean),
    simple("startsWith", boolean),
    simple("endsWith", boolean),
    simple("contains", boolean),
    simple("matches", boolean),
    simple("matchesFull", boolean),
    simple("toInteger", number),
    simple("toLong", number),
    simple("toDecimal", number),
    simple("indexOf", number),
    simple("lastIndexOf", number),
    simple("length", number),
    simple("abs", number),
    simple("ceiling", number),
    simple("exp", number),
    simple("floor", number),
    simple("ln", number),
    simple("log", number),
    simple("power", number),
    simple("round", number),
    simple("sqrt", number),
    simple("truncate", number),
    simple("precision", number),
    simple("toString", string),
    simple("substring", string),
    simple("upper", string),
    simple("lower", string),
    simple("replace", string),
    simple("replaceMatches", string),
    simple("trim", string),
    simple("encode", string),
    simple("decode", string),
    simple("escape", string),
    simple("unescape", string),
    simple("toDate", date),
    simple("today", date),
    simple("toDateTime", date_time),
    simple("now", date_time),
    simple("toTime", time),
    simple("timeOfDay", time),
    simple("toQuantity", quantity),
};

}  // namespace

const FunctionShape* find_function_shape(std::string_view name) {
  for (const FunctionShape& function : functions)
    if (function.name == name) return &function;
  return nullptr;
}

std::string_view kind_name(ValueKind kind) {
  switch (kind) {
    case any:
      return "something unknown";
    case nothing:
      return "nothing";
    case boolean:
      return "a Boolean";
    case number:
      return "a number";
    case string:
      return "a text";
    case date:
      return "a date";
    case date_time:
      return "a date with time";
    case time:
      return "a time";
    case quantity:
      return "a quantity";
  }
  return "";
}

Shape shape_of_answer(const Item& question) {
  Shape shape;
  shape.question = &question;
  shape.several = question.several;
  switch (question.type) {
    case ItemType::yes_no:
      shape.kind = boolean;
      break;
    case ItemType::choice:
    case ItemType::text:
      shape.kind = string;
      break;
    case ItemType::integer:
    case ItemType::decimal:
      shape.kind = number;
      break;
    case ItemType::date:
      shape.kind = date;
      break;
    default:
      break;
  }
  return shape;
}

Shape merge(const Shape& a, const Shape& b) {
  if (a.kind == nothing) return b;
  if (b.kind == nothing) return a;
  Shape shape;
  shape.kind = a.kind == b.kind ? a.kind : any;
  shape.several = a.several || b.several;
  shape.question = a.question == b.question ? a.question : nullptr;
  return shape;
}

bool comparable(ValueKind a, ValueKind b) {
  const auto open = [](ValueKind kind) { return kind == any || kind == nothing; };
  const auto calendar = [](ValueKind kind) { return kind == date || kind == date_time; };
  const auto amount = [](ValueKind kind) { return kind == number || kind == quantity; };
  return a == b || open(a) || open(b) || (calendar(a) && calendar(b)) || (amount(a) && amount(b));
}

}  // namespace fbss

// SPDX-License-Identifier: Apache-2.0
// What the strict checks know of each function: the System types that its input must be able to
// be, and the shape of what it gives. A function without a line takes and gives anything.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

#include "fhirpath/shape.hpp"

namespace fbss::fhirpath {

inline constexpr TypeSet text_types = set_of(Type::string);
inline constexpr TypeSet truth_types = set_of(Type::boolean);
inline constexpr TypeSet integer_types = set_of(Type::integer) | set_of(Type::long_integer);
inline constexpr TypeSet number_types = integer_types | set_of(Type::decimal);
inline constexpr TypeSet measure_types = number_types | set_of(Type::quantity);
inline constexpr TypeSet day_types = set_of(Type::date) | set_of(Type::date_time);
inline constexpr TypeSet clock_types = set_of(Type::time) | set_of(Type::date_time);
inline constexpr TypeSet moment_types = day_types | clock_types;
inline constexpr TypeSet ordered_types = text_types | measure_types | moment_types;

enum class Gives : std::uint8_t {
  types,       // one item of the rule's types
  texts,       // any number of texts
  input,       // items of the input, in its order
  item,        // one item of the input
  sorted,      // the input, in an order
  system,      // the input's value as a System type
  projection,  // what the argument gives for each item
  repetition,  // the same, and what it gives of that, and so on
  joined,      // the input's items and the argument's
  arguments,   // the items of one of the arguments
  branches,    // iif(): the items of its second or third argument
  narrowed,    // those of the input that are of the type named
  tree,        // parts of the input, without an order
  variable,    // defineVariable(): the input
  extensions,
  anything,
};

struct FunctionRule {
  std::string_view name;
  Gives gives;
  TypeSet result = 0;          // of Gives::types
  TypeSet takes = 0;           // 0: any input
  bool has_condition = false;  // the first argument is one
  bool goes_by_place = false;
};

inline constexpr FunctionRule function_rules[] = {
    {"empty", Gives::types, truth_types},
    {"exists", Gives::types, truth_types, 0, true},
    {"all", Gives::types, truth_types, 0, true},
    {"allTrue", Gives::types, truth_types, truth_types},
    {"anyTrue", Gives::types, truth_types, truth_types},
    {"allFalse", Gives::types, truth_types, truth_types},
    {"anyFalse", Gives::types, truth_types, truth_types},
    {"subsetOf", Gives::types, truth_types},
    {"supersetOf", Gives::types, truth_types},
    {"count", Gives::types, set_of(Type::integer)},
    {"distinct", Gives::input},
    {"isDistinct", Gives::types, truth_types},

    {"where", Gives::input, 0, 0, true},
    {"select", Gives::projection},
    {"repeat", Gives::repetition},
    {"repeatAll", Gives::repetition},
    {"ofType", Gives::narrowed},
    {"as", Gives::narrowed},
    {"is", Gives::types, truth_types},
    {"sort", Gives::sorted},

    {"single", Gives::item},
    {"first", Gives::item, 0, 0, false, true},
    {"last", Gives::item, 0, 0, false, true},
    {"tail", Gives::input, 0, 0, false, true},
    {"skip", Gives::input, 0, 0, false, true},
    {"take", Gives::input, 0, 0, false, true},
    {"intersect", Gives::input},
    {"exclude", Gives::input},
    {"union", Gives::joined},
    {"combine", Gives::joined},
    {"coalesce", Gives::arguments},

    {"iif", Gives::branches, 0, 0, true},
    {"toBoolean", Gives::types, truth_types},
    {"toInteger", Gives::types, set_of(Type::integer)},
    {"toLong", Gives::types, set_of(Type::long_integer)},
    {"toDecimal", Gives::types, set_of(Type::decimal)},
    {"toDate", Gives::types, set_of(Type::date)},
    {"toDateTime", Gives::types, set_of(Type::date_time)},
    {"toTime", Gives::types, set_of(Type::time)},
    {"toQuantity", Gives::types, set_of(Type::quantity)},
    {"toString", Gives::types, text_types},
    {"convertsToBoolean", Gives::types, truth_types},
    {"convertsToInteger", Gives::types, truth_types},
    {"convertsToLong", Gives::types, truth_types},
    {"convertsToDecimal", Gives::types, truth_types},
    {"convertsToDate", Gives::types, truth_types},
    {"convertsToDateTime", Gives::types, truth_types},
    {"convertsToTime", Gives::types, truth_types},
    {"convertsToQuantity", Gives::types, truth_types},
    {"convertsToString", Gives::types, truth_types},

    {"children", Gives::tree},
    {"descendants", Gives::tree},
    {"trace", Gives::input},
    {"defineVariable", Gives::variable},
    {"now", Gives::types, set_of(Type::date_time)},
    {"timeOfDay", Gives::types, set_of(Type::time)},
    {"today", Gives::types, set_of(Type::date)},
    {"not", Gives::types, truth_types},
    {"type", Gives::types, set_of(Type::type_info)},

    {"indexOf", Gives::types, set_of(Type::integer), text_types},
    {"lastIndexOf", Gives::types, set_of(Type::integer), text_types},
    {"length", Gives::types, set_of(Type::integer), text_types},
    {"startsWith", Gives::types, truth_types, text_types},
    {"endsWith", Gives::types, truth_types, text_types},
    {"contains", Gives::types, truth_types, text_types},
    {"matches", Gives::types, truth_types, text_types},
    {"matchesFull", Gives::types, truth_types, text_types},
    {"substring", Gives::types, text_types, text_types},
    {"upper", Gives::types, text_types, text_types},
    {"lower", Gives::types, text_types, text_types},
    {"replace", Gives::types, text_types, text_types},
    {"replaceMatches", Gives::types, text_types, text_types},
    {"trim", Gives::types, text_types, text_types},
    {"join", Gives::types, text_types, text_types},
    {"encode", Gives::types, text_types, text_types},
    {"decode", Gives::types, text_types, text_types},
    {"escape", Gives::types, text_types, text_types},
    {"unescape", Gives::types, text_types, text_types},
    {"toChars", Gives::texts, 0, text_types},
    {"split", Gives::texts, 0, text_types},

    {"abs", Gives::types, measure_types, measure_types},
    {"ceiling", Gives::types, measure_types, measure_types},
    {"floor", Gives::types, measure_types, measure_types},
    {"truncate", Gives::types, measure_types, measure_types},
    {"round", Gives::types, measure_types, measure_types},
    {"exp", Gives::types, set_of(Type::decimal), number_types},
    {"ln", Gives::types, set_of(Type::decimal), number_types},
    {"log", Gives::types, set_of(Type::decimal), number_types},
    {"sqrt", Gives::types, set_of(Type::decimal), number_types},
    {"power", Gives::types, number_types, number_types},
    {"sum", Gives::types, measure_types, measure_types},
    {"avg", Gives::types, measure_types, measure_types},
    {"min", Gives::item, 0, ordered_types},
    {"max", Gives::item, 0, ordered_types},
    {"precision", Gives::types, set_of(Type::integer), measure_types | moment_types},
    {"lowBoundary", Gives::item, 0, measure_types | moment_types},
    {"highBoundary", Gives::item, 0, measure_types | moment_types},
    {"comparable", Gives::types, truth_types, measure_types},

    {"yearOf", Gives::types, set_of(Type::integer), day_types},
    {"monthOf", Gives::types, set_of(Type::integer), day_types},
    {"dayOf", Gives::types, set_of(Type::integer), day_types},
    {"hourOf", Gives::types, set_of(Type::integer), clock_types},
    {"minuteOf", Gives::types, set_of(Type::integer), clock_types},
    {"secondOf", Gives::types, set_of(Type::integer), clock_types},
    {"millisecondOf", Gives::types, set_of(Type::integer), clock_types},
    {"timezoneOffsetOf", Gives::types, set_of(Type::decimal), set_of(Type::date_time)},
    {"dateOf", Gives::types, set_of(Type::date), day_types},
    {"timeOf", Gives::types, set_of(Type::time), clock_types},
    {"duration", Gives::types, integer_types, moment_types},
    {"difference", Gives::types, integer_types, moment_types},

    {"extension", Gives::extensions},
    {"hasValue", Gives::types, truth_types},
    {"getValue", Gives::system},
    {"memberOf", Gives::types, truth_types},
    {"conformsTo", Gives::types, truth_types},
    {"slice", Gives::input},
    {"checkModifiers", Gives::input},
    {"subsumes", Gives::types, truth_types},
    {"subsumedBy", Gives::types, truth_types},
    {"htmlChecks", Gives::types, truth_types},
    {"weight", Gives::types, set_of(Type::decimal)},
    {"ordinal", Gives::types, set_of(Type::decimal)},
};

inline const FunctionRule& rule_of(std::string_view name) {
  static constexpr FunctionRule unknown = {"", Gives::anything};
  const auto* found = std::ranges::find(function_rules, name, &FunctionRule::name);
  return found == std::end(function_rules) ? unknown : *found;
}

}  // namespace fbss::fhirpath

// SPDX-License-Identifier: Apache-2.0
// What an expression of a rule gives: the kind of its values, whether there may be several, and of
// which question they are the answer. In: a function's name. Out: what it makes of its input.
#pragma once

#include <cstdint>
#include <string_view>

#include <fbss/questionnaire.hpp>

namespace fbss {

/// `any`: it cannot be seen from the text. `nothing`: always the empty collection.
enum class ValueKind : std::uint8_t {
  any,
  nothing,
  boolean,
  number,
  string,
  date,
  date_time,
  time,
  quantity
};

struct Shape {
  ValueKind kind = ValueKind::any;
  bool several = false;
  const Item* question = nullptr;  ///< the values are answers of this question
};

/// What FHIRPath's functions take and give, as far as the checks of rules need it.
struct FunctionShape {
  enum class Gives : std::uint8_t { kind, input, one_of_input, projection, merged, choice };
  enum class Argument : std::uint8_t { value, criterion, projection };
  std::string_view name;
  Gives gives = Gives::kind;
  ValueKind kind = ValueKind::any;  ///< where `gives` is kind
  bool takes_several = false;       ///< its input may hold several values
  bool gives_several = false;       ///< where `gives` is kind
  Argument argument = Argument::value;
  bool decides_without_answer = false;  ///< gives a value where its input is empty
};

/// Null where no such function is known.
const FunctionShape* find_function_shape(std::string_view name);

/// "a Boolean", "a number", …
std::string_view kind_name(ValueKind kind);

/// What an answer of a question is.
Shape shape_of_answer(const Item& question);

/// What either of two expressions gives.
Shape merge(const Shape& a, const Shape& b);

/// Whether values of both kinds can be compared with each other.
bool comparable(ValueKind a, ValueKind b);

}  // namespace fbss

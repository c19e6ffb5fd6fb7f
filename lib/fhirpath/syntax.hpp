// SPDX-License-Identifier: Apache-2.0
// The syntax tree of an expression: what the parser makes and what the planner, the checks of
// questionnaire files and the plain-words generator read. Nothing of it is looked at while a record
// is evaluated.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fbss::fhirpath {

enum class SyntaxKind : std::uint8_t {
  // literals: `text` is the value (strings without quotes and escapes; numbers and dates as
  // written, without @)
  empty,
  boolean,
  integer,
  long_integer,
  decimal,
  string,
  date,
  date_time,
  time,
  quantity,  // text: the number; name: the unit
  // terms
  variable,  // %name; `name` is the name without % and delimiters
  this_value,
  index_value,
  total_value,
  member,    // name; parts: the input, or none where the focus is meant
  function,  // name(parts…); `has_input`: parts[0] is the input
  indexer,   // parts[0][parts[1]]
  // operators; parts: operand, or left and right
  plus,
  minus,  // unary
  multiply,
  divide,
  div,
  mod,
  add,
  subtract,
  concatenate,
  is_type,
  as_type,  // parts[0]; `name` is the type, qualified or not ("Integer", "System.Integer",
            // "FHIR.Patient")
  union_of,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  equal,
  equivalent,
  not_equal,
  not_equivalent,
  in,
  contains,
  logical_and,
  logical_or,
  logical_xor,
  implies,
};

/// What stands behind a key of sort().
enum class SortOrder : std::uint8_t { unspecified, ascending, descending };

struct Syntax {
  SyntaxKind kind{};
  bool has_input = false;
  bool calendar_unit = false;  // quantity: the unit is a calendar word (days), not a quoted code
  SortOrder sort_order = SortOrder::unspecified;  // of an argument of sort()
  std::uint32_t position = 0;  // byte offset into the expression: an operator's own sign, else the
                               // first byte of the term
  std::uint32_t length = 0;    // bytes
  std::uint32_t begin = 0, end = 0;  // the whole sub-expression, with what stands before a dot or
                                     // an operator, without brackets around it
  std::uint32_t brackets = 0;        // how many brackets are open where it stands
  std::string name;
  std::string text;
  std::vector<std::unique_ptr<Syntax>> parts;
};

}  // namespace fbss::fhirpath

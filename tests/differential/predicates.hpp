// SPDX-License-Identifier: Apache-2.0
// What the classes of disagreement ask of the smallest part that disagrees.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <string>

#include "blame.hpp"

namespace differential {

inline bool is_one_of(const std::string& name, std::initializer_list<const char*> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

inline bool is_unary(const Blame& blame, const char* name) {
  return blame.term->name == name && blame.operands.size() == 1;
}

// The only value of an operand; null where it has none or several.
inline const Item* operand(const Blame& blame, std::size_t number) {
  if (number >= blame.operands.size() || blame.operands[number].items.size() != 1) return nullptr;
  return &blame.operands[number].items[0];
}

inline bool is_empty_operand(const Blame& blame, std::size_t number) {
  return number < blame.operands.size() && blame.operands[number].is_empty();
}

// The same, or a primitive with extensions only.
inline bool has_no_value(const Blame& blame, std::size_t number) {
  const Item* item = operand(blame, number);
  return is_empty_operand(blame, number) || (item && item->kind == "none");
}

template <class Condition>
inline bool any_item(const Answer& answer, Condition condition) {
  return std::any_of(answer.items.begin(), answer.items.end(), condition);
}

inline const Item* only(const Answer& answer) {
  return answer.is_error || answer.items.size() != 1 ? nullptr : &answer.items[0];
}

inline bool peer_says(const Blame& blame, const char* error) {
  return blame.peers.is_error && blame.peers.error.find(error) != std::string::npos;
}

inline long double number(const Item& item) {
  return std::strtold(item.text.c_str(), nullptr);
}

inline bool is_number_below(const Item* item, long double bound) {
  return item && item->kind == "number" && number(*item) < bound;
}

// What stands behind a quantity's number.
inline std::string unit_of(const Item& item) {
  const std::size_t blank = item.text.find(' ');
  return item.kind == "quantity" && blank != item.text.npos ? item.text.substr(blank) : "";
}

// A number, a quantity, or the text of a number.
inline bool is_amount(const Item& item) {
  return item.kind == "number" || item.kind == "quantity" ||
         (item.kind == "string" && !item.text.empty() &&
          item.text.find_first_not_of("0123456789.-e") == std::string::npos);
}

inline bool is_year_or_month(const Item& item) {
  const std::string unit = unit_of(item);
  return unit.starts_with(" year") || unit.starts_with(" month");
}

inline bool has_zone(const Item& item) {
  const std::size_t time = item.text.find('T');
  return time != item.text.npos && item.text.find_first_of("Z+-", time) != item.text.npos;
}

inline bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<signed char>(c) >= 0; });
}

inline bool has_control(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < 16; });
}

}  // namespace differential

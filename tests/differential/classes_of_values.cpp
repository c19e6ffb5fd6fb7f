// SPDX-License-Identifier: Apache-2.0
// Classes of disagreement: numbers, quantities, Booleans and conditions.
#include <cmath>
#include <string>

#include "classes.hpp"
#include "predicates.hpp"

namespace differential {

namespace {

// ---- numbers

bool integer_overflow(const Blame& blame) {
  const auto is_beyond = [](long double bound) {
    return [bound](const Item& item) {
      return item.kind == "number" && std::fabs(number(item)) > bound;
    };
  };
  if (is_one_of(blame.term->name, {"avg", "aggregate", "sum"}))
    return blame.ours.is_empty() && any_item(blame.operands[0], is_beyond(1e9L));
  return is_one_of(blame.term->name,
                   {"+", "-", "*", "power", "div", "toInteger", "floor", "ceiling", "truncate"}) &&
         !blame.ours.is_error && blame.ours.items.size() < blame.peers.items.size() &&
         any_item(blame.peers, is_beyond(2147483647.0L));
}

// Eight digits behind the point are what a quotient has: a result that differs behind six digits,
// or that is made of a number below a millionth.
bool quotient_digits(const Blame& blame) {
  if (!is_one_of(blame.term->name, {"+", "-", "*", "/", "mod", "toString", "sum", "avg", "power",
                                    "log", "ln", "exp", "sqrt", "toQuantity", "ceiling", "floor"}))
    return false;
  const auto is_tiny = [](const Answer& answer) {
    return any_item(answer, [](const Item& item) {
      return (item.kind == "number" || item.kind == "quantity") &&
             item.text.find('.') != std::string::npos && std::fabs(number(item)) < 1e-6L &&
             item.text.size() > 8;
    });
  };
  const Item *ours = only(blame.ours), *peers = only(blame.peers);
  if (ours && !is_amount(*ours)) return false;
  if (std::any_of(blame.operands.begin(), blame.operands.end(), is_tiny)) return true;
  if (!ours || !peers || ours->kind != peers->kind || unit_of(*ours) != unit_of(*peers))
    return false;
  const long double x = number(*ours), y = number(*peers);
  if (blame.term->name == "mod" && operand(blame, 0) && operand(blame, 1))
    return std::fabs(x - y) <
           1e-8L * (2 + std::fabs(number(*operand(blame, 0)) / number(*operand(blame, 1))));
  const long double share = blame.term->name == "toQuantity" ? 1e-4L : 1e-6L;  // g to mg
  return std::fabs(x - y) < 1e-8L + share * std::fabs(x);
}

bool unary_minus_on_empty(const Blame& blame) {
  if (blame.term->name == "repeat")  // of something that it found itself
    return peer_says(blame, "Unary - can only be applied to an individual");
  return is_unary(blame, "-") && blame.ours.is_empty() && is_empty_operand(blame, 0) &&
         peer_says(blame, "Unary - can only be applied to an individual");
}

bool unary_minus_on_element(const Blame& blame) {
  const Item* of = blame.peer_operands.empty() ? nullptr : only(blame.peer_operands[0]);
  return is_unary(blame, "-") && of && of->is_node && only(blame.ours) &&
         peer_says(blame, "Unary - can only be applied");
}

bool long_as_integer(const Blame& blame) {
  return !blame.ours.is_error && peer_says(blame, "Expected integer, but got: [\"") &&
         is_number_below(operand(blame, 1), 2147483648.0L);
}

bool long_in_math(const Blame& blame) {
  const Item* of = blame.peer_operands.empty() ? nullptr : only(blame.peer_operands[0]);
  return of && of->type == "System.Long" && only(blame.ours) &&
         (peer_says(blame, "Expected a number or a Quantity, but got \"") ||
          is_one_of(blame.term->name, {"toQuantity", "convertsToQuantity"}));
}

bool no_number(const Blame& blame) {
  const Item* peers = only(blame.peers);
  return is_one_of(blame.term->name, {"ln", "log", "sqrt", "power", "exp"}) &&
         blame.ours.is_empty() && peers &&
         (peers->text == "NaN" || peers->text == "Infinity" || peers->text == "-Infinity");
}

bool decimal_overflow(const Blame& blame) {
  const Item* peers = only(blame.peers);
  return is_one_of(blame.term->name,
                   {"*", "+", "-", "/", "exp", "power", "sum", "div", "toQuantity"}) &&
         blame.ours.is_empty() && peers && std::fabs(number(*peers)) >= 1e19L;
}

// A number's text where JavaScript has lost the digits that were written, or a quotient's.
bool written_digits(const Blame& blame) {
  const Item *ours = only(blame.ours), *peers = only(blame.peers);
  if (!is_one_of(blame.term->name,
                 {"toString", "lowBoundary", "highBoundary", "precision", "round"}))
    return false;
  const Item* of = operand(blame, 0);
  const Item* peers_of =
      blame.peer_operands[0].items.size() == 1 ? &blame.peer_operands[0].items[0] : nullptr;
  if (!ours || !peers || !of || !peers_of || of->text == peers_of->text) return false;
  if (of->kind == "number") return true;
  return of->kind == "quantity" &&
         of->text.substr(of->text.find(' ')) ==
             peers_of->text.substr(std::min(peers_of->text.find(' '), peers_of->text.size()));
}

bool element_text_as_number(const Blame& blame) {
  const Item *left = operand(blame, 0), *right = operand(blame, 1);
  return is_one_of(blame.term->name, {"+", "-", "*", "/"}) && blame.ours.is_error && left &&
         right && (left->kind == "string") != (right->kind == "string");
}

bool wrong_operand_of_product(const Blame& blame) {
  const Item *left = operand(blame, 0), *right = operand(blame, 1);
  return is_one_of(blame.term->name, {"*", "/"}) && blame.ours.is_error && blame.peers.is_empty() &&
         left && right && (left->kind != right->kind || left->kind == "json");
}

bool quantity_as_number(const Blame& blame) {
  const auto is_number = [](const Item* item) {
    return item && item->kind == "quantity" && unit_of(*item) == " '1'";
  };
  return is_one_of(blame.term->name, {"div", "mod"}) && blame.ours.is_error &&
         !blame.peers.is_error && (is_number(operand(blame, 0)) || is_number(operand(blame, 1)));
}

bool boundary_of_quantity(const Blame& blame) {
  const Item* of = operand(blame, 0);
  return is_one_of(blame.term->name, {"lowBoundary", "highBoundary"}) && of &&
         (of->kind == "quantity" || of->type == "Quantity") &&
         peer_says(blame, "Expected a Decimal, Date, DateTime, or Time");
}

bool boundary_beyond_eight(const Blame& blame) {
  const Item* digits = operand(blame, 1);
  return is_one_of(blame.term->name, {"lowBoundary", "highBoundary"}) && digits &&
         number(*digits) > 8 && blame.peers.is_empty();
}

// ---- quantities

bool unit_of_product(const Blame& blame) {
  const Item *left = operand(blame, 0), *right = operand(blame, 1), *ours = only(blame.ours);
  if (!is_one_of(blame.term->name, {"*", "/"}) || !left || !right) return false;
  if (blame.ours.is_empty()) return is_year_or_month(*left) || is_year_or_month(*right);
  return ours && ours->kind == "quantity" && !blame.peers.is_error &&
         (left->kind == "quantity" || right->kind == "quantity" || left->kind == "json" ||
          right->kind == "json");
}

bool incomparable_quantities(const Blame& blame) {
  const Item *left = operand(blame, 0), *right = operand(blame, 1);
  const auto is_one = [](const Item& item) { return is_amount(item) || item.type == "Quantity"; };
  return is_one_of(blame.term->name, {"=", "!="}) && left && right && blame.ours.is_empty() &&
         is_one(*left) && is_one(*right) && unit_of(*left) != unit_of(*right);
}

// The coarser unit, less precise, swallows the other: 4320 'min' ~ 0 years.
bool least_precise_quantity(const Blame& blame) {
  const Item *left = operand(blame, 0), *right = operand(blame, 1);
  return is_one_of(blame.term->name, {"~", "!~"}) && left && right && left->kind == "quantity" &&
         right->kind == "quantity" && unit_of(*left) != unit_of(*right) &&
         blame.ours.is(blame.term->name == "~" ? "true" : "false");
}

bool time_unit_of_element(const Blame& blame) {
  const Item *ours = only(blame.ours), *peers = only(blame.peers), *of = operand(blame, 0);
  if (is_one_of(blame.term->name, {"=", "!="}))
    return blame.ours.is_empty() && of && of->is_node && of->type == "Quantity" &&
           of->text.find("\"code\":\"d\"") != std::string::npos;
  return ours && peers && of && of->is_node && ours->kind == "quantity" &&
         peers->kind == "quantity" && number(*ours) == number(*peers) &&
         is_one_of(unit_of(*peers), {" 'a'", " 'mo'", " 'wk'", " 'd'", " 'h'", " 'min'", " 's'"}) &&
         unit_of(*ours).find('\'') == std::string::npos;
}

// ---- Booleans and conditions

bool boolean_order(const Blame& blame) {
  return is_one_of(blame.term->name, {"<", "<=", ">", ">="}) &&
         blame.ours.error.find("cannot compare") != std::string::npos && !blame.peers.is_error;
}

bool short_cut(const Blame& blame) {
  return is_one_of(blame.term->name, {"and", "or", "implies"}) && blame.peers.is_error &&
         !blame.ours.is_error && blame.operands.size() == 2 && !blame.operands[0].is_error &&
         blame.operands[1].is_error;
}

bool iif_single_value(const Blame& blame) {
  if (is_one_of(blame.term->name, {"all", "where", "exists"}))
    return blame.operands.size() > 1 &&
           !any_item(blame.operands[1], [](const Item& item) { return item.kind == "boolean"; });
  const Item* condition = operand(blame, 0);
  return blame.term->name == "iif" && condition && condition->kind != "boolean" &&
         blame.operands.size() > 1 && blame.ours.text() == blame.operands[1].text();
}

bool iif_several_values(const Blame& blame) {
  if (!blame.ours.error.starts_with("not_a_single_value") || blame.peers.is_error) return false;
  return is_one_of(blame.term->name, {"iif", "where", "exists", "all"}) ||
         (blame.term->name.starts_with("convertsTo") && blame.peers.is_empty());
}

bool criterion_false_element(const Blame& blame) {
  if (!is_one_of(blame.term->name, {"where", "exists", "all"}) || blame.operands.size() < 2)
    return false;
  const auto& criterion = blame.operands[1].items;
  return std::any_of(criterion.begin(), criterion.end(), [](const Item& item) {
    return item.is_node && item.kind == "boolean" && item.text == "false";
  });
}

bool type_error_beside_empty(const Blame& blame) {
  return blame.ours.is_empty() && blame.peers.is_error && blame.operands.size() == 2 &&
         blame.term->is_operator && is_empty_operand(blame, 0) != is_empty_operand(blame, 1);
}

bool several_beside_empty(const Blame& blame) {
  return blame.peers.is_empty() && blame.term->is_operator && blame.operands.size() == 2 &&
         blame.ours.error.starts_with("not_a_single_value") &&
         (is_empty_operand(blame, 0) || is_empty_operand(blame, 1));
}

bool primitive_without_value(const Blame& blame) {
  return !blame.ours.is_error && !blame.operands.empty() &&
         (blame.peers.is_error || blame.ours.is_empty() || blame.term->name == "sort") &&
         any_item(blame.operands[0], [](const Item& item) { return item.kind == "none"; });
}

bool as_base_type(const Blame& blame) {
  const Item *ours = only(blame.ours), *of = operand(blame, 0);
  if (blame.term->name == "ofType")
    return blame.term->parts.back().text() == "Element" &&
           blame.ours.items.size() > blame.peers.items.size();
  return blame.term->name == "as" && ours && of && ours->is_node && blame.peers.is_empty() &&
         ours->type != blame.term->parts.back().text();
}

bool all_booleans_checked(const Blame& blame) {
  return is_one_of(blame.term->name, {"allTrue", "anyTrue", "allFalse", "anyFalse"}) &&
         blame.ours.is_error && only(blame.peers) &&
         any_item(blame.operands[0], [](const Item& item) { return item.kind != "boolean"; });
}

bool element_of_system_type(const Blame& blame) {
  return is_one_of(blame.term->name, {"ofType", "as", "is"}) && blame.ours.is_empty() &&
         !blame.peers.items.empty() && blame.peers.items[0].is_node &&
         is_one_of(blame.term->parts.back().text(), {"Boolean", "String", "Integer", "Decimal",
                                                     "Date", "DateTime", "Time", "System.String"});
}

}  // namespace

std::vector<Class> classes_of_values() {
  return {
      {"integer-overflow", integer_overflow},
      {"decimal-overflow", decimal_overflow},
      {"no-number", no_number},
      {"quotient-digits", quotient_digits},
      {"written-digits", written_digits},
      {"unary-minus-on-empty", unary_minus_on_empty},
      {"unary-minus-on-element", unary_minus_on_element},
      {"long-as-integer", long_as_integer},
      {"long-in-math", long_in_math},
      {"text-as-number", element_text_as_number},
      {"wrong-operand-of-product", wrong_operand_of_product},
      {"quantity-as-number", quantity_as_number},
      {"boundary-of-quantity", boundary_of_quantity},
      {"boundary-digits", boundary_beyond_eight},
      {"unit-of-product", unit_of_product},
      {"incomparable-quantities", incomparable_quantities},
      {"least-precise-quantity", least_precise_quantity},
      {"time-unit-of-element", time_unit_of_element},
      {"boolean-order", boolean_order},
      {"short-cut", short_cut},
      {"iif-single-value", iif_single_value},
      {"iif-several-values", iif_several_values},
      {"criterion-false-element", criterion_false_element},
      {"type-error-beside-empty", type_error_beside_empty},
      {"several-beside-empty", several_beside_empty},
      {"primitive-without-value", primitive_without_value},
      {"as-base-type", as_base_type},
      {"all-booleans-checked", all_booleans_checked},
      {"element-of-system-type", element_of_system_type},
  };
}

}  // namespace differential

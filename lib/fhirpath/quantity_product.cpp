// SPDX-License-Identifier: Apache-2.0
// Products and quotients of quantities, and the unit that they have. The units are joined term by
// term, so that the result reads as a person would write it ('cm' * 'cm' is 'cm2', 'mg/mL' * 'mL'
// is 'mg'); a unit that has to be converted for that changes the number by an exact factor.
#include <algorithm>
#include <charconv>

#include "fhirpath/quantity.hpp"

namespace fbss::fhirpath {
namespace {

using ucum::Term;

enum class Operation { multiply, divide };

// Which terms of the second unit are joined with one of the first; tried in this order, so that
// 'g' * 'mg/kg' joins g with kg.
enum class Manner { same_symbol, cancels, same_dimension };

// The unit of a product while it is put together.
struct Product {
  std::array<Term, 2 * ucum::Terms::most> terms;
  std::size_t count = 0;
  Ratio ratio = {};  // what the number is to be multiplied by
};

bool has_no_unit(const Quantity& quantity) {
  return !quantity.calendar && quantity.unit == "1";
}

// False where 64 bits are not enough.
bool scale_by(Product& product, const Factor& factor, int exponent) {
  const auto part = power(factor, exponent);
  if (!part || __builtin_mul_overflow(product.ratio.over, part->over, &product.ratio.over) ||
      __builtin_mul_overflow(product.ratio.under, part->under, &product.ratio.under))
    return false;
  product.ratio.ten += part->ten;
  return true;
}

bool is_larger(const Factor& a, const Factor& b) {
  return compare(Decimal(1), divide(a, b), Decimal(1)) > 0;
}

bool is_same_symbol(const Term& a, const Term& b) {
  return a.symbol == b.symbol && a.annotation == b.annotation;
}

// A quotient of a small unit by a large one stays as it is: mg per kg is a dose, ug per kg and
// minute a rate, and as bare numbers both would lose digits.
bool is_joined(const Term& a, const Term& b, Manner manner, Operation operation) {
  if (manner == Manner::same_symbol) return is_same_symbol(a, b);
  const bool cancels = (a.exponent < 0) != (b.exponent < 0);
  if ((manner == Manner::cancels) != cancels || !a.atom || !b.atom || !a.annotation.empty() ||
      !b.annotation.empty() || dimensions_of(a) == ucum::Dimensions{} ||
      dimensions_of(a) != dimensions_of(b))
    return false;
  if (operation == Operation::multiply || !cancels) return true;
  return a.exponent > 0 ? is_larger(a.factor, b.factor) : is_larger(b.factor, a.factor);
}

// Puts b's power into a, both in the coarser of their units.
bool join(Product& product, Term& a, const Term& b) {
  Term coarse = a, fine = b;
  if (is_larger(b.factor, a.factor)) std::swap(coarse, fine);
  if (!is_same_symbol(a, b) && (!scale_by(product, fine.factor, fine.exponent) ||
                                !scale_by(product, coarse.factor, -fine.exponent)))
    return false;
  const int exponent = a.exponent + b.exponent;
  a = coarse;
  a.exponent = a.symbol.empty() ? std::clamp(exponent, -1, 1) : exponent;
  return true;
}

// The terms of a unit, plain numbers taken out of it. Nothing where a unit stands alone only.
std::optional<ucum::Terms> terms_of(const Quantity& quantity, Product& product, int sign) {
  auto terms = ucum::read(quantity.calendar ? ucum_code_of(quantity.unit) : quantity.unit);
  if (!terms) return std::nullopt;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < terms->count; ++i) {
    Term term = terms->items[i];
    term.exponent *= sign;
    if (stands_alone(term)) return std::nullopt;
    if (!is_number(term)) {
      terms->items[kept++] = term;
    } else if (!scale_by(product, term.factor, term.exponent)) {
      return std::nullopt;
    }
  }
  terms->count = kept;
  return terms;
}

bool join_units(Product& product, const ucum::Terms& a, const ucum::Terms& b, Operation operation) {
  std::array<bool, ucum::Terms::most> placed = {};
  std::copy_n(a.items.begin(), a.count, product.terms.begin());
  product.count = a.count;
  for (Manner manner : {Manner::same_symbol, Manner::cancels, Manner::same_dimension})
    for (std::size_t i = 0; i < b.count; ++i) {
      for (std::size_t j = 0; j < a.count && !placed[i]; ++j) {
        Term& term = product.terms[j];
        if (term.exponent == 0 || !is_joined(term, b.items[i], manner, operation)) continue;
        if (!join(product, term, b.items[i])) return false;
        placed[i] = true;
      }
    }
  for (std::size_t i = 0; i < b.count; ++i)
    if (!placed[i]) product.terms[product.count++] = b.items[i];
  return true;
}

void append_term(std::string& text, const Term& term, char before) {
  if (before == '/' || !text.empty()) text += before;
  text += term.symbol;
  const int exponent = std::abs(term.exponent);
  if (exponent != 1) {
    char digits[8];
    text.append(digits, std::to_chars(digits, std::end(digits), exponent).ptr);
  }
  text += term.annotation;
}

std::string_view unit_text(const Product& product, std::string& text) {
  text.clear();
  for (std::size_t i = 0; i < product.count; ++i)
    if (product.terms[i].exponent > 0) append_term(text, product.terms[i], '.');
  for (std::size_t i = 0; i < product.count; ++i)
    if (product.terms[i].exponent < 0) append_term(text, product.terms[i], '/');
  return text.empty() ? std::string_view("1") : std::string_view(text);
}

std::optional<Decimal> calculate(Decimal a, Decimal b, Operation operation) {
  return operation == Operation::multiply ? multiply(a, b) : divide(a, b);
}

std::optional<Quantity> join(const Quantity& a, const Quantity& b, Operation operation,
                             std::string& text) {
  Product product;
  const auto x = terms_of(a, product, 1);
  const auto y = terms_of(b, product, operation == Operation::multiply ? 1 : -1);
  if (!x || !y || !join_units(product, *x, *y, operation)) return std::nullopt;
  const auto in_unit = scaled(a.value, product.ratio);
  const auto value = in_unit ? calculate(*in_unit, b.value, operation) : std::nullopt;
  const std::string_view unit = unit_text(product, text);
  // Products of products may outgrow what unit_of() takes: no unit that could not be read again.
  if (!value || !ucum::unit_of(unit)) return std::nullopt;
  return Quantity{*value, unit, false};
}

std::optional<Quantity> with_unit(std::optional<Decimal> value, const Quantity& like) {
  return value ? std::optional(Quantity{*value, like.unit, like.calendar}) : std::nullopt;
}

// How many times one calendar duration is another.
std::optional<Quantity> calendar_quotient(const Quantity& a, const Quantity& b) {
  const auto same = convert(a, b.unit, b.calendar);
  return same ? with_unit(divide(same->value, b.value), Quantity{}) : std::nullopt;
}

bool is_temperature(const Quantity& quantity) {
  const auto unit = unit_of(quantity);
  return unit && unit->has_offset();
}

}  // namespace

std::optional<Quantity> multiply(const Quantity& a, const Quantity& b, std::string& text) {
  if (has_no_unit(b)) return with_unit(multiply(a.value, b.value), a);
  if (has_no_unit(a)) return with_unit(multiply(a.value, b.value), b);
  return join(a, b, Operation::multiply, text);
}

std::optional<Quantity> divide(const Quantity& a, const Quantity& b, std::string& text) {
  if (has_no_unit(b)) return with_unit(divide(a.value, b.value), a);
  // 40 'Cel' is not twice 20 'Cel'.
  if (have_same_unit(a, b))
    return is_temperature(a) ? std::nullopt : with_unit(divide(a.value, b.value), Quantity{});
  if (a.calendar && b.calendar) return calendar_quotient(a, b);
  return join(a, b, Operation::divide, text);
}

}  // namespace fbss::fhirpath

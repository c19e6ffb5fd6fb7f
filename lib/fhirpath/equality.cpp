// SPDX-License-Identifier: Apache-2.0
// The operators = != ~ !~ and what they rest on.
#include "fhirpath/equality.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "fhirpath/operators.hpp"
#include "fhirpath/quantity.hpp"

namespace fbss::fhirpath {
namespace {

using json::Node;

// How a pair of primitives or of texts is compared: exactly, or as equivalents.
enum class Manner { equal, equivalent };

bool is_blank(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0xA0;
}

// One character in lower case, as UTF-8. A character's bytes fit into a std::string without memory
// of its own.
std::string lower_character(std::string_view character) {
  if (character.size() > 1) return to_lower(character);
  const char c = character[0];
  return std::string(1, c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
}

std::string_view take_character(std::string_view text, std::size_t* at) {
  const std::size_t begin = *at;
  next_character(text, at);
  return text.substr(begin, *at - begin);
}

bool equal_texts(Evaluator& evaluator, std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  evaluator.spend(a.size() / 64);
  return a == b;
}

// Letters compare without case, any white space is one space (but not none).
bool equivalent_texts(Evaluator& evaluator, std::string_view a, std::string_view b) {
  evaluator.spend((a.size() + b.size()) / 16);
  std::size_t i = 0, j = 0;
  const auto skip_blank = [](std::string_view text, std::size_t* at) {
    const std::size_t begin = *at;
    while (*at < text.size()) {
      std::size_t behind = *at;
      if (!is_blank(next_character(text, &behind))) break;
      *at = behind;
    }
    return *at != begin;
  };
  for (;;) {
    if (skip_blank(a, &i) != skip_blank(b, &j)) return false;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    const std::string_view x = take_character(a, &i), y = take_character(b, &j);
    if (x != y && lower_character(x) != lower_character(y)) return false;
  }
}

// The text of what is one whatever it is compared with: no date's, and none of an untyped record,
// which may be read as a date.
std::optional<std::string_view> plain_text(const Value& value) {
  if (value.type() == Type::string) return ValueAccess::string(value);
  const Node* node = is_node(value) ? ValueAccess::node(value) : nullptr;
  const ModelType told = node ? ValueAccess::model_type(value) : ModelType{0};
  if (told == 0 || node->kind != JsonKind::string || system_type_of(told) != Type::string)
    return std::nullopt;
  return node->text_view();
}

bool same_texts(Evaluator& evaluator, std::string_view a, std::string_view b, Manner manner) {
  return manner == Manner::equal ? equal_texts(evaluator, a, b) : equivalent_texts(evaluator, a, b);
}

bool same_numbers(Decimal a, Decimal b, Manner manner) {
  return manner == Manner::equal ? compare(a, b) == 0 : equivalent(a, b);
}

bool same_nodes(Evaluator& evaluator, const Node& a, const Node& b, Manner manner);

bool same_lists(Evaluator& evaluator, const Node& a, const Node& b, Manner manner) {
  const Node* y = b.first();
  for (const Node* x = a.first(); x; x = x->next(), y = y->next())
    if (!same_nodes(evaluator, *x, *y, manner)) return false;
  return true;
}

// Every element of one list has a partner in the other: equivalence does not look at the order.
bool same_sets(Evaluator& evaluator, const Node& a, const Node& b, Manner manner) {
  const auto occurrences = [&](const Node& list, const Node& element) {
    std::size_t count = 0;
    for (const Node* other = list.first(); other; other = other->next())
      if (same_nodes(evaluator, element, *other, manner)) ++count;
    return count;
  };
  for (const Node* x = a.first(); x; x = x->next())
    if (occurrences(a, *x) != occurrences(b, *x)) return false;
  return true;
}

bool same_members(Evaluator& evaluator, const Node& a, const Node& b, Manner manner) {
  evaluator.spend(a.text_length);
  for (const Node* x = a.first(); x; x = x->next()) {
    evaluator.spend(b.text_length / 8);
    const Node* y = b.find(x->whole_key());
    if (!y || !same_nodes(evaluator, *x, *y, manner)) return false;
  }
  return true;
}

bool same_nodes(Evaluator& evaluator, const Node& a, const Node& b, Manner manner) {
  evaluator.spend(1);
  if (&a == &b) return true;
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case JsonKind::null:
      return true;
    case JsonKind::boolean:
      return a.boolean == b.boolean;
    case JsonKind::string:
      return same_texts(evaluator, a.text_view(), b.text_view(), manner);
    case JsonKind::number: {
      if (a.text_view() == b.text_view()) return true;
      const auto x = Decimal::parse(a.text_view()), y = Decimal::parse(b.text_view());
      return x && y && same_numbers(*x, *y, manner);
    }
    case JsonKind::array:
      if (a.text_length != b.text_length) return false;
      return manner == Manner::equal ? same_lists(evaluator, a, b, manner)
                                     : same_sets(evaluator, a, b, manner);
    case JsonKind::object:
      return a.text_length == b.text_length && same_members(evaluator, a, b, manner);
  }
  return false;
}

bool same_type_info(const TypeInfo& a, const TypeInfo& b) {
  return a.space == b.space && a.name == b.name;
}

// A Quantity of a record that meets a number is a quantity like a literal: the number has unit '1'.
bool are_quantities(const SystemPair& values) {
  const Value &a = *values.a, &b = *values.b;
  return a.type() == Type::quantity || b.type() == Type::quantity ||
         (is_node(a) && is_number(b.type())) || (is_number(a.type()) && is_node(b));
}

// Two elements that are quantities to FHIRPath, so that 1 g is 1000 mg. Others have members only.
struct QuantityPair {
  Quantity a, b;
};

std::optional<QuantityPair> ucum_quantities(const Value& a, const Value& b) {
  const auto x = ucum_quantity(a);
  const auto y = x ? ucum_quantity(b) : std::nullopt;
  return y ? std::optional(QuantityPair{*x, *y}) : std::nullopt;
}

Truth decided(std::optional<std::strong_ordering> order) {
  return order ? truth(*order == 0) : Truth::empty;
}

Truth equal_system_values(Evaluator& evaluator, const Value& a, const Value& b) {
  if (is_number(a.type()) && is_number(b.type()))
    return truth(compare(to_decimal(a), to_decimal(b)) == 0);
  if (is_temporal(a.type()) && is_temporal(b.type())) {
    if ((a.type() == Type::time) != (b.type() == Type::time)) return Truth::no;
    return decided(compare(ValueAccess::temporal(a), ValueAccess::temporal(b)));
  }
  if (a.type() != b.type()) return Truth::no;
  switch (a.type()) {
    case Type::boolean:
      return truth(ValueAccess::boolean(a) == ValueAccess::boolean(b));
    case Type::string:
      return truth(equal_texts(evaluator, ValueAccess::string(a), ValueAccess::string(b)));
    case Type::type_info:
      return truth(same_type_info(ValueAccess::type_info(a), ValueAccess::type_info(b)));
    default:
      return Truth::no;
  }
}

bool equivalent_system_values(Evaluator& evaluator, const Value& a, const Value& b) {
  if (is_number(a.type()) && is_number(b.type())) return equivalent(to_decimal(a), to_decimal(b));
  if (a.type() == Type::string && b.type() == Type::string)
    return equivalent_texts(evaluator, ValueAccess::string(a), ValueAccess::string(b));
  return equal_system_values(evaluator, a, b) == Truth::yes;
}

bool same_companions(Evaluator& evaluator, const Value& a, const Value& b) {
  const Node* x = ValueAccess::companion(a);
  const Node* y = ValueAccess::companion(b);
  return x == y || (x && y && same_nodes(evaluator, *x, *y, Manner::equal));
}

Truth equal(Evaluator& evaluator, Collection a, Collection b) {
  if (a.empty() || b.empty()) return Truth::empty;
  if (a.size() != b.size()) return Truth::no;
  Truth all = Truth::yes;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const Truth pair = equal(evaluator, a[i], b[i]);
    if (pair == Truth::no) return Truth::no;
    if (pair == Truth::empty) all = Truth::empty;
  }
  return all;
}

// The same values equally often, in any order.
bool equivalent(Evaluator& evaluator, Collection a, Collection b) {
  if (a.size() != b.size()) return false;
  const auto occurrences = [&](Collection values, const Value& value) {
    return std::ranges::count_if(
        values, [&](const Value& other) { return equivalent(evaluator, value, other); });
  };
  if (a.size() == 1) return equivalent(evaluator, a[0], b[0]);
  return std::ranges::all_of(
      a, [&](const Value& value) { return occurrences(a, value) == occurrences(b, value); });
}

Truth negated(Truth value) {
  return value == Truth::empty ? value : truth(value == Truth::no);
}

}  // namespace

Truth equal(Evaluator& evaluator, const Value& a, const Value& b) {
  evaluator.spend(1);
  if (const auto x = plain_text(a))
    if (const auto y = plain_text(b)) return truth(equal_texts(evaluator, *x, *y));
  const SystemPair values = system_values(a, b);
  if (!values.a || !values.b) return Truth::empty;
  if (is_node(*values.a) && is_node(*values.b)) {
    if (const auto both = ucum_quantities(a, b)) return decided(compare(both->a, both->b));
    return truth(
        same_nodes(evaluator, *ValueAccess::node(a), *ValueAccess::node(b), Manner::equal));
  }
  if (are_quantities(values)) {
    const auto x = to_quantity(*values.a), y = to_quantity(*values.b);
    return x && y ? decided(compare(*x, *y)) : Truth::no;
  }
  return equal_system_values(evaluator, *values.a, *values.b);
}

bool equivalent(Evaluator& evaluator, const Value& a, const Value& b) {
  evaluator.spend(1);
  const SystemPair values = system_values(a, b);
  if (!values.a || !values.b) return is_same(evaluator, a, b);
  if (is_node(*values.a) && is_node(*values.b)) {
    if (const auto both = ucum_quantities(a, b)) return equivalent(both->a, both->b);
    return same_nodes(evaluator, *ValueAccess::node(a), *ValueAccess::node(b), Manner::equivalent);
  }
  if (are_quantities(values)) {
    const auto x = to_quantity(*values.a), y = to_quantity(*values.b);
    return x && y && equivalent(*x, *y);
  }
  return equivalent_system_values(evaluator, *values.a, *values.b);
}

bool is_same(Evaluator& evaluator, const Value& a, const Value& b) {
  if (!system_value(a) && !system_value(b)) return same_companions(evaluator, a, b);
  return equal(evaluator, a, b) == Truth::yes;
}

bool holds(Evaluator& evaluator, Collection values, const Value& value) {
  const auto text = system_value(value);
  const bool is_text = text && text->type() == Type::string;
  return std::ranges::any_of(values, [&](const Value& other) {
    // Mostly the code of a record among the words of an expression.
    return is_text && other.type() == Type::string
               ? equal_texts(evaluator, ValueAccess::string(*text), ValueAccess::string(other))
               : is_same(evaluator, other, value);
  });
}

void run_equal(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Sides sides = sides_of(evaluator, step, begin, scope);
  evaluator.answer(begin, equal(evaluator, sides.left, sides.right));
}

void run_not_equal(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Sides sides = sides_of(evaluator, step, begin, scope);
  evaluator.answer(begin, negated(equal(evaluator, sides.left, sides.right)));
}

void run_equivalent(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  const Sides sides = sides_of(evaluator, step, begin, scope);
  evaluator.answer(begin, truth(equivalent(evaluator, sides.left, sides.right)));
}

void run_not_equivalent(Evaluator& evaluator, const Step& step, std::size_t begin,
                        const Scope& scope) {
  const Sides sides = sides_of(evaluator, step, begin, scope);
  evaluator.answer(begin, truth(!equivalent(evaluator, sides.left, sides.right)));
}

}  // namespace fbss::fhirpath

// SPDX-License-Identifier: Apache-2.0
// Sorting: sort. The keys of every item are evaluated once, then a stable merge sort moves numbers
// of items, all of it on the stack: n log n comparisons, no memory of its own. FHIRPath 3.0.
#include <algorithm>
#include <utility>

#include "fhirpath/functions.hpp"
#include "fhirpath/operators.hpp"

namespace fbss::fhirpath {
namespace {

// A key that is empty, or a primitive without a value, stands on the stack as a node of nothing.
Value no_key() {
  return ValueAccess::of_node(nullptr);
}

bool is_missing(const Value& key) {
  return is_node(key) && !ValueAccess::node(key);
}

KeyOrder order_of_key(const Step& step, std::size_t number) {
  return step.constant_count == 0
             ? KeyOrder::ascending
             : static_cast<KeyOrder>(ValueAccess::integer(step.constants[number]));
}

class Sorting {
 public:
  Sorting(Evaluator& evaluator, const Step& step, std::size_t begin)
      : evaluator_(evaluator),
        stack_(evaluator.stack),
        step_(step),
        items_(begin),
        count_(evaluator.stack.size() - begin),
        keys_each_(step.part_count == 0 ? 1 : step.part_count) {}

  void run(const Scope& scope) {
    push_keys(scope);
    const std::size_t order = push_numbers(), other = push_numbers();
    const std::size_t sorted = sort_numbers(order, other);
    const std::size_t results = stack_.size();
    for (std::size_t i = 0; i < count_; ++i) {
      const Value item = stack_[items_ + number_at(sorted + i)];  // pushing may move the stack
      evaluator_.push(item);
    }
    stack_.keep(items_, results);
  }

 private:
  void push_keys(const Scope& scope) {
    keys_ = stack_.size();
    Scope inner = scope_of_items(scope);
    for (std::size_t i = 0; i < count_; ++i) {
      const Value item = stack_[items_ + i];
      enter_item(inner, item, i);
      if (step_.part_count == 0) push_key(item);
      for (std::uint32_t k = 0; k < step_.part_count; ++k) {
        const std::size_t top = stack_.size();
        const Value* single_key = single(evaluator_.operand(step_.parts[k], inner), step_, "a key");
        const Value key = single_key ? *single_key : no_key();
        stack_.cut(top);
        push_key(key);
      }
    }
  }

  void push_key(const Value& key) {
    const auto value = system_value(key);
    if (value) order_of(evaluator_, *value, *value, step_);  // refuses what has no order
    evaluator_.push(value.value_or(no_key()));
  }

  std::size_t push_numbers() {
    const std::size_t begin = stack_.size();
    for (std::size_t i = 0; i < count_; ++i)
      evaluator_.push(ValueAccess::of_long(static_cast<std::int64_t>(i)));
    return begin;
  }

  std::size_t number_at(std::size_t place) const {
    return static_cast<std::size_t>(ValueAccess::integer(stack_[place]));
  }

  // Merges runs of twice the length again and again, from one list of numbers into the other; where
  // the sorted list begins.
  std::size_t sort_numbers(std::size_t from, std::size_t to) {
    for (std::size_t length = 1; length < count_; length *= 2) {
      for (std::size_t at = 0; at < count_; at += 2 * length) merge(from, to, at, length);
      std::swap(from, to);
    }
    return from;
  }

  void merge(std::size_t from, std::size_t to, std::size_t at, std::size_t length) {
    const std::size_t middle = std::min(at + length, count_),
                      end = std::min(at + 2 * length, count_);
    std::size_t a = at, b = middle;
    for (std::size_t i = at; i < end; ++i) {
      const bool take_b =
          b < end && (a == middle || comes_before(number_at(from + b), number_at(from + a)));
      stack_[to + i] = stack_[from + (take_b ? b++ : a++)];
    }
  }

  bool comes_before(std::size_t a, std::size_t b) const {
    for (std::size_t k = 0; k < keys_each_; ++k) {
      evaluator_.spend(1);
      const auto order = order_by_key(stack_[keys_ + a * keys_each_ + k],
                                      stack_[keys_ + b * keys_each_ + k], order_of_key(step_, k));
      if (order != 0) return order < 0;
    }
    return false;
  }

  std::strong_ordering order_by_key(const Value& a, const Value& b, KeyOrder order) const {
    if (is_missing(a) || is_missing(b)) {
      const auto missing_first = is_missing(b) <=> is_missing(a);
      return order == KeyOrder::descending ? 0 <=> missing_first : missing_first;
    }
    const auto known = order_of(evaluator_, a, b, step_);
    if (!known)
      fail(ErrorCode::wrong_operand, step_.position,
           "\"sort\" cannot put all its keys in order: dates of different precision, or units that "
           "do not convert into each other, need a where() before it.");
    return order == KeyOrder::ascending ? *known : 0 <=> *known;
  }

  Evaluator& evaluator_;
  ValueStack& stack_;
  const Step& step_;
  std::size_t items_, count_, keys_each_;
  std::size_t keys_ = 0;
};

}  // namespace

void call_sort(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  Sorting(evaluator, step, begin).run(scope);
}

}  // namespace fbss::fhirpath

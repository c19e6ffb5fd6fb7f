// SPDX-License-Identifier: Apache-2.0
// Last pass. In: a Plan, the environment, a Workspace. Out: values on the Workspace's stack. The
// way in from outside is evaluate() of fhirpath.hpp; this header is what the operators and
// functions see: the stack, the scope, and the evaluator that runs chains.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <fbss/fhirpath.hpp>

#include "base/arena.hpp"
#include "fhirpath/failure.hpp"
#include "fhirpath/plan.hpp"
#include "fhirpath/value.hpp"

namespace fbss::fhirpath {

/// All values of an evaluation, one behind the other. Pushing may move them: keep indices, not
/// pointers.
class ValueStack {
 public:
  explicit ValueStack(std::size_t most) : most_(most) {}

  std::size_t size() const { return size_; }
  const Value& operator[](std::size_t i) const { return values_[i]; }
  Value& operator[](std::size_t i) { return values_[i]; }
  Collection range(std::size_t begin, std::size_t end) const {
    return {values_.get() + begin, end - begin};
  }
  Collection from(std::size_t begin) const { return range(begin, size_); }

  /// False where the limit is reached.
  bool push(Value value) {
    if (size_ == capacity_ && !grow()) return false;
    values_[size_++] = value;
    return true;
  }
  void cut(std::size_t size) { size_ = size; }

  /// Moves the values from `from` on down to `begin`, over what stood there.
  void keep(std::size_t begin, std::size_t from) {
    if (begin == from) return;
    for (std::size_t i = from; i < size_; ++i) values_[begin + i - from] = values_[i];
    size_ = begin + (size_ - from);
  }

 private:
  bool grow();

  std::unique_ptr<Value[]> values_;
  std::size_t size_ = 0, capacity_ = 0, most_;
};

/// What a Workspace owns. Of Limits::evaluation_bytes the stack may fill a half (and, while it
/// grows, hold another quarter), the arena a quarter.
struct Memory {
  explicit Memory(const Limits& bounds)
      : limits(bounds), stack(bounds.evaluation_bytes / 2 / sizeof(Value)) {}

  Limits limits;
  ValueStack stack;
  Arena arena;          // texts and quantities that the evaluation made
  std::string scratch;  // a text while it is put together
};

struct Workspace::State : Memory {
  using Memory::Memory;
};

struct WorkspaceAccess {
  static Memory& memory(Workspace& workspace) { return *workspace.state_; }
};

/// What $this, $index and $total are while a chain runs. A name without anything before it is read
/// from $this.
struct Scope {
  Value self;
  bool has_self = false;
  std::int32_t index = -1;  // -1: none
  std::size_t total_begin = 0, total_count = 0;
};

class Evaluator {
 public:
  Evaluator(const Environment& given, Memory& memory)
      : stack(memory.stack),
        environment(given),
        scratch(memory.scratch),
        arena_(memory.arena),
        most_bytes_(memory.limits.evaluation_bytes),
        most_steps_(memory.limits.evaluation_steps),
        steps_left_(memory.limits.evaluation_steps) {}

  ValueStack& stack;
  const Environment& environment;
  std::string& scratch;

  /// Runs the chain: its values stand behind those that are on the stack already.
  void run(const Chain& chain, const Scope& scope) {
    const std::size_t begin = stack.size();
    for (const Step& step : chain) {
      spend(1);
      current_ = &step;
      step.run(*this, step, begin, scope);
    }
  }

  /// The values of a chain, on the stack or constant. Valid until something is pushed.
  Collection operand(const Chain& chain, const Scope& scope) {
    if (chain.is_constant) return chain.steps->values();
    const std::size_t begin = stack.size();
    run(chain, scope);
    return stack.from(begin);
  }

  /// The chain as a condition of the given step: its single value as a Boolean. Leaves the stack as
  /// it was.
  Truth condition(const Chain& chain, const Scope& scope, const Step& step);

  /// Singleton evaluation: nothing is empty, a Boolean is itself, any other single value is true.
  /// not_a_single_value for several.
  Truth truth_of(Collection values, const Step& step);

  void push(const Value& value) {
    if (!stack.push(value)) fail_memory();
  }

  /// The step's result instead of the values that it took.
  void answer(std::size_t begin, const Value& value) {
    stack.cut(begin);
    push(value);
  }
  void answer(std::size_t begin, Truth truth) {
    stack.cut(begin);
    if (truth != Truth::empty) push(ValueAccess::of_boolean(truth == Truth::yes));
  }

  /// Counts work, so that no expression runs for ever.
  void spend(std::uint64_t steps) {
    if (steps > steps_left_) fail_steps();
    steps_left_ -= steps;
  }

  /// Fails where so many bytes more would be too many. Ask before a text is put together.
  void expect(std::size_t bytes) {
    const std::size_t most = most_bytes_ / 4;
    if (bytes > most || arena_.used() > most - bytes) fail_memory();
  }

  /// Memory that lasts as long as the evaluation's values.
  std::string_view keep(std::string_view text);
  const Quantity* keep(const Quantity& quantity);

 private:
  [[noreturn]] void fail_memory() const;
  [[noreturn]] void fail_steps() const;

  Arena& arena_;
  std::size_t most_bytes_;
  std::uint64_t most_steps_, steps_left_;
  const Step* current_ = nullptr;  // for the position of a limit that was reached
};

/// Decides a chain that compares_member for one object without a value on the stack: the shape of
/// most criteria, linkId = 'x'. Nothing where the member is no plain string: then the chain is run.
inline std::optional<bool> member_equals(const Chain& chain, const json::Node* object) {
  if (!object || object->kind != JsonKind::object) return std::nullopt;
  const json::Node* member = object->find(chain.steps[0].name, chain.steps[0].signature);
  if (!member || member->kind != JsonKind::string) return std::nullopt;
  return member->text_view() == ValueAccess::string(*chain.steps[1].parts->steps->constants);
}

/// The single value of a collection: null where it is empty, a Failure where there are several.
/// `role` says what the collection is to the step ("the left side").
const Value* single(Collection values, const Step& step, std::string_view role);

}  // namespace fbss::fhirpath

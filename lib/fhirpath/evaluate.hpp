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
#include "fhirpath/element_memo.hpp"
#include "fhirpath/entry_index.hpp"
#include "fhirpath/failure.hpp"
#include "fhirpath/item_index.hpp"
#include "fhirpath/list_index.hpp"
#include "fhirpath/member_memo.hpp"
#include "fhirpath/plan.hpp"
#include "fhirpath/reference_memo.hpp"
#include "fhirpath/regexes.hpp"
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
/// grows, hold another quarter), the arena a quarter; what a host function gives, beside these, a
/// sixteenth.
struct Memory {
  explicit Memory(const Limits& bounds)
      : limits(bounds),
        stack(bounds.evaluation_bytes / 2 / sizeof(Value)),
        host_results(bounds.evaluation_bytes / 16 / sizeof(Value)) {}

  Limits limits;
  ValueStack stack;
  ValueStack host_results;                 // while a host function runs
  Arena arena;                             // texts and quantities that the evaluation made
  std::string scratch;                     // a text while it is put together
  Regexes regexes{8, limits.regex_bytes};  // the last that came from records
  ElementMemo memo;
  ListIndex index;
  MemberMemo members;
  EntryIndex entries;
  ReferenceMemo references;
  ItemIndex items;
  std::uint64_t stamp = 0;      // of the record that was evaluated last
  ModelType resource_type = 0;  // its type, where it is a resource
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
  std::size_t focus_begin = 0, focus_count = 0;  // on the stack, where the focus is a collection
};

class Evaluator {
 public:
  Evaluator(const Environment& given, Memory& memory)
      : stack(memory.stack),
        host_results(memory.host_results),
        environment(given),
        scratch(memory.scratch),
        regexes(memory.regexes),
        memo(memory.memo),
        index(memory.index),
        members(memory.members),
        entries(memory.entries),
        references(memory.references),
        items(memory.items),
        arena_(memory.arena),
        most_bytes_(memory.limits.evaluation_bytes),
        most_steps_(memory.limits.evaluation_steps),
        steps_left_(memory.limits.evaluation_steps) {}

  ValueStack& stack;
  ValueStack& host_results;
  const Environment& environment;
  Value input;  // environment.input, with its type; or the value that evaluate_at() began with
  bool has_input = false;
  std::string& scratch;
  Regexes& regexes;
  ElementMemo& memo;
  ListIndex& index;
  MemberMemo& members;
  EntryIndex& entries;
  ReferenceMemo& references;
  ItemIndex& items;

  /// Runs the chain: its values stand behind those that are on the stack already.
  void run(const Chain& chain, const Scope& scope) {
    if (is_traced_) [[unlikely]]
      return run_traced(chain, scope);
    const std::size_t begin = stack.size();
    for (const Step& step : chain) run(step, begin, scope);
  }

  /// From now on on_step of the environment hears of every step of the expression of this text.
  void trace(std::string_view text) {
    traced_text_ = text;
    is_traced_ = environment.on_step != nullptr;
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

  /// Room for so many variables of defineVariable(), each empty.
  void make_locals(std::uint32_t count);
  /// Gives one a copy of the values.
  void define_local(std::uint32_t slot, Collection values);
  Collection local(std::uint32_t slot) const { return {locals_[slot].values, locals_[slot].count}; }
  bool has_local(std::uint32_t slot) const { return locals_[slot].is_defined; }

  /// Memory that lasts as long as the evaluation's values.
  std::string_view keep(std::string_view text);
  const Quantity* keep(const Quantity& quantity);
  const TypeInfo* keep(const TypeInfo& info);

  [[noreturn]] void fail_memory() const;

 private:
  struct Local {
    Value* values = nullptr;
    std::size_t count = 0, room = 0;
    bool is_defined = false;
  };

  // Counts the values that the step leaves too: the next one looks at each of them.
  void run(const Step& step, std::size_t begin, const Scope& scope) {
    current_ = &step;
    step.run(*this, step, begin, scope);
    spend(1 + (stack.size() - begin) / 16);
  }
  void run_traced(const Chain& chain, const Scope& scope);
  [[noreturn]] void fail_steps() const;

  Arena& arena_;
  std::size_t most_bytes_;
  std::uint64_t most_steps_, steps_left_;
  Local* locals_ = nullptr;
  const Step* current_ = nullptr;  // for the position of a limit that was reached
  bool is_traced_ = false;
  std::string_view traced_text_;
};

/// Decides a test for one object. `unclear` where the member is missing or no plain text: then the
/// chain is run.
enum class Verdict : std::uint8_t { no, yes, unclear };
inline Verdict decide(const MemberTest& test, const json::Node& object) {
  const json::Node* member = object.find(test.member);
  if (!member || member->kind != JsonKind::string) return Verdict::unclear;
  for (const json::Key& text : test.texts)
    if (same_text(member->text_view(), text.name)) return Verdict::yes;
  return Verdict::no;
}

/// The single value of a collection: null where it is empty, a Failure where there are several.
/// `role` says what the collection is to the step ("the left side").
const Value* single(Collection values, const Step& step, std::string_view role);

/// evaluate() from any value: it is $this and %context at the beginning. Environment::input, which
/// cannot say a node's type nor be a value of no record, may be left out.
Result<Collection> evaluate_at(const Expression& expression, const Value& focus,
                               const Environment& environment, Workspace& workspace);

}  // namespace fbss::fhirpath

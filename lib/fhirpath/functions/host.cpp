// SPDX-License-Identifier: Apache-2.0
// Functions that the caller gave. In: the input on the stack, the arguments evaluated behind it.
// Out: what the function pushed. Its values wait beside the stack until it returns, for pushing
// might move what it still reads.
#include <array>
#include <optional>
#include <span>

#include "fhirpath/functions.hpp"

namespace fbss::fhirpath {
namespace {

// No Failure may fly through the caller's function: it waits here until that has returned.
class Results final : public HostResults {
 public:
  explicit Results(Evaluator& evaluator) : evaluator_(evaluator) { evaluator_.host_results.cut(0); }

  void push(const Value& value) override {
    is_full_ = is_full_ || !evaluator_.host_results.push(value);
  }

  std::string_view keep(std::string_view text) override {
    try {
      return evaluator_.keep(text);
    } catch (const Failure&) {
      is_full_ = true;
      return {};
    }
  }

  void move_to_stack(std::size_t begin) {
    if (is_full_) evaluator_.fail_memory();
    evaluator_.stack.cut(begin);
    for (const Value& value : evaluator_.host_results.from(0)) evaluator_.push(value);
  }

 private:
  Evaluator& evaluator_;
  bool is_full_ = false;
};

}  // namespace

void call_host(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  ValueStack& stack = evaluator.stack;
  std::array<std::size_t, most_host_arguments + 1> ends;
  ends[0] = stack.size();
  for (std::size_t i = 0; i < step.part_count; ++i) {
    evaluator.run(step.parts[i], scope);
    ends[i + 1] = stack.size();
  }
  std::array<Collection, most_host_arguments> arguments;
  for (std::size_t i = 0; i < step.part_count; ++i)
    arguments[i] = stack.range(ends[i], ends[i + 1]);
  Results results(evaluator);
  step.host->call(stack.range(begin, ends[0]), std::span(arguments).first(step.part_count),
                  results);
  results.move_to_stack(begin);
}

}  // namespace fbss::fhirpath

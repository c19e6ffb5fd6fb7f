// SPDX-License-Identifier: Apache-2.0
// From steps to a chain, for plan.cpp. In: the steps of a chain, each with its parts. Out: the
// chain as it is run: what is constant is worked out, what a loop need not repeat is kept, and
// steps that often stand side by side are one. The only way in is Assembler::put_together().
#pragma once

#include <memory>
#include <vector>

#include "fhirpath/evaluate.hpp"
#include "fhirpath/locals.hpp"
#include "fhirpath/plan.hpp"

namespace fbss::fhirpath {

/// A step while its chain is being put together.
struct Draft {
  Step step;
  std::vector<Chain> parts;
  Reads reads;  // with its parts, without its input

  void add_part(const Chain& part) {
    parts.push_back(part);
    reads.add(part.reads);
  }
  /// The part's focus is the step's input, or of it.
  void add_part_of_input(const Chain& part) {
    parts.push_back(part);
    reads.add({false, part.reads.environment, part.reads.other});
  }
};

class Assembler {
 public:
  /// What it makes lies in the arena. What is kept during an evaluation gets a slot of its own.
  Assembler(Arena& arena, const Expression::Options& options, Locals& locals)
      : arena_(arena), options_(options), locals_(locals) {}

  /// Every step stands for itself, to be shown, until this is called with false.
  void show_steps(bool shows) { shows_steps_ = shows; }
  bool shows_steps() const { return shows_steps_; }

  /// `in_loop`: the chain is run for each item of a collection.
  Chain put_together(std::vector<Draft> drafts, bool in_loop);

 private:
  void keep_beginning(std::vector<Draft>& drafts);
  Chain chain_of(std::vector<Draft>& drafts);
  void place(Step step, Step* steps, std::uint32_t& count);
  bool fold(const Chain& chain, Step& result);

  Arena& arena_;
  const Expression::Options& options_;
  Locals& locals_;
  bool shows_steps_ = options_.traceable;
  std::unique_ptr<Memory> folding_;
};

}  // namespace fbss::fhirpath

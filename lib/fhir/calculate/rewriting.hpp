// SPDX-License-Identifier: Apache-2.0
// A response with other answers. In: the response that a session works on, and changes: answers for
// some of its instances, instances to be left out. Out: the session works on a response that has
// them, in the order of the form; items that were missing are added with their parents, linkIds and
// texts. Everything else is as it was: it is copied node by node.
//
// What is copied borrows its texts from FormSession::State::document, and new answers theirs from
// the NewAnswers, which have to live on.
#pragma once

#include <cstdint>
#include <vector>

#include "fhir/calculate/answers.hpp"
#include "fhir/run/session.hpp"

namespace fbss::form {

class Rewriting {
 public:
  explicit Rewriting(FormSession::State& state) : state_(state) {}

  /// Forgets all changes. To be called before the first for a response.
  void begin();

  /// The instance's answers are these, from `first` up to `end`; without any it has none.
  void set_answers(std::uint32_t instance, std::uint32_t first, std::uint32_t end);
  void leave_out(std::uint32_t instance);
  /// Whether the response that the session works on was made here.
  bool made_response() const;

  bool has_changes() const { return !changes_.empty(); }

  /// Whether some items of the response stand in another order than the form's.
  bool is_out_of_order() const { return !state_.disordered.empty(); }

  /// Makes the response of `from` (as the session has it, or as it had it with the same instances)
  /// and hands it to the session. Problem too_large.
  Result<void> apply(const NewAnswers& answers);

 private:
  struct Change {
    std::uint32_t instance, first, end;
    bool leaves_out;
  };
  enum Mark : std::uint8_t { is_rewritten = 1, is_filled = 2 };

  void mark();
  const Change* change_of(std::uint32_t instance) const;
  void write_root();
  void write_items(std::uint32_t parent, std::uint32_t answer);
  void write_item(std::uint32_t instance);
  void write_rest_of_item(std::uint32_t instance, bool has_answers, bool has_items);
  void write_answers(std::uint32_t instance);
  void write_answer(std::uint32_t instance, std::uint32_t place, const json::Node* old,
                    const json::Node* value);
  bool has_items_to_write(std::uint32_t parent, std::uint32_t answer) const;
  bool is_written(std::uint32_t instance) const;

  FormSession::State& state_;
  std::vector<Change> changes_;
  std::vector<std::uint32_t> change_of_;  // by instance: of changes_, or none
  std::vector<std::uint8_t> marks_;       // by instance
  Document documents_[2];                 // the session has one of them, the other is free
  json::Appender* out_ = nullptr;
  const NewAnswers* answers_ = nullptr;
};

}  // namespace fbss::form

// SPDX-License-Identifier: Apache-2.0
// A response with other answers than the one that a session works on. In: the session's state and
// changes: answers for some of its instances, groups that stand more often, instances that are left
// out. Out: a QuestionnaireResponse in JSON, or the session goes on with it (adopt). Its items
// stand in the form's order; those that were left out come with what holds them, their linkIds and
// texts; what the form does not have stands behind the rest. Everything else is as it was, every
// member in its place.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "fhir/run/answers.hpp"
#include "fhir/run/session.hpp"
#include "json/write.hpp"

namespace fbss::form {

/// What becomes of an item that says nothing: that has no answer and nothing below it, and no
/// member but its linkId, text and definition.
enum class Silent : std::uint8_t { stay, groups_stay, go };

struct DraftOptions {
  /// Writes enabled groups and questions without an answer too; repeating groups, and what stands
  /// below unanswered questions, are left out.
  bool with_unanswered = false;
  /// Leaves out the items that are not enabled, with their answers.
  bool without_disabled = false;
  Silent silent = Silent::stay;
  std::string_view status = {};  ///< of the response; empty: as it is
};

/// Valid until the state reads another response. Instances are those of the state.
class Draft {
 public:
  explicit Draft(FormSession::State& state) : state_(state) {}

  /// Forgets all changes.
  void begin();

  /// These answers in place of those that the instance has; none: it is unanswered. What stands
  /// below an old answer stands below the new one in its place, or below the last; without any it
  /// goes.
  void answer(std::uint32_t instance, const std::vector<Answer>& answers);

  /// The same, of the NewAnswers that adopt() gets, from `first` up to `end`. Only the values take
  /// the place of the old ones: an answer's id and extensions stay.
  void set_values(std::uint32_t instance, std::uint32_t first, std::uint32_t end);

  /// So many times the group is to stand with nothing in it, behind where it stands.
  void repeat(std::uint32_t instance, std::uint32_t times);

  void leave_out(std::uint32_t instance);

  bool is_changed() const { return !changes_.empty(); }

  /// Not for drafts with set_values(). Nothing that expressions see changes.
  void write(json::Writer& out, const DraftOptions& options = {});

  /// Makes the changed response in `into`, hands it to the session and forgets the changes; not for
  /// drafts with answer(). In a response that has the form's order, what is not changed is copied
  /// whole. It borrows its texts from the response before and from the answers, which have to live
  /// on. Problem too_large.
  Result<void> adopt(Document& into, const NewAnswers& answers);

 private:
  enum class Kind : std::uint8_t { answers, values, repetitions, nothing };
  struct Change {
    Kind kind;
    std::uint32_t instance;
    std::uint32_t first = 0, end = 0;  // of answers
    std::uint32_t times = 0;           // of repetitions
    bool gives_answers() const { return kind == Kind::answers || kind == Kind::values; }
    bool adds() const { return end > first || times > 0; }
  };
  enum Mark : std::uint8_t {
    is_rewritten = 1,
    is_filled = 2,  // stands there even where the response leaves it out
    is_open = 4,    // the same, and so does what is unanswered below it
    is_left_out = 8,
    says_something = 16
  };
  template <class Out>
  friend class DraftWalk;

  void mark(const DraftOptions& options, bool is_whole);
  void mark_changes();
  void mark_open();
  void mark_disabled();
  void mark_silent(Silent silent);
  const Change* change_of(std::uint32_t instance) const;
  const Change* new_answers_of(std::uint32_t instance) const;
  std::uint32_t answer_count(std::uint32_t instance) const;
  std::uint32_t place_below(std::uint32_t parent, std::uint32_t answer) const;

  FormSession::State& state_;
  std::vector<Change> changes_;
  std::vector<Answer> answers_;           // of answer(), all together
  std::vector<std::uint32_t> change_of_;  // by instance: of changes_, or none
  std::vector<std::uint8_t> marks_;       // by instance
};

}  // namespace fbss::form

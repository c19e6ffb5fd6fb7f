// SPDX-License-Identifier: Apache-2.0
// The answers of one record, from JSON or set one by one.
//
//     fbss::Response response(questionnaire);
//     auto set = response.answer("smoking_status", "former");
//     if (set) set = response.answer("diabetes", true);
//     if (set) set = response.answer("osteoporosis", "unknown");  // asked, not known: never "no"
//     for (const fbss::Problem& problem : set.problems()) std::cerr << problem.message << '\n';
//     for (const fbss::Item* question : response.open_questions())
//       std::cout << question->text << '\n';
//
// An answer is a value, "unknown" (asked, not known) or "declined"; a question without one is not
// asked. Nothing is guessed: what does not fit is refused with a code of error_codes.def and the id
// of the question. Threads: a Response belongs to one thread at a time; clear() keeps its memory,
// so that the next record costs no allocation once warm.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/error.hpp>
#include <fbss/limits.hpp>
#include <fbss/questionnaire.hpp>

namespace fbss {

enum class AnswerState : std::uint8_t {
  not_enabled,  ///< another answer says that it is not asked, or does not say yet
  not_asked,    ///< enabled, and no answer
  unknown,      ///< asked, not known
  declined,     ///< asked, and the patient declined
  answered,     ///< has a value
};

class Response {
 public:
  explicit Response(Questionnaire questionnaire, const Limits& limits = {});
  ~Response();
  Response(Response&&) noexcept;
  Response& operator=(Response&&) noexcept;
  Response(const Response&);  ///< for what-if; costs allocations
  Response& operator=(const Response&);

  const Questionnaire& questionnaire() const;

  /// Forgets all answers, the record's id and the sample mark; keeps the date.
  void clear();

  /// The date of the assessment (YYYY-MM-DD), which the caller gives: the library has no clock.
  /// Problem bad_date.
  Result<void> set_date(std::string_view date);
  std::string_view date() const;  ///< empty where none was given

  /// Reads a whole record in the form of DESIGN section 5: {"question_id": value, "_id": …,
  /// "_sample": true}. Clears first. On failure all problems are reported together, with JSON
  /// pointers, and the Response is empty.
  Result<void> read(std::string_view json);
  Result<void> read(const Document& document);

  /// Sets one answer. Text takes option codes, "yes"/"no", dates, numbers' digits, free text,
  /// "unknown" and "declined". Replaces an earlier answer. Problems: unknown_question, wrong_type,
  /// not_an_option, exclusive_option, out_of_range, bad_date, control_character, too_long; on a
  /// problem the earlier answer stays.
  Result<void> answer(std::string_view question, std::string_view text);
  Result<void> answer(std::string_view question, const char* text) {
    return answer(question, std::string_view(text));
  }
  Result<void> answer(std::string_view question, bool value);
  Result<void> answer(std::string_view question, std::int64_t value);
  Result<void> answer(std::string_view question, int value) {
    return answer(question, static_cast<std::int64_t>(value));
  }
  Result<void> answer(std::string_view question, std::span<const std::string_view> options);

  /// Takes one answer back; true where there was one.
  bool retract(std::string_view question);

  AnswerState state(const Item& question) const;
  bool enabled(const Item& question) const { return state(question) != AnswerState::not_enabled; }

  /// The recorded answer as a record holds it ("two_or_more", "yes", "12", "2026-05"); several are
  /// parted by ", ". "unknown", "declined" or "" where there is no value.
  std::string answer_text(const Item& question) const;
  /// The same in the words that a person reads ("Two or more", "Yes", "Unknown", "Declined", "Not
  /// asked").
  std::string answer_label(const Item& question) const;

  /// Enabled questions without a value, in order.
  std::vector<const Item*> open_questions() const;

  /// What a finished record must not have: answer_not_applicable (both questions named), and
  /// bad_date where the date was set after a later one was recorded. read() and assess() check it.
  Problems check() const;

  /// The caller's record id (text or digits), and whether the record is marked as sample data.
  /// Problems: too_long, control_character, wrong_type (no UTF-8); the earlier id stays.
  Result<void> set_record_id(std::string_view id);
  std::string_view record_id() const;
  bool record_id_is_number() const;  ///< the id came as a JSON number, and is echoed as one
  void set_sample(bool sample);
  bool sample() const;

  /// The answers as a record: {"_id": …, "question_id": value, …} in question order, to save and
  /// resume.
  std::string to_json() const;

  struct State;  // lib/response/state.hpp
  const State& internal() const { return *state_; }
  State& internal() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

}  // namespace fbss

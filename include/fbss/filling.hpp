// SPDX-License-Identifier: Apache-2.0
// A response to any FHIR Questionnaire while a person fills it in: what is asked, where, and what
// has been answered so far. Every answer is judged as it is given.
//
//     auto form = fbss::Form::load(R"({"resourceType": "Questionnaire", "status": "active",
//       "item": [{"linkId": "pain", "type": "boolean", "text": "Any pain?"},
//                {"linkId": "how", "type": "integer", "text": "How much, from 0 to 10?",
//                 "enableWhen": [{"question": "pain", "operator": "=", "answerBoolean":
//                 true}]}]})");
//     if (!form) return;
//     fbss::Filling filling(*form);
//     const std::string first = filling.places().front().path;  // "pain"
//     for (const fbss::FormIssue& issue : filling.answer(first, {"yes"}))
//       std::cerr << issue.message << '\n';
//     for (const fbss::Place& place : filling.places())  // "how" is among them now
//       std::cout << place.path << ": " << place.item->question.text << '\n';
//     filling.finish();
//     std::cout << filling.response();
//
// Calculated items have their values after every answer (calculation.hpp). Initial values are
// populate()'s to fill in: resume() with what it gives.
//
// What cannot be answered in words (attachments, references, a choice of a value set that is not
// known) has a place all the same, so that whoever asks can say so. Threads: belongs to one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/error.hpp>
#include <fbss/form.hpp>
#include <fbss/questionnaire.hpp>

namespace fbss {

/// An item of a Form, as a person reads it.
struct FormItem {
  /// Its linkId is `id`; `asked_when` has its conditions as the form writes them ("pain = true");
  /// the codes of options are FHIR's ("system|code" where two options share a code), or the value
  /// itself where an option has no code. The items within stand behind it, in `items_of()`.
  Item question;
  std::string_view type;                ///< FHIR's word: "open-choice"
  std::size_t depth = 0;                ///< 0: at the root
  bool required = false;                ///< has to be answered before a response is complete
  bool read_only = false;               ///< shown, not asked
  bool hidden = false;                  ///< neither shown nor asked
  std::string calculated{};             ///< the expression that works it out; empty: none
  bool has_initial_expression = false;  ///< it begins with what populate.hpp works out
  std::vector<std::string> units{};     ///< of a quantity: those that it names; empty: any

  bool is_asked() const { return !read_only && calculated.empty(); }
  /// Whether an answer can be given in words: false for groups and displays too.
  bool takes_words() const;
};

/// The form's items in order, each behind what holds it. The texts that items of the kind "help"
/// show are the help of what they belong to, and no items here.
std::vector<FormItem> items_of(const Form& form);

/// Where a response has an answer or could have one: an occurrence of an item.
struct Place {
  const FormItem* item = nullptr;
  /// "day[1]/pain": linkIds from the root, with the number of the repetition or of the answer that
  /// holds it where that is not the first. It stays the same while answers change.
  std::string path{};
  std::size_t end = 0;         ///< the place behind its last descendant
  std::size_t repetition = 0;  ///< of a repeating group: how many of it stand before this one
  bool can_follow = false;     ///< a repeating group's last one, and there may be one more
  bool holds_answers = false;  ///< there is an answer here, or within
  std::vector<std::string> answers{};  ///< in words: "Yes", "12 kg", "unknown"
  bool is_initial = false;  ///< the answers are what the form begins with: nobody has given them
};

/// Why an answer has no value (HL7's data-absent-reason: asked-unknown, asked-declined).
enum class NoValue : std::uint8_t { unknown, declined };

class Filling {
 public:
  /// A new response. What the form begins with (initial[x], initialSelected) is filled in where a
  /// question is first enabled, once; what an expression gives is for populate.hpp, and resume().
  explicit Filling(Form form, FormSessionOptions options = {});
  ~Filling();
  Filling(Filling&&) noexcept;
  Filling& operator=(Filling&&) noexcept;

  /// Goes on with a response, into which no initial value is filled any more. What it holds beside
  /// answers stays in it. Problems: those of
  /// FormSession::read(); other_questionnaire; withdrawn (stopped or entered in error); bad_value
  /// where it does not fit the form, with the place.
  Result<void> resume(std::string_view json);

  /// The places that are enabled and not hidden, in order, groups and displays among them; what is
  /// below a question only where that has a value. Valid until the next change.
  std::span<const Place> places() const;

  /// Takes the place's answers: one word, or several where the question repeats. A word is an
  /// option's code; yes or no; digits; a date; a number and its unit ("12 kg"); or text, which in
  /// an open choice is what is no option. Empty where they are taken; else nothing has changed, and
  /// the issues say what is wrong. Answers to questions that are no longer enabled are dropped.
  FormIssues answer(std::string_view path, std::span<const std::string> words);
  FormIssues answer(std::string_view path, std::initializer_list<std::string> words);

  /// Records that there is no value, and why.
  FormIssues answer(std::string_view path, NoValue reason);

  /// Takes the answers back; false where there are none.
  bool retract(std::string_view path);

  /// One more repetition of the group behind this one (Place::can_follow).
  void add_repetition(std::string_view path);

  /// The texts of the questions whose answers the last change dropped.
  const std::vector<std::string>& dropped() const;

  /// Repetitions without answers go, and the response is `completed`. Where the form's rules do not
  /// let it, it stays `in-progress`, and the issues say why.
  FormIssues finish();

  /// The response as it is: a QuestionnaireResponse in one line, with a newline at the end.
  const std::string& response() const;

  /// Expressions that raised an error, and whatever else was told while the response was worked on.
  const FormIssues& issues() const;

  struct State;  // lib/fhir/fill/state.hpp

 private:
  std::unique_ptr<State> state_;
};

}  // namespace fbss

// SPDX-License-Identifier: Apache-2.0
// An expression followed through everything that open questions still allow: interval arithmetic
// over FHIRPath. In: an expression of the form and the instance at which it stands. Out: what it
// can give (Possibles), and which questions it looks at. Sound: it holds what every completion of
// the response gives; where a construct is not followed the result is anything, and where that may
// have looked at more than is known, all questions count as looked at.
//
//   follow()    follow.cpp      literals, variables, operators; and cases, see below
//   navigate    navigate.cpp    items, answers, values; what is enabled
//   functions   functions.cpp   functions, those with a criterion above all
//   numbers     numbers.cpp     functions on numbers of which bounds are known
//
// Cases. Parts that depend on one question are looked at apart, which forgets that they go together
// (Possibles::lost): the options that a lookup may find, say, are then so many that may be found.
// Where the questions concerned have few answers, follow() goes through these one by one, and what
// the cases have given is put together.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "fhir/calculate/calculation.hpp"
#include "fhir/intervals/concrete.hpp"
#include "fhir/intervals/domains.hpp"
#include "fhir/intervals/possible.hpp"
#include "fhir/intervals/questions.hpp"
#include "fhirpath/syntax.hpp"

namespace fbss::form {

class Follower {
 public:
  explicit Follower(Calculation::State& calculation, const Domains& domains);

  /// For the response that the session works on now.
  void begin();

  /// What the calculated item at an instance may get; counts what it looks at.
  Possibles follow_calculated(std::uint32_t instance);

  /// Whether some completion enables the instance.
  bool may_be_enabled(std::uint32_t instance) { return enabled(instance).yes; }

  const Questions& questions() const { return questions_; }
  /// The questions that were looked at, answered ones too, by follow_calculated(); and those of
  /// them whose answers it read, not only to see what is enabled.
  const QuestionSet& touched() const { return looked_.touched; }
  const QuestionSet& read() const { return looked_.read; }
  /// Whether it looked at groups of which there may be more than the response has.
  bool met_many() const { return looked_.met_many; }
  /// Whether it met what may raise an error; then it may hold values that no completion gives.
  bool met_failure() const { return looked_.met_failure; }

  struct Scope {
    const Expression* expression;
    std::uint32_t instance;
    const Possibles* focus;            ///< $this
    const Possibles* total = nullptr;  ///< $total
  };

 private:
  using Syntax = fhirpath::Syntax;
  using Values = std::vector<Possibles>;

  // follow.cpp
  Possibles follow(const Syntax& syntax, const Scope& scope);
  Possibles step(const Syntax& syntax, const Scope& scope);
  Possibles by_cases(const Syntax& syntax, const Scope& scope, Possibles result);
  Possibles expression_at(std::uint32_t expression, std::uint32_t instance);
  Possibles variable_at(const Syntax& syntax, const Scope& scope);
  Possibles source(const Syntax& syntax, const Scope& scope);
  Possibles binary(const Syntax& syntax, const Scope& scope);
  Possibles typed(const Syntax& syntax, const Scope& scope);
  Possibles index(const Syntax& syntax, const Scope& scope);
  std::string_view text_of(const Syntax& syntax, const Scope& scope) const;
  Possibles give_up();

  // operations.cpp: on values, whatever they come from.
  std::optional<Possibles> strictly(const std::string& piece, const Values& operands);
  Possibles arithmetic(fhirpath::SyntaxKind kind, const Values& operands);
  Possibles comparison(fhirpath::SyntaxKind kind, const Values& operands);
  Possibles logic(fhirpath::SyntaxKind kind, Values operands);
  Possibles united(const Possibles& a, const Possibles& b);
  /// True, false, nothing or an error; and whatever.
  Possibles either(const Values& operands);
  Possibles unknown(const Values& operands);

  // navigate.cpp
  Possibles member(const Possibles& input, std::string_view name);
  void member_of(const Possible& one, std::string_view name, Possibles& found);
  void items_below(const Possible& one, Possibles& found, std::string_view link_id = {});
  bool may_be_more(std::uint32_t instance) const;
  void answers_of(const Possible& item, Possibles& found);
  void known_answers(const Possible& like, Possibles& found);
  void open_answers(std::uint32_t question, const Possible& like, Possibles& found);
  void calculated_answers(const Possible& like, Possibles& found);
  void value_of(const Possible& answer, std::string_view name, Possibles& found);
  void known_member(const Possible& one, const fhirpath::Value& value, std::string_view name,
                    Possibles& found);
  Truths enabled(std::uint32_t instance);
  Possibles find_enabled(std::uint32_t instance);
  Truths condition(std::uint32_t instance, const EnableWhen& condition);
  Truths presence(const Possible& one);
  Truths presence_of_item(std::uint32_t instance);
  Possibles calculated(std::uint32_t instance);
  Possibles converted(std::uint32_t instance, Possibles values);

  // functions.cpp
  Possibles function(const Syntax& syntax, const Scope& scope);
  Possibles call(const Syntax& syntax, const Scope& scope, const Possibles& input);
  Possibles where(const Syntax& criterion, const Scope& scope, const Possibles& input);
  void where_one(const Syntax& criterion, const Scope& scope, const Possible& one,
                 Possibles& found);
  Possibles select(const Syntax& projection, const Scope& scope, const Possibles& input);
  Possibles all(const Syntax& criterion, const Scope& scope, const Possibles& input);
  Possibles exists(const Possibles& input, bool wanted);
  Possibles count(const Possibles& input);
  Possibles first(const Possibles& input, bool from_behind);
  Possibles iif(const Syntax& syntax, const Scope& scope);
  Possibles repeat(const Syntax& projection, const Scope& scope, const Possibles& input);
  Possibles descendants(const Possibles& input, bool only_children);
  Possibles aggregate(const Syntax& syntax, const Scope& scope, const Possibles& input);
  Possibles weight(const Possibles& input);
  Possibles coalesce(const Syntax& syntax, const Scope& scope);
  fhirpath::Value answer_value(const Possible& answer) const;
  Possibles plain_or_unknown(const std::string& piece, const Possibles& input);
  Possibles plain(const Syntax& syntax, const Scope& scope, const Possibles& input);
  Possibles unfollowed(const Possibles& input);
  Truths truth_at(const Syntax& criterion, const Scope& scope, const Possibles& focus);

  // numbers.cpp
  Possibles sum(const Possibles& input);
  Possibles extreme(const std::string& name, const Possibles& input);
  std::optional<Possibles> by_bounds(const std::string& name, const std::string& piece,
                                     const Values& operands);

  enum class Kept : std::uint8_t { variable, calculated, enabled };
  static std::uint64_t key_of(Kept kind, std::uint32_t a, std::uint32_t b = 0) {
    return (std::uint64_t{static_cast<std::uint8_t>(kind)} << 62) | (std::uint64_t{a} << 32) | b;
  }
  Possibles remembered(std::uint64_t key, const std::function<Possibles()>& compute);
  void note_failure(QuestionSet by);
  Truths truths(const Possibles& condition);
  void touch(std::uint32_t question) {
    looked_.touched.add(question);
    looked_.read.add(question);
  }
  void touch_all();

  Calculation::State& calculation_;
  FormSession::State& session_;
  const Domains& domains_;
  Questions questions_;
  Concrete concrete_;
  std::vector<std::unique_ptr<Syntax>> trees_;   // by expression; null: none
  std::unordered_set<const Syntax*> constants_;  // what reads nothing but the form; looked up only
  NewAnswers converted_;

  // What was looked at.
  struct Looked {
    QuestionSet touched, read;
    bool met_many = false;
    bool may_fail = false;     // an operation may raise an error: then the expression gives nothing
    QuestionSet fails_by;      // the questions that decide about that
    bool met_failure = false;  // the same, also where an error ended in an item or a condition
    void merge(const Looked& other);
  };

  // Of the response.
  struct Entry {
    Possibles value;
    Looked looked;
    std::uint64_t version = 0;
    bool is_free = false;  // nothing that was assigned was looked at
  };
  std::unordered_map<std::uint64_t, std::vector<Entry>> entries_;  // looked up only
  std::vector<std::uint64_t> open_keys_;                           // being worked out
  static constexpr std::size_t nobody = static_cast<std::size_t>(-1);
  std::size_t reads_itself_from_ = nobody;  // of open_keys_: the calculated item that reads itself
  Looked looked_;
  bool tells_cases_ = true;  // false: parts that go together are taken apart
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
  bool has_given_up_ = false;
};

}  // namespace fbss::form

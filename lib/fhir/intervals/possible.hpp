// SPDX-License-Identifier: Apache-2.0
// What an expression can still give while questions are open. A collection of which everything is
// known is a list of single values; what open questions leave undecided is said element by element:
// which values it may be, and whether it is there at all. It always holds what every completion
// gives, and may hold more.
#pragma once

#include <cstdint>
#include <vector>

#include <fbss/fhirpath.hpp>

#include "fhir/form/model.hpp"
#include "fhir/intervals/range.hpp"
#include "json/node.hpp"

namespace fbss::form {

/// Questions, by their number.
class QuestionSet {
 public:
  void add(std::uint32_t question);
  void remove(std::uint32_t question);
  void merge(const QuestionSet& other);
  bool has(std::uint32_t question) const;
  bool empty() const;
  bool meets(const QuestionSet& other) const;
  QuestionSet shared_with(const QuestionSet& other) const;
  QuestionSet without(const QuestionSet& other) const;
  std::vector<std::uint32_t> list() const;

 private:
  std::vector<std::uint64_t> words_;
};

struct Possible {
  enum class Kind : std::uint8_t {
    item,      ///< an item of the response; without an instance the response itself
    answer,    ///< an answer; `content` is what its value is
    values,    ///< one of `values`
    range,     ///< a number within `range`
    anything,  ///< one value, whichever
    other,     ///< a part of the response that is neither item nor answer
  };
  Kind kind = Kind::values;
  Kind content = Kind::values;
  bool is_certain = true;            ///< whether it is there in every completion
  bool is_integer = false;           ///< range: of whole numbers
  bool is_many = false;              ///< item: of a group of which there may be any number
  std::uint32_t instance = none;     ///< item, answer
  std::uint32_t place = none;        ///< answer: its place among those that the response has
  const json::Node* node = nullptr;  ///< answer: as the response has it
  std::vector<fhirpath::Value> values;
  Range range;
  QuestionSet depends;  ///< the open questions that decide what it is, or whether it is there

  static Possible known(const fhirpath::Value& value);
  static Possible of_range(const Range& range, bool is_integer);
  static Possible unknown();
  /// true and false.
  static Possible either();
};

struct Possibles {
  std::vector<Possible> elements;
  bool has_more = false;  ///< anything else may stand behind, or in place of, the elements
  QuestionSet more_of;    ///< the questions that decide about that
  /// Questions of which it was forgotten how parts of this depend on them together: looking at
  /// their answers one by one would tell more.
  QuestionSet lost;

  QuestionSet depends() const;
  bool is_open() const;   ///< how many there are has no bound
  bool is_known() const;  ///< every element is one value, surely there
  void append(const Possibles& others);
  void push(Possible one) { elements.push_back(std::move(one)); }

  static Possibles none();
  static Possibles of(Possible one);
  /// Whatever the questions decide.
  static Possibles anything(QuestionSet questions);
};

/// The same value written alike.
bool is_identical(const fhirpath::Value& a, const fhirpath::Value& b);

/// Values without repetitions; more numbers than are worth keeping become their range.
void tidy(Possible& one);

/// What either gives.
Possibles either_of(const std::vector<Possibles>& choices);

/// The numbers that the element may be; nothing where it may be something else.
std::optional<Range> numbers_of(const Possible& one);

/// Whether it is a whole number for sure, an Integer.
bool is_whole(const Possible& one);

/// What a condition can come out as.
struct Truths {
  bool yes = false, no = false, empty = false;
  QuestionSet depends, lost;
  bool is_only_yes() const { return yes && !no && !empty; }
  bool is_never_yes() const { return !yes; }
};
Truths truths_of(const Possibles& condition);

}  // namespace fbss::form

// SPDX-License-Identifier: Apache-2.0
// Values as answers. In: a value that an expression gave or a record holds, and the question. Out:
// answer[x] of the question's type, as nodes or as JSON text, or why it does not fit. What converts
// without loss of meaning is converted (a code to the option that has it, a number to a quantity of
// the question's unit); nothing is rounded or guessed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <fbss/fhirpath.hpp>

#include "base/arena.hpp"
#include "fhir/form/model.hpp"
#include "json/append.hpp"

namespace fbss::form {

/// An answer as JSON writes it.
struct Answer {
  std::string member;          ///< "valueDecimal"
  std::string value;           ///< 163
  std::string extension = {};  ///< a JSON array for the answer's extensions; empty: none

  friend bool operator==(const Answer&, const Answer&) = default;
};

/// Answers that were made, one behind the other, each a node with its key ("valueDecimal"). Nodes
/// move while further ones are made. Objects are copied whole: their texts stay those of the value.
class NewAnswers {
 public:
  /// Where the values are from. A record has moments, and names of what it refers to: of a moment
  /// the day is taken, a resource becomes a reference to it. A calculation gives what its author
  /// meant: there both are a misfit, and an option comes with what further calculations may read of
  /// it (its weight).
  enum class Origin : std::uint8_t { record, calculation };

  NewAnswers(const Form::Model& model, Origin origin)
      : model_(model), origin_(origin), nodes_(store_) {
    clear();
  }
  NewAnswers(const NewAnswers&) = delete;
  NewAnswers& operator=(const NewAnswers&) = delete;

  /// Forgets them; their texts too, unless a response that is still in use has them.
  void clear(bool keeps_texts = false);

  std::size_t count() const { return places_.size(); }
  const json::Node& operator[](std::size_t i) const { return store_.built[places_[i]]; }

  /// Makes the value an answer to the item. Empty where it was made, and where there is no value (a
  /// primitive with extensions only, an empty text); else why it does not fit, in a sentence that
  /// repeats no text of the value.
  std::string add(const Item& item, const fhirpath::Value& value);

  /// An answer as it stands elsewhere: a node with its key.
  void add_copy(const json::Node& value) { add_node(value, std::nullopt); }

  /// Forgets the answers from that one on.
  void cut(std::size_t count);

 private:
  class Fitting;  // answers.cpp: what is added, and as what

  // Each adds one answer, or a member of it, and says so.
  bool add_boolean(const json::Key& key, bool value);
  bool add_number(const json::Key& key, std::string_view digits);
  bool add_text(const json::Key& key, std::string_view text);
  bool add_node(const json::Node& value, std::optional<json::Key> key);
  bool add_quantity(const json::Key& key, std::string_view digits, const std::optional<Unit>& unit);
  bool add_reference(const json::Key& key, std::string_view target);
  bool add_coding(std::string_view system, std::string_view code, std::string_view display);
  bool add_bare_coding(const json::Node& coding);
  void add_member(const json::Key& key, JsonKind kind, std::string_view text);
  void note_place();
  const std::vector<fhirpath::ValueSets::Code>& codes_of(const Item& item);

  const Form::Model& model_;
  const Origin origin_;
  json::Store store_;
  json::Appender nodes_;
  std::vector<std::size_t> places_;  // of each answer, in store_.built
  // Of value sets that bare codes were looked for in, by item; looked up, never walked.
  std::unordered_map<std::uint32_t, std::vector<fhirpath::ValueSets::Code>> codes_;
};

/// The value of a record as an answer to the item. Nothing where it does not fit, or where there is
/// no value; `why` then is what NewAnswers::add() gives.
std::optional<Answer> answer_of(const Form::Model& model, const Item& item,
                                const fhirpath::Value& value, std::string& why);

/// What the question begins with: initial[x], and options that are initialSelected.
std::vector<fhirpath::Value> initial_values(const Item& item);

/// A value of an `initial[x]`, or of an option, as it is written.
Answer answer_as_written(JsonNode value);

/// {"system": …, "code": …, "display": …} as JSON; empty parts are left out.
std::string coding_json(std::string_view system, std::string_view code, std::string_view display);

}  // namespace fbss::form

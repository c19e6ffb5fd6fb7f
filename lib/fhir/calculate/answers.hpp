// SPDX-License-Identifier: Apache-2.0
// From the result of an expression to answers of an item. In: a FHIRPath value. Out: value[x] as
// the item's type wants it. SDC, calculatedExpression: "the answer for the item".
//
// What loses nothing is converted: a whole decimal for an integer, a number for a quantity of the
// item's unit, a code for the option that has it, any primitive for a text. Nothing is rounded or
// cut; what does not fit is told.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <fbss/fhirpath.hpp>

#include "base/arena.hpp"
#include "fhir/calculate/choices.hpp"
#include "fhir/form/model.hpp"
#include "json/append.hpp"

namespace fbss::form {

/// Answers that were made, one behind the other, each a node with its key ("valueDecimal"). Nodes
/// move while further ones are made.
class NewAnswers {
 public:
  explicit NewAnswers(const Choices& choices) : choices_(choices), nodes_(store_) { clear(); }
  NewAnswers(const NewAnswers&) = delete;
  NewAnswers& operator=(const NewAnswers&) = delete;

  /// Forgets them; their texts too, unless a response that is still in use has them.
  void clear(bool keeps_texts = false);

  std::size_t count() const { return places_.size(); }
  const json::Node& operator[](std::size_t i) const { return store_.built[places_[i]]; }

  /// Makes the value an answer of the item. Empty where it was made, or the value is an empty text,
  /// which is none; else why it cannot be one, to be put behind "The calculated value ".
  std::string_view add(const Item& item, const fhirpath::Value& value);

  /// An answer as it stands elsewhere: a node with its key.
  void add_copy(const json::Node& value);

  /// Forgets the answers from that one on.
  void cut(std::size_t count);

 private:
  std::string_view add_number(const Item& item, const fhirpath::Value& value);
  std::string_view add_quantity(const Item& item, const fhirpath::Value& value);
  std::string_view add_choice(const Item& item, const fhirpath::Value& value);
  std::string_view add_text(const Item& item, const fhirpath::Value& value);
  std::string_view add_temporal(const Item& item, const fhirpath::Value& value);
  std::string_view add_whole(const Item& item, const fhirpath::Value& value, std::string_view type);
  const json::Node* find_option(const Item& item, const fhirpath::Value& value,
                                bool& is_ambiguous) const;

  json::Node& add_node(JsonKind kind, const json::Key& key, std::string_view text = {});
  void add_member(std::string_view name, JsonKind kind, std::string_view text);

  const Choices& choices_;
  json::Store store_;
  json::Appender nodes_;
  std::vector<std::size_t> places_;  // of each answer, in store_.built
};

}  // namespace fbss::form

// SPDX-License-Identifier: Apache-2.0
// What is known of a collection before there is a record: the types that its items may have, and
// whether there may be several and in an order. In: types and elements of the FHIR model. Out: the
// shapes that strict.cpp follows through an expression.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/fhirpath.hpp>

#include "fhirpath/types.hpp"

namespace fbss::fhirpath {

/// A set of System types, one bit each.
using TypeSet = std::uint16_t;
constexpr TypeSet set_of(Type type) {
  return static_cast<TypeSet>(1u << static_cast<unsigned>(type));
}

struct Shape {
  bool is_anything = false;       // nothing is known of the types
  TypeSet system = 0;             // of items that are no nodes
  std::vector<ModelType> models;  // of items that are nodes; sorted, each once
  bool is_many = false;           // may hold more than one item
  bool is_unordered = false;

  /// No item at all, whatever the record.
  bool is_nothing() const { return !is_anything && system == 0 && models.empty(); }
  /// The types are known, and there are some.
  bool is_known() const { return !is_anything && !is_nothing(); }

  /// Adds a type. One that stands for those that inherit from it (Resource) may be anything.
  void add(ModelType type);
  /// Adds the other's types, and what may be said of both.
  void add(const Shape& other);
};

Shape shape_of(Type type);               ///< one item
Shape shape_of(TypeSet types);           ///< one item
Shape shape_of_model(ModelType type);    ///< one item
Shape anything(const Shape& like = {});  ///< as many, and in such an order, as `like`
Shape one_item_of(const Shape& shape);

/// The System types that the items may be read as; all of them where nothing is known.
TypeSet system_types(const Shape& shape);

/// What the items have under that name, as member access gives it; nothing where no item can have
/// it.
std::optional<Shape> elements_of(const Shape& shape, std::string_view name);

/// The items that may be of that type. Where none may, still that type: asking is no error, and
/// what is then read of the result belongs to that type.
Shape narrowed(const Shape& shape, const TypeSpecifier& type);

/// "Identifier", "Period, Quantity or 3 other types".
std::string words_of(const Shape& shape);

}  // namespace fbss::fhirpath

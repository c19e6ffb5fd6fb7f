// SPDX-License-Identifier: Apache-2.0
#include "fhirpath/shape.hpp"

#include <algorithm>

namespace fbss::fhirpath {
namespace {

constexpr TypeSet all_types = 0xFFFF;

// Types of which no record has an item: what is of them is of one that inherits from them.
bool is_abstract(ModelType type) {
  static const ModelType element = find_model_type("Element"),
                         backbone = find_model_type("BackboneElement");
  return is_abstract_resource(type) || type == element || type == backbone;
}

bool is_quantity(ModelType type) {
  static const ModelType quantity = find_model_type("Quantity");
  return is_kind_of(type, quantity);
}

}  // namespace

void Shape::add(ModelType type) {
  if (is_abstract(type)) {
    is_anything = true;
    return;
  }
  const auto place = std::ranges::lower_bound(models, type);
  if (place == models.end() || *place != type) models.insert(place, type);
}

void Shape::add(const Shape& other) {
  is_anything = is_anything || other.is_anything;
  system |= other.system;
  for (const ModelType type : other.models) add(type);
  is_many = is_many || other.is_many;
  is_unordered = is_unordered || other.is_unordered;
}

Shape shape_of(Type type) {
  return shape_of(set_of(type));
}

Shape shape_of(TypeSet types) {
  Shape made;
  made.system = types;
  return made;
}

Shape shape_of_model(ModelType type) {
  Shape made;
  made.add(type);
  return made;
}

Shape anything(const Shape& like) {
  Shape made;
  made.is_anything = true;
  made.is_many = like.is_many;
  made.is_unordered = like.is_unordered;
  return made;
}

Shape one_item_of(const Shape& shape) {
  Shape made = shape;
  made.is_many = made.is_unordered = false;
  return made;
}

TypeSet system_types(const Shape& shape) {
  if (shape.is_anything) return all_types;
  TypeSet types = shape.system;
  for (const ModelType type : shape.models) {
    if (const auto system = system_type_of(type)) types |= set_of(*system);
    if (is_quantity(type)) types |= set_of(Type::quantity);
  }
  return types;
}

std::optional<Shape> elements_of(const Shape& shape, std::string_view name) {
  if (shape.is_anything) return anything(shape);
  if (shape.is_nothing()) return shape;
  Shape made;
  made.is_many = shape.is_many;
  made.is_unordered = shape.is_unordered;
  bool found = false;
  const ModelName number = find_model_name(name);
  for (const ModelType type : shape.models) {
    const auto element = find_element(type, number);
    if (!element) continue;
    found = true;
    made.is_many = made.is_many || element->is_list;
    if (element->type != 0) made.add(element->type);
    for (const ModelType choice : element->choices) made.add(choice);
  }
  const auto add_system = [&](Type of, std::string_view member, Type type) {
    if ((shape.system & set_of(of)) == 0 || member != name) return;
    found = true;
    made.system |= set_of(type);
  };
  add_system(Type::quantity, "value", Type::decimal);
  add_system(Type::quantity, "unit", Type::string);
  add_system(Type::type_info, "namespace", Type::string);
  add_system(Type::type_info, "name", Type::string);
  add_system(Type::type_info, "baseType", Type::string);
  return found ? std::optional(made) : std::nullopt;
}

Shape narrowed(const Shape& shape, const TypeSpecifier& type) {
  Shape made;
  made.is_many = shape.is_many;
  made.is_unordered = shape.is_unordered;
  if (type.system && (shape.is_anything || (shape.system & set_of(*type.system)) != 0))
    made.system = set_of(*type.system);
  for (const ModelType model : shape.models) {
    if (is_kind_of(model, type.model)) made.add(model);
    if (is_kind_of(type.model, model)) made.add(type.model);
  }
  if (shape.is_anything || made.is_nothing()) {
    if (type.system) made.system |= set_of(*type.system);
    if (type.model != 0) made.add(type.model);
  }
  return made;
}

std::string words_of(const Shape& shape) {
  constexpr std::size_t most = 3;
  std::vector<std::string_view> names;
  for (const ModelType type : shape.models) names.push_back(model_type_name(type));
  for (unsigned bit = 0; bit < 16; ++bit)
    if ((shape.system >> bit & 1) != 0) {
      const std::string_view name = system_type_name(static_cast<Type>(bit));
      names.push_back(name.empty() ? "TypeInfo" : name);
    }
  std::string words;
  const std::size_t shown = names.size() > most ? most - 1 : names.size();
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) words += i + 1 == names.size() ? " or " : ", ";
    words += names[i];
  }
  if (shown < names.size())
    words += " or one of " + std::to_string(names.size() - shown) + " other types";
  return words;
}

}  // namespace fbss::fhirpath

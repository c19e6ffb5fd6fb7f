// SPDX-License-Identifier: Apache-2.0
// Names to types and elements, and back: hash tables over the model of FHIR R4 (r4/tables.hpp) that
// the compiler fills.
#include "fhirpath/types.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "fhirpath/r4/tables.hpp"

namespace fbss::fhirpath {
namespace {

// A table of numbers, each in the first free slot from its hash on; 0 is a free slot.
template <std::size_t size>
using Slots = std::array<std::uint16_t, size>;

template <std::size_t size>
constexpr void insert(Slots<size>& slots, std::uint32_t hash, std::uint16_t number) {
  std::size_t slot = hash % size;
  while (slots[slot] != 0) slot = (slot + 1) % size;
  slots[slot] = number;
}

// The number for which is_it says so, or 0.
template <std::size_t size, class Predicate>
constexpr std::uint16_t look_up(const Slots<size>& slots, std::uint32_t hash, Predicate is_it) {
  for (std::size_t slot = hash % size;; slot = (slot + 1) % size)
    if (slots[slot] == 0 || is_it(slots[slot])) return slots[slot];
}

// Of some letters only: names are told apart by few of them, and long ones cost no more.
constexpr std::uint32_t hash_of(std::string_view text) {
  const std::size_t size = text.size();
  if (size == 0) return 0;
  std::uint32_t hash = static_cast<std::uint32_t>(size);
  for (const std::size_t at : {std::size_t{0}, size / 4, size / 3, size / 2, size * 2 / 3,
                               size * 3 / 4, size * 7 / 8, size - 1})
    hash = hash * 31 + static_cast<unsigned char>(text[at]);
  hash *= 0x9E3779B1u;
  return hash ^ (hash >> 15);
}

constexpr std::uint32_t hash_of(ModelType type, ModelName name) {
  return (((std::uint32_t{type} << 16) | name) * 0x9E3779B1u) >> 16;
}

constexpr auto type_slots = [] {
  Slots<2048> slots{};
  for (std::size_t i = 1; i < r4::type_count; ++i)
    insert(slots, hash_of(r4::type_text(i)), static_cast<std::uint16_t>(i));
  return slots;
}();

constexpr auto name_slots = [] {
  Slots<4096> slots{};
  for (std::size_t i = 1; i < r4::name_count; ++i)
    insert(slots, hash_of(r4::name_text(i)), static_cast<std::uint16_t>(i));
  return slots;
}();

// The rows of elements, by their type and name. (Row 0 is a type's.)
constexpr auto element_slots = [] {
  Slots<8192> slots{};
  ModelType type = 0;
  for (std::size_t i = 0; i < r4::row_count; ++i) {
    if (r4::rows[i].name == 0)
      ++type;
    else
      insert(slots, hash_of(type, r4::rows[i].name), static_cast<std::uint16_t>(i));
  }
  return slots;
}();

constexpr bool is_choice_row(const r4::Row& row) {
  return row.name != 0 && (row.type & r4::is_choice) != 0;
}

// The rows of choice elements.
constexpr auto choice_rows = [] {
  constexpr std::size_t count = static_cast<std::size_t>(
      std::count_if(std::begin(r4::rows), std::end(r4::rows), is_choice_row));
  std::array<std::uint16_t, count> list{};
  std::size_t at = 0;
  for (std::size_t i = 0; i < r4::row_count; ++i)
    if (is_choice_row(r4::rows[i])) list[at++] = static_cast<std::uint16_t>(i);
  return list;
}();

struct SystemName {
  std::string_view name;
  Type type;
};

constexpr SystemName system_names[] = {
    {"Boolean", Type::boolean}, {"Integer", Type::integer},    {"Long", Type::long_integer},
    {"Decimal", Type::decimal}, {"String", Type::string},      {"Date", Type::date},
    {"Time", Type::time},       {"DateTime", Type::date_time}, {"Quantity", Type::quantity}};

std::optional<Type> find_system_type(std::string_view name) {
  for (const SystemName& known : system_names)
    if (known.name == name) return known.type;
  return std::nullopt;
}

bool is_backbone(ModelType type) {
  return r4::types[type].kind == r4::Kind::backbone;
}

std::span<const ModelType> choices_of(const r4::Row& row) {
  if ((row.type & r4::is_choice) == 0) return {};
  const ModelType* list = r4::choices + (row.type & r4::number_mask);
  return {list + 1, *list};
}

}  // namespace

ModelType find_model_type(std::string_view name) {
  return look_up(type_slots, hash_of(name),
                 [name](std::uint16_t type) { return r4::type_text(type) == name; });
}

ModelName find_model_name(std::string_view name) {
  return look_up(name_slots, hash_of(name),
                 [name](std::uint16_t number) { return r4::name_text(number) == name; });
}

std::string_view model_name_text(ModelName name) {
  return r4::name_text(name);
}

std::optional<ModelElement> find_element(ModelType type, ModelName name) {
  if (name == 0) return std::nullopt;
  for (; type != 0; type = r4::types[type].parent) {
    const std::uint16_t first = r4::types[type].row, end = r4::types[type + 1].row;
    const std::uint16_t found = look_up(element_slots, hash_of(type, name), [=](std::uint16_t i) {
      return i > first && i < end && r4::rows[i].name == name;
    });
    if (found == 0) continue;
    const r4::Row& row = r4::rows[found];
    if ((row.type & r4::is_choice) != 0) return ModelElement{0, false, choices_of(row)};
    return ModelElement{
        static_cast<ModelType>(row.type & r4::number_mask), (row.type & r4::is_list) != 0, {}};
  }
  return std::nullopt;
}

std::optional<ChoiceName> find_choice_name(std::string_view json_name) {
  for (std::size_t i = 1; i < json_name.size(); ++i) {
    const ModelType type = find_choice_type(json_name.substr(i));
    const ModelName base = type == 0 ? ModelName{0} : find_model_name(json_name.substr(0, i));
    if (base == 0) continue;
    for (const std::uint16_t choice : choice_rows) {
      const r4::Row& row = r4::rows[choice];
      if (row.name != base) continue;
      const auto choices = choices_of(row);
      if (std::find(choices.begin(), choices.end(), type) != choices.end())
        return ChoiceName{base, type};
    }
  }
  return std::nullopt;
}

std::vector<std::string_view> element_names(ModelType type) {
  std::vector<std::string_view> names;
  for (; type != 0; type = r4::types[type].parent)
    for (std::size_t i = r4::types[type].row + 1; i < r4::types[type + 1].row; ++i)
      names.push_back(r4::name_text(r4::rows[i].name));
  return names;
}

ModelType find_choice_type(std::string_view suffix) {
  char text[32];
  if (suffix.empty() || suffix[0] < 'A' || suffix[0] > 'Z' || suffix.size() > sizeof(text))
    return 0;
  ModelType type = find_model_type(suffix);
  if (type == 0) {  // a primitive begins with a small letter where it is not the end of a name
    std::copy(suffix.begin(), suffix.end(), text);
    text[0] = static_cast<char>(text[0] + ('a' - 'A'));
    type = find_model_type({text, suffix.size()});
  }
  return is_resource(type) || is_backbone(type) ? ModelType{0} : type;
}

std::string_view model_type_name(ModelType type) {
  return r4::type_text(type);
}

bool is_kind_of(ModelType type, ModelType base) {
  for (; type != 0; type = r4::types[type].parent)
    if (type == base) return true;
  return false;
}

ModelType parent_type(ModelType type) {
  return r4::types[type].parent;
}

bool is_resource(ModelType type) {
  return r4::types[type].kind == r4::Kind::resource;
}

bool is_abstract_resource(ModelType type) {
  return type == r4::Resource || type == r4::DomainResource;
}

std::optional<Type> system_type_of(ModelType type) {
  if (r4::types[type].kind != r4::Kind::primitive) return std::nullopt;
  return r4::types[type].system;
}

std::optional<TypeSpecifier> find_type(std::string_view qualified_name) {
  TypeSpecifier found;
  const std::size_t dot = qualified_name.find('.');
  const std::string_view space =
      dot == std::string_view::npos ? std::string_view{} : qualified_name.substr(0, dot);
  const std::string_view name =
      dot == std::string_view::npos ? qualified_name : qualified_name.substr(dot + 1);
  ModelType model = find_model_type(name);
  if (is_backbone(model)) model = 0;  // these have no name in the language
  const std::optional<Type> system = find_system_type(name);
  if (space.empty() || space == "System") found.system = system;
  if (space.empty() || space == "FHIR") found.model = model;
  if (found.system || found.model != 0) return found;
  // A FHIR type looked for among the System types is a question that can be answered: no.
  return space == "System" && model != 0 ? std::optional(found) : std::nullopt;
}

std::string_view system_type_name(Type type) {
  for (const SystemName& known : system_names)
    if (known.type == type) return known.name;
  return {};
}

std::vector<std::string_view> type_names() {
  std::vector<std::string_view> names;
  for (const SystemName& known : system_names) names.push_back(known.name);
  for (ModelType type = 1; type < r4::type_count; ++type)
    if (!is_backbone(type)) names.push_back(r4::type_text(type));
  return names;
}

}  // namespace fbss::fhirpath

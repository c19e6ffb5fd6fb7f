// SPDX-License-Identifier: Apache-2.0
// Names of types to types, by binary search over types.def.
#include "fhirpath/types.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace fbss::fhirpath {
namespace {

struct Entry {
  std::string_view name, parent;
  bool resource;
  std::optional<Type> system;
};

constexpr Entry kEntries[] = {
#define FBSS_PRIMITIVE(name, parent, system) {name, parent, false, Type::system},
#define FBSS_DATA_TYPE(name, parent) {name, parent, false, std::nullopt},
#define FBSS_RESOURCE(name, parent) {name, parent, true, std::nullopt},
#include "fhirpath/types.def"
#undef FBSS_PRIMITIVE
#undef FBSS_DATA_TYPE
#undef FBSS_RESOURCE
};
constexpr std::size_t kCount = std::size(kEntries);

struct SystemName {
  std::string_view name;
  Type type;
};

constexpr SystemName kSystemNames[] = {
    {"Boolean", Type::boolean}, {"Integer", Type::integer},    {"Long", Type::long_integer},
    {"Decimal", Type::decimal}, {"String", Type::string},      {"Date", Type::date},
    {"Time", Type::time},       {"DateTime", Type::date_time}, {"Quantity", Type::quantity}};

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Order of names in which the case of the first letter does not count: a choice element writes
// "DateTime" where the type is "dateTime".
constexpr bool comes_before(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.size() < b.size();
  const char x = lower(a[0]), y = lower(b[0]);
  return x != y ? x < y : a.substr(1) < b.substr(1);
}

constexpr auto kByName = [] {
  std::array<ModelType, kCount> order{};
  for (std::size_t i = 0; i < kCount; ++i) order[i] = static_cast<ModelType>(i);
  std::sort(order.begin(), order.end(), [](ModelType a, ModelType b) {
    return comes_before(kEntries[a].name, kEntries[b].name);
  });
  return order;
}();

const Entry* find(std::string_view name) {
  const auto* place = std::lower_bound(
      kByName.begin(), kByName.end(), name,
      [](ModelType i, std::string_view n) { return comes_before(kEntries[i].name, n); });
  if (place == kByName.end() || comes_before(name, kEntries[*place].name)) return nullptr;
  return &kEntries[*place];
}

ModelType number_of(const Entry* entry) {
  return static_cast<ModelType>(entry - std::begin(kEntries) + 1);
}

const Entry* entry_of(ModelType type) {
  return type == 0 ? nullptr : &kEntries[type - 1];
}

std::optional<Type> find_system_type(std::string_view name) {
  for (const SystemName& known : kSystemNames)
    if (known.name == name) return known.type;
  return std::nullopt;
}

}  // namespace

ModelType find_model_type(std::string_view name) {
  const Entry* entry = find(name);
  return entry && entry->name == name ? number_of(entry) : ModelType{0};
}

ModelType find_choice_type(std::string_view suffix) {
  if (suffix.empty() || suffix[0] < 'A' || suffix[0] > 'Z') return 0;
  const Entry* entry = find(suffix);
  return entry && !entry->resource ? number_of(entry) : ModelType{0};
}

std::string_view model_type_name(ModelType type) {
  const Entry* entry = entry_of(type);
  return entry ? entry->name : std::string_view{};
}

bool is_kind_of(ModelType type, ModelType base) {
  while (type != 0) {
    if (type == base) return true;
    type = find_model_type(entry_of(type)->parent);
  }
  return false;
}

bool is_resource(ModelType type) {
  const Entry* entry = entry_of(type);
  return entry && entry->resource;
}

std::optional<Type> system_type_of(ModelType type) {
  const Entry* entry = entry_of(type);
  return entry ? entry->system : std::nullopt;
}

std::optional<TypeSpecifier> find_type(std::string_view qualified_name) {
  TypeSpecifier found;
  const std::size_t dot = qualified_name.find('.');
  const std::string_view space =
      dot == std::string_view::npos ? std::string_view{} : qualified_name.substr(0, dot);
  const std::string_view name =
      dot == std::string_view::npos ? qualified_name : qualified_name.substr(dot + 1);
  const ModelType model = find_model_type(name);
  const std::optional<Type> system = find_system_type(name);
  if (space.empty() || space == "System") found.system = system;
  if (space.empty() || space == "FHIR") found.model = model;
  if (found.system || found.model != 0) return found;
  // A FHIR type looked for among the System types is a question that can be answered: no.
  return space == "System" && model != 0 ? std::optional(found) : std::nullopt;
}

std::string_view system_type_name(Type type) {
  for (const SystemName& known : kSystemNames)
    if (known.type == type) return known.name;
  return {};
}

std::vector<std::string_view> type_names() {
  std::vector<std::string_view> names;
  for (const SystemName& known : kSystemNames) names.push_back(known.name);
  for (const Entry& entry : kEntries) names.push_back(entry.name);
  return names;
}

}  // namespace fbss::fhirpath

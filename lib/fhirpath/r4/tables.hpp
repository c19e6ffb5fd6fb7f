// SPDX-License-Identifier: Apache-2.0
// The model of FHIR R4 as constants. In: names.def and types.def, which generate.py makes. Out:
// numbers for types and names, and the tables that types.cpp looks things up in. Everything is made
// by the compiler: small numbers and two long texts, without a pointer, so that nothing is to be
// done at the start of a program.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <fbss/fhirpath.hpp>

#include "fhirpath/types.hpp"

namespace fbss::fhirpath::r4 {

enum TypeNumber : ModelType {
  none,
#define FBSS_R4_PRIMITIVE(name, parent, system) name,
#define FBSS_R4_DATA_TYPE(name, parent) name,
#define FBSS_R4_RESOURCE(name, parent) name,
#define FBSS_R4_BACKBONE(name, path, parent) name,
#include "fhirpath/r4/types.def"
  end_of_types
};

enum NameNumber : ModelName {
  no_name,
#define FBSS_R4_NAME(name) n_##name,
#include "fhirpath/r4/names.def"
#undef FBSS_R4_NAME
  end_of_names
};

inline constexpr std::size_t type_count = end_of_types, name_count = end_of_names;

/// All names, one behind the other, each ended by a zero byte; number 0 is the empty name.
inline constexpr char type_texts[] = "\0"
#define FBSS_R4_PRIMITIVE(name, parent, system) #name "\0"
#define FBSS_R4_DATA_TYPE(name, parent) #name "\0"
#define FBSS_R4_RESOURCE(name, parent) #name "\0"
#define FBSS_R4_BACKBONE(name, path, parent) path "\0"
#include "fhirpath/r4/types.def"
    ;

inline constexpr char name_texts[] = "\0"
#define FBSS_R4_NAME(name) #name "\0"
#include "fhirpath/r4/names.def"
#undef FBSS_R4_NAME
    ;

/// Where each of them begins, and behind them where the last one ends.
template <std::size_t count, std::size_t size>
constexpr std::array<std::uint16_t, count + 1> starts_of(const char (&texts)[size]) {
  static_assert(size <= 0xFFFF);
  std::array<std::uint16_t, count + 1> starts{};
  std::size_t number = 1;
  for (std::size_t i = 0; i + 1 < size; ++i)
    if (texts[i] == 0) starts[number++] = static_cast<std::uint16_t>(i + 1);
  return starts;
}
inline constexpr auto type_starts = starts_of<type_count>(type_texts);
inline constexpr auto name_starts = starts_of<name_count>(name_texts);

constexpr std::string_view type_text(std::size_t number) {
  return {type_texts + type_starts[number],
          static_cast<std::size_t>(type_starts[number + 1] - type_starts[number] - 1)};
}
constexpr std::string_view name_text(std::size_t number) {
  return {name_texts + name_starts[number],
          static_cast<std::size_t>(name_starts[number + 1] - name_starts[number] - 1)};
}

enum class Kind : std::uint8_t { primitive, data_type, resource, backbone };

/// A row of all_rows: a type (`name` is 0, `type` its parent) or, behind it, one of its elements.
struct Row {
  ModelName name;
  std::uint16_t type;  // an element's: with is_list, or is_choice and an index into choices
};
inline constexpr std::uint16_t is_list = 0x8000, is_choice = 0x4000, number_mask = 0x3FFF;

/// The types of the choice elements in their order, each list with its length before it.
template <ModelType... types>
inline constexpr ModelType length_of = sizeof...(types);
inline constexpr ModelType choices[] = {
#define FBSS_R4_CHOICE(name, ...) length_of<__VA_ARGS__>, __VA_ARGS__,
#include "fhirpath/r4/types.def"
};
static_assert(std::size(choices) <= number_mask && type_count <= number_mask);

inline constexpr Row written_rows[] = {
#define FBSS_R4_PRIMITIVE(name, parent, system) {no_name, parent},
#define FBSS_R4_DATA_TYPE(name, parent) {no_name, parent},
#define FBSS_R4_RESOURCE(name, parent) {no_name, parent},
#define FBSS_R4_BACKBONE(name, path, parent) {no_name, parent},
#define FBSS_R4_ONE(name, type) {n_##name, type},
#define FBSS_R4_MANY(name, type) {n_##name, static_cast<std::uint16_t>(type | is_list)},
#define FBSS_R4_CHOICE(name, ...) {n_##name, is_choice},
#include "fhirpath/r4/types.def"
    {no_name, none}};
inline constexpr std::size_t row_count = std::size(written_rows);

inline constexpr auto rows = [] {
  std::array<Row, row_count> made{};
  std::size_t choice = 0;
  for (std::size_t i = 0; i < row_count; ++i) {
    made[i] = written_rows[i];
    if (made[i].name == no_name || made[i].type != is_choice) continue;
    made[i].type = static_cast<std::uint16_t>(is_choice | choice);
    choice += choices[choice] + std::size_t{1};
  }
  return made;
}();

struct TypeRow {
  std::uint16_t row = 0;  // its own; its elements stand behind it
  ModelType parent = none;
  Kind kind = Kind::data_type;
  Type system = Type::node;  // node: none
};

inline constexpr TypeRow written_types[] = {{},
#define FBSS_R4_PRIMITIVE(name, parent, system) {0, parent, Kind::primitive, Type::system},
#define FBSS_R4_DATA_TYPE(name, parent) {0, parent, Kind::data_type, Type::node},
#define FBSS_R4_RESOURCE(name, parent) {0, parent, Kind::resource, Type::node},
#define FBSS_R4_BACKBONE(name, path, parent) {0, parent, Kind::backbone, Type::node},
#include "fhirpath/r4/types.def"
                                            {}};

/// By number; behind the last one stands one more, whose row ends the last one's elements.
inline constexpr auto types = [] {
  std::array<TypeRow, type_count + 1> made{};
  std::size_t number = 0;
  for (std::size_t i = 0; i < type_count + 1; ++i) made[i] = written_types[i];
  for (std::size_t i = 0; i < row_count; ++i)
    if (rows[i].name == no_name) made[++number].row = static_cast<std::uint16_t>(i);
  return made;
}();

}  // namespace fbss::fhirpath::r4

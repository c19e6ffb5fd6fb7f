// SPDX-License-Identifier: Apache-2.0
// The types that an expression may name: the System types of FHIRPath and the types of FHIR R4
// (types.def). In: a name as written. Out: a TypeSpecifier, and what is a kind of what.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/fhirpath.hpp>

namespace fbss::fhirpath {

/// A type of FHIR: its place in types.def, from 1. 0: not known.
using ModelType = std::uint16_t;

/// The type of that name ("Patient", "dateTime"), or 0.
ModelType find_model_type(std::string_view name);

/// The data type that ends a choice element's name: "Quantity" of valueQuantity, "DateTime" of
/// onsetDateTime; 0 where none does.
ModelType find_choice_type(std::string_view suffix);

/// The type's name; empty for 0.
std::string_view model_type_name(ModelType type);

/// Whether `type` is `base` or inherits from it.
bool is_kind_of(ModelType type, ModelType base);

bool is_resource(ModelType type);

/// The System type that a primitive's values convert to; nothing for other types.
std::optional<Type> system_type_of(ModelType type);

/// What stands behind `is`, `as` and in ofType(): "Quantity" means both kinds, "System.Quantity"
/// and "FHIR.Quantity" one.
struct TypeSpecifier {
  std::optional<Type> system;
  ModelType model = 0;
};

/// Nothing where no such type exists.
std::optional<TypeSpecifier> find_type(std::string_view qualified_name);

/// The name of a System type without its namespace ("DateTime"), empty for node and type_info.
std::string_view system_type_name(Type type);

/// All names that find_type() knows, for "did you mean".
std::vector<std::string_view> type_names();

}  // namespace fbss::fhirpath

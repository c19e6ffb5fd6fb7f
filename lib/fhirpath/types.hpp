// SPDX-License-Identifier: Apache-2.0
// The types that an expression may name: the System types of FHIRPath and the types of FHIR R4
// (types.def). In: a name as written. Out: a TypeSpecifier, and what is a kind of what.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/fhirpath.hpp>

namespace fbss::fhirpath {

/// A type of FHIR R4, from 1: also those of elements that have elements of their own, named by
/// their path ("Patient.contact", a kind of BackboneElement). 0: not known.
using ModelType = std::uint16_t;

/// The type of that name ("Patient", "dateTime", "Patient.contact"), or 0.
ModelType find_model_type(std::string_view name);

/// The name of an element of FHIR ("given"; a choice element's without a type: "value"), from 1. 0:
/// no element of FHIR R4 is called so.
using ModelName = std::uint16_t;
ModelName find_model_name(std::string_view name);

/// The name; empty for 0.
std::string_view model_name_text(ModelName name);

/// What a type has under a name.
struct ModelElement {
  ModelType type = 0;                       // 0: a choice of several
  bool is_list = false;                     // may be there more than once
  std::span<const ModelType> choices = {};  // of a choice element: all its types, else none
};

/// What the type, or one that it inherits from, has under that name; nothing where it has no such
/// element. Cost: some nanoseconds, no allocation.
std::optional<ModelElement> find_element(ModelType type, ModelName name);

/// How JSON writes a choice element: valueQuantity is the element `value` as a Quantity. Nothing
/// where no choice element of FHIR R4 is written so.
struct ChoiceName {
  ModelName base = 0;
  ModelType type = 0;
};
std::optional<ChoiceName> find_choice_name(std::string_view json_name);

/// The names of a type's elements, its own and those that it inherits, for "did you mean".
std::vector<std::string_view> element_names(ModelType type);

/// The data type that ends a choice element's name: "Quantity" of valueQuantity, "DateTime" of
/// onsetDateTime; 0 where none does.
ModelType find_choice_type(std::string_view suffix);

/// The type's name; empty for 0.
std::string_view model_type_name(ModelType type);

/// Whether `type` is `base` or inherits from it.
bool is_kind_of(ModelType type, ModelType base);

/// What the type inherits from at once; 0 where it inherits from none.
ModelType parent_type(ModelType type);

bool is_resource(ModelType type);

/// Resource and DomainResource: what is of them says by itself what it is.
bool is_abstract_resource(ModelType type);

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

// SPDX-License-Identifier: Apache-2.0
// Whether JSON is built as FHIR R4 says: elements that exist, lists where there may be several,
// primitives written as they have to be. In: an element and its type. Out: faults with their
// places. How often an element must be there is not looked at; what is contained neither.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include <fbss/document.hpp>

#include "fhirpath/types.hpp"

namespace fbss::form {

struct StructureFault {
  enum class Kind : std::uint8_t {
    unknown_element,  ///< FHIR R4 does not have it here
    wrong_kind,       ///< a list, an object or a primitive is in the place of another
    bad_value,        ///< a primitive that is not written as its type has it
    bad_id,           ///< the same of the type id, which forms often take for names
    empty             ///< an empty list, object or text: FHIR leaves it out instead
  };
  Kind kind{};
  std::string path{};
  std::string message{};
};

/// `path` is that of the node; members named in `left_out` are not looked at.
void check_elements(JsonNode node, fhirpath::ModelType type, std::string_view path,
                    std::initializer_list<std::string_view> left_out,
                    const std::function<void(StructureFault)>& report);

}  // namespace fbss::form

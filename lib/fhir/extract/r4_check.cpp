// SPDX-License-Identifier: Apache-2.0
// Whether an extracted resource is one of FHIR R4: its elements exist, stand once or several times
// as they may, have values of the right kind, and the required ones are there. Codes and
// invariants are not judged. What is wrong is told and extracted all the same: the template or the
// definitions said so.
#include <algorithm>
#include <iterator>

#include "fhir/extract/extracting.hpp"
#include "fhirpath/types.hpp"

namespace fbss::extraction {
namespace {

using fhirpath::ModelType;

struct Required {
  std::string_view type, names;  // names parted by spaces
};

// No std::array: clang 14 deduces none of so many elements.
constexpr Required required_elements[] = {
#define FBSS_R4_REQUIRED(type, names) Required{type, names},
#include "fhirpath/r4/required.def"
#undef FBSS_R4_REQUIRED
};

class Checking {
 public:
  Checking(Extracting& extracting, const Entry& entry) : extracting_(extracting), entry_(entry) {}

  void object(const Tree& tree, ModelType type, const std::string& path) {
    if (const auto own = tree.text_of("resourceType"); !own.empty()) {
      type = fhirpath::find_model_type(own);
      if (!fhirpath::is_resource(type))
        return tell(path, "is no resource of FHIR R4: there is none of its type");
    }
    if (type == 0) return;
    for (const auto& [name, child] : tree.children())
      if (name != "resourceType") member(name, child, type, path);
    for (ModelType level = type; level != 0; level = fhirpath::parent_type(level))
      find_missing(tree, fhirpath::model_type_name(level), path);
  }

 private:
  void tell(const std::string& path, const std::string& what) {
    extracting_.tell(FormRule::extractionIncomplete, entry_.path, entry_.link_id,
                     "In what is extracted, " + path + ' ' + what + '.');
  }

  void member(std::string_view name, const Tree& child, ModelType type, const std::string& path) {
    if (name.starts_with('_')) return;
    const std::string own_path = path + '.' + std::string(name);
    ModelType own = 0;
    bool is_list = false;
    if (const auto element = fhirpath::find_element(type, fhirpath::find_model_name(name));
        element && element->choices.empty()) {
      own = element->type;
      is_list = element->is_list;
    } else if (const auto choice = fhirpath::find_choice_name(name);
               choice && fhirpath::find_element(type, choice->base)) {
      own = choice->type;
    } else {
      return tell(own_path, "is no element of FHIR R4");
    }
    if (child.is_array() != is_list)
      return tell(own_path, is_list ? "may stand several times and has to be a list"
                                    : "may stand only once and cannot be a list");
    if (!is_list) return value(child, own, own_path);
    std::size_t place = 0;
    for (const auto& [unused, one] : child.children())
      value(one, own, own_path + '[' + std::to_string(place++) + ']');
  }

  void value(const Tree& child, ModelType type, const std::string& path) {
    const auto system = fhirpath::system_type_of(type);
    if (child.kind() == JsonKind::null) return;
    if (child.is_object() != !system)
      return tell(path, "has no value of type " + std::string(fhirpath::model_type_name(type)));
    if (child.is_object()) return object(child, type, path);
    const bool is_number = *system == fhirpath::Type::integer ||
                           *system == fhirpath::Type::long_integer ||
                           *system == fhirpath::Type::decimal;
    const JsonKind wanted = *system == fhirpath::Type::boolean ? JsonKind::boolean
                            : is_number                        ? JsonKind::number
                                                               : JsonKind::string;
    if (child.kind() != wanted)
      tell(path, "has no value of type " + std::string(fhirpath::model_type_name(type)));
  }

  void find_missing(const Tree& tree, std::string_view type, const std::string& path) {
    const auto* found = std::ranges::find(required_elements, type, &Required::type);
    if (found == std::end(required_elements)) return;
    std::string_view names = found->names;
    while (!names.empty()) {
      const std::string_view name = names.substr(0, names.find(' '));
      names.remove_prefix(std::min(names.size(), name.size() + 1));
      if (!has(tree, name)) tell(path + '.' + std::string(name), "is missing, which FHIR R4 needs");
    }
  }

  // Itself, as a choice element with a type, or as a primitive that has extensions only.
  static bool has(const Tree& tree, std::string_view name) {
    return std::ranges::any_of(tree.children(), [&](const auto& child) {
      std::string_view own = child.first;
      if (own.starts_with('_')) own.remove_prefix(1);
      return own == name ||
             (own.starts_with(name) && fhirpath::find_choice_type(own.substr(name.size())) != 0);
    });
  }

  Extracting& extracting_;
  const Entry& entry_;
};

}  // namespace

void check_resource(Extracting& extracting, const Entry& entry) {
  Checking(extracting, entry)
      .object(entry.resource, 0, std::string(entry.resource.text_of("resourceType")));
}

}  // namespace fbss::extraction

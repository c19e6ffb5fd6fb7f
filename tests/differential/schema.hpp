// SPDX-License-Identifier: Apache-2.0
// The part of FHIR R4 that the differential test is about (schema.txt): in a seed, out resources as
// JSON, and for the generator of expressions what a type has for elements.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "random.hpp"

namespace differential {

struct Element {
  std::string name;
  std::vector<std::string> types;  // several: a choice element, value[x]
  std::vector<std::string> codes;  // of a code or uri: its values, where not any will do
  bool is_choice = false, is_list = false, is_always_there = false, is_rare = false;
};

class Schema {
 public:
  /// Reads schema.txt.
  explicit Schema(const std::string& path);

  /// The elements of a complex type; none for a primitive.
  const std::vector<Element>& elements(std::string_view type) const;
  static bool is_primitive(std::string_view type);

  /// A resource of that type as JSON.
  std::string resource(const std::string& type, Random& random) const;

 private:
  std::string object(const std::string& type, Random& random, int depth) const;
  std::string member(const Element& element, Random& random, int depth) const;

  std::map<std::string, std::vector<Element>, std::less<>> types_;
};

}  // namespace differential

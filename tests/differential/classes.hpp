// SPDX-License-Identifier: Apache-2.0
// Why the engines may disagree: small predicates over the smallest part that does, each named by a
// row of tests/fhirpath/contested.txt, which says what is right and why.
#pragma once

#include <string_view>
#include <vector>

#include "blame.hpp"

namespace differential {

struct Class {
  std::string_view row;
  bool (*explains)(const Blame&);
};

/// In the order in which they are tried.
std::vector<Class> classes_of_values();
std::vector<Class> classes_of_texts();

}  // namespace differential

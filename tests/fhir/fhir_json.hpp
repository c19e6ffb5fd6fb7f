// SPDX-License-Identifier: Apache-2.0
// JSON in the tests of FHIR: held against each other without regard to white space, and looked into
// by JSON pointer.
#pragma once

#include <doctest/doctest.h>

#include <charconv>
#include <string>
#include <string_view>

#include <fbss/document.hpp>

#include "json/write.hpp"

namespace fhir_json {

inline fbss::Document parsed(std::string_view text) {
  fbss::Document document;
  const auto done = document.parse(text);
  for (const fbss::Problem& problem : done.problems()) MESSAGE(problem.message);
  REQUIRE(done.ok());
  return document;
}

inline std::string compact(fbss::JsonNode node) {
  std::string out;
  if (node) fbss::json::write(out, *node.get());
  return out;
}

inline std::string compact(std::string_view text) {
  return compact(parsed(text).root());
}

/// The node to which a JSON pointer without escapes leads, or nothing.
inline fbss::JsonNode at(fbss::JsonNode node, std::string_view pointer) {
  while (node && !pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view step = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(step.size());
    if (node.kind() == fbss::JsonKind::array) {
      std::size_t place = 0;
      std::from_chars(step.data(), step.data() + step.size(), place);
      for (node = node.first(); node && place > 0; --place) node = node.next();
    } else {
      node = node.find(step);
    }
  }
  return node;
}

/// The text there; empty where there is none.
inline std::string_view text_at(fbss::JsonNode node, std::string_view pointer) {
  return at(node, pointer).text();
}

}  // namespace fhir_json

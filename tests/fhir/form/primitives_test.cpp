// SPDX-License-Identifier: Apache-2.0
#include "fhir/form/primitives.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace fbss;

TEST_CASE("primitives are written as R4 says") {
  struct Row {
    const char *type, *sound, *unsound;
  };
  const Row rows[] = {
      {"boolean", "[true, false]", R"(["true", 1, null])"},
      {"integer", "[0, -5, 2147483647]", R"([2147483648, 1.0, 1e2, "1"])"},
      {"unsignedInt", "[0, 7]", "[-1]"},
      {"positiveInt", "[1]", "[0]"},
      {"decimal", "[1.50, -3, 1e-5]", R"(["1.5"])"},
      {"date", R"(["2020", "2020-02", "2020-02-29"])",
       R"(["2021-02-29", "2020-1", "2020-01-01T00:00:00Z", ""])"},
      {"dateTime",
       R"(["2020", "2020-02-29", "2020-02-29T10:00:00Z", "2020-02-29T10:00:00.5+02:00"])",
       R"(["2020-02-29T10:00Z", "2020-02-29T10:00:00", "2020-02-29T", "10:00:00"])"},
      {"instant", R"(["2020-02-29T10:00:00.123Z"])", R"(["2020-02-29", "2020-02-29T10:00:00"])"},
      {"time", R"(["10:00:00", "10:00:00.5"])", R"(["10:00", "T10:00:00", "24:00:00"])"},
      {"string", R"(["x", " "])", R"(["", 5])"},
      {"uri", R"(["urn:x", "a/b"])", R"(["a b", ""])"},
      {"code", R"(["a", "a b"])", R"([" a", "a ", "a  b", ""])"},
      {"id", R"(["a-1.B"])", R"(["a_b", ""])"},
      {"base64Binary", R"(["QUJDRA==", "QUJD\nREVG"])", R"(["QUJ", "QU=J", "äää="])"},
      {"Coding", R"([{}, 5])", "[]"},
  };
  for (const Row& row : rows) {
    const auto type = fhirpath::find_model_type(row.type);
    REQUIRE(type != 0);
    Document list;
    REQUIRE(list.parse(row.sound));
    for (JsonNode node = list.root().first(); node; node = node.next())
      CHECK_MESSAGE(form::is_valid_primitive(node, type), row.type, ": ", std::string(node.text()));
    REQUIRE(list.parse(row.unsound));
    for (JsonNode node = list.root().first(); node; node = node.next())
      CHECK_MESSAGE(!form::is_valid_primitive(node, type), row.type, ": ",
                    std::string(node.text()));
    CHECK(!form::primitive_form(type).empty());
  }
}

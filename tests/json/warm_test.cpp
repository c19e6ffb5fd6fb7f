// SPDX-License-Identifier: Apache-2.0
// A Document that is warm allocates nothing: every allocation of this test program is counted.
#include <doctest/doctest.h>

#include <string>

#include <fbss/document.hpp>

#include "../counted_allocations.hpp"

using counted::allocations;

namespace {

std::string record(int items) {
  std::string text = R"({"resourceType":"QuestionnaireResponse","item":[)";
  for (int i = 0; i < items; ++i) {
    if (i > 0) text += ',';
    text += R"({"linkId":"q)" + std::to_string(i) +
            R"(","text":"caf\u00e9 \"x\"","answer":[{"valueDecimal":1.50},{"valueBoolean":true}]})";
  }
  return text + "]}";
}

void tell_row(fbss::DocumentBuilder& row, int items) {
  row.begin_object().key("resourceType").string("QuestionnaireResponse").key("item").begin_array();
  for (int i = 0; i < items; ++i) {
    row.begin_object().key("linkId").string("a_question").key("answer").begin_array();
    row.begin_object().key("valueDecimal").number("1.50").end_object().number(i).number(0.25);
    row.end_array().end_object();
  }
  row.end_array().end_object();
}

}  // namespace

TEST_CASE("building the next record costs no allocation once the memory is warm") {
  fbss::Document document;
  bool ok = true;
  const auto run = [&](int rounds) {
    for (int i = 0; i < rounds; ++i)
      for (int items : {40, 7, 0})
        ok = document.build([items](fbss::DocumentBuilder& row) { tell_row(row, items); }) && ok;
  };
  run(1);
  const std::size_t before = allocations;
  run(100);
  const std::size_t after = allocations;
  CHECK(ok);
  CHECK(after == before);
}

TEST_CASE("parsing the next record costs no allocation once the memory is warm") {
  const std::string largest = record(40), other = record(7), numbers = "[1e400,1.50,-0]";
  fbss::Document document;
  const std::size_t before_first = allocations;
  REQUIRE(document.parse(largest).ok());
  CHECK(allocations > before_first);  // the counter counts

  const std::size_t before = allocations;
  bool ok = true;
  std::size_t texts = 0;
  for (int i = 0; i < 100; ++i) {
    for (const std::string* text : {&largest, &other, &numbers}) {
      ok = ok && document.parse(*text).ok();
      for (fbss::JsonNode node = document.root().first(); node; node = node.next())
        texts += node.text().size();
    }
  }
  const std::size_t after = allocations;
  CHECK(ok);
  CHECK(texts > 0);
  CHECK(after == before);
}

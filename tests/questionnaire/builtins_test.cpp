// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "sample.hpp"

TEST_CASE("every built-in questionnaire loads, under its own id and in plain words") {
  const std::vector<std::string_view> expected = {"preop_screen", "postop_followup", "rehab_plan"};
  const auto ids = fbss::builtin_ids();
  CHECK(std::vector<std::string_view>(ids.begin(), ids.end()) == expected);
  for (const std::string_view id : fbss::builtin_ids()) {
    CAPTURE(id);
    const auto loaded = fbss::load_builtin(id);
    for (const auto& problem : loaded.problems())
      FAIL_CHECK(problem.line, ":", problem.column, " ", problem.message);
    REQUIRE(loaded.ok());
    CHECK(loaded->id() == id);
    for (const fbss::Rule& rule : loaded->rules()) {
      const std::string words = loaded->plain_words(rule);
      CAPTURE(words);
      CHECK(words.find("Present when ") == 0);
      CHECK(words.find("the answer to “") != std::string::npos);
      CHECK(words.find("the expression") == std::string::npos);
      CHECK(words.find('%') == std::string::npos);
    }
  }
}

TEST_CASE("a built-in and its file are the same bytes and have the same sum") {
  for (const std::string_view id : fbss::builtin_ids()) {
    CAPTURE(id);
    const std::string name = std::string(id) + ".json";
    const std::string file = read_bytes(std::string(FBSS_SOURCE_DIR) + "/questionnaires/" + name);
    REQUIRE_FALSE(file.empty());
    CHECK(file == fbss::builtin_text(id));
    const auto from_file = fbss::load_questionnaire(file, name);
    const auto builtin = fbss::load_builtin(id);
    REQUIRE(from_file.ok());
    REQUIRE(builtin.ok());
    CHECK(from_file->sha256() == builtin->sha256());
  }
}

TEST_CASE("an id that does not exist is refused with the nearest one") {
  CHECK(fbss::builtin_text("preop") == "");
  const auto loaded = fbss::load_builtin("preop_scren");
  REQUIRE(loaded.problems().size() == 1);
  CHECK(loaded.problems()[0].code == fbss::ErrorCode::bad_reference);
  CHECK(loaded.problems()[0].message.find("Did you mean \"preop_screen\"?") != std::string::npos);
}

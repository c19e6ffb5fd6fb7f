// SPDX-License-Identifier: Apache-2.0
// The whole way of a file: its content hash, and that no input crashes, hangs or goes unexplained.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "base/sha256.hpp"
#include "questionnaire/canonical_form.hpp"
#include "sample.hpp"

namespace {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state_ >> 33) % bound;
  }

 private:
  std::uint64_t state_;
};

void check_is_explained(const std::string& text) {
  const auto loaded = fbss::load_questionnaire(text, "f.json");
  if (loaded.ok()) return;
  REQUIRE_FALSE(loaded.problems().empty());
  for (const fbss::Problem& problem : loaded.problems()) {
    CHECK_FALSE(problem.message.empty());
    CHECK(problem.file == "f.json");
  }
}

}  // namespace

TEST_CASE("the content hash is that of the canonical form, however the file is written") {
  const fbss::Questionnaire sample = load_sample(sample_text);
  const auto tree = fbss::read_file(sample_text, "", {});
  CHECK(sample.sha256() == fbss::sha256(fbss::canonical_form(tree->root())));
  CHECK(sample.sha256().size() == 64);

  std::string spaced = "\xEF\xBB\xBF" + sample_text;
  for (std::size_t at = spaced.find(",\n"); at != std::string::npos;
       at = spaced.find(",\n", at + 4))
    spaced.replace(at, 2, " ,\r\n\t");
  CHECK(load_sample(spaced).sha256() == sample.sha256());
  CHECK(load_sample(fbss::canonical_form(tree->root())).sha256() == sample.sha256());
  CHECK(load_sample(sample_with("\"A sample\"", "\"A  sample\"")).sha256() != sample.sha256());
}

TEST_CASE("files with bytes changed, dropped and doubled are refused with an explanation") {
  Random random(20261121);
  static constexpr std::string_view bytes =
      "\"{}[],:%'()|=<>!~&.0159-+eE \\\n\t\x01\x80\xC3\xFFtrue";
  for (int round = 0; round < 600; ++round) {
    std::string text = sample_text;
    for (std::size_t changes = 1 + random.below(3); changes > 0; --changes) {
      const std::size_t at = random.below(text.size());
      switch (random.below(4)) {
        case 0:
          text[at] = bytes[random.below(bytes.size())];
          break;
        case 1:
          text.erase(at, 1 + random.below(30));
          break;
        case 2:
          text.insert(at, text.substr(random.below(text.size()), random.below(60)));
          break;
        default:
          text.insert(at, 1, bytes[random.below(bytes.size())]);
          break;
      }
    }
    check_is_explained(text);
  }
}

TEST_CASE("expressions put together at random are refused with an explanation, or load") {
  Random random(7);
  static const char* const words[] = {"%diabetes",  "%smoking",
                                      "%exercises", "%repetitions",
                                      "%hours",     "%surgery_date",
                                      "%remark",    "%smokes",
                                      "%treated",   "'daily'",
                                      "'yoga'",     "5",
                                      "2.0",        "true",
                                      "{}",         "@2020-01",
                                      "and",        "or",
                                      "xor",        "implies",
                                      "=",          "!=",
                                      "~",          "<",
                                      ">=",         "in",
                                      "contains",   "|",
                                      "+",          "-",
                                      "&",          ".exists()",
                                      ".not()",     ".empty()",
                                      ".count()",   ".where(",
                                      "iif(",       "(",
                                      ")",          ",",
                                      "$this",      ".first()",
                                      "today()",    "now()",
                                      "[0]",        "as Integer",
                                      "is Boolean", ".select("};
  for (int round = 0; round < 800; ++round) {
    std::string expression;
    for (std::size_t count = 1 + random.below(9); count > 0; --count)
      expression += std::string(words[random.below(std::size(words))]) + " ";
    check_is_explained(sample_with_rule(expression));
  }
}

TEST_CASE("files made to be costly are refused quickly") {
  std::string deep = "[";
  for (int i = 0; i < 100'000; ++i) deep += "[";
  check_is_explained(deep);
  check_is_explained("[" + std::string(2'000'000, ' ') + "]");

  std::string zeros = "[0";
  for (int i = 0; i < 1'000'000; ++i) zeros += ",0";
  check_is_explained(zeros + "]");

  std::string keys = "{\"a\":1";
  for (int i = 0; i < 100'000; ++i) keys += ",\"k\":1";
  check_is_explained(keys + "}");

  std::string chain = "%diabetes";
  for (int i = 0; i < 2000; ++i) chain += " and %diabetes";
  check_is_explained(sample_with_rule(chain));
  check_is_explained(
      sample_with_rule(std::string(1000, '(') + "%diabetes" + std::string(1000, ')')));
  // Nested select() multiplies.
  std::string product = "(1|2|3|4|5|6|7|8|9|10)";
  std::string select = product;
  for (int i = 0; i < 9; ++i) select += ".select(" + product;
  for (int i = 0; i < 9; ++i) select += ")";
  check_is_explained(sample_with_rule("%diabetes and " + select + ".count() > 5"));
}

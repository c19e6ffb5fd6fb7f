// SPDX-License-Identifier: Apache-2.0
#include "questionnaire/candidates.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "sample.hpp"

namespace {

/// The answers that trials use for a question, several of one answer joined by +.
std::string candidates(const std::string& text, std::string_view question) {
  const fbss::Questionnaire sample = load_sample(text);
  const auto& model = sample.model();
  std::string all;
  for (const auto& answer : model.candidates[*model.slot(question)]) {
    if (!all.empty()) all += ' ';
    for (std::size_t i = 0; i < answer.size(); ++i)
      all += (i > 0 ? "+" : "") + fbss::fhirpath::to_text(answer[i]);
  }
  return all;
}

}  // namespace

TEST_CASE("options, Booleans, text, and numbers and dates that nothing compares") {
  CHECK(candidates(sample_text, "diabetes") == "true false");
  CHECK(candidates(sample_text, "smoking") == "daily some_days never");
  CHECK(candidates(sample_text, "exercises") == "walking yoga none walking+yoga");
  CHECK(candidates(sample_text, "repetitions") == "0 999");
  CHECK(candidates(sample_text, "hours") == "1");
  CHECK(candidates(sample_text, "surgery_date") == "2026-01-15 2026-01-16 2026-01-14");
  CHECK(candidates(sample_text, "remark") == "text");
}

TEST_CASE("constants with their neighbours, within the range, variables followed") {
  CHECK(candidates(sample_with_rule("%repetitions < 5 or 3 >= %repetitions"), "repetitions") ==
        "0 2 3 4 5 6 999");
  CHECK(candidates(sample_with_rule("%few", "", R"("few": "%repetitions < 5")"), "repetitions") ==
        "0 4 5 6 999");
  CHECK(candidates(sample_with_rule("%hours < %limit", "", R"("limit": "5.0")"), "hours") ==
        "4.9 5.0 5.1");
  CHECK(candidates(sample_with_rule("%repetitions * 2 > 5"), "repetitions") == "0 1 2 3 4 5 6 999");
  // A constant beside another question concerns that one only.
  CHECK(candidates(sample_with_rule("%repetitions < 5 and %hours > 3"), "hours") == "2.9 3 3.1");
  CHECK(candidates(sample_with_rule("%surgery_date > @2020-05"), "surgery_date") ==
        "2020-05 2020-06 2020-04 2026-01-15 2026-01-16 2026-01-14");
}

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <utility>

#include "questionnaire/model.hpp"
#include "sample.hpp"

TEST_CASE("things are found by their id, and what does not exist is null") {
  const fbss::Questionnaire sample = load_sample(sample_text);
  CHECK(sample.question("smoking") == sample.questions()[1]);
  CHECK(sample.question("history") == nullptr);
  CHECK(sample.question("") == nullptr);
  CHECK(&sample.section_of(*sample.question("smoking")) == &sample.items()[0]);
  CHECK(sample.rule("first_rule") == &sample.rules()[0]);
  CHECK(sample.rule("second_rule") == nullptr);
  CHECK(sample.source("article") == &sample.sources()[0]);
  CHECK(sample.source("book") == nullptr);
  CHECK(sample.questions_of(fbss::Rule()).empty());
  CHECK(sample.model().slot("treated") == 2);
  CHECK_FALSE(sample.model().slot("plans_yoga").has_value());
}

TEST_CASE("copies share the content and outlive the original") {
  auto original = std::make_unique<fbss::Questionnaire>(load_sample(sample_text));
  const fbss::Questionnaire copy = *original;
  const fbss::Item* question = original->question("smoking");
  original.reset();
  CHECK(copy.question("smoking") == question);
  CHECK(copy.title() == "A sample");
}

// SPDX-License-Identifier: Apache-2.0
// What the examples of documents may use without making it themselves: a questionnaire, a response
// with some answers, its assessment, and a JSON text. Each example runs with its own, and what it
// prints is caught: one that prints must print something.
#pragma once

#include <doctest/doctest.h>

#include <iostream>
#include <sstream>
#include <string>
#include <string_view>

#include <fbss/fbss.hpp>

// An example may declare its own of these names, and may leave a Result or a name unused as a
// reader would while trying.
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wunused"
#pragma GCC diagnostic ignored "-Wunused-result"

struct ExampleInputs {
  fbss::Questionnaire questionnaire = *fbss::load_builtin("preop_screen");
  fbss::Response response{questionnaire};
  std::string_view json = R"({"name": [{"use": "official", "given": ["Ada"]}]})";
};

/// The inputs under the names that examples use.
#define EXAMPLE_NAMES                                                                  \
  [[maybe_unused]] fbss::Questionnaire& questionnaire = inputs.questionnaire;          \
  [[maybe_unused]] fbss::Response& response = inputs.response;                         \
  [[maybe_unused]] fbss::Result<fbss::Assessment> assessment = fbss::assess(response); \
  [[maybe_unused]] std::string_view json = inputs.json;

template <class Example>
void run_example(bool prints, Example example) {
  ExampleInputs inputs;
  REQUIRE(inputs.response.answer("smoking_status", "former"));
  std::ostringstream printed;
  std::streambuf* before = std::cout.rdbuf(printed.rdbuf());
  example(inputs);
  std::cout.rdbuf(before);
  CHECK(prints == !printed.str().empty());
}

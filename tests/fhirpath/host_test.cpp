// SPDX-License-Identifier: Apache-2.0
// Functions that the caller adds: lib/fhirpath/functions/host.cpp.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>

#include "render.hpp"

namespace {

using namespace fbss;
using namespace fbss::fhirpath;
using Arguments = std::span<const Collection>;

HostFunction counting(const char* name, std::size_t arguments) {
  return {name, arguments, [](Collection input, Arguments given, HostResults& results) {
            results.push(Value::of_integer(static_cast<std::int64_t>(input.size())));
            for (const Collection& one : given)
              results.push(Value::of_integer(static_cast<std::int64_t>(one.size())));
          }};
}

const HostFunction shout{"shout", 0, [](Collection input, Arguments, HostResults& results) {
                           for (const Value& value : input) {
                             const std::string text = to_text(value) + "!";
                             results.push(Value::of_string(results.keep(text)));
                           }
                         }};

}  // namespace

TEST_CASE("a host function sees its input and its arguments") {
  const Expression::Options options{
      .functions = {counting("sizes", 2), counting("size", 0), shout}};
  Document document;
  REQUIRE(document.parse(R"({"a":["x","y"],"b":[1,2,3]})"));
  const Environment environment{.input = document.root()};
  CHECK(result_of("a.sizes(b, {})", environment, options) == "2, 3, 0");
  CHECK(result_of("a.sizes(%context.b, 'constant' | 'other')", environment, options) == "2, 3, 2");
  CHECK(result_of("{}.size()", environment, options) == "0");
  CHECK(result_of("size()", environment, options) == "1");
  CHECK(result_of("size()", {}, options) == "0");
  CHECK(result_of("a.shout()", environment, options) == "'x!', 'y!'");
  CHECK(result_of("a.shout().shout().where($this = 'y!!')", environment, options) == "'y!!'");
  CHECK(result_of("a.select(shout() & $index.toString())", environment, options) == "'x!0', 'y!1'");
  CHECK(result_of("a.sizes(b.shout().shout(), sizes(a, b)).size() + 1", environment, options) ==
        "4");
  CHECK(result_of("1.shout()", {}, options) == "'1!'");
}

TEST_CASE("a host function takes the place of one of the language's own") {
  const Expression::Options options{.functions = {counting("count", 1)}};
  CHECK(result_of("(1 | 2).count(3)", {}, options) == "2, 1");
  CHECK(result_of("(1 | 2).count()", {}, options) == "error wrong_arguments 1:9");
  CHECK(result_of("(1 | 2).count()") == "2");
}

TEST_CASE("what cannot be called is refused when it is compiled") {
  Expression::Options options{.functions = {counting("sizes", 2)}};
  CHECK(result_of("sizes(1)", {}, options) == "error wrong_arguments 1:1");
  CHECK(result_of("sizes(1, 2, 3)", {}, options) == "error wrong_arguments 1:1");
  CHECK(result_of("size(1, 2)", {}, options) == "error unknown_function 1:1");
  const auto misspelt = Expression::compile("size(1, 2)", options);
  REQUIRE(!misspelt);
  CHECK(misspelt.problems().front().message.find("sizes()") != std::string::npos);
  options.functions = {{"nothing", 0, {}}, counting("many", 17), counting("most", 16)};
  CHECK(result_of("nothing()", {}, options) == "error wrong_arguments 1:1");
  CHECK(result_of("many(1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17)", {}, options) ==
        "error wrong_arguments 1:1");
  CHECK(result_of("most(1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16).count()", {}, options) == "17");
}

TEST_CASE("a host function may give more than the limits allow, and that is told afterwards") {
  Limits limits;
  limits.evaluation_bytes = 64 * 1024;
  const HostFunction flood{"flood", 0, [](Collection, Arguments, HostResults& results) {
                             for (int i = 0; i < 100'000; ++i) results.push(Value::of_integer(i));
                           }};
  const HostFunction texts{"texts", 0, [](Collection, Arguments, HostResults& results) {
                             for (int i = 0; i < 1'000; ++i)
                               results.push(Value::of_string(results.keep(std::string(100, 'x'))));
                           }};
  const Expression::Options options{.functions = {flood, texts}, .limits = limits};
  CHECK(result_of("1 + flood()", {}, options) == "error limit_exceeded 1:5");
  CHECK(result_of("texts()", {}, options) == "error limit_exceeded 1:1");
}

TEST_CASE("many results move the stack and nothing that the function reads") {
  const HostFunction twice{"twice", 0, [](Collection input, Arguments, HostResults& results) {
                             for (int i = 0; i < 2; ++i)
                               for (const Value& value : input) results.push(value);
                           }};
  const Expression::Options options{.functions = {twice}};
  std::string text = "(1 | 2)";
  for (int i = 0; i < 12; ++i) text += ".twice()";
  CHECK(result_of(text + ".count()", {}, options) == "8192");
  CHECK(result_of(text + ".tail().first()", {}, options) == "2");
}

TEST_CASE("an expression keeps the functions that it was compiled with") {
  auto expression = [] {
    const Expression::Options options{.functions = {shout}};
    return Expression::compile("'a'.shout()", options);
  }();
  REQUIRE(expression);
  const Expression moved = std::move(*expression);
  Workspace workspace;
  const auto result = evaluate(moved, {}, workspace);
  REQUIRE(result);
  CHECK(render(*result) == "'a!'");
}

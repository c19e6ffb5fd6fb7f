// SPDX-License-Identifier: Apache-2.0
// nlohmann values in and out: small ones of every kind, what is refused, and round trips over the
// FHIR cases where they lie beside the project.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>

#include <fbss/nlohmann.hpp>

#include "json/node.hpp"
#include "json/write.hpp"

using namespace fbss;
using Value = nlohmann::json;
using OrderedValue = nlohmann::ordered_json;

namespace {

template <class Json>
std::string assigned(const Json& value, const Limits& limits = {}) {
  Document document;
  const Result<void> result = assign(document, value, limits);
  if (!result)
    return std::string(code_word(result.problems().front().code)) + " " +
           result.problems().front().pointer;
  std::string out;
  json::write(out, *document.root().get());
  return out;
}

std::string returned(std::string_view text) {
  Document document;
  REQUIRE(document.parse(text));
  const Result<Value> value = to_nlohmann(document.root());
  return value ? value->dump() : std::string(code_word(value.problems().front().code));
}

}  // namespace

TEST_CASE("values of every kind, in") {
  CHECK(assigned(Value()) == "null");
  CHECK(assigned(Value(true)) == "true");
  CHECK(assigned(Value(-3)) == "-3");
  CHECK(assigned(Value(std::numeric_limits<std::uint64_t>::max())) == "18446744073709551615");
  CHECK(assigned(Value(0.1)) == "0.1");
  CHECK(assigned(Value(2.0)) == "2.0");
  CHECK(assigned(Value("caf\xC3\xA9\n")) == "\"caf\xC3\xA9\\n\"");
  CHECK(assigned(Value::array()) == "[]");
  CHECK(assigned(Value::object()) == "{}");
  CHECK(assigned(Value::parse(R"({"b":[1,{"c":null}],"a":"x"})")) ==
        R"({"a":"x","b":[1,{"c":null}]})");
  CHECK(assigned(OrderedValue::parse(R"({"b":[1,{"c":null}],"a":"x"})")) ==
        R"({"b":[1,{"c":null}],"a":"x"})");
}

TEST_CASE("what JSON cannot hold is refused, with its place") {
  CHECK(assigned(Value{{"a", {1.5, std::nan("")}}}) == "not_json /a/1");
  CHECK(assigned(Value(std::numeric_limits<double>::infinity())) == "not_json ");
  CHECK(assigned(Value{{"a", Value::binary({1, 2})}}) == "not_json /a");
  CHECK(assigned(Value{{"a", "\xFF"}}) == "not_json /a");
  CHECK(assigned(Value{{"\xFF", 1}}) == "not_json ");
  CHECK(assigned(Value(Value::value_t::discarded)) == "not_json ");
}

TEST_CASE("limits hold, and no depth exhausts the stack") {
  Value deep = 1;
  for (int i = 0; i < 100'000; ++i) deep = Value::array({std::move(deep)});
  CHECK(assigned(deep).starts_with("too_deep /0/0"));
  Limits limits;
  limits.record_depth = 1'000'000;
  CHECK(assigned(deep, limits).starts_with("too_deep /0/0"));
  limits.record_bytes = 10;
  CHECK(assigned(Value("123456789"), limits) == "too_large ");

  Document document;
  limits = {};
  limits.record_depth = 100'000;
  const std::string text = std::string(100'000, '[') + std::string(100'000, ']');
  REQUIRE(document.parse(text, limits));
  const Result<Value> value = to_nlohmann(document.root());
  REQUIRE(value);
  CHECK(value->is_array());
}

TEST_CASE("values of every kind, out") {
  for (const char* text :
       {"null", "true", "false", "0", "-7", "18446744073709551615", "-9223372036854775808", "0.1",
        "1.0", R"("a\u0000b")", "[]", "{}", R"({"a":[{},[[1,2],3],{"b":{"c":null}}],"d":""})"})
    CHECK(returned(text) == text);
  CHECK(returned("1.50") == "1.5");
  CHECK(returned("1E2") == "100.0");
  CHECK(returned("18446744073709551616") == "1.8446744073709552e+19");
  CHECK(returned("[1,1e400]") == "bad_value");
  CHECK(returned(R"([{"a":1,"a":1}])") == "duplicate_key");
  CHECK(to_nlohmann(JsonNode())->is_null());

  Document document;
  REQUIRE(document.parse(R"({"a":[1,2],"b":3})"));
  CHECK(to_nlohmann(document.root().find("a"))->dump() == "[1,2]");  // and not its neighbours
}

TEST_CASE("round trips over the FHIR cases") {
  namespace fs = std::filesystem;
  const fs::path folder = FBSS_SHARED_DIR "/cases/fhir";
  if (!fs::exists(folder)) {
    MESSAGE("skipped: ", folder.string(), " is not there");
    return;
  }
  Limits limits;
  limits.record_bytes = 64 * 1024 * 1024;
  int files = 0;
  Document document;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream in(entry.path());
    const Value value = Value::parse(in, nullptr, false);
    if (value.is_discarded()) continue;
    INFO(entry.path().string());
    REQUIRE(assign(document, value, limits));
    const Result<Value> back = to_nlohmann(document.root());
    REQUIRE(back);
    CHECK(*back == value);
    ++files;
  }
  CHECK(files > 100);
}

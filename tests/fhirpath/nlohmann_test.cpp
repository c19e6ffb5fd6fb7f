// SPDX-License-Identifier: Apache-2.0
// A record evaluates to the same, whether it came as text or as an nlohmann value. In: the records
// of tests/fhirpath/inputs, and the FHIR cases where they lie beside the project.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <fbss/fhirpath.hpp>
#include <fbss/nlohmann.hpp>

#include "render.hpp"

using namespace fbss;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> records() {
  std::vector<fs::path> files;
  const std::string folders[] = {FBSS_SOURCE_DIR "/tests/fhirpath/inputs",
                                 FBSS_SHARED_DIR "/cases/fhir"};
  for (const std::string& folder : folders) {
    if (!fs::exists(folder)) {
      MESSAGE("skipped: ", folder, " is not there");
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  return files;
}

// The values that do not depend on how a double's digits were written or members were ordered.
constexpr const char* expressions[] = {
    "descendants().count()",
    "descendants().where($this is boolean or $this is string).count()",
    "children().exists()",
    "resourceType",
    "item.linkId",
    "item.answer.value",
    "item.item.answer.value.exists()",
    "repeat(item).linkId.distinct().count()",
    "repeat(item).where(answer.exists()).answer.valueCoding.code",
    "entry.resource.select(resourceType & '/' & id)",
    "entry.resource.value.value",
    "name.given | name.family",
    "value.value * 2",
};

}  // namespace

TEST_CASE("parse() of a text and assign() of its nlohmann value evaluate to the same") {
  Limits limits;
  limits.record_bytes = 64 * 1024 * 1024;
  std::vector<fhirpath::Expression> compiled;
  for (const char* text : expressions) {
    auto expression = fhirpath::Expression::compile(text);
    REQUIRE_MESSAGE(expression, text);
    compiled.push_back(*std::move(expression));
  }
  Document parsed, assigned;
  fhirpath::Workspace of_parsed(limits), of_assigned(limits);
  int files = 0;
  for (const fs::path& file : records()) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    const auto value = nlohmann::ordered_json::parse(text.str(), nullptr, false);
    if (value.is_discarded() || !parsed.parse(text.str(), limits)) continue;
    REQUIRE(assign(assigned, value, limits));
    ++files;
    for (const fhirpath::Expression& expression : compiled) {
      INFO(file.string(), ": ", expression.text());
      const auto a = evaluate(expression, {.input = parsed.root()}, of_parsed);
      const auto b = evaluate(expression, {.input = assigned.root()}, of_assigned);
      REQUIRE(a.ok() == b.ok());
      if (!a) {
        CHECK(fhirpath::render(a.problems().front()) == fhirpath::render(b.problems().front()));
        continue;
      }
      REQUIRE(a->size() == b->size());
      for (std::size_t i = 0; i < a->size(); ++i) {
        CHECK((*a)[i].type() == (*b)[i].type());
        const std::string x = to_text((*a)[i]), y = to_text((*b)[i]);
        // Digits as written against the shortest: 1.50 and 1.5 are one number.
        const auto p = nlohmann::json::parse(x, nullptr, false);
        CHECK((x == y || (!p.is_discarded() && p == nlohmann::json::parse(y, nullptr, false))));
      }
    }
  }
  CHECK(files >= 4);
}

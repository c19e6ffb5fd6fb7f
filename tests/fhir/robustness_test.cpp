// SPDX-License-Identifier: Apache-2.0
// No form and no response may crash or hang: those of the cases with members dropped, moved,
// emptied and replaced, the same each time.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/validate.hpp>

#include "form_cases.hpp"
#include "json/write.hpp"

using namespace fbss;

namespace {

// xorshift: the same numbers each time.
struct Random {
  std::uint64_t state = 88172645463325252u;
  std::size_t below(std::size_t bound) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return static_cast<std::size_t>(state % bound);
  }
};

// The record with one in so many values changed.
void write_changed(json::Writer& writer, JsonNode node, Random& random, std::size_t one_in) {
  const char* const others[] = {"null", "{}",   "[]",         "\"\"",  "0",
                                "true", "[{}]", "\"linkId\"", "1e400", "[[]]"};
  if (random.below(one_in) == 0) {
    writer.raw(others[random.below(std::size(others))]);
    return;
  }
  if (node.kind() == JsonKind::object) {
    writer.begin_object();
    for (JsonNode member = node.first(); member; member = member.next()) {
      if (random.below(one_in) == 0) continue;
      const bool renamed = random.below(one_in) == 0;
      writer.key(renamed ? "item" : member.key());
      write_changed(writer, member, random, one_in);
    }
    writer.end_object();
  } else if (node.kind() == JsonKind::array) {
    writer.begin_array();
    for (JsonNode element = node.first(); element; element = element.next()) {
      const std::size_t times = random.below(one_in) == 0 ? random.below(3) : 1;
      for (std::size_t i = 0; i < times; ++i) write_changed(writer, element, random, one_in);
    }
    writer.end_array();
  } else {
    std::string text;
    json::write(text, *node.get());
    writer.raw(text);
  }
}

std::string changed(const std::string& json, Random& random) {
  Document document;
  REQUIRE(document.parse(json));
  std::string text;
  json::Writer writer(text);
  // The root stays an object, so that what follows is reached.
  writer.begin_object();
  const std::size_t one_in = 10 + random.below(40);
  for (JsonNode member = document.root().first(); member; member = member.next()) {
    writer.key(member.key());
    if (member.key() == "resourceType")
      writer.string(member.text());
    else
      write_changed(writer, member, random, one_in);
  }
  writer.end_object();
  return text;
}

}  // namespace

TEST_CASE("changed forms and responses are judged, whatever they are") {
  Random random;
  std::size_t forms = 0, responses = 0, issues = 0;
  for (const char* folder : {"form", "run", "validate"}) {
    for (const form_cases::FormCase& one : form_cases::read_folder(folder)) {
      for (int round = 0; round < 40; ++round) {
        const auto form = Form::load(round == 0 ? one.json : changed(one.json, random));
        if (!form) continue;
        ++forms;
        FormSession session(*form);
        for (const form_cases::ResponseCase& response : one.responses) {
          if (!session.read(changed(response.json, random))) continue;
          ++responses;
          issues += validate(session).size() + session.enabled().size();
        }
      }
    }
  }
  CHECK(forms > 500);
  CHECK(responses > 1000);
  CHECK(issues > 1000);
}

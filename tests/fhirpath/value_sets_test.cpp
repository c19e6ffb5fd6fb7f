// SPDX-License-Identifier: Apache-2.0
// ValueSets by itself: each set of the table is added with a code system of colours, then asked.
#include <fbss/value_sets.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <fbss/document.hpp>

namespace {

using namespace fbss;
using namespace fbss::fhirpath;

constexpr const char* colors = R"({"resourceType":"CodeSystem","url":"c","version":"1",
  "content":"complete","hierarchyMeaning":"is-a","valueSet":"c/all","concept":[
    {"code":"warm","concept":[{"code":"red","concept":[{"code":"crimson"}]},{"code":"orange"}]},
    {"code":"cold","concept":[{"code":"blue"}]},
    {"code":"grey","property":[{"code":"notSelectable","valueBoolean":true}]},
    {"code":"pink","property":[{"code":"parent","valueCode":"red"}],"extension":[
      {"url":"http://hl7.org/fhir/StructureDefinition/ordinalValue","valueDecimal":1.50}]}]})";

Result<void> add(ValueSets& sets, const std::string& json) {
  Document document;
  REQUIRE_MESSAGE(document.parse(json).ok(), json);
  return sets.add(document.root());
}

std::string word(std::optional<bool> answer) {
  return !answer ? "unknown" : *answer ? "yes" : "no";
}

std::string codes(Result<void> result) {
  std::string out;
  for (const Problem& problem : result.problems()) {
    CHECK(problem.message.size() > 20);
    out += std::string(out.empty() ? "" : ", ") + std::string(code_word(problem.code)) + " " +
           problem.pointer;
  }
  return out;
}

std::string set_of(const std::string& url, const std::string& compose) {
  return R"({"resourceType":"ValueSet","url":")" + url + R"(","compose":{)" + compose + "}}";
}

}  // namespace

TEST_CASE("what is in a value set") {
  struct Row {
    const char* compose;
    const char* system;
    const char* code;
    const char* answer;
  };
  const Row rows[] = {
      // a list
      {R"("include":[{"system":"c","concept":[{"code":"red"},{"code":"blue"}]}])", "c", "red",
       "yes"},
      {R"("include":[{"system":"c","concept":[{"code":"red"},{"code":"blue"}]}])", "c", "crimson",
       "no"},
      {R"("include":[{"system":"c","concept":[{"code":"red"}]}])", "d", "red", "no"},
      {R"("include":[{"system":"c","concept":[{"code":"red"}]}])", "c", "Red", "no"},
      {R"("include":[{"system":"unknown","concept":[{"code":"red"}]}])", "unknown", "red", "yes"},
      {R"("include":[{"system":"unknown","concept":[{"code":"red"}]}])", "unknown", "blue", "no"},
      // a whole system
      {R"("include":[{"system":"c"}])", "c", "crimson", "yes"},
      {R"("include":[{"system":"c"}])", "c", "mauve", "no"},
      {R"("include":[{"system":"c"}])", "c", "grey", "no"},
      {R"("include":[{"system":"c","version":"1"}])", "c", "red", "yes"},
      {R"("include":[{"system":"c","version":"2"}])", "c", "red", "unknown"},
      {R"("include":[{"system":"unknown"}])", "unknown", "red", "unknown"},
      {R"("include":[{"system":"unknown"}])", "c", "red", "no"},
      // the union of includes, without what is excluded
      {R"("include":[{"system":"unknown"},{"system":"c","concept":[{"code":"red"}]}])", "c", "red",
       "yes"},
      {R"("include":[{"system":"c"}],"exclude":[{"system":"c","concept":[{"code":"red"}]}])", "c",
       "red", "no"},
      {R"("include":[{"system":"c"}],"exclude":[{"system":"c","concept":[{"code":"red"}]}])", "c",
       "blue", "yes"},
      {R"("include":[{"system":"c"}],"exclude":[{"valueSet":["nobody"]}])", "c", "red", "unknown"},
      {R"("include":[{"system":"c"}],"exclude":[{"valueSet":["nobody"]}])", "c", "mauve", "no"},
      // filters
      {R"("include":[{"system":"c","filter":[{"property":"concept","op":"is-a","value":"red"}]}])",
       "c", "crimson", "yes"},
      {R"("include":[{"system":"c","filter":[{"property":"concept","op":"is-a","value":"red"}]}])",
       "c", "red", "yes"},
      {R"("include":[{"system":"c","filter":[{"property":"concept","op":"is-a","value":"red"}]}])",
       "c", "pink", "yes"},
      {R"("include":[{"system":"c","filter":[{"property":"concept","op":"is-a","value":"red"}]}])",
       "c", "blue", "no"},
      {R"("include":[{"system":"c","filter":
          [{"property":"concept","op":"descendent-of","value":"red"}]}])",
       "c", "red", "no"},
      {R"("include":[{"system":"c","filter":
          [{"property":"concept","op":"descendent-of","value":"red"}]}])",
       "c", "crimson", "yes"},
      {R"("include":[{"system":"c","filter":[{"property":"hue","op":"=","value":"1"}]}])", "c",
       "red", "unknown"},
      {R"("include":[{"system":"c","filter":[{"property":"hue","op":"=","value":"1"}]}])", "c",
       "mauve", "no"},
      // other sets: all that one include names, together
      {R"("include":[{"valueSet":["base"]}])", "c", "red", "yes"},
      {R"("include":[{"valueSet":["base|2"]}])", "c", "red", "unknown"},
      {R"("include":[{"valueSet":["base|1"]}])", "c", "red", "yes"},
      {R"("include":[{"valueSet":["base","c/all"]}])", "c", "orange", "no"},
      {R"("include":[{"valueSet":["base"],"system":"c","concept":[{"code":"blue"}]}])", "c", "red",
       "no"},
      {R"("include":[{"valueSet":["nobody"]}])", "c", "red", "unknown"},
      {R"("include":[{"valueSet":["nobody","base"]}])", "c", "orange", "no"},
      // round in a circle
      {R"("include":[{"valueSet":["asked"]}])", "c", "red", "unknown"},
      {R"("include":[{"valueSet":["asked","asked"]},{"valueSet":["asked","asked"]}])", "c", "red",
       "unknown"},
      {R"("include":[{"valueSet":["asked"]},{"valueSet":["base"]}])", "c", "red", "yes"},
      // nothing at all
      {R"("include":[])", "c", "red", "no"},
      {R"("include":[{}])", "c", "red", "unknown"},
      {R"("inactive":false,"include":[{"system":"c"}])", "c", "red", "unknown"},
      {R"("inactive":false,"include":[{"system":"c"}])", "c", "mauve", "no"},
      {R"("inactive":true,"include":[{"system":"c"}])", "c", "red", "yes"},
  };
  for (const Row& row : rows) {
    ValueSets sets;
    (void)add(sets, set_of("asked", row.compose));
    REQUIRE(add(sets, colors));
    REQUIRE(add(sets, R"({"resourceType":"ValueSet","url":"base","version":"1","compose":{
        "include":[{"system":"c","concept":[{"code":"red"},{"code":"blue"}]}]}})"));
    CHECK_MESSAGE(word(sets.contains("asked", row.system, row.code)) == row.answer, row.compose,
                  " ", row.code);
  }
}

TEST_CASE("codes of ICD-10 tell their hierarchy where no code system was added") {
  constexpr const char* icd = "http://hl7.org/fhir/sid/icd-10-cm";
  const std::string system = std::string(R"("system":")") + icd + R"(")";
  ValueSets sets;
  REQUIRE(add(sets, set_of("diabetes", R"("include":[{)" + system + R"(,"filter":[
      {"property":"concept","op":"is-a","value":"E11"}]}])")));
  REQUIRE(add(sets, set_of("below", R"("include":[{)" + system + R"(,"filter":[
      {"property":"concept","op":"descendent-of","value":"E11"}]}])")));
  REQUIRE(add(sets, set_of("depression", R"("include":[{)" + system + R"(,"filter":[
      {"property":"concept","op":"is-a","value":"F32"}]}],"exclude":[{)" +
                                             system + R"(,"concept":[{"code":"F32.5"}]}])")));
  REQUIRE(add(sets, set_of("all", R"("include":[{)" + system + "}]")));
  struct Row {
    const char *set, *code, *answer;
  };
  const Row rows[] = {{"diabetes", "E11.9", "yes"},     {"diabetes", "E119", "yes"},
                      {"diabetes", "e11.65", "yes"},    {"diabetes", "E11", "yes"},
                      {"diabetes", "E10.9", "no"},      {"diabetes", "E1", "unknown"},
                      {"diabetes", "E11.-", "unknown"}, {"below", "E11.9", "yes"},
                      {"below", "E11", "no"},           {"below", "e11", "no"},
                      {"depression", "F32.4", "yes"},   {"depression", "F32.5", "no"},
                      {"depression", "F325", "no"},     {"depression", "f32.5", "no"},
                      {"all", "E11.9", "unknown"}};
  for (const Row& row : rows) {
    CAPTURE(row.set);
    CAPTURE(row.code);
    CHECK(word(sets.contains(row.set, icd, row.code)) == row.answer);
  }
  CHECK(word(sets.contains("diabetes", "http://hl7.org/fhir/sid/icd-10", "E11.9")) == "no");
  CHECK(word(sets.subsumes(icd, "E11", "E11.9")) == "yes");
  CHECK(word(sets.subsumes(icd, "E11.9", "E11")) == "no");
  CHECK(word(sets.subsumes(icd, "E08-E13", "E11")) == "unknown");

  // A code system that was added knows better.
  REQUIRE(add(sets, std::string(R"({"resourceType":"CodeSystem","url":")") + icd +
                        R"(","content":"fragment","concept":[{"code":"E11"},{"code":"E11.9"}]})"));
  CHECK(word(sets.contains("diabetes", icd, "E11.9")) == "unknown");
  CHECK(word(sets.subsumes(icd, "E11", "E11.9")) == "unknown");
}

TEST_CASE("codes that are listed one by one") {
  ValueSets sets;
  REQUIRE(add(sets, colors));
  REQUIRE(add(sets, set_of("some", R"("include":[
      {"system":"c","concept":[{"code":"red","display":"Red"},{"code":"blue"}]},
      {"system":"d","concept":[{"code":"red"}]}],
      "exclude":[{"system":"c","concept":[{"code":"blue"}]}])")));
  REQUIRE(add(sets, set_of("more", R"("include":[{"system":"c","concept":[{"code":"crimson"}]},
      {"valueSet":["some"]},{"valueSet":["some"]},{"valueSet":["nobody"]}])")));
  const auto listed = [&](const char* set) {
    std::string out;
    for (const ValueSets::Code& code : sets.listed_codes(set))
      out += std::string(code.system) + ":" + std::string(code.code) + ":" +
             std::string(code.display) + " ";
    return out;
  };
  CHECK(listed("some") == "c:red:Red d:red: ");
  CHECK(listed("more") == "c:crimson: c:red:Red d:red: ");
  CHECK(listed("nobody").empty());
  CHECK(listed("c/all").empty());  // a whole system lists nothing
}

TEST_CASE("an expansion counts before compose, where it is whole") {
  const auto asked = [](const std::string& expansion, const char* compose, const char* code) {
    ValueSets sets;
    REQUIRE(add(sets, R"({"resourceType":"ValueSet","url":"v","expansion":{)" + expansion + "}" +
                          (*compose ? std::string(R"(,"compose":)") + compose : "") + "}"));
    return word(sets.contains("v", "c", code));
  };
  const std::string nested = R"("contains":[{"system":"c","code":"a","abstract":true,"contains":[
      {"system":"c","code":"b"}]},{"display":"group","contains":[{"system":"c","code":"d"}]}])";
  CHECK(asked(nested, "", "b") == "yes");
  CHECK(asked(nested, "", "d") == "yes");
  CHECK(asked(nested, "", "a") == "no");
  CHECK(asked(nested, "", "x") == "no");
  CHECK(asked(R"("total":4,)" + nested, "", "x") == "no");
  CHECK(asked(R"("total":5,)" + nested, "", "x") == "unknown");
  CHECK(asked(R"("total":5,)" + nested, "", "b") == "yes");
  CHECK(asked(R"("offset":10,)" + nested, "", "x") == "unknown");
  CHECK(asked(R"("extension":[{"valueBoolean":true,
      "url":"http://hl7.org/fhir/StructureDefinition/valueset-unclosed"}],)" +
                  nested,
              "", "x") == "unknown");
  const char* compose = R"({"include":[{"system":"c","concept":[{"code":"x"}]}]})";
  CHECK(asked(nested, compose, "x") == "no");
  CHECK(asked(R"("total":5,)" + nested, compose, "x") == "yes");
  CHECK(asked(R"("total":5,)" + nested, compose, "b") == "no");
}

TEST_CASE("a code without a system belongs to the only one") {
  ValueSets sets;
  REQUIRE(add(sets, colors));
  REQUIRE(add(sets, set_of("one", R"("include":[{"system":"c"}])")));
  REQUIRE(add(sets, set_of("two", R"("include":[{"system":"c"},
      {"system":"d","concept":[{"code":"red"}]}])")));
  REQUIRE(add(sets, set_of("both", R"("include":[{"valueSet":["one"]},{"valueSet":["two"]}])")));
  REQUIRE(add(sets, set_of("again", R"("include":[{"valueSet":["one"]},{"valueSet":["c/all"]}])")));
  REQUIRE(add(sets, set_of("open", R"("include":[{"valueSet":["one"]},{"valueSet":["nobody"]}])")));
  REQUIRE(add(sets, set_of("empty", R"("include":[])")));
  REQUIRE(add(sets, R"({"resourceType":"ValueSet","url":"expanded","expansion":{"contains":[
      {"system":"d","code":"a"},{"system":"c","code":"b"}]}})"));
  CHECK(word(sets.contains_code("one", "red")) == "yes");
  CHECK(word(sets.contains_code("one", "mauve")) == "no");
  CHECK(word(sets.contains_code("two", "red")) == "unknown");
  CHECK(word(sets.contains_code("both", "red")) == "unknown");
  CHECK(word(sets.contains_code("again", "red")) == "yes");
  CHECK(word(sets.contains_code("open", "red")) == "unknown");
  CHECK(word(sets.contains_code("empty", "red")) == "no");
  CHECK(word(sets.contains_code("expanded", "a")) == "unknown");
  CHECK(word(sets.contains_code("nobody", "red")) == "unknown");
  CHECK(word(sets.contains_code("c/all", "red")) == "yes");
}

TEST_CASE("code systems that are not whole, or do not regard case") {
  const auto asked = [](const std::string& members, const char* code) {
    ValueSets sets;
    REQUIRE(add(sets, R"({"resourceType":"CodeSystem","url":"s","valueSet":"v",)" + members +
                          R"(,"concept":[{"code":"Ab"},{"code":"aC"}]})"));
    return word(sets.contains("v", "s", code));
  };
  CHECK(asked(R"("content":"complete")", "Ab") == "yes");
  CHECK(asked(R"("content":"complete")", "ab") == "no");
  CHECK(asked(R"("content":"complete","caseSensitive":true)", "ab") == "no");
  CHECK(asked(R"("content":"complete","caseSensitive":false)", "ab") == "yes");
  CHECK(asked(R"("content":"complete","compositional":true)", "Ab:x") == "unknown");
  CHECK(asked(R"("content":"fragment")", "Ab") == "yes");
  CHECK(asked(R"("content":"fragment")", "x") == "unknown");
  CHECK(asked(R"("content":"example")", "x") == "unknown");
}

TEST_CASE("what stands above what") {
  ValueSets sets;
  REQUIRE(add(sets, colors));
  CHECK(word(sets.subsumes("c", "warm", "crimson")) == "yes");
  CHECK(word(sets.subsumes("c", "warm", "pink")) == "yes");
  CHECK(word(sets.subsumes("c", "crimson", "warm")) == "no");
  CHECK(word(sets.subsumes("c", "cold", "red")) == "no");
  CHECK(word(sets.subsumes("c", "red", "red")) == "yes");
  CHECK(word(sets.subsumes("c", "red", "mauve")) == "unknown");
  CHECK(word(sets.subsumes("nobody", "a", "a")) == "yes");
  CHECK(word(sets.subsumes("nobody", "a", "b")) == "unknown");
  CHECK(sets.weight("c", "pink") == "1.50");
  CHECK(sets.weight("c", "red").empty());
  CHECK(sets.weight("nobody", "red").empty());
  const auto hierarchy = [](const char* meaning) {
    ValueSets other;
    REQUIRE(
        add(other, std::string(R"({"resourceType":"CodeSystem","url":"s","content":"complete")") +
                       meaning +
                       R"(,"concept":[{"code":"a","concept":[{"code":"b"}]},{"code":"x"}]})"));
    return word(other.subsumes("s", "a", "b")) + " " + word(other.subsumes("s", "a", "x"));
  };
  CHECK(hierarchy(R"(,"hierarchyMeaning":"is-a")") == "yes no");
  CHECK(hierarchy(R"(,"hierarchyMeaning":"part-of")") == "no no");
  CHECK(hierarchy("") == "unknown no");
}

TEST_CASE("a hierarchy in a circle ends") {
  ValueSets sets;
  REQUIRE(add(sets, R"({"resourceType":"CodeSystem","url":"s","content":"complete",
      "hierarchyMeaning":"is-a","concept":[
        {"code":"a","property":[{"code":"parent","valueCode":"b"},
                                {"code":"parent","valueCode":"b"}]},
        {"code":"b","property":[{"code":"parent","valueCode":"a"},
                                {"code":"child","valueCode":"a"}]},
        {"code":"x"}]})"));
  CHECK(word(sets.subsumes("s", "a", "b")) == "yes");
  CHECK(word(sets.subsumes("s", "x", "b")) == "unknown");
}

TEST_CASE("weights from a property of the code system") {
  ValueSets sets;
  REQUIRE(add(sets, R"({"resourceType":"CodeSystem","url":"s","content":"complete",
      "property":[{"code":"w","uri":"http://hl7.org/fhir/concept-properties#itemWeight"}],
      "concept":[{"code":"a","property":[{"code":"w","valueDecimal":3}]},
                 {"code":"b","property":[{"code":"v","valueDecimal":3}]}]})"));
  CHECK(sets.weight("s", "a") == "3");
  CHECK(sets.weight("s", "b").empty());
}

TEST_CASE("versions, and what is added twice") {
  ValueSets sets;
  const auto version = [](const char* number, const char* code) {
    return std::string(R"({"resourceType":"ValueSet","url":"v","version":")") + number +
           R"(","compose":{"include":[{"system":"c","concept":[{"code":")" + code + R"("}]}]}})";
  };
  REQUIRE(add(sets, version("1", "a")));
  REQUIRE(add(sets, version("2", "b")));
  CHECK(codes(add(sets, version("1", "x"))) == "duplicate_id ");
  CHECK(word(sets.contains("v", "c", "b")) == "yes");
  CHECK(word(sets.contains("v", "c", "a")) == "no");
  CHECK(word(sets.contains("v|1", "c", "a")) == "yes");
  CHECK(word(sets.contains("v|1", "c", "x")) == "no");
  CHECK(word(sets.contains("v|3", "c", "a")) == "unknown");
  CHECK(sets.knows("v|2"));
  CHECK(!sets.knows("v|3"));
}

TEST_CASE("one that replaces takes the place of all of its url") {
  ValueSets sets;
  Document document;
  const auto replace = [&](const std::string& json) {
    REQUIRE(document.parse(json));
    return codes(sets.replace(document.root()));
  };
  const auto set = [](const char* version, const char* code) {
    return std::string(R"({"resourceType":"ValueSet","url":"v","version":")") + version +
           R"(","compose":{"include":[{"system":"c","concept":[{"code":")" + code + R"("}]}]}})";
  };
  REQUIRE(add(sets, set("1", "a")));
  REQUIRE(add(sets, set("2", "b")));
  CHECK(replace(set("1", "x")).empty());
  CHECK(word(sets.contains("v", "c", "x")) == "yes");
  CHECK(word(sets.contains("v|1", "c", "x")) == "yes");
  CHECK(word(sets.contains("v|2", "c", "b")) == "unknown");
  // Twice in one Bundle is still a mistake.
  CHECK(replace(R"({"resourceType":"Bundle","entry":[{"resource":)" + set("1", "y") +
                R"(},{"resource":)" + set("1", "z") + "}]}") == "duplicate_id /entry/1/resource");
  CHECK(word(sets.contains("v", "c", "y")) == "yes");
}

TEST_CASE("problems have their place, and the rest is added") {
  ValueSets sets;
  CHECK(codes(sets.add({})) == "bad_value ");
  CHECK(codes(add(sets, "[]")) == "bad_value ");
  CHECK(codes(add(sets, R"({"resourceType":"Patient","url":"x"})")) == "bad_value ");
  CHECK(codes(add(sets, R"({"resourceType":"ValueSet"})")) == "missing_key ");
  CHECK(codes(add(sets, R"({"resourceType":"ValueSet","url":"none"})")) == "missing_key ");
  CHECK(codes(add(sets, R"({"resourceType":"CodeSystem","url":"s","content":"supplement"})")) ==
        "not_supported /content");
  CHECK(codes(add(sets, R"({"resourceType":"Bundle","entry":[
      {"resource":{"resourceType":"Patient"}},{},
      {"resource":{"resourceType":"ValueSet","url":"v","compose":{"inactive":false,"include":[
        {},{"system":"c","concept":[{"code":"a"}]},
        {"system":"d","filter":[{"property":"concept","op":"is-a","value":"x"},
                                {"property":"concept","op":"regex","value":"x"}]}]}}},
      {"resource":{"resourceType":"ValueSet","url":"w","compose":{"include":[
        {"system":"c","concept":[{"code":"a"}]}]}}}]})")) ==
        "not_supported /entry/2/resource/compose/inactive, "
        "missing_key /entry/2/resource/compose/include/0, "
        "not_supported /entry/2/resource/compose/include/2/filter/1");
  CHECK(sets.knows("v"));
  CHECK(word(sets.contains("w", "c", "a")) == "yes");
  CHECK(!sets.knows("none"));
}

TEST_CASE("resources of any shape are taken without harm") {
  for (const char* shape :
       {"1", "\"x\"", "null", "[]", "{}", "[1]", "[[]]", "[{}]", "[{\"concept\":{}}]", "true"}) {
    for (const char* member : {"compose", "expansion", "concept", "property", "url", "content"}) {
      for (const char* type : {"ValueSet", "CodeSystem"}) {
        ValueSets sets;
        (void)add(sets, std::string(R"({"resourceType":")") + type + R"(","url":"u",)" + "\"" +
                            member + "\":" + shape + "}");
        (void)add(sets, set_of("v", std::string(R"("include":)") + shape));
        (void)add(sets, set_of("w", std::string(R"("include":[{"system":"s","filter":)") + shape +
                                        R"(,"valueSet":)" + shape + "}]"));
        CHECK(word(sets.contains("u", "s", "c")) != "yes");
        CHECK(word(sets.contains("v", "s", "c")) != "yes");
        (void)sets.contains_code("w", "c");
      }
    }
  }
}

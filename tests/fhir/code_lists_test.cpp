// SPDX-License-Identifier: Apache-2.0
// The built-in code lists: sound, with their notices, all that the questionnaires name; and what a
// site does with them.
#include <fbss/code_lists.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>

#include <fbss/prefill.hpp>

#include "fhir/code_list_texts.hpp"

namespace {

using namespace fbss;

const std::string base = "https://fbss.example/fhir/ValueSet/";
constexpr std::string_view icd = "http://hl7.org/fhir/sid/icd-10-cm",
                           sct = "http://snomed.info/sct", loinc = "http://loinc.org";

bool has_snomed(const CodeLists& lists) {
  return lists.value_sets().knows(base + "diabetes-snomed");
}

std::string codes_of(const std::vector<Coding>& codings) {
  std::string out;
  for (const Coding& coding : codings) out += coding.code + " ";
  return out;
}

std::string list_of(const std::string& url, const std::string& code) {
  return R"({"resourceType":"ValueSet","url":")" + url +
         R"(","copyright":"Of the site.","compose":{"include":[{"system":"http://site.example",
            "concept":[{"code":")" +
         code + R"(","display":"Theirs"}]}]}})";
}

}  // namespace

TEST_CASE("every built-in file is sound") {
  CHECK(code_list_text_count >= 5);
  for (std::size_t i = 0; i < code_list_text_count; ++i) {
    INFO(code_list_texts[i].name);
    Document document;
    REQUIRE(document.parse(
        {reinterpret_cast<const char*>(code_list_texts[i].bytes), code_list_texts[i].size}));
    fhirpath::ValueSets sets;
    CHECK(sets.add(document.root()));
    const bool is_of_terminology = std::string_view(code_list_texts[i].name) != "lists" &&
                                   std::string_view(code_list_texts[i].name) != "site";
    for (JsonNode entry = document.root().find("entry").first(); entry; entry = entry.next()) {
      const JsonNode set = entry.find("resource");
      const std::string url(set.find("url").text());
      INFO(url);
      CHECK(url.starts_with(base));
      CHECK_FALSE(set.find("title").text().empty());
      CHECK_FALSE(set.find("version").text().empty());
      CHECK(set.find("copyright").text().empty() != is_of_terminology);
    }
  }
}

TEST_CASE("every list that a questionnaire names is there") {
  const CodeLists lists;
  for (const std::string_view id : builtin_ids()) {
    INFO(id);
    for (const Problem& problem : check_code_lists(*load_builtin(id), lists))
      FAIL_CHECK(problem.pointer << ": " << problem.message);
  }
}

TEST_CASE("every list is named by a questionnaire or by another list, and every import is there") {
  std::set<std::string> there, named;
  for (std::size_t i = 0; i < code_list_text_count; ++i) {
    Document document;
    REQUIRE(document.parse(
        {reinterpret_cast<const char*>(code_list_texts[i].bytes), code_list_texts[i].size}));
    for (JsonNode entry = document.root().find("entry").first(); entry; entry = entry.next()) {
      const JsonNode set = entry.find("resource");
      CHECK(there.insert(std::string(set.find("url").text())).second);
      for (JsonNode part = set.find("compose").find("include").first(); part; part = part.next())
        for (JsonNode url = part.find("valueSet").first(); url; url = url.next())
          named.insert(std::string(url.text()));
    }
  }
  for (const std::string& url : named)
    CHECK_MESSAGE((there.count(url) == 1 || url.ends_with("-snomed")), url);
  for (const std::string_view id : builtin_ids()) {
    const std::string_view text = builtin_text(id);
    for (const std::string& url : there)
      for (const char* mark : {"'", "\""})
        if (text.find(url + mark) != std::string_view::npos) named.insert(url);
  }
  for (const std::string& url : there) CHECK_MESSAGE(named.count(url) == 1, url);
}

TEST_CASE("codes are known by their list") {
  const CodeLists lists;
  const auto& sets = lists.value_sets();
  CHECK(sets.contains(base + "diabetes", icd, "E11.9") == true);
  CHECK(sets.contains(base + "diabetes", icd, "O24.410") != true);
  CHECK(sets.contains(base + "smoking-former", loinc, "LA15920-4") == true);
  CHECK(sets.contains(base + "depression", icd, "F33.41") != true);
  CHECK(sets.contains(base + "depression-in-remission", icd, "F33.41") == true);
  CHECK(sets.contains(base + "back-sites", sct, "122494005") == false);
  // Where SNOMED CT is left out, its codes are not known, which is no "no".
  const auto snomed = sets.contains(base + "diabetes", sct, "73211009");
  CHECK(snomed == (has_snomed(lists) ? std::optional(true) : std::nullopt));
  const auto other = sets.contains(base + "diabetes", icd, "I10");
  CHECK(other == (has_snomed(lists) ? std::optional(false) : std::nullopt));
}

TEST_CASE("a list gives its codes one by one, for export") {
  const CodeLists lists;
  CHECK(codes_of(lists.codings(base + "smoking-former")) ==
        (has_snomed(lists) ? "LA15920-4 8517006 " : "LA15920-4 "));
  CHECK(lists.codings(base + "smoking-former")[0].system == loinc);
  CHECK(lists.codings(base + "smoking-former")[0].display == "Former smoker");
  CHECK(lists.codings(base + "spine-operations-site").empty());
  CHECK(lists.codings(base + "osteopenia").empty());  // chosen by a filter
  CHECK(lists.codings("http://nobody.example/list").empty());
}

TEST_CASE("the notices, each once") {
  const CodeLists lists;
  const auto notices = lists.notices();
  const std::set<std::string_view> distinct(notices.begin(), notices.end());
  CHECK(distinct.size() == notices.size());
  const auto says = [&](std::string_view words) {
    std::size_t found = 0;
    for (const std::string_view notice : notices) found += notice.find(words) != notice.npos;
    return found;
  };
  CHECK(says("LOINC is copyright (c) 1995-, Regenstrief Institute") == 1);
  CHECK(says("at no cost under the license at http://loinc.org/license") == 1);
  CHECK(says("SNOMED International") == (has_snomed(lists) ? 1 : 0));
  CHECK(says("affiliate licence") == (has_snomed(lists) ? 1 : 0));
  CHECK(says("ICD-10-CM") == 1);
}

TEST_CASE("the notices that belong to the codes of one system") {
  CodeLists lists;
  const auto of_loinc = lists.notices(loinc);
  REQUIRE(of_loinc.size() == 1);
  CHECK(of_loinc.front().find("Regenstrief Institute") != std::string_view::npos);
  CHECK(lists.notices("http://nobody.example").empty());
  REQUIRE(lists.add(list_of("http://site.example/own", "A")));
  CHECK(lists.notices("http://site.example") == std::vector<std::string_view>{"Of the site."});
  CHECK(lists.notices(loinc).size() == 1);
  REQUIRE(lists.add(R"({"resourceType":"CodeSystem","url":"http://site.example/codes",
      "copyright":"Of its codes.","content":"not-present"})"));
  CHECK(lists.notices("http://site.example/codes") ==
        std::vector<std::string_view>{"Of its codes."});
}

TEST_CASE("a site fills an empty list, replaces one, and adds its own") {
  CodeLists lists;
  REQUIRE(lists.add(list_of(base + "spine-operations-site", "OP1")));
  CHECK(lists.value_sets().contains(base + "spine-operations", "http://site.example", "OP1") ==
        true);
  REQUIRE(lists.add(list_of(base + "smoking-former-loinc", "EX")));
  CHECK(lists.value_sets().contains(base + "smoking-former", loinc, "LA15920-4") != true);
  CHECK(lists.value_sets().contains(base + "smoking-former", "http://site.example", "EX") == true);
  REQUIRE(lists.add(list_of("http://site.example/own", "A")));
  CHECK(codes_of(lists.codings("http://site.example/own")) == "A ");
  CHECK(lists.notices().back() == "Of the site.");
  CHECK(lists.add(R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"}}]})")
            .problems()
            .front()
            .code == ErrorCode::bad_value);
  // The same file again changes nothing.
  REQUIRE(lists.add(list_of("http://site.example/own", "A")));
  CHECK(codes_of(lists.codings("http://site.example/own")) == "A ");
  CHECK(lists.add("{").problems().front().code == ErrorCode::not_json);
  CHECK(lists.add(R"({"resourceType":"Patient"})").problems().front().code == ErrorCode::bad_value);
}

TEST_CASE("a list that is missing is told with its first place") {
  std::string text(builtin_text("preop_screen"));
  const auto rename = [&](const std::string& name) {
    for (std::size_t at = 0; (at = text.find(base + name, at)) != text.npos; ++at)
      text.replace(at + base.size(), name.size(), "no-" + name);
  };
  rename("osteopenia");
  rename("smoking-never");
  const auto questionnaire = load_questionnaire(text);
  REQUIRE(questionnaire);
  const Problems problems = check_code_lists(*questionnaire, CodeLists());
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].code == ErrorCode::bad_reference);
  CHECK(problems[0].pointer == "/sections/1/questions/1/chart/0/find");
  CHECK(problems[0].question == "osteoporosis");
  CHECK(problems[0].message.find("no-osteopenia") != std::string::npos);
  CHECK(problems[1].pointer == "/sections/2/questions/0/options/3/code_list");
}

TEST_CASE("a list whose codes cannot be told is told, with what it rests on") {
  const std::string list = base + "diabetes";
  const std::string icd_codes = R"({"system":")" + std::string(icd) + R"("})";
  const auto set = [](const std::string& url, const std::string& parts) {
    return R"({"resourceType":"ValueSet","url":")" + url + R"(",)" + parts + "}";
  };
  const auto compose = [](const std::string& parts) { return R"("compose":{)" + parts + "}"; };
  const auto refers_to = [](const std::string& url) {
    return R"({"valueSet":[")" + url + R"("]})";
  };
  const std::string one_code = R"({"system":"http://site.example/codes","concept":[{"code":"A"}]})";
  const std::string whole = R"({"system":"http://site.example/codes"})";
  const std::string below =
      R"({"system":"http://site.example/codes",
          "filter":[{"property":"concept","op":"is-a","value":"A"}]})";
  const std::string system = R"({"resourceType":"CodeSystem","url":"http://site.example/codes",)";
  const std::string expanded =
      R"("expansion":{"contains":[{"system":"http://site.example/codes","code":"A"}]})";
  const auto including = [&](const std::string& part) {
    return set(list, compose(R"("include":[)" + part + "]"));
  };
  const struct {
    std::string_view about;
    std::vector<std::string> files;
    std::vector<std::string> told;  // a piece of each message
  } cases[] = {
      {"nothing of the site's", {}, {}},
      {"codes one by one", {including(one_code)}, {}},
      {"a list that is not there",
       {including(one_code + "," + refers_to("http://nowhere.example/vs"))},
       {"/diabetes refers to http://nowhere.example/vs, which is not there"}},
      {"one that comes with a later file",
       {including(refers_to("http://site.example/vs")), list_of("http://site.example/vs", "A")},
       {}},
      {"another version of one",
       {including(refers_to("http://site.example/vs|2")), list_of("http://site.example/vs", "A")},
       {"refers to http://site.example/vs|2, which"}},
      {"itself", {including(refers_to(list))}, {"/diabetes refers to itself"}},
      {"in a circle",
       {including(refers_to("http://site.example/vs")),
        set("http://site.example/vs", compose(R"("include":[)" + refers_to(list) + "]"))},
       {"http://site.example/vs refers to " + list + ", and that one back to it"}},
      {"one that is not there is taken out of it",
       {set(list, compose(R"("include":[)" + one_code + R"(],"exclude":[)" +
                          refers_to("http://nowhere.example/vs") + "]"))},
       {"refers to http://nowhere.example/vs"}},
      {"behind another list",
       {including(refers_to("http://site.example/vs")),
        set("http://site.example/vs",
            compose(R"("include":[)" + refers_to("http://nowhere.example/vs") + "]"))},
       {"http://site.example/vs refers to http://nowhere.example/vs"}},
      {"all codes of a system that is not there",
       {including(whole)},
       {"takes codes from http://site.example/codes"}},
      {"all codes of one that comes without its codes",
       {including(whole), system + R"("content":"not-present"})"},
       {"takes codes from http://site.example/codes"}},
      {"all codes of one that is there",
       {including(whole), system + R"("content":"complete","concept":[{"code":"A"}]})"},
       {}},
      {"those below a code of a system that is not there",
       {including(below)},
       {"takes codes from http://site.example/codes"}},
      {"all of ICD-10-CM", {including(icd_codes)}, {"takes codes from " + std::string(icd)}},
      {"a whole expansion beside what cannot be told",
       {set(list, compose(R"("include":[)" + whole + "]") + "," + expanded)},
       {}},
      {"a part of an expansion",
       {set(list, R"("expansion":{"total":7,"contains":[{"system":"http://site.example/codes",
                     "code":"A"}]})")},
       {"has an expansion that is not whole"}},
      {"what was told when it was added",
       {including(R"({"system":"http://site.example/codes",
                      "filter":[{"property":"version","op":"=","value":"1"}]})")},
       {}},
      {"a list that no rule asks",
       {set("http://site.example/own", compose(R"("include":[)" + whole + "]"))},
       {}},
      {"a code system that makes the built-in lists unknown",
       {R"({"resourceType":"CodeSystem","url":")" + std::string(icd) +
        R"(","content":"not-present"})"},
       {"/diabetes-icd10cm takes codes from " + std::string(icd)}},
  };
  const Questionnaire questionnaire = *load_builtin("preop_screen");
  for (const auto& row : cases) {
    INFO(std::string(row.about));
    CodeLists lists;
    for (const std::string& file : row.files) (void)lists.add(file);
    const Problems problems = check_code_lists(questionnaire, lists);
    std::string messages;
    for (const Problem& problem : problems) {
      CHECK(problem.code == ErrorCode::bad_reference);
      CHECK(problem.pointer.starts_with("/sections/"));
      messages += problem.message + "\n";
    }
    INFO(messages);
    CHECK(problems.empty() == row.told.empty());
    for (const std::string& told : row.told) CHECK(messages.find(told) != std::string::npos);
    if (row.told.size() == 1 && row.told[0].find("icd10cm") == std::string::npos)
      CHECK(problems.size() == 1);
  }
}

TEST_CASE("lists that refer to one another too far down are told, and not followed") {
  CodeLists lists;
  const auto url = [&](int i) {
    return i == 0 ? base + "diabetes" : "http://site.example/" + std::to_string(i);
  };
  for (int i = 0; i < 40; ++i)
    REQUIRE(lists.add(R"({"resourceType":"ValueSet","url":")" + url(i) +
                      R"(","compose":{"include":[{"valueSet":[")" + url(i + 1) + R"("]}]}})"));
  REQUIRE(lists.add(list_of(url(40), "A")));
  CHECK(lists.value_sets().contains(url(0), "http://site.example", "A") == std::nullopt);
  CHECK(lists.check(url(0)).size() == 1);
  // As far as it is followed it is known.
  const bool is_known = lists.value_sets().contains(url(9), "http://site.example", "A") == true;
  CHECK(lists.check(url(9)).empty() == is_known);
  CHECK(lists.value_sets().contains(url(8), "http://site.example", "A").has_value() ==
        lists.check(url(8)).empty());
  CHECK(lists.check("http://nobody.example").empty());
}

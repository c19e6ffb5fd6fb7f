// SPDX-License-Identifier: Apache-2.0
// A questionnaire as FHIR: what stands where, read with FHIRPath from the exported resource; that
// FHIR's own rules hold; and that another engine computes the same from it.
#include <doctest/doctest.h>

#include <random>
#include <string>

#include <fbss/fhir.hpp>
#include <fbss/fhirpath.hpp>

#include "../assessment/small_rules.hpp"
#include "random_record.hpp"
#include "same_as_ours.hpp"

namespace {

fbss::Document parsed(const std::string& json) {
  fbss::Document document;
  REQUIRE(document.parse(json).ok());
  return document;
}

/// The values of an expression over a resource, parted by "; ".
std::string look(const fbss::Document& resource, const std::string& expression) {
  INFO(expression);
  const auto compiled = fbss::fhirpath::Expression::compile(expression);
  REQUIRE(compiled.ok());
  fbss::fhirpath::Workspace workspace;
  const auto values = fbss::fhirpath::evaluate(*compiled, {.input = resource.root()}, workspace);
  REQUIRE(values.ok());
  std::string text;
  for (const auto& value : *values)
    text += (text.empty() ? "" : "; ") + fbss::fhirpath::to_text(value);
  return text;
}

struct Row {
  const char *expression, *values;
};

template <std::size_t count>
void check_rows(const fbss::Document& resource, const Row (&rows)[count]) {
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(look(resource, row.expression) == std::string(row.values));
  }
}

fbss::Document exported(const fbss::FhirOptions& options = {}) {
  return parsed(fbss::export_questionnaire(small_rules::questionnaire(), options));
}

/// The small screen with its rules, one place in it changed.
fbss::Questionnaire changed(const std::string& what, const std::string& by) {
  std::string text =
      std::string(small_screen::question_count) + std::string(small_rules::rule_count);
  REQUIRE(text.find(what) != std::string::npos);
  auto loaded = fbss::load_questionnaire(text.replace(text.find(what), what.size(), by));
  for (const fbss::Problem& problem : loaded.problems()) MESSAGE(problem.message);
  REQUIRE(loaded.ok());
  return *loaded;
}

constexpr const char* absent = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

}  // namespace

TEST_CASE("the head names the questionnaire, its content, its use and its evidence") {
  static constexpr Row rows[] = {
      {"resourceType", "Questionnaire"},
      {"url", "https://fbss.example/fhir/Questionnaire/small_screen"},
      {"version", "1"},
      {"name", "SmallScreen"},
      {"title", "A small screen"},
      {"status", "active"},
      {"subjectType", "Patient"},
      {"description.contains('Tests.')", "true"},
      {"description.contains('None.')", "true"},
      {"description.contains('No match.')", "true"},
      {"copyright", ""},
      {"item.first().item.text", "Intended use: Tests.; Evidence: None.; t; Tests only."},
  };
  const fbss::Document resource = exported();
  check_rows(resource, rows);
  CHECK(look(resource, "meta.tag.code") == small_rules::questionnaire().sha256());
  CHECK(look(resource, "description.contains('today')") == "false");
}

TEST_CASE("urls begin where a site says") {
  const fbss::Document resource = exported({.base = "https://site.example/x"});
  CHECK(look(resource, "url") == "https://site.example/x/Questionnaire/small_screen");
  CHECK(look(resource,
             "descendants().where($this is string and contains('fbss.example')).count()") == "0");
}

TEST_CASE("sections, questions and rules under their ids") {
  static constexpr Row rows[] = {
      {"item.linkId", "fbss.about; all; fbss.findings; fbss.tally.listed"},
      {"item.where(linkId = 'all').item.linkId",
       "planned; earlier; rehab; depression; depression_treated; treatment; exercises; "
       "repetitions; weight; last_visit; other; other_text; visit_remark"},
      {"item.where(linkId = 'all').item.type",
       "choice; choice; choice; choice; choice; choice; choice; integer; decimal; date; choice; "
       "string; string"},
      {"item.where(linkId = 'fbss.findings').item.where(readOnly).linkId",
       "rf_multiple; rf_depression; rf_rehab; rf_walking; rf_condition; step_any; dose_walking; "
       "treated_with_medicine; either"},
      {"item.where(linkId = 'fbss.findings').item.where(readOnly).type.distinct()", "string"},
      {"item.where(linkId = 'all').item.where(repeats).linkId", "exercises"},
      {"item.item.where(maxLength.exists()).maxLength.distinct()", "120"},
      {"item.item.where(maxLength.exists()).linkId", "other_text; visit_remark"},
      {"item.item.where(linkId = 'repetitions').extension.where(url.endsWith('/minValue')).value",
       "0"},
      {"item.item.where(linkId = 'repetitions').extension.where(url.endsWith('/maxValue')).value",
       "999"},
      {"item.item.extension.where(url.endsWith('/questionnaire-unit')).value.display",
       "repetitions; kg"},
  };
  check_rows(exported(), rows);
}

TEST_CASE("options have codes of ours, and unknown and declined codes of HL7's") {
  const std::string base = "https://fbss.example/fhir/CodeSystem/small_screen";
  const std::string system = "item.item.where(linkId = 'planned').answerOption.value.system";
  const fbss::Document resource = exported();
  CHECK(look(resource, system) == base + "; " + base + "; " + absent + "; " + absent);
  static constexpr Row rows[] = {
      {"item.item.where(linkId = 'planned').answerOption.value.code",
       "yes; no; asked-unknown; asked-declined"},
      {"item.item.where(linkId = 'earlier').answerOption.value.display",
       "None; One; Two or more; Asked But Unknown; Asked But Declined"},
      {"item.item.where(linkId = 'earlier').answerOption.value.system.first()",
       "https://fbss.example/fhir/CodeSystem/small_screen/earlier"},
      // of several options, what stands alone
      {"item.item.answerOption.where(extension.where(url.endsWith('/"
       "questionnaire-optionExclusive'))"
       ".value = true).value.code",
       "none; asked-unknown; asked-declined"},
      {"item.item.where(linkId = 'earlier' or linkId = 'exercises')"
       ".extension.where(url.endsWith('/questionnaire-itemControl')).value.coding.code",
       "radio-button; check-box"},
  };
  check_rows(resource, rows);
}

TEST_CASE("codes of public terminologies, with the notices that go with them") {
  fbss::CodeLists lists;
  REQUIRE(lists
              .add(R"({"resourceType": "ValueSet", "url": "http://site.example/yoga",
                       "copyright": "A notice.", "compose": {"include": [{
                         "system": "http://site.example/codes",
                         "concept": [{"code": "1", "display": "Hatha"}, {"code": "2"}]}]}})")
              .ok());
  const fbss::FhirOptions options{.code_lists = &lists};
  const std::string also =
      "where(url = 'https://fbss.example/fhir/StructureDefinition/also-coded-as')"
      ".value.select(system & ' ' & code & ' ' & display)";

  const auto option = changed(R"("code": "yoga", "text": "Yoga")",
                              R"("code": "yoga", "text": "Yoga",
          "code_list": "http://site.example/yoga",
          "coding": [{"system": "http://own.example", "code": "Y", "display": "Yoga"}])");
  const fbss::Document coded = parsed(fbss::export_questionnaire(option, options));
  CHECK(
      look(coded, "item.item.answerOption.where(value.code = 'yoga').extension." + also) ==
      "http://own.example Y Yoga; http://site.example/codes 1 Hatha; http://site.example/codes 2 ");
  CHECK(look(coded, "copyright") == "A notice.");  // and none of codes that are not in it

  const auto question = changed(R"("text": "Which exercises?")",
                                R"("text": "Which exercises?",
          "code_list": "http://site.example/yoga")");
  const fbss::Document asked = parsed(fbss::export_questionnaire(question, options));
  CHECK(look(asked, "item.item.where(linkId = 'exercises').code.code") == "1; 2");

  // Without lists, or without such codes, there is nothing to give notice of.
  CHECK(look(parsed(fbss::export_questionnaire(question)), "copyright | item.item.code") == "");
  CHECK(look(exported(options), "copyright") == "");
}

TEST_CASE("root variables: every question by its id, then the file's own, in the order of need") {
  const std::string variables =
      "extension.where(url = 'http://hl7.org/fhir/StructureDefinition/variable').value";
  const fbss::Document resource = exported();
  CHECK(look(resource, variables + ".name") ==
        "planned; earlier; rehab; depression; depression_treated; treatment; exercises; "
        "repetitions; weight; last_visit; other; other_text; visit_remark; plans_walking");
  CHECK(look(resource, variables + ".language.distinct()") == "text/fhirpath");
  CHECK(look(resource, variables + ".where(name = 'plans_walking').expression") ==
        "iif(%exercises.exists(), %exercises contains 'walking')");
  CHECK(look(resource, variables + ".where(name = 'earlier').expression") ==
        "%resource.item.item.where(linkId = 'earlier').answer.value.where(system != '" +
            std::string(absent) + "').code");
}

TEST_CASE("a rule's text stands in its expression as in the file") {
  static constexpr Row rows[] = {
      {"item.item.where(linkId = 'rf_multiple').extension.value.expression",
       "iif((%earlier = 'two_or_more').empty(), 'unknown', iif((%earlier = 'two_or_more'), "
       "'present', 'absent'))"},
      {"item.item.where(linkId = 'rf_condition').extension.value.expression",
       "iif((%planned).empty(), 'unknown', iif((%planned), iif((%other).empty(), 'unknown', "
       "iif((%other), 'present', 'absent')), 'not_applicable'))"},
  };
  check_rows(exported(), rows);
}

TEST_CASE("a comment at the end of a rule does not reach what stands behind it") {
  const auto questionnaire = changed(R"("present_when": "%earlier = 'two_or_more'")",
                                     R"("present_when": "%earlier = 'two_or_more' // several")");
  form::Form form(fbss::export_questionnaire(questionnaire));
  fbss::Response response(questionnaire);
  form::check_same(form, response);
  REQUIRE(response.answer("earlier", "two_or_more").ok());
  form::check_same(form, response);
}

TEST_CASE("a rule that reads the date says that it is the day of computing") {
  const auto questionnaire = changed("\"%treatment = 'medicine'\"", "\"%last_visit < today()\"");
  CHECK(look(parsed(fbss::export_questionnaire(questionnaire)),
             "description.contains('today() take the day on which an engine computes them')") ==
        "true");
}

TEST_CASE("help says how to answer, what it rests on, and how a rule is read") {
  static constexpr Row rows[] = {
      {"item.item.where(linkId = 'planned').item.text", "Source: “operation” (p, “t”, under “h”)."},
      {"item.item.where(linkId = 'dose_walking').item.text",
       "Rule dose_walking. Present when the answer to “How many?” is less than 10 repetitions. "
       "Applies only when the answer to “Which exercises?” includes “Walking”. Source: “exercises” "
       "(p, “t”, "
       "under “h”). How we read it: Fewer than 10."},
      {"item.item.where(linkId = 'dose_walking').item.extension.value.coding.code", "help"},
      {"item.item.where(linkId = 'rf_multiple').item.linkId",
       "rf_multiple.help; rf_multiple.note1"},
      {"item.item.where(linkId = 'rf_multiple').item.enableWhen.question", "earlier"},
      {"item.item.where(linkId = 'rf_multiple').item.enableWhen.answer.code", "one"},
  };
  check_rows(exported(), rows);
}

TEST_CASE("conditions: enableWhen, and an expression that is never empty where it cannot say it") {
  static constexpr Row rows[] = {
      {"item.item.where(linkId = 'rehab').enableWhen.operator", "=; ="},
      {"item.item.where(linkId = 'rehab').enableWhen.answer.code", "one; two_or_more"},
      {"item.item.where(linkId = 'rehab').enableWhen.answer.system.distinct()",
       "https://fbss.example/fhir/CodeSystem/small_screen/earlier"},
      {"item.item.where(linkId = 'rehab').enableBehavior", "any"},
      {"item.item.where(linkId = 'depression_treated').enableBehavior", ""},
      {"item.item.where(linkId = 'other_text').enableBehavior", "all"},
      {"item.item.where(linkId = 'repetitions').enableWhen.answer.code", "walking"},
      {"item.item.where(linkId = 'visit_remark').enableWhen", ""},
      {"item.item.where(linkId = 'visit_remark').extension.value.expression",
       "iif((%last_visit > @2020), true, false)"},
      {"item.item.where(linkId = 'fbss.notice.odd').enableBehavior", "all"},
  };
  check_rows(exported(), rows);
}

TEST_CASE("a tally: counts that stand with their statement, behind the rules") {
  static constexpr Row rows[] = {
      {"item.last().text", "Tally of the 5 listed factors"},
      {"item.last().item.type", "display; integer; integer; integer; integer; integer; integer"},
      {"item.last().item.first().text", "A count and nothing more."},
      {"item.last().item.where(type = 'integer').readOnly.distinct()", "true"},
      {"item.last().item.where(linkId.endsWith('.at_least')).extension.value.expression",
       "%resource.item.where(linkId = 'fbss.findings').item.where(linkId in ('rf_multiple' | "
       "'rf_depression' | 'rf_rehab' | 'rf_walking' | 'rf_condition'))"
       ".answer.value.where($this in ('present')).count()"},
  };
  check_rows(exported(), rows);
}

TEST_CASE("a rule that no engine has computed yet counts as unknown") {
  const std::string expression = look(
      exported(), "item.last().item.where(linkId.endsWith('.at_most')).extension.value.expression");
  const auto compiled = fbss::fhirpath::Expression::compile(expression);
  REQUIRE(compiled.ok());
  const fbss::Document nothing = parsed(R"({"resourceType": "QuestionnaireResponse"})");
  fbss::fhirpath::Workspace workspace;
  const auto most = fbss::fhirpath::evaluate(*compiled, {.input = nothing.root()}, workspace);
  REQUIRE(most.ok());
  REQUIRE(most->size() == 1);
  CHECK((*most)[0].integer() == 5);
}

TEST_CASE("FHIR's own rules hold") {
  // The invariants of R4's Questionnaire and of the SDC extensions used, as the standard writes
  // them but for trace(); que-12 as its text says it ("more than one").
  static constexpr const char* invariants[] = {
      "name.matches('^[A-Z]([A-Za-z0-9_]){0,254}$')",
      "descendants().linkId.isDistinct()",
      "repeat(item).all((type = 'group' implies item.empty().not()) and (type = 'display' implies "
      "item.empty()))",
      "repeat(item).all(type != 'display' or code.empty())",
      "repeat(item).all(answerOption.empty() or answerValueSet.empty())",
      "repeat(item).all(type = 'choice' or answerOption.empty())",
      "repeat(item).all(type != 'display' or (required.empty() and repeats.empty()))",
      "repeat(item).all(type != 'display' or readOnly.empty())",
      "repeat(item).all((type in ('boolean' | 'decimal' | 'integer' | 'string' | 'text' | 'url' | "
      "'open-choice')) or maxLength.empty())",
      "repeat(item).all(enableWhen.count() > 1 implies enableBehavior.exists())",
      "repeat(item).enableWhen.question.all($this in %resource.repeat(item).linkId)",
      "descendants().where(url.exists() and value.exists()).all(extension.empty())",
      "contained.empty()",
      "%resource.descendants().where(expression.exists() and name.exists())"
      ".name.all(matches('^[A-Za-z][A-Za-z0-9_]{0,63}$'))",
  };
  const fbss::Document resource = exported();
  for (const char* invariant : invariants) CHECK(look(resource, invariant) == "true");
}

TEST_CASE("another engine enables and computes the small screen as we do") {
  std::mt19937 random(20'261'128);
  form::Form form(fbss::export_questionnaire(small_rules::questionnaire()));
  for (int i = 0; i < 1000; ++i)
    form::check_same(form, form::random_record(small_rules::questionnaire(), random));
}

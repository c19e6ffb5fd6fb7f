// SPDX-License-Identifier: Apache-2.0
// The JSON report against the command-line contract: keys, their order and types, both layouts.
#include <fbss/document.hpp>
#include <string>
#include <vector>

#include "fixture.hpp"
#include "json/write.hpp"

using fbss::JsonKind;
using fbss::JsonNode;

namespace {

struct Key {
  std::string_view name;
  JsonKind kind;
};

/// The object begins with these keys, in this order, with these types.
void check_keys(JsonNode object, const std::vector<Key>& keys) {
  REQUIRE(object.kind() == JsonKind::object);
  JsonNode member = object.first();
  for (const Key& key : keys) {
    INFO(std::string(key.name));
    REQUIRE(static_cast<bool>(member));
    CHECK(member.key() == key.name);
    CHECK(member.kind() == key.kind);
    member = member.next();
  }
}

JsonNode parsed(fbss::Document& document, const std::string& json) {
  const fbss::Result<void> result = document.parse(json);
  REQUIRE(result.ok());
  return document.root();
}

template <class Visit>
void each(JsonNode list, const Visit& visit) {
  REQUIRE(list.kind() == JsonKind::array);
  for (JsonNode element = list.first(); element; element = element.next()) visit(element);
}

const std::vector<Key> citation_keys = {
    {"source", JsonKind::string}, {"heading", JsonKind::string}, {"phrase", JsonKind::string}};
const std::vector<Key> answer_keys = {
    {"question", JsonKind::string}, {"answer", JsonKind::string}, {"label", JsonKind::string}};

}  // namespace

TEST_CASE("keys stand in the contract's order and have its types") {
  for (const std::string_view record : fixture::records) {
    const fbss::Assessment assessment = fixture::screen(record);
    fbss::Document document;
    const JsonNode root = parsed(document, fbss::report_json(assessment));
    check_keys(root, {{"questionnaire", JsonKind::object},
                      {"engine", JsonKind::object},
                      {"on", JsonKind::string},
                      {"findings", JsonKind::array},
                      {"tallies", JsonKind::array},
                      {"unanswered", JsonKind::object},
                      {"notices", JsonKind::array}});
    check_keys(
        root.find("questionnaire"),
        {{"id", JsonKind::string}, {"version", JsonKind::string}, {"sha256", JsonKind::string}});
    check_keys(root.find("engine"), {{"name", JsonKind::string}, {"version", JsonKind::string}});
    check_keys(root.find("unanswered"), {{"not_asked", JsonKind::array},
                                         {"unknown", JsonKind::array},
                                         {"declined", JsonKind::array}});
    CHECK(root.find("findings").size() == assessment.findings.size());
    each(root.find("findings"), [](JsonNode finding) {
      check_keys(finding, {{"rule", JsonKind::string},
                           {"kind", JsonKind::string},
                           {"title", JsonKind::string},
                           {"status", JsonKind::string},
                           {"because", JsonKind::array},
                           {"would_settle", JsonKind::array},
                           {"citations", JsonKind::array},
                           {"interpretation", JsonKind::string}});
      each(finding.find("because"), [](JsonNode given) { check_keys(given, answer_keys); });
      each(finding.find("would_settle"),
           [](JsonNode question) { CHECK(question.kind() == JsonKind::string); });
      CHECK(finding.find("citations").size() > 0);
      each(finding.find("citations"), [](JsonNode cite) { check_keys(cite, citation_keys); });
      each(finding.find("steps"), [](JsonNode step) {
        check_keys(step, {{"timing", JsonKind::string},
                          {"text", JsonKind::string},
                          {"citations", JsonKind::array}});
      });
    });
    each(root.find("tallies"), [](JsonNode tally) {
      check_keys(tally, {{"id", JsonKind::string},
                         {"listed", JsonKind::number},
                         {"present", JsonKind::number},
                         {"absent", JsonKind::number},
                         {"unknown", JsonKind::number},
                         {"not_applicable", JsonKind::number},
                         {"at_least", JsonKind::number},
                         {"at_most", JsonKind::number},
                         {"statement", JsonKind::string},
                         {"sentence", JsonKind::string}});
    });
    CHECK(root.find("tallies").size() == 1);
    each(root.find("notices"), [](JsonNode notice) {
      check_keys(notice, {{"id", JsonKind::string}, {"text", JsonKind::string}});
    });
    CHECK(root.find("attributes").size() == 13);
    CHECK_FALSE(root.find("intended_use").text().empty());
    CHECK_FALSE(root.find("evidence").text().empty());
    CHECK(root.find("sources").size() == assessment.questionnaire.sources().size());
  }
}

TEST_CASE("values are those of the assessment") {
  const fbss::Assessment assessment = fixture::screen(fixture::mixed);
  fbss::Document document;
  const JsonNode root = parsed(document, fbss::report_json(assessment));
  CHECK(root.find("questionnaire").find("id").text() == "preop_screen");
  CHECK(root.find("questionnaire").find("sha256").text().size() == 64);
  CHECK(root.find("engine").find("name").text() == "fbss");
  CHECK(root.find("on").text() == "2026-11-21");
  CHECK(root.find("id").text() == "case-17");
  CHECK(root.find("sample").boolean());
  JsonNode finding = root.find("findings").first();
  for (const fbss::Rule& rule : assessment.questionnaire.rules()) {  // the file's order
    CHECK(finding.find("rule").text() == rule.id);
    finding = finding.next();
  }
  const JsonNode prior = root.find("findings").first();
  CHECK(prior.find("status").text() == "absent");
  CHECK(prior.find("because").first().find("question").text() == "prior_back_surgeries");
  CHECK(prior.find("because").first().find("answer").text() == "none");
  CHECK(prior.find("because").first().find("label").text() == "None");
  const JsonNode complex = prior.next();
  CHECK(complex.find("status").text() == "unknown");
  CHECK(complex.find("would_settle").first().text() == "planned_procedure_extensive_or_complex");
  const JsonNode tally = root.find("tallies").first();
  CHECK(tally.find("listed").text() == "9");
  CHECK(root.find("unanswered").find("unknown").size() == 2);
  CHECK(root.find("unanswered").find("declined").first().text() == "smoking_status");
}

TEST_CASE("a number stays a number, and what is missing is null") {
  fbss::Document document;
  JsonNode root = parsed(document, fbss::report_json(fixture::screen(fixture::no_operation, "")));
  CHECK(root.find("id").kind() == JsonKind::number);
  CHECK(root.find("id").text() == "4711");
  CHECK(root.find("on").kind() == JsonKind::null);
  root = parsed(document, fbss::report_json(fixture::screen(fixture::nothing)));
  CHECK(root.find("id").kind() == JsonKind::null);
  CHECK(root.find("sample").kind() == JsonKind::boolean);
  CHECK_FALSE(root.find("sample").boolean());
}

TEST_CASE("the one-line form says the same and holds no line break") {
  for (const std::string_view record : fixture::records) {
    const fbss::Assessment assessment = fixture::screen(record);
    const std::string indented = fbss::report_json(assessment);
    const std::string line = fbss::report_json_line(assessment);
    CHECK(indented.back() == '\n');
    CHECK(line.find('\n') == std::string::npos);
    fbss::Document document;
    std::string compact;
    fbss::json::write(compact, *parsed(document, indented).get());
    CHECK(compact == line);
  }
}

TEST_CASE("free text of any kind stays one JSON string") {
  fbss::Assessment assessment = fixture::screen(fixture::mixed);
  const std::string typed = "\"},\n\x1b </script> \\ \xe2\x80\xa8";
  assessment.record_id = typed;
  fbss::Document document;
  CHECK(parsed(document, fbss::report_json(assessment)).find("id").text() == typed);
}

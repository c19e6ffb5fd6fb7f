// SPDX-License-Identifier: Apache-2.0
// The lines that `fbss batch` prints; see batch_lines.hpp.
#include "batch_lines.hpp"

#include <algorithm>
#include <array>

#include <fbss/report.hpp>

#include "csv.hpp"
#include "json_text.hpp"

namespace fbss::app {

namespace {

constexpr std::array tally_parts = {"present",        "absent",   "unknown",
                                    "not_applicable", "at_least", "at_most"};

std::array<int, tally_parts.size()> numbers_of(const Tally& tally) {
  return {tally.present,        tally.absent,     tally.unknown,
          tally.not_applicable, tally.at_least(), tally.at_most()};
}

void begin_line(JsonWriter& json, const RecordName& name, std::string_view status) {
  json.begin_object().key("line").number(static_cast<long long>(name.line)).key("id");
  if (name.id_is_number) {
    json.raw(name.id);
  } else {
    json.string_or_null(name.id);
  }
  json.key("status").string(status);
}

void begin_line(std::string& out, const RecordName& name, std::string_view status) {
  out += std::to_string(name.line);
  out += ',';
  if (name.id_is_number) {
    out += name.id;
  } else {
    append_csv_text(out, name.id);
  }
  out += ',';
  out += status;
}

void append_chart(JsonWriter& json, const Chart& chart) {
  json.key("suggestions").begin_array();
  for (const Suggestion& suggestion : chart.suggestions) {
    if (suggestion.kind != SuggestionKind::suggested) continue;
    json.begin_object().key("question").string(suggestion.question->id);
    json.key("answer").string(suggestion.answer).end_object();
  }
  json.end_array();
  if (chart.ignored.empty()) return;
  json.key("ignored").begin_array();
  for (const IgnoredResource& ignored : chart.ignored) json.string(ignored.resource);
  json.end_array();
}

}  // namespace

CompactNdjson::CompactNdjson(const Questionnaire& questionnaire) {
  for (const Rule& rule : questionnaire.rules()) {
    auto& texts = findings_.emplace_back();
    for (std::size_t status = 0; status < texts.size(); ++status) {
      JsonWriter json(texts[status]);
      json.begin_object().key("rule").string(rule.id);
      json.key("status").string(status_word(static_cast<Status>(status))).end_object();
    }
  }
}

void CompactNdjson::append(std::string& out, const RecordName& name, const Assessment& assessment,
                           const std::vector<const Item*>& unanswered) const {
  JsonWriter json(out);
  begin_line(json, name, "ok");
  json.key("findings").begin_array();
  for (std::size_t rule = 0; rule < findings_.size(); ++rule) {
    json.raw(findings_[rule][static_cast<std::size_t>(assessment.findings[rule].status)]);
  }
  json.end_array().key("tallies").begin_array();
  for (const Tally& tally : assessment.tallies) {
    json.begin_object().key("id").string(tally.definition->id);
    const auto numbers = numbers_of(tally);
    for (std::size_t i = 0; i < numbers.size(); ++i) json.key(tally_parts[i]).number(numbers[i]);
    json.end_object();
  }
  json.end_array().key("unanswered").begin_array();
  for (const Item* question : unanswered) json.string(question->id);
  json.end_array();
  if (assessment.chart) append_chart(json, *assessment.chart);
  if (assessment.sample) json.key("sample").boolean(true);
  json.end_object();
  out += '\n';
}

void append_full_ndjson(std::string& out, const RecordName& name, const Assessment& assessment) {
  // The report's own members follow behind the two that only a line in bulk has.
  const std::string report = report_json_line(assessment);
  out += "{\"line\":" + std::to_string(name.line) + ",\"status\":\"ok\",";
  out += std::string_view(report).substr(1);
  out += '\n';
}

void append_file_ndjson(std::string& out, const RecordName& name, std::string_view file) {
  JsonWriter json(out);
  begin_line(json, name, "ok");
  json.key("file").string(file).end_object();
  out += '\n';
}

void append_refused_ndjson(std::string& out, const RecordName& name, const Problems& problems,
                           Messages messages) {
  JsonWriter json(out);
  begin_line(json, name, "refused");
  json.key("problems").begin_array();
  for (const Problem& problem : problems) {
    json.begin_object().key("code").string(code_word(problem.code));
    json.key("question").string_or_null(problem.question);
    json.key("pointer").string(problem.pointer);
    if (messages == Messages::yes) json.key("message").string(problem.message);
    json.end_object();
  }
  json.end_array().end_object();
  out += '\n';
}

void append_csv_header(std::string& out, const Questionnaire& questionnaire,
                       Suggestions suggestions) {
  out += "line,id,status";
  for (const Rule& rule : questionnaire.rules()) out += ',' + rule.id;
  for (const TallyDefinition& tally : questionnaire.tallies()) {
    for (const char* part : tally_parts) out += ',' + tally.id + '_' + part;
  }
  out += ",codes,sample";
  if (suggestions == Suggestions::yes) {
    for (const Item* question : questionnaire.questions()) out += ",suggested_" + question->id;
  }
  out += '\n';
}

namespace {

// Suggestions stand in question order, at most one a question.
void append_suggested(std::string& out, const Assessment& assessment) {
  auto next = assessment.chart->suggestions.begin();
  for (const Item* question : assessment.questionnaire.questions()) {
    out += ',';
    if (next == assessment.chart->suggestions.end() || next->question != question) continue;
    append_csv_text(out, next->answer);
    ++next;
  }
}

}  // namespace

void append_ok_csv(std::string& out, const RecordName& name, const Assessment& assessment) {
  begin_line(out, name, "ok");
  for (const Finding& finding : assessment.findings) {
    out += ',';
    out += status_word(finding.status);
  }
  for (const Tally& tally : assessment.tallies) {
    for (const int number : numbers_of(tally)) out += ',' + std::to_string(number);
  }
  out += assessment.sample ? ",,true" : ",,";
  if (assessment.chart) append_suggested(out, assessment);
  out += '\n';
}

void append_refused_csv(std::string& out, const RecordName& name, const Problems& problems,
                        const Questionnaire& questionnaire, Suggestions suggestions) {
  begin_line(out, name, "refused");
  out.append(questionnaire.rules().size() + questionnaire.tallies().size() * tally_parts.size(),
             ',');
  out += ',';
  std::vector<std::string_view> codes;
  for (const Problem& problem : problems) {
    const std::string_view code = code_word(problem.code);
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) continue;
    if (!codes.empty()) out += '|';
    out += code;
    codes.push_back(code);
  }
  out += ',';
  if (suggestions == Suggestions::yes) out.append(questionnaire.questions().size(), ',');
  out += '\n';
}

}  // namespace fbss::app

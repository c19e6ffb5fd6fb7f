// SPDX-License-Identifier: Apache-2.0
// Records in any form into a Response: which form one has, and who reads it. The only way in for
// whoever does not know what it was given.
#include <utility>

#include <fbss/fhir.hpp>

#include "fhir/chart_resources.hpp"
#include "fhir/members.hpp"
#include "fhir/names.hpp"
#include "fhir/pointer.hpp"
#include "fhir/read_response.hpp"
#include "json/node.hpp"
#include "response/state.hpp"

namespace fbss {

bool is_questionnaire_response(JsonNode record) {
  return record && record.find("resourceType").text() == "QuestionnaireResponse";
}

namespace {

bool is_to(const json::Node& resource, const Questionnaire& questionnaire) {
  return fhir::text_of(resource.find("resourceType")) == "QuestionnaireResponse" &&
         fhir::text_of(resource.find("status")) != "entered-in-error" &&
         fhir::questionnaire_in(fhir::text_of(resource.find("questionnaire"))) ==
             questionnaire.id();
}

}  // namespace

struct RecordReader::State {
  Document document;  // of records that come as text
  fhir::ResponseReader fhir;
  fhirpath::EntryIndex entries;  // of the chart
  fhir::ChartResources chart;
  const json::Node* id = nullptr;
  bool id_is_number = false;

  Result<void> read_plain(Response& response, const Document& record);
  Result<void> read_fhir(Response& response, JsonNode resource);
};

Result<void> RecordReader::State::read_plain(Response& response, const Document& record) {
  Result<void> read = response.read(record);
  const JsonNode given = record.root() ? record.root().find("_id") : JsonNode();
  if (!given || (given.kind() != JsonKind::string && given.kind() != JsonKind::number)) return read;
  for (const Problem& problem : read.problems())
    if (problem.pointer == "/_id") return read;
  id = given.get();
  id_is_number = given.kind() == JsonKind::number;
  return read;
}

Result<void> RecordReader::State::read_fhir(Response& response, JsonNode resource) {
  Result<void> read = fhir.read(response, *resource.get());
  id = fhir.record_id();
  id_is_number = fhir.record_id_is_number();
  return read;
}

RecordReader::RecordReader() : state_(std::make_unique<State>()) {}
RecordReader::~RecordReader() = default;
RecordReader::RecordReader(RecordReader&&) noexcept = default;
RecordReader& RecordReader::operator=(RecordReader&&) noexcept = default;

Result<void> RecordReader::read(Response& response, const Document& record) {
  state_->id = nullptr;
  state_->id_is_number = false;
  return is_questionnaire_response(record.root()) ? state_->read_fhir(response, record.root())
                                                  : state_->read_plain(response, record);
}

Result<void> RecordReader::read(Response& response, std::string_view json) {
  state_->id = nullptr;
  state_->id_is_number = false;
  auto parsed = state_->document.parse(json, response.internal().limits);
  if (parsed) return read(response, state_->document);
  response.clear();
  return parsed;
}

Result<bool> RecordReader::read_from_chart(Response& response, JsonNode bundle) {
  state_->id = nullptr;
  state_->id_is_number = false;
  response.clear();
  state_->entries.enter(bundle.get());
  const auto entries = state_->entries.entries();
  if (auto chart = fhir::read_chart(bundle.get(), entries, state_->chart); !chart)
    return std::move(chart).problems();
  const json::Node* found = nullptr;
  for (const fhir::ChartResource& one : state_->chart.resources) {
    if (!is_to(*one.resource, response.questionnaire())) continue;
    if (found) {
      Problem problem;
      problem.code = ErrorCode::duplicate_answer;
      problem.pointer = fhir::pointer_to(bundle.get(), one.resource);
      problem.message = "The chart holds another QuestionnaireResponse to this questionnaire, at " +
                        fhir::pointer_to(bundle.get(), found) +
                        ". Please keep one. Nothing was evaluated.";
      return problem;
    }
    found = one.resource;
  }
  if (!found) return false;
  auto read = state_->read_fhir(response, JsonNode(found));
  if (read) return true;
  Problems problems = std::move(read).problems();
  for (Problem& problem : problems)
    problem.pointer.insert(0, fhir::pointer_to(bundle.get(), found));
  return problems;
}

std::string_view RecordReader::record_id() const {
  return state_->id ? state_->id->text_view() : std::string_view();
}

bool RecordReader::record_id_is_number() const {
  return state_->id_is_number;
}

Result<void> read_record(Response& response, std::string_view json) {
  return RecordReader().read(response, json);
}

Result<void> read_record(Response& response, const Document& record) {
  return RecordReader().read(response, record);
}

}  // namespace fbss

// SPDX-License-Identifier: Apache-2.0
// Form::load: the passes in their order. In: a Questionnaire's JSON. Out: a Form, or the problems
// for which it cannot be run.
#include <algorithm>

#include "fhir/form/loading.hpp"
#include "fhirpath/value.hpp"
#include "json/write.hpp"

namespace fbss {

fhirpath::Value Form::Model::value_of(std::uint32_t item) const {
  static const auto form_type = fhirpath::find_model_type("Questionnaire"),
                    item_type = fhirpath::find_model_type("Questionnaire.item");
  return item == form::none
             ? fhirpath::ValueAccess::of_node(json().get(), nullptr, form_type)
             : fhirpath::ValueAccess::of_node(items[item].json.get(), nullptr, item_type);
}

std::string Form::Model::path_of(std::uint32_t item) const {
  if (item == form::none) return "Questionnaire";
  return path_of(items[item].parent) + ".item[" + std::to_string(items[item].place) + ']';
}

namespace form {
namespace {

// RFC 6901: "/item/0/item/2".
std::string pointer_of(const Form::Model& model, std::uint32_t item) {
  if (item == none) return {};
  return pointer_of(model, model.items[item].parent) + "/item/" +
         std::to_string(model.items[item].place);
}

// The set once more, under the url "#id": of two members of one name the first counts.
void add_by_id(Form::Model& model, JsonNode set, std::string_view id) {
  std::string text, rest;
  json::Writer(text).begin_object().member("url", "#" + std::string(id));
  json::write(rest, *set.get());
  text += ',' + rest.substr(1);
  Document renamed;
  if (renamed.parse(text, model.limits)) static_cast<void>(model.value_sets.add(renamed.root()));
}

// Value sets and code systems within the Questionnaire. They are asked for as "#id"; those with a
// url by that too.
void read_contained(Loading& loading) {
  Form::Model& model = loading.model;
  const JsonNode list = model.json().find("contained");
  if (list.kind() != JsonKind::array) return;
  std::uint32_t place = 0;
  for (JsonNode node = list.first(); node; node = node.next(), ++place) {
    const std::string path = "Questionnaire.contained[" + std::to_string(place) + ']';
    const std::string_view id = node.find("id").text();
    if (!id.empty()) model.contained.emplace(model.texts.emplace_back("#" + std::string(id)), node);
    const std::string_view type = node.find("resourceType").text();
    if (type != "ValueSet" && type != "CodeSystem") continue;
    if (!node.find("url").text().empty()) {
      // A set that the caller gave under the same url stays.
      if (const auto added = model.value_sets.add(node); !added)
        for (const Problem& problem : added.problems())
          if (problem.code != ErrorCode::duplicate_id)
            loading.issue(FormRule::notSupported, none, path + " (" + problem.pointer + ")",
                          problem.message);
    }
    if (!id.empty() && type == "ValueSet") add_by_id(model, node, id);
  }
}

}  // namespace

void Loading::issue(FormRule rule, std::uint32_t item, std::string path, std::string message,
                    std::optional<Severity> severity) {
  FormIssue made{.rule = rule,
                 .severity = severity.value_or(usual_severity(rule)),
                 .path = std::move(path),
                 .message = std::move(message)};
  if (item != none) made.link_id = model.items[item].link_id;
  issues_.push_back({item, std::move(made)});
}

void Loading::refuse(ErrorCode code, std::uint32_t item, std::string message) {
  Problem problem{.code = code, .message = std::move(message)};
  problem.pointer = pointer_of(model, item);
  if (item != none) problem.question = model.items[item].link_id;
  problems.push_back(std::move(problem));
}

void Loading::finish() {
  // none is the greatest number: what concerns the whole comes first all the same.
  std::ranges::stable_sort(issues_, {}, [](const Placed& placed) { return placed.item + 1; });
  IssueList all;
  for (Placed& placed : issues_) all.add(std::move(placed.issue));
  issues_.clear();
  model.issues = all.take();
}

}  // namespace form

Result<Form> Form::load(std::string_view json, FormOptions options) {
  auto model = std::make_shared<Model>();
  model->value_sets = std::move(options.value_sets);
  model->limits = options.limits;
  Limits limits = options.limits;
  limits.record_bytes = limits.questionnaire_bytes;
  if (auto parsed = model->document.parse(json, limits); !parsed) return parsed.problems();
  if (model->json().find("resourceType").text() != "Questionnaire")
    return Problem{.code = ErrorCode::wrong_type,
                   .message = "This is no FHIR Questionnaire: its resourceType is another."};
  form::Loading loading(*model);
  form::read_items(loading);
  if (!loading.problems.empty()) return std::move(loading.problems);
  form::read_contained(loading);
  form::read_extensions(loading);
  form::read_extraction(loading);
  form::compile_expressions(loading);
  form::find_order(loading);
  if (!loading.problems.empty()) return std::move(loading.problems);
  form::check_structure(loading);
  form::lint(loading);
  loading.finish();
  return Form(std::move(model));
}

std::string_view Form::url() const {
  return model_->json().find("url").text();
}

std::string_view Form::version() const {
  return model_->json().find("version").text();
}

std::string_view Form::title() const {
  return model_->json().find("title").text();
}

const FormIssues& Form::issues() const {
  return model_->issues;
}

}  // namespace fbss

// SPDX-License-Identifier: Apache-2.0
// What the ways of extracting share: evaluating, ids, and how a resource stands in the Bundle.
// hl7.org/fhir/R4/bundle.html, section "transaction"; hl7.org/fhir/R4/fhirpatch.html.
#include <algorithm>

#include "base/sha256.hpp"
#include "fhir/extract/extracting.hpp"
#include "fhirpath/value.hpp"

namespace fbss::extraction {
namespace {

using fhirpath::Value;
using fhirpath::ValueAccess;
using form::EntryRequest;
using form::Instance;

constexpr std::string_view uuid_urn = "urn:uuid:";

// A Parameters whose parts are operations of FHIRPath Patch.
bool is_patch(const Tree& resource) {
  if (resource.text_of("resourceType") != "Parameters") return false;
  const Tree* parameters = resource.find("parameter");
  return parameters && !parameters->children().empty() &&
         std::ranges::all_of(parameters->children(), [](const auto& one) {
           return one.second.text_of("name") == "operation";
         });
}

const Tree* part_of(const Tree& operation, std::string_view name) {
  const Tree* parts = operation.find("part");
  if (!parts) return nullptr;
  for (const auto& [unused, part] : parts->children())
    if (part.text_of("name") == name) return &part;
  return nullptr;
}

bool has_value(const Tree* part) {
  return part && std::ranges::any_of(part->children(), [](const auto& child) {
           return child.first.starts_with("value") || child.first == "part";
         });
}

// An operation that sets something needs it: what the response does not say is not changed.
bool is_whole(const Tree& operation) {
  const Tree* type = part_of(operation, "type");
  const std::string_view code = type ? type->text_of("valueCode") : std::string_view{};
  if (!has_value(part_of(operation, "path"))) return false;
  return code == "delete" || code == "move" || has_value(part_of(operation, "value"));
}

// "Patient/urn:uuid:…" is "Patient/…": who writes so means the id.
void shorten_references(Tree& tree) {
  for (auto& [name, child] : tree.children()) {
    if (child.kind() != JsonKind::string) {
      shorten_references(child);
      continue;
    }
    const std::size_t at = child.text().find("/urn:uuid:");
    if (name == "reference" && at != std::string::npos)
      child = Tree::string(child.text().substr(0, at + 1) +
                           child.text().substr(at + 1 + uuid_urn.size()));
  }
}

}  // namespace

Extracting::Extracting(FormSession::State& given, const Sources::State& sources, bool has_sources)
    : state(given),
      model(given.model),
      contexts_(given, sources, issues),
      values_(given.model.contexts.size()) {
  if (has_sources) contexts_.bring_in();
  std::string text;
  json::write(text, *state.response.get());
  digest_ = sha256(text);
}

std::vector<Value> Extracting::evaluate(std::uint32_t expression, std::uint32_t instance,
                                        const Value& focus) {
  std::vector<Value> values;
  if (expression == none) return values;
  for (const Value& value : contexts_.evaluate_at(expression, instance, focus))
    values.push_back(fhirpath::kept_in(arena_, value));
  for (const FormIssue& issue : state.issues)
    contexts_.tell(issue.rule, issue.severity, issue.path, issue.link_id, issue.message);
  state.issues.clear();
  return values;
}

Value Extracting::focus_of(std::uint32_t instance) const {
  static const fhirpath::ModelType item_type =
      fhirpath::find_model_type("QuestionnaireResponse.item");
  if (instance == none) return Value::of_node(state.response);
  return ValueAccess::of_node(state.instances[instance].node, nullptr, item_type);
}

std::string Extracting::text_of(std::uint32_t expression, std::uint32_t instance) {
  const auto values = evaluate(expression, instance, focus_of(instance));
  return values.empty() ? std::string{} : fhirpath::to_text(values.front());
}

bool Extracting::has_answers(std::uint32_t instance) const {
  const bool is_all = instance == none;
  const std::uint32_t begin = is_all ? 0 : instance;
  const auto end =
      is_all ? static_cast<std::uint32_t>(state.instances.size()) : state.instances[instance].end;
  for (std::uint32_t i = begin; i < end; ++i)
    if (state.instances[i].is_enabled && state.instances[i].answer_count > 0) return true;
  return false;
}

void Extracting::allocate_ids(std::uint32_t instance) {
  for (std::uint32_t i = 0; i < model.contexts.size(); ++i) {
    const form::Context& context = model.contexts[i];
    if (context.kind != form::Context::Kind::allocated) continue;
    std::uint32_t at = instance;
    while (at != none && state.instances[at].item != context.item) at = state.instances[at].parent;
    values_[i].clear();
    if (context.item == none || at != none) {
      const std::string where = at == none ? "" : std::to_string(at);
      ids_.push_back(std::string(uuid_urn) + uuid("id " + where + ' ' + std::string(context.name)));
      values_[i].push_back(Value::of_string(ids_.back()));
    }
    state.set_context(i, values_[i]);
  }
}

std::string Extracting::uuid(std::string_view what) const {
  std::string digits = sha256(digest_ + '\n' + std::string(what)).substr(0, 32);
  digits[12] = '8';  // RFC 9562: made in a way of one's own
  digits[16] = "89ab"[static_cast<unsigned char>(digits[16]) & 3];
  for (const std::size_t at : {20U, 16U, 12U, 8U}) digits.insert(at, "-");
  return digits;
}

void Extracting::add(Entry entry, const EntryRequest& request, std::uint32_t instance) {
  Tree& resource = entry.resource;
  resource.prune();
  shorten_references(resource);
  const bool is_patching = is_patch(resource);
  if (is_patching) {
    auto& operations = resource.find("parameter")->children();
    std::erase_if(operations, [](const auto& one) { return !is_whole(one.second); });
    if (operations.empty()) return;  // nothing is to be changed
  }
  const std::string type(resource.text_of("resourceType"));
  std::string id = text_of(request.resource_id, instance);
  if (id.starts_with(uuid_urn)) id.erase(0, uuid_urn.size());
  entry.full_url = text_of(request.full_url, instance);
  if (entry.full_url.empty())
    entry.full_url =
        std::string(uuid_urn) +
        (id.size() == 36 && id[8] == '-' ? id : uuid("entry " + std::to_string(entries.size())));
  if (is_patching) {
    entry.method = "PATCH";
    entry.url = text_of(request.patch_url, instance);
    if (entry.url.empty() && !id.empty() && !request.type.empty())
      entry.url = std::string(request.type) + '/' + id;
    if (entry.url.empty())
      return tell(FormRule::extractionIncomplete, entry.path, entry.link_id,
                  "Which resource the patch changes is not said; it is left out.");
  } else if (!id.empty()) {
    entry.method = "PUT";
    entry.url = type + '/' + id;
    Tree with_id = Tree::object("resourceType", Tree::string(type));
    with_id.set("id", Tree::string(id));
    for (auto& [name, child] : resource.children())
      if (name != "resourceType" && name != "id") with_id.set(name, std::move(child));
    resource = std::move(with_id);
  } else {
    entry.method = "POST";
    entry.url = type;
  }
  struct Part {
    std::string_view name;
    std::uint32_t expression;
  };
  for (const Part& part :
       {Part{"ifNoneMatch", request.if_none_match},
        Part{"ifModifiedSince", request.if_modified_since}, Part{"ifMatch", request.if_match},
        Part{"ifNoneExist", request.if_none_exist}})
    if (const std::string text = text_of(part.expression, instance); !text.empty())
      entry.conditions.emplace_back(part.name, text);
  check_resource(*this, entry);
  entries.push_back(std::move(entry));
}

void Extracting::tell(FormRule rule, const std::string& path, std::string_view link_id,
                      std::string message, Severity severity) {
  contexts_.tell(rule, severity, path, link_id, std::move(message));
}

std::string Extracting::authored() const {
  const std::string_view own = state.response.find("authored").text();
  if (!own.empty()) return std::string(own);
  return state.options.now.empty() ? state.options.today : state.options.now;
}

}  // namespace fbss::extraction

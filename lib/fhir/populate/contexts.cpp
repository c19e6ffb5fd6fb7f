// SPDX-License-Identifier: Apache-2.0
// Contexts: by name, by type, by query. SDC, "launchContext", "sourceQueries", "x-fhir-query
// enhancements".
#include "fhir/populate/contexts.hpp"

#include <algorithm>
#include <array>

#include "fhir/chart_fact.hpp"
#include "fhir/form/extensions.hpp"
#include "fhirpath/value.hpp"
#include "fhirpath/whereabouts.hpp"

namespace fbss::form {
namespace {

using fhirpath::text_member;
using fhirpath::Value;
using fhirpath::ValueAccess;
using json::Node;
using Resource = Sources::State::Resource;

// The types of a launchContext; those that its name stands for where it tells none.
std::vector<std::string_view> types_of(const Context& context) {
  std::vector<std::string_view> types;
  const JsonNode parts = context.json ? context.json.find("extension") : JsonNode();
  for (JsonNode part = parts.kind() == JsonKind::array ? parts.first() : JsonNode(); part;
       part = part.next())
    if (part.find("url").text() == "type") types.push_back(extension_value(part).text());
  if (!types.empty() || !context.json) return types;
  struct Usual {
    std::string_view name, type;
  };
  static constexpr std::array usual = {Usual{"patient", "Patient"}, Usual{"encounter", "Encounter"},
                                       Usual{"user", "Practitioner"}, Usual{"location", "Location"},
                                       Usual{"study", "ResearchStudy"}};
  for (const Usual& known : usual)
    if (known.name == context.name) types.push_back(known.type);
  return types;
}

// What would mean another thing in a query.
std::string escaped(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (c == '&' || c == '=' || c == '%' || c == '+' || c == '#') {
      out += '%';
      out += digits[static_cast<unsigned char>(c) >> 4];
      out += digits[static_cast<unsigned char>(c) & 15];
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

Result<const Resource*> Contexts::patient() const {
  const JsonNode named = sources_.named("patient");
  const Resource* found = nullptr;
  std::size_t count = 0;
  for (const Resource& resource : sources_.resources) {
    if (named && resource.node == named.get()) return &resource;
    if (resource.is_named_only || text_member(*resource.node, "resourceType") != "Patient")
      continue;
    found = &resource;
    ++count;
  }
  if (count <= 1) return found;
  return Problem{.code = ErrorCode::more_than_one_patient,
                 .message = "There are " + std::to_string(count) +
                            " Patients among the resources: say which one the form is about, by "
                            "the context `patient`. Nothing was filled in."};
}

void Contexts::bring_in() {
  state_.bundle = JsonNode(sources_.bundle());
  is_brought_in_ = true;
  for (std::uint32_t i = 0; i < model_.contexts.size(); ++i) {
    if (model_.contexts[i].kind != Context::Kind::launch) continue;
    bool is_given = false;
    const Value value = launch_value(model_.contexts[i], is_given);
    if (is_given) set(i, value);
  }
  for (std::uint32_t i = 0; i < model_.contexts.size(); ++i)
    if (model_.contexts[i].item == none) bring_in_query(i, none);
  if (model_.has_enable_expressions) state_.settle();
}

void Contexts::enter(std::uint32_t instance) {
  const std::uint32_t item = state_.instances[instance].item;
  for (std::uint32_t i = 0; i < model_.contexts.size(); ++i)
    if (model_.contexts[i].item == item) bring_in_query(i, instance);
}

Value Contexts::launch_value(const Context& context, bool& is_given) {
  is_given = true;
  if (const JsonNode named = sources_.named(context.name)) return Value::of_node(named);
  const auto types = types_of(context);
  const Resource* found = nullptr;
  std::size_t count = 0;
  for (const Resource& resource : sources_.resources) {
    if (resource.is_named_only) continue;
    if (std::ranges::find(types, text_member(*resource.node, "resourceType")) == types.end())
      continue;
    found = &resource;
    ++count;
  }
  is_given = count == 1;
  if (count > 1)
    tell(FormRule::contextMissing, Severity::warning, "Questionnaire", {},
         "Several of the resources could be %" + std::string(context.name) +
             ": hand the right one in by that name.");
  if (!is_given) return {};
  if (context.name != "patient")
    tell(FormRule::populated, Severity::information, "Questionnaire", {},
         '%' + std::string(context.name) + " is " + name_of(*found) +
             ", the only one of its type among the resources.");
  return ValueAccess::of_node(found->node);
}

void Contexts::set(std::uint32_t context, const Value& value) {
  values_[context].assign(1, value);
  state_.set_context(context, values_[context]);
}

void Contexts::bring_in_query(std::uint32_t index, std::uint32_t instance) {
  const Context& context = model_.contexts[index];
  if (context.kind != Context::Kind::query && context.kind != Context::Kind::source_query) return;
  if (const JsonNode named = sources_.named(context.name)) return set(index, Value::of_node(named));
  if (context.kind == Context::Kind::query) {
    const auto found = find(context.expression, instance);
    if (!found) return;
    const bool is_read = model_.expressions[context.expression].text.find('?') ==
                         std::string_view::npos;  // Patient/p1: the resource itself
    if (is_read && found->matches.size() == 1)
      return set(index, ValueAccess::of_node(found->matches.front()->node));
    return set(index, Value::of_node(document_of(searchset(*found))));
  }
  std::string answers;
  for (const std::uint32_t query : context.queries) {
    const auto found = query == none ? std::nullopt : find(query, instance);
    answers += answers.empty() ? "" : ",";
    answers += found ? "{\"resource\":" + searchset(*found) + '}' : "{}";
  }
  set(index,
      Value::of_node(document_of(R"({"resourceType":"Bundle","type":"batch-response","entry":[)" +
                                 answers + "]}")));
}

std::optional<Found> Contexts::find(std::uint32_t query, std::uint32_t instance) {
  const Expression& expression = model_.expressions[query];
  const std::string_view link_id =
      expression.item == none ? std::string_view{} : model_.items[expression.item].link_id;
  const auto text = query_text(query, instance);
  if (!text) {
    tell(FormRule::contextMissing, Severity::warning, expression.path, link_id,
         "The query is not run: what stands in it in {{…}} has no value, so the names that read "
         "it are empty.");
    return std::nullopt;
  }
  std::string why;
  auto found = search(sources_, *text, why);
  if (!found)
    tell(FormRule::notSupported, Severity::warning, expression.path, link_id,
         "The query is not run, since " + why +
             "; hand its result in by the variable's name. The names that read it are empty.");
  else if (found->matches.empty())
    tell(FormRule::contextMissing, Severity::information, expression.path, link_id,
         "The query finds nothing among the resources at hand.");
  return found;
}

std::optional<std::string> Contexts::query_text(std::uint32_t query, std::uint32_t instance) {
  const Expression& expression = model_.expressions[query];
  std::string out;
  std::size_t end = 0, part = 0;
  while (true) {
    const std::size_t begin = expression.text.find("{{", end);
    out += expression.text.substr(end, begin - end);
    if (begin == std::string_view::npos) return out;
    end = expression.text.find("}}", begin);
    if (end == std::string_view::npos || part == expression.parts.size()) return std::nullopt;
    end += 2;
    const auto values = evaluate(expression.parts[part++], instance);
    if (values.empty()) return std::nullopt;
    for (std::size_t i = 0; i < values.size(); ++i)
      out += (i == 0 ? "" : ",") + escaped(fhirpath::to_text(values[i]));
  }
}

JsonNode Contexts::document_of(const std::string& json) {
  auto& document = documents_[json];
  if (!document) {
    document = std::make_unique<Document>();
    Limits limits = sources_.limits;
    limits.record_bytes = json.size();
    limits.record_depth += 6;
    if (!document->parse(json, limits)) return {};
  }
  return document->root();
}

fhirpath::Collection Contexts::evaluate(std::uint32_t expression, std::uint32_t instance,
                                        bool* failed) {
  note_missing(expression);
  return state_.evaluate(expression, instance, failed);
}

fhirpath::Collection Contexts::evaluate_at(std::uint32_t expression, std::uint32_t instance,
                                           const Value& focus, bool* failed) {
  note_missing(expression);
  return state_.evaluate_at(expression, instance, focus, failed);
}

void Contexts::note_missing(std::uint32_t index) {
  const Expression& expression = model_.expressions[index];
  for (const Name& name : expression.names) {
    if (name.kind == Name::Kind::variable) note_missing(model_.variables[name.index].expression);
    if (name.kind != Name::Kind::context || !values_[name.index].empty()) continue;
    const Context& context = model_.contexts[name.index];
    // A query that was not run was told; the others are worked out on the way.
    const bool is_query =
        context.kind == Context::Kind::query || context.kind == Context::Kind::source_query;
    if (context.kind != Context::Kind::launch && !(is_query && !is_brought_in_)) continue;
    tell(FormRule::contextMissing, Severity::warning, "Questionnaire", {},
         '%' + std::string(context.name) +
             " was not handed in; expressions that read it find nothing.");
  }
}

Contexts::Origin Contexts::origin_of(const Value& value) const {
  const Node* node = fhirpath::node_in_record(value);
  if (!node) return {};
  if (const Resource* found = sources_.resource_of(node))
    return {name_of(*found), std::string(fhir::date_of(*found->node))};
  for (const auto& [text, document] : documents_) {
    const Node* root = document->root().get();
    if (!fhirpath::lies_in(root, node)) continue;
    Origin origin;
    std::function<void(const Node&)> walk = [&](const Node& bundle) {
      for (const Node* entry = fhirpath::first_of_list(bundle, "entry"); entry;
           entry = entry->next()) {
        const Node* resource = entry->find("resource");
        if (!fhirpath::lies_in(resource, node)) continue;
        if (text_member(*resource, "resourceType") == "Bundle") return walk(*resource);
        origin = {name_of({resource, entry}), std::string(fhir::date_of(*resource))};
        return;
      }
    };
    walk(*root);
    return origin;
  }
  return {};
}

void Contexts::tell(FormRule rule, Severity severity, const std::string& path,
                    std::string_view link_id, std::string message) {
  if (!told_.insert(std::string(rule_word(rule)) + '\n' + path + '\n' + message).second) return;
  issues_.add({.rule = rule,
               .severity = severity,
               .path = path,
               .link_id = std::string(link_id),
               .message = std::move(message)});
}

}  // namespace fbss::form

// SPDX-License-Identifier: Apache-2.0
// References: resolve(). In: References, and texts that are references. Out: the resources that
// they lead to, as far as these lie in the records that the environment knows: contained ones,
// entries of a Bundle, and the resources themselves. Nothing is fetched.
// hl7.org/fhir/R4/references.html and bundle.html, section "Resolving references in Bundles".
#include "fhirpath/functions.hpp"
#include "fhirpath/reference_target.hpp"
#include "fhirpath/whereabouts.hpp"

namespace fbss::fhirpath {
namespace {

using json::Node;

// Where a reference stands.
struct Place {
  const Node* resource = nullptr;  // the innermost one that holds it and is not contained itself
  const Node* bundle = nullptr;    // the innermost Bundle
  const Node* entry = nullptr;     // the entry of that Bundle
};

Place find_place(Evaluator& evaluator, const Node* node) {
  Place place;
  const Node* record = find_record(evaluator, node);
  if (evaluator.entries.knows(record)) {
    place.resource = place.bundle = record;
    place.entry = evaluator.entries.entry_of(node);
    record = place.entry ? place.entry->find("resource") : nullptr;
  }
  walk_down(evaluator, record, node, [&](const Node& object, std::string_view name) {
    const std::string_view type = text_member(object, "resourceType");
    if (place.bundle && place.bundle == place.resource && name == "entry") place.entry = &object;
    if (type.empty() || name == "contained") return;
    place.resource = &object;
    if (type == "Bundle") place.bundle = &object;
  });
  return place;
}

bool has_identity(const Node& resource, const ReferenceTarget& target) {
  return !target.id.empty() && text_member(resource, "id") == target.id &&
         text_member(resource, "resourceType") == target.type;
}

bool has_version(const Node& resource, const ReferenceTarget& target) {
  if (target.version.empty()) return true;
  const Node* meta = resource.find("meta");
  return meta && text_member(*meta, "versionId") == target.version;
}

// As EntryIndex::find(), in a Bundle that it does not know: one within the record.
const Node* find_entry(Evaluator& evaluator, const Node* bundle, const Node* from,
                       const ReferenceTarget& target) {
  if (evaluator.entries.knows(bundle)) {
    evaluator.spend(evaluator.entries.size());
    return evaluator.entries.find(target, from);
  }
  const Node* near = nullptr;
  const std::string_view base = server_of(from);
  for (const Node* entry = first_of_list(*bundle, "entry"); entry; entry = entry->next()) {
    evaluator.spend(1);
    const Node* resource = entry->find("resource");
    if (!resource || !has_version(*resource, target)) continue;
    const std::string_view url = text_member(*entry, "fullUrl");
    if (target.is_absolute) {
      if (url == target.url) return resource;
    } else if (!base.empty() && url.starts_with(base) && url.substr(base.size()) == target.url) {
      return resource;
    } else if (!near && has_identity(*resource, target) &&
               (base.empty() || server_of(entry).empty())) {
      near = resource;
    }
  }
  return near;
}

const Node* find_contained(Evaluator& evaluator, const Node* resource, std::string_view id) {
  const Node* contained = resource ? first_of_list(*resource, "contained") : nullptr;
  for (; contained; contained = contained->next()) {
    evaluator.spend(1);
    if (text_member(*contained, "id") == id) return contained;
  }
  return nullptr;
}

const Node* find_target(Evaluator& evaluator, const Place& place, std::string_view text) {
  const Environment& environment = evaluator.environment;
  const Node* given[] = {place.resource, environment.root_resource.get(),
                         environment.resource.get(), environment.input.get(),
                         environment.bundle.get()};
  if (text == "#") return place.resource;
  if (text.starts_with('#')) {
    for (const Node* resource : given)
      if (const Node* found = find_contained(evaluator, resource, text.substr(1))) return found;
    return nullptr;
  }
  const ReferenceTarget target = parse_reference(text);
  if (place.bundle)
    if (const Node* found = find_entry(evaluator, place.bundle, place.entry, target)) return found;
  for (const Node* resource : given) {
    if (!resource) continue;
    if (has_identity(*resource, target) && has_version(*resource, target)) return resource;
    if (resource != place.bundle && text_member(*resource, "resourceType") == "Bundle")
      if (const Node* found = find_entry(evaluator, resource, nullptr, target)) return found;
  }
  return nullptr;
}

// The reference's text; empty where the value holds none.
std::string_view reference_text(const Value& value) {
  const Node* node = is_node(value) ? ValueAccess::node(value) : nullptr;
  if (node && node->kind == JsonKind::object) return text_member(*node, "reference");
  if (node) return node->kind == JsonKind::string ? node->text_view() : std::string_view{};
  return value.type() == Type::string ? ValueAccess::string(value) : std::string_view{};
}

// Whether where a reference leads depends on the record alone, which the memo is about.
bool depends_on_record(Evaluator& evaluator) {
  const Environment& environment = evaluator.environment;
  const Node* record = environment.resource ? environment.resource.get() : environment.input.get();
  const auto is_within = [record](JsonNode given) {
    return !given || lies_in(record, given.get());
  };
  return evaluator.entries.knows(record) && is_within(environment.input) &&
         is_within(environment.root_resource) && is_within(environment.bundle);
}

const Node* resolve(Evaluator& evaluator, const Value& value, bool is_remembered) {
  const std::string_view text = reference_text(value);
  if (text.empty()) return nullptr;
  const Environment& environment = evaluator.environment;
  const Node* const home =
      environment.resource ? environment.resource.get() : environment.input.get();
  const Node* const node = node_in_record(value);
  if (!is_remembered || !lies_in(home, node))
    return find_target(evaluator, find_place(evaluator, node ? node : home), text);
  if (const auto* known = evaluator.references.find(node)) return known->target;
  const Node* found = find_target(evaluator, find_place(evaluator, node), text);
  evaluator.references.keep(node, found);
  return found;
}

}  // namespace

void call_resolve(Evaluator& evaluator, const Step&, std::size_t begin, const Scope&) {
  ValueStack& stack = evaluator.stack;
  if (stack.size() == begin) return;
  const bool is_remembered = depends_on_record(evaluator);
  std::size_t kept = begin;
  for (std::size_t i = begin; i < stack.size(); ++i)
    if (const Node* found = resolve(evaluator, stack[i], is_remembered))
      stack[kept++] = ValueAccess::of_node(found);
  stack.cut(kept);
}

}  // namespace fbss::fhirpath

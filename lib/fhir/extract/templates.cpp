// SPDX-License-Identifier: Apache-2.0
// Template-based extraction. In: contained resources whose elements say by extensions how often
// they stand (templateExtractContext) and what they hold (templateExtractValue). Out: an entry for
// each occurrence of the item that refers to the template, in the order of the contained resources.
//
// An element with a context stands once for each of its values, which its inner expressions begin
// at; with none it is left out. What an element with a value holds is only a placeholder: without a
// value it is left out too. What is left without anything is taken away.
#include <algorithm>

#include "fhir/extract/element_value.hpp"
#include "fhir/extract/extracting.hpp"
#include "fhir/form/extensions.hpp"
#include "fhirpath/value.hpp"

namespace fbss::extraction {
namespace {

using fhirpath::ModelType;
using fhirpath::Value;
using json::Node;

constexpr std::string_view context_name = "templateExtractContext",
                           value_name = "templateExtractValue";

class Expanding {
 public:
  Expanding(Extracting& extracting, const form::Template& given, std::uint32_t instance)
      : extracting_(extracting), template_(given), instance_(instance) {
    if (given.item != none) link_id_ = extracting.model.items[given.item].link_id;
  }

  Tree run() {
    const Node& resource = *template_.resource.get();
    Tree made = Tree::object();
    members(resource, type_of_resource(resource), extracting_.focus_of(instance_), made, true);
    return made;
  }

 private:
  static ModelType type_of_resource(const Node& node) {
    return fhirpath::find_model_type(JsonNode(&node).find("resourceType").text());
  }

  // The expression of the element's extension of that name; nothing where it has none.
  std::optional<std::uint32_t> expression(const Node* element, std::string_view name) const {
    if (!element) return std::nullopt;
    const JsonNode extension = form::find_extension(JsonNode(element), name);
    if (!extension) return std::nullopt;
    const auto found = template_.expressions.find(extension.get());
    return found == template_.expressions.end() ? none : found->second;
  }

  static bool is_dynamic(const Node* element) {
    return element && (form::find_extension(JsonNode(element), context_name) ||
                       form::find_extension(JsonNode(element), value_name));
  }

  std::vector<Value> foci(const Node* element, const Value& focus) {
    const auto context = expression(element, context_name);
    return context ? extracting_.evaluate(*context, instance_, focus) : std::vector{focus};
  }

  // All members of an object, in their order.
  void members(const Node& object, ModelType type, const Value& focus, Tree& out, bool is_whole) {
    if (const ModelType own = type_of_resource(object); own != 0) type = own;
    for (const Node* member = object.first(); member; member = member->next()) {
      const std::string_view name = member->key_view();
      if (is_whole && name == "id") continue;  // it names the template
      if (name == "extension") {
        extensions(*member, type, focus, out);
      } else if (name.starts_with('_')) {
        if (!object.find(name.substr(1))) primitive(nullptr, member, type, focus, out);
      } else if (member->is_container() && !is_list_of_primitives(*member)) {
        complex(*member, type, focus, out);
      } else {
        primitive(member, object.find('_' + std::string(name)), type, focus, out);
      }
    }
  }

  static bool is_list_of_primitives(const Node& member) {
    return member.kind == JsonKind::array && member.first() && !member.first()->is_container();
  }

  // The template's own extensions are no part of what it makes.
  void extensions(const Node& list, ModelType type, const Value& focus, Tree& out) {
    Tree kept = Tree::array();
    for (const Node* one = list.first(); one; one = one->next()) {
      const std::string_view name = form::extension_name(JsonNode(one).find("url").text());
      if (name == context_name || name == value_name) continue;
      for (Tree& made : elements(*one, fhirpath::find_model_type("Extension"), focus))
        kept.push(std::move(made));
    }
    static_cast<void>(type);
    if (!kept.is_empty()) out.set("extension", std::move(kept));
  }

  // The type of the element that the member is, and whether it is a list.
  static std::pair<ModelType, bool> element_type(ModelType type, std::string_view name) {
    if (type == 0) return {0, true};
    if (const auto element = fhirpath::find_element(type, fhirpath::find_model_name(name)))
      return {element->type, element->is_list};
    if (const auto choice = fhirpath::find_choice_name(name))
      if (fhirpath::find_element(type, choice->base)) return {choice->type, false};
    return {0, false};
  }

  // Objects: one, or a list of them.
  void complex(const Node& member, ModelType type, const Value& focus, Tree& out) {
    const std::string_view name = member.key_view();
    const ModelType own = element_type(type, name).first;
    if (member.kind == JsonKind::object) {
      auto made = elements(member, own, focus);
      if (made.size() > 1) tell_several(name);
      if (!made.empty()) out.set(name, std::move(made.front()));
      return;
    }
    Tree list = Tree::array();
    for (const Node* one = member.first(); one; one = one->next()) {
      if (one->kind != JsonKind::object) {
        list.push(Tree::of(*one));
        continue;
      }
      for (Tree& made : elements(*one, own, focus)) list.push(std::move(made));
    }
    if (!list.is_empty()) out.set(name, std::move(list));
  }

  // What an object of the template makes: none, one or several.
  std::vector<Tree> elements(const Node& object, ModelType type, const Value& focus) {
    std::vector<Tree> made;
    const auto value = expression(&object, value_name);
    for (const Value& at : foci(&object, focus)) {
      Tree fixed = Tree::object();
      members(object, type, at, fixed, false);
      if (!value) {
        if (!fixed.is_empty()) made.push_back(std::move(fixed));
        continue;
      }
      for (const Value& one : extracting_.evaluate(*value, instance_, at)) {
        auto element = fitted(one, type);
        if (!element) continue;
        // What stands there fixed completes the value.
        if (element->is_object())
          for (const auto& [name, child] : fixed.children())
            if (!element->find(name)) element->set(name, child);
        made.push_back(std::move(*element));
      }
    }
    return made;
  }

  // A primitive, or a list of them, with what stands beside it under _name. Either may be missing.
  void primitive(const Node* member, const Node* companion, ModelType type, const Value& focus,
                 Tree& out) {
    const std::string name(member ? member->key_view() : companion->key_view().substr(1));
    const auto [own, is_list] = element_type(type, name);
    const bool is_array = (member && member->kind == JsonKind::array) ||
                          (companion && companion->kind == JsonKind::array);
    Tree values = Tree::array(), companions = Tree::array();
    bool has_companions = false;
    const Node* value = is_array ? (member ? member->first() : nullptr) : member;
    const Node* beside = is_array ? (companion ? companion->first() : nullptr) : companion;
    while (value || beside) {
      if (is_dynamic(beside)) {
        for (Tree& made : primitives(beside, own, focus)) {
          values.push(std::move(made));
          companions.push(Tree::of(Node{}));
        }
      } else {
        values.push(value ? Tree::of(*value) : Tree::of(Node{}));
        companions.push(beside ? Tree::of(*beside) : Tree::of(Node{}));
        has_companions |= beside != nullptr;
      }
      if (!is_array) break;
      value = value ? value->next() : nullptr;
      beside = beside ? beside->next() : nullptr;
    }
    if (values.children().empty()) return;
    const bool writes_list = is_array && (is_list || type == 0);
    if (!writes_list && values.children().size() > 1) tell_several(name);
    put(out, name, std::move(values), writes_list);
    if (has_companions) put(out, '_' + name, std::move(companions), writes_list);
  }

  static void put(Tree& out, const std::string& name, Tree list, bool is_list) {
    if (list.is_empty()) return;
    if (is_list)
      out.set(name, std::move(list));
    else
      out.set(name, std::move(list.children().front().second));
  }

  std::vector<Tree> primitives(const Node* companion, ModelType type, const Value& focus) {
    std::vector<Tree> made;
    const auto value = expression(companion, value_name);
    for (const Value& at : foci(companion, focus)) {
      const auto found = value ? extracting_.evaluate(*value, instance_, at) : std::vector{at};
      for (const Value& one : found)
        if (auto element = fitted(one, type)) made.push_back(std::move(*element));
    }
    return made;
  }

  std::optional<Tree> fitted(const Value& value, ModelType type) {
    std::string why;
    auto made = element_of(value, type, why);
    if (!made && !why.empty())
      extracting_.tell(FormRule::valueMisfit, template_.path, link_id_, why);
    return made;
  }

  void tell_several(std::string_view name) {
    extracting_.tell(FormRule::severalValues, template_.path, link_id_,
                     "Several values were found for " + std::string(name) +
                         ", which stands once; the first is taken.");
  }

  Extracting& extracting_;
  const form::Template& template_;
  std::uint32_t instance_;
  std::string_view link_id_;
};

// The entries of a Bundle that is a template as a whole.
void add_bundle(Extracting& extracting, const form::Template& given, Tree bundle) {
  Tree* entries = bundle.find("entry");
  if (!entries) return;
  for (auto& [unused, made] : entries->children()) {
    Tree* resource = made.find("resource");
    if (!resource || resource->is_empty()) continue;
    Entry entry;
    entry.path = given.path;
    entry.resource = std::move(*resource);
    const std::string full_url(made.text_of("fullUrl"));
    const Tree request = made.find("request") ? *made.find("request") : Tree::object();
    const std::size_t before = extracting.entries.size();
    extracting.add(std::move(entry), {}, none);
    if (extracting.entries.size() == before) continue;
    Entry& added = extracting.entries.back();
    if (!full_url.empty()) added.full_url = full_url;
    if (!request.text_of("method").empty()) {
      added.method = request.text_of("method");
      added.url = request.text_of("url");
    }
    for (const std::string_view name : {"ifNoneMatch", "ifModifiedSince", "ifMatch", "ifNoneExist"})
      if (!request.text_of(name).empty())
        added.conditions.emplace_back(name, request.text_of(name));
  }
}

void extract_one(Extracting& extracting, const form::Template& given, std::uint32_t instance) {
  if (!extracting.has_answers(instance)) return;
  extracting.allocate_ids(instance);
  Tree made = Expanding(extracting, given, instance).run();
  if (given.is_bundle) return add_bundle(extracting, given, std::move(made));
  Entry entry;
  entry.resource = std::move(made);
  entry.path = given.path;
  if (given.item != none) entry.link_id = extracting.model.items[given.item].link_id;
  extracting.add(std::move(entry), given.request, instance);
}

}  // namespace

void extract_templates(Extracting& extracting) {
  std::vector<const form::Template*> templates;
  for (const form::Template& given : extracting.model.extraction.templates)
    templates.push_back(&given);
  // Contained resources stand in one record, one behind the other.
  std::ranges::stable_sort(templates, std::less<const Node*>(),
                           [](const form::Template* given) { return given->resource.get(); });
  for (const form::Template* given : templates) {
    if (given->item == none) {
      extract_one(extracting, *given, none);
      continue;
    }
    for (const std::uint32_t instance : extracting.state.instances_of(given->item))
      if (extracting.state.instances[instance].is_present() &&
          extracting.state.instances[instance].is_enabled)
        extract_one(extracting, *given, instance);
  }
}

}  // namespace fbss::extraction

// SPDX-License-Identifier: Apache-2.0
// What is extracted by templates and by definitions. In: the extensions of items and of the whole,
// contained templates. Out: Model::extraction, its expressions noted; names of ids that extracting
// allocates. SDC, "Form Data Extraction". Observations need nothing of this: they are made of what
// items say (extract/).
#include <algorithm>
#include <array>

#include "fhir/form/extensions.hpp"
#include "fhir/form/loading.hpp"
#include "fhir/form/values.hpp"

namespace fbss::form {
namespace {

// How a part of templateExtract or definitionExtract names what it says of the entry.
struct RequestPart {
  std::string_view url;
  std::uint32_t EntryRequest::*place;
};
constexpr std::array request_parts = {
    RequestPart{"fullUrl", &EntryRequest::full_url},
    RequestPart{"resourceId", &EntryRequest::resource_id},
    RequestPart{"ifNoneMatch", &EntryRequest::if_none_match},
    RequestPart{"ifModifiedSince", &EntryRequest::if_modified_since},
    RequestPart{"ifMatch", &EntryRequest::if_match},
    RequestPart{"ifNoneExist", &EntryRequest::if_none_exist},
    RequestPart{"patchRequestUrl", &EntryRequest::patch_url},
    // How CSIRO's forms name it.
    RequestPart{"https://smartforms.csiro.au/ig/StructureDefinition/"
                "TemplateExtractExtensionPatchRequestUrl",
                &EntryRequest::patch_url},
};

class ExtractionReader {
 public:
  explicit ExtractionReader(Loading& loading) : loading_(loading), model_(loading.model) {}

  void read(JsonNode element, std::uint32_t item) {
    each_extension(element, [&](JsonNode extension, std::string_view name, std::uint32_t i) {
      const std::string path = model_.path_of(item) + ".extension[" + std::to_string(i) + ']';
      if (name == "templateExtract" || name == "templateExtractBundle")
        add_template(extension, name == "templateExtractBundle", item, path);
      else if (name == "definitionExtract")
        add_definition(extension, item, path);
      else if (name == "itemExtractionContext")
        add_context(extension, item, path);
      else if (name == "definitionExtractValue")
        add_value(extension, item, path);
      else if (name == "extractAllocateId")
        add_allocated(extension, item, path);
    });
  }

 private:
  // An expression is written as a text or as an Expression.
  std::uint32_t add(JsonNode value, std::uint32_t item, const std::string& path) {
    return value.kind() == JsonKind::object ? loading_.add_expression(value, item, path)
                                            : loading_.add_expression(value.text(), item, path);
  }

  EntryRequest read_request(JsonNode extension, std::uint32_t item, const std::string& path) {
    EntryRequest request;
    const JsonNode parts = extension.find("extension");
    if (parts.kind() != JsonKind::array) return request;
    for (JsonNode part = parts.first(); part; part = part.next()) {
      const std::string_view url = part.find("url").text();
      const auto* known = std::ranges::find(request_parts, url, &RequestPart::url);
      if (known != request_parts.end())
        request.*(known->place) = add(extension_value(part), item, path);
      else if (url == "type")
        request.type = extension_value(part).text();
      else if (url != "template" && url != "definition")
        loading_.issue(FormRule::notSupported, item, path,
                       "The part " + std::string(url) +
                           " of the extension is not known here; it is left out of account.");
    }
    return request;
  }

  void add_template(JsonNode extension, bool is_bundle, std::uint32_t item,
                    const std::string& path) {
    JsonNode value = extension_value(extension);
    if (const JsonNode part = part_value(extension, "template")) value = part;
    const auto found = model_.contained.find(value.find("reference").text());
    if (found == model_.contained.end())
      return loading_.issue(FormRule::extensionValue, item, path,
                            "The template has to be a resource that the Questionnaire contains; "
                            "there is none of the id that is referred to.");
    if (is_bundle && found->second.find("resourceType").text() != "Bundle")
      return loading_.issue(FormRule::extensionValue, item, path,
                            "The template of templateExtractBundle is no Bundle.");
    Template made;
    made.item = item;
    made.resource = found->second;
    made.is_bundle = is_bundle;
    made.path = path;
    made.request = read_request(extension, item, path);
    note_expressions(
        made, made.resource, item,
        "Questionnaire.contained(" + std::string(value.find("reference").text()) + ')');
    model_.extraction.templates.push_back(std::move(made));
  }

  // The expressions within a template. Bounded in depth by Limits::record_depth.
  void note_expressions(Template& made, JsonNode node, std::uint32_t item,
                        const std::string& path) {
    each_extension_of(node, [&](JsonNode extension, std::string_view name) {
      if (name != "templateExtractContext" && name != "templateExtractValue") return;
      const std::uint32_t expression = add(extension_value(extension), item, path);
      made.expressions.emplace(extension.get(), expression);
      if (expression == none)
        loading_.issue(FormRule::extensionValue, item, path, "The extension has no expression.");
    });
    std::uint32_t place = 0;
    const bool is_list = node.kind() == JsonKind::array;
    for (JsonNode child = node.first(); child; child = child.next(), ++place)
      if (child.kind() == JsonKind::object || child.kind() == JsonKind::array)
        if (child.key() != "extension")
          note_expressions(made, child, item,
                           is_list ? path + '[' + std::to_string(place) + ']'
                                   : path + '.' + std::string(child.key()));
  }

  template <class Visit>
  void each_extension_of(JsonNode node, Visit visit) {
    if (node.kind() != JsonKind::object) return;
    each_extension(node, [&](JsonNode extension, std::string_view name, std::uint32_t) {
      visit(extension, name);
    });
  }

  void add_definition(JsonNode extension, std::uint32_t item, const std::string& path) {
    JsonNode value = extension_value(extension);
    if (const JsonNode part = part_value(extension, "definition")) value = part;
    if (value.text().empty())
      return loading_.issue(FormRule::extensionValue, item, path,
                            "The extension names no definition.");
    Definition made;
    made.item = item;
    made.canonical = value.text().substr(0, value.text().find('|'));
    made.request = read_request(extension, item, path);
    made.path = path;
    model_.extraction.definitions.push_back(std::move(made));
  }

  // SDC 3: the type of a resource, or a query for the one that is to be changed.
  void add_context(JsonNode extension, std::uint32_t item, const std::string& path) {
    const JsonNode value = extension_value(extension);
    Definition made;
    made.item = item;
    made.path = path;
    if (value.kind() == JsonKind::object) {
      made.expression = loading_.add_expression(value, item, path);
      const std::string_view text = value.find("expression").text();
      made.type = text.substr(0, text.find_first_of("?/"));
    } else {
      made.type = value.text();
    }
    if (!fhirpath::is_resource(fhirpath::find_model_type(made.type)))
      return loading_.issue(FormRule::extensionValue, item, path,
                            "The extension names no type of resource of FHIR R4.");
    model_.extraction.definitions.push_back(std::move(made));
  }

  void add_value(JsonNode extension, std::uint32_t item, const std::string& path) {
    DefinitionValue made;
    made.item = item;
    made.path = path;
    made.definition = part_value(extension, "definition").text();
    made.fixed = part_value(extension, "fixed-value");
    if (const JsonNode expression = part_value(extension, "expression"))
      made.expression = add(expression, item, path);
    if (made.definition.find('#') == std::string_view::npos ||
        (made.expression == none && !made.fixed))
      return loading_.issue(FormRule::extensionValue, item, path,
                            "The extension needs a definition that ends in #Type.element, and an "
                            "expression or a fixed value.");
    model_.extraction.values.push_back(std::move(made));
  }

  void add_allocated(JsonNode extension, std::uint32_t item, const std::string& path) {
    const std::string_view name = extension_value(extension).text();
    if (name.empty())
      return loading_.issue(FormRule::extensionValue, item, path,
                            "The extension names no variable for the id.");
    model_.contexts.push_back({.name = name, .kind = Context::Kind::allocated, .item = item});
  }

  Loading& loading_;
  Form::Model& model_;
};

}  // namespace

void read_extraction(Loading& loading) {
  ExtractionReader reader(loading);
  reader.read(loading.model.json(), none);
  for (const Item& item : loading.model.items) reader.read(item.json, item.index);
}

}  // namespace fbss::form

// SPDX-License-Identifier: Apache-2.0
// A walk over JSON beside the model of FHIR R4; and, of a Questionnaire, what must be there and
// which codes there are.
#include "fhir/form/structure.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/utf8.hpp"
#include "fhir/form/loading.hpp"
#include "fhir/form/primitives.hpp"

namespace fbss::form {
namespace {

using fhirpath::ModelType;
using Kind = StructureFault::Kind;

// Where the walk is; the text is put together only for a fault.
struct Place {
  const Place* up = nullptr;
  std::string_view name = {};
  std::int64_t index = -1;

  std::string path() const {
    std::string text = up ? up->path() + '.' : std::string();
    text += name;
    if (index >= 0) text += '[' + std::to_string(index) + ']';
    return text;
  }
};

class Walk {
 public:
  Walk(std::initializer_list<std::string_view> left_out,
       const std::function<void(StructureFault)>& report)
      : left_out_(left_out), report_(report) {}

  void object(JsonNode node, ModelType type, const Place& place) const {
    if (node.kind() != JsonKind::object)
      return tell(Kind::wrong_kind, place, "An object has to stand here.");
    if (node.size() == 0) tell(Kind::empty, place, "An object here must not be empty.");
    std::unordered_set<std::string_view> names;
    for (JsonNode member = node.first(); member; member = member.next()) {
      const std::string_view key = member.key();
      if (is_second(node, member, names))
        tell(Kind::wrong_kind, Place{&place, key},
             "The element stands here twice; the first counts.");
      if (key == "resourceType" || key == "fhir_comments") continue;
      // Contained resources are of any type; a narrative is XHTML.
      if (key == "contained" || (key == "text" && fhirpath::is_resource(type))) continue;
      if (!place.up && std::ranges::find(left_out_, key) != left_out_.end()) continue;
      element(member, key, type, place);
    }
  }

 private:
  // Most objects are small; of large ones the names are kept.
  static bool is_second(JsonNode object, JsonNode member,
                        std::unordered_set<std::string_view>& names) {
    constexpr std::size_t small = 32;
    if (object.size() > small) return !names.insert(member.key()).second;
    return object.find(member.key()).get() != member.get();
  }

  void element(JsonNode member, std::string_view key, ModelType type, const Place& up) const {
    const bool is_companion = key.starts_with('_');
    const std::string_view name = is_companion ? key.substr(1) : key;
    auto found = fhirpath::find_element(type, fhirpath::find_model_name(name));
    ModelType own = found ? found->type : ModelType{0};
    if (found && own == 0) found.reset();  // a choice is written with its type
    if (!found) {
      if (const auto choice = fhirpath::find_choice_name(name)) {
        const auto base = fhirpath::find_element(type, choice->base);
        if (base && std::ranges::find(base->choices, choice->type) != base->choices.end()) {
          found = base;
          own = choice->type;
        }
      }
    }
    const Place place{&up, name};
    if (!found) return tell(Kind::unknown_element, place, unknown(name, type));
    if (!found->is_list) return value(member, own, is_companion, place);
    if (member.kind() != JsonKind::array)
      return tell(Kind::wrong_kind, place, "A list has to stand here: there may be several.");
    if (member.size() == 0) tell(Kind::empty, place, "A list here must not be empty.");
    Place each{&up, name, 0};
    for (JsonNode one = member.first(); one; one = one.next(), ++each.index) {
      if (one.kind() == JsonKind::null && fhirpath::system_type_of(own))
        continue;  // its companion has more
      value(one, own, is_companion, each);
    }
  }

  void value(JsonNode node, ModelType type, bool is_companion, const Place& place) const {
    static const ModelType element_type = fhirpath::find_model_type("Element"),
                           id_type = fhirpath::find_model_type("id");
    if (node.kind() == JsonKind::array)
      return tell(Kind::wrong_kind, place, "No list can stand here: there is one at most.");
    if (is_companion) {
      if (node.kind() != JsonKind::null) object(node, element_type, place);
    } else if (!is_primitive(type)) {
      object(node, type, place);
    } else if (node.kind() == JsonKind::string && node.text().empty()) {
      tell(Kind::empty, place, "A text here must not be empty.");
    } else if (!is_valid_primitive(node, type)) {
      tell(type == id_type ? Kind::bad_id : Kind::bad_value, place,
           "This has to be " + std::string(primitive_form(type)) + '.');
    }
  }

  static bool is_primitive(ModelType type) {
    const std::string_view name = fhirpath::model_type_name(type);
    return !name.empty() && name.front() >= 'a' && name.front() <= 'z' && name != "xhtml";
  }

  static std::string unknown(std::string_view name, ModelType type) {
    const std::vector<std::string_view> names = fhirpath::element_names(type);
    std::string message = "FHIR R4 has no such element here";
    if (const auto near = nearest(name, names))
      message += ": did you mean " + std::string(*near) + '?';
    else
      message += '.';
    return message;
  }

  void tell(Kind kind, const Place& place, std::string message) const {
    report_({kind, place.path(), std::move(message)});
  }

  std::initializer_list<std::string_view> left_out_;  // of the root
  const std::function<void(StructureFault)>& report_;
};

constexpr std::array statuses = {"draft", "active", "retired", "unknown"};
constexpr std::array behaviors = {"all", "any"};

// The codes that R4 has for an element, and whether it must be there.
template <std::size_t size>
void check_code(Loading& loading, JsonNode node, std::uint32_t item, const std::string& path,
                std::string_view name, const std::array<const char*, size>& codes, bool is_needed) {
  const JsonNode code = node.find(name);
  if (!code) {
    if (is_needed)
      loading.issue(FormRule::missingElement, item, path, "There is no " + std::string(name) + '.');
    return;
  }
  if (std::ranges::find(codes, code.text()) != codes.end()) return;
  std::string message = "FHIR R4 has the codes ";
  for (std::size_t i = 0; i < size; ++i) message += (i > 0 ? ", " : "") + std::string(codes[i]);
  loading.issue(FormRule::invalidCode, item, path + '.' + std::string(name), message + '.');
}

// The item in which the place lies: "Questionnaire.item[0].item[2].text".
std::uint32_t item_of_path(const Form::Model& model, std::string_view path) {
  std::uint32_t item = none;
  constexpr std::string_view step = ".item[";
  std::size_t at = path.find(step);
  while (at != std::string_view::npos) {
    std::size_t place = 0;
    at += step.size();
    for (; at < path.size() && path[at] != ']'; ++at) place = place * 10 + (path[at] - '0');
    std::uint32_t child = model.first_child(item);
    const std::uint32_t last = model.end_of(item);
    for (; place > 0 && child < last; --place) child = model.items[child].end;
    if (child >= last) break;  // in a second list of that name, which does not count
    item = child;
    ++at;
    if (path.substr(at, step.size()) != step) break;
  }
  return item;
}

}  // namespace

void check_elements(JsonNode node, ModelType type, std::string_view path,
                    std::initializer_list<std::string_view> left_out,
                    const std::function<void(StructureFault)>& report) {
  Walk(left_out, report).object(node, type, Place{nullptr, path});
}

void check_structure(Loading& loading) {
  const Form::Model& model = loading.model;
  check_code(loading, model.json(), none, "Questionnaire", "status", statuses, true);
  for (const Item& item : model.items)
    check_code(loading, item.json, item.index, model.path_of(item.index), "enableBehavior",
               behaviors, false);
  check_elements(model.json(), fhirpath::find_model_type("Questionnaire"), "Questionnaire", {},
                 [&](StructureFault fault) {
                   const bool is_warning = fault.kind == Kind::empty || fault.kind == Kind::bad_id;
                   loading.issue(FormRule::invalidElement, item_of_path(model, fault.path),
                                 fault.path, std::move(fault.message),
                                 is_warning ? std::optional(Severity::warning) : std::nullopt);
                 });
}

}  // namespace fbss::form

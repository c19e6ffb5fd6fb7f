// SPDX-License-Identifier: Apache-2.0
// Observation-based extraction. In: answers to questions with a code, where observationExtract of
// the question, or of the nearest item around it that has one, says so. Out: an Observation for
// each answer, in the order of the response. hl7.org/fhir/uv/sdc, "Observation-based extraction".
//
//   code          the question's
//   value         the answer; numbers with the question's unit (questionnaire-unit); a code of
//                 data-absent-reason is dataAbsentReason
//   category      observation-extract-category of the response's item, else of the nearest item
//   subject       the response's; within an item that holds a question with isSubject, its answer
//   status        final; preliminary where the response is still being filled in
//   effective, issued            when the response was authored
//   performer, encounter,        the response's author and encounter
//   basedOn, partOf, derivedFrom the response's, and the response itself
//
// observationExtract may be a code too: "component" puts the answer into the Observation of the
// nearest question or group around it that makes one, "member" makes it hasMember of that,
// "derivedFrom" its derivedFrom.
#include <algorithm>
#include <unordered_map>

#include "base/temporal.hpp"
#include "fhir/extract/element_value.hpp"
#include "fhir/extract/extracting.hpp"
#include "fhir/form/extensions.hpp"
#include "fhir/form/values.hpp"
#include "fhir/names.hpp"
#include "fhirpath/value.hpp"

namespace fbss::extraction {
namespace {

using fhirpath::Value;
using form::Instance;
using form::Item;
using json::Node;

enum class Use : std::uint8_t { no, alone, component, member, derived_from };

bool is_category(std::string_view name) {
  return name == "observation-extract-category" || name == "observationExtractCategory";
}

bool is_extract(std::string_view name) {
  return name == "observationExtract" || name == "observation-extract";
}

class Observing {
 public:
  explicit Observing(Extracting& extracting)
      : extracting_(extracting), state_(extracting.state), model_(extracting.model) {}

  void run() {
    read_uses();
    if (std::ranges::all_of(uses_, [](Use use) { return use == Use::no; })) return;
    status_ = status_of_observations();
    for (std::uint32_t i = 0; i < state_.instances.size(); ++i) extract(i);
  }

 private:
  // What is said of each item, by itself or by what holds it.
  void read_uses() {
    root_use_ = use_said(model_.json(), none).value_or(Use::no);
    uses_.resize(model_.items.size());
    for (const Item& item : model_.items) {
      const Use around = item.parent == none ? root_use_ : uses_[item.parent];
      // "component" and the like are meant of the item that has it.
      const Use inherited = around == Use::no ? Use::no : Use::alone;
      uses_[item.index] = use_said(item.json, item.index).value_or(inherited);
    }
  }

  std::optional<Use> use_said(JsonNode element, std::uint32_t item) {
    std::optional<Use> use;
    form::each_extension(element, [&](JsonNode extension, std::string_view name, std::uint32_t i) {
      if (!is_extract(name) || use) return;
      const JsonNode value = form::extension_value(extension);
      const std::string_view code =
          value.kind() == JsonKind::object ? value.find("code").text() : value.text();
      if (value.kind() == JsonKind::boolean)
        use = value.boolean() ? Use::alone : Use::no;
      else if (code == "component")
        use = Use::component;
      else if (code == "member")
        use = Use::member;
      else if (code == "derivedFrom")
        use = Use::derived_from;
      else
        use = Use::alone;
      if (value.kind() != JsonKind::boolean && *use == Use::alone && code != "independent")
        extracting_.tell(FormRule::notSupported,
                         model_.path_of(item) + ".extension[" + std::to_string(i) + ']',
                         item == none ? std::string_view{} : model_.items[item].link_id,
                         "What observationExtract says is not known here; the answers become "
                         "Observations of their own.");
    });
    return use;
  }

  std::string_view status_of_observations() const {
    const std::string_view status = state_.status();
    if (status == "entered-in-error") return status;
    return status == "in-progress" || status == "stopped" ? "preliminary" : "final";
  }

  void extract(std::uint32_t index) {
    const Instance& instance = state_.instances[index];
    const Item& item = model_.items[instance.item];
    const Use use = uses_[item.index];
    if (!instance.is_enabled || use == Use::no || !has_code(item)) return;
    if (item.is_group()) {
      if (is_panel(item)) panel(index, item);
      return;
    }
    if (!form::is_question(item.type)) return;
    for (const Node* answer = instance.answers; answer; answer = answer->next()) {
      const form::Choice choice = form::find_choice(*answer, "value");
      if (!choice.node) continue;
      const auto value = value_of(item, choice);
      if (!value) continue;
      place(index, item, use, *value);
    }
  }

  static bool has_code(const Item& item) {
    const JsonNode code = item.json.find("code");
    return code.kind() == JsonKind::array && code.size() > 0;
  }

  // A group with a code makes an Observation where something below it wants to be a part of it.
  bool is_panel(const Item& group) const {
    for (std::uint32_t i = group.index + 1; i < group.end; ++i)
      if (uses_[i] == Use::component || uses_[i] == Use::member || uses_[i] == Use::derived_from)
        return true;
    return false;
  }

  void panel(std::uint32_t index, const Item& item) {
    if (!extracting_.has_answers(index)) return;
    made_[index] = add(index, item, {std::string(), Tree::object()});
  }

  // The Observation of the nearest item around it that makes one.
  std::optional<std::size_t> around(std::uint32_t index) const {
    for (std::uint32_t at = state_.instances[index].parent; at != none;
         at = state_.instances[at].parent)
      if (const auto found = made_.find(at); found != made_.end()) return found->second;
    return std::nullopt;
  }

  void place(std::uint32_t index, const Item& item, Use use,
             const std::pair<std::string, Tree>& value) {
    const auto outer = use == Use::alone ? std::nullopt : around(index);
    if (use != Use::alone && !outer)
      extracting_.tell(FormRule::extractionIncomplete, model_.path_of(item.index), item.link_id,
                       "There is no Observation around this item of which it could be a part; it "
                       "becomes one of its own.");
    if (use == Use::component && outer) {
      Tree component = Tree::object();
      write_code(component, item);
      component.set(value.first, value.second);
      push(extracting_.entries[*outer].resource, "component", std::move(component));
      return;
    }
    const std::size_t own = add(index, item, value);
    made_.emplace(index, own);
    if (!outer) return;
    push(extracting_.entries[*outer].resource, use == Use::member ? "hasMember" : "derivedFrom",
         Tree::object("reference", Tree::string(extracting_.entries[own].full_url)));
  }

  static void push(Tree& resource, std::string_view name, Tree value) {
    Tree* list = resource.find(name);
    (list ? *list : resource.set(name, Tree::array())).push(std::move(value));
  }

  static void write_code(Tree& out, const Item& item) {
    Tree code = Tree::object("coding", Tree::of(*item.json.find("code").get()));
    out.set("code", std::move(code));
  }

  std::size_t add(std::uint32_t index, const Item& item,
                  const std::pair<std::string, Tree>& value) {
    const JsonNode response = state_.response;
    Tree made = Tree::object("resourceType", Tree::string("Observation"));
    copy(made, response, "basedOn");
    copy(made, response, "partOf");
    made.set("status", Tree::string(status_));
    if (auto categories = categories_of(index); !categories.is_empty())
      made.set("category", std::move(categories));
    write_code(made, item);
    if (const Node* subject = subject_of(index)) made.set("subject", Tree::of(*subject));
    copy(made, response, "encounter");
    write_dates(made);
    if (const JsonNode author = response.find("author"))
      push(made, "performer", Tree::of(*author.get()));
    if (!value.first.empty()) made.set(value.first, value.second);
    write_origin(made, response);
    Entry entry;
    entry.resource = std::move(made);
    entry.path = model_.path_of(item.index);
    entry.link_id = item.link_id;
    extracting_.add(std::move(entry), {}, index);
    return extracting_.entries.size() - 1;
  }

  static void copy(Tree& out, JsonNode response, std::string_view name) {
    if (const JsonNode found = response.find(name)) out.set(name, Tree::of(*found.get()));
  }

  void write_dates(Tree& made) const {
    const std::string authored = extracting_.authored();
    if (authored.empty()) return;
    made.set("effectiveDateTime", Tree::string(authored));
    const auto moment = Temporal::parse(authored, TemporalKind::date_time);
    if (moment && moment->has_zone && moment->precision >= TemporalField::second)
      made.set("issued", Tree::string(authored));  // an instant
  }

  void write_origin(Tree& made, JsonNode response) {
    Tree reference = Tree::object();
    if (const std::string_view id = response.find("id").text(); !id.empty())
      reference.set("reference", Tree::string("QuestionnaireResponse/" + std::string(id)));
    else if (const JsonNode identifier = response.find("identifier"))
      reference.set("identifier", Tree::of(*identifier.get()));
    else
      return extracting_.tell(FormRule::extractionIncomplete, "QuestionnaireResponse.id", {},
                              "The response has neither id nor identifier, so the Observations do "
                              "not say that they are derived from it.");
    push(made, "derivedFrom", std::move(reference));
  }

  // The nearest that says any: the response's own item, the form's, what holds it, the form.
  Tree categories_of(std::uint32_t index) const {
    Tree found = Tree::array();
    for (std::uint32_t at = index; at != none; at = state_.instances[at].parent) {
      collect_categories(JsonNode(state_.instances[at].node), found);
      if (found.is_empty()) collect_categories(state_.item_of(at).json, found);
      if (!found.is_empty()) return found;
    }
    collect_categories(model_.json(), found);
    return found;
  }

  static void collect_categories(JsonNode element, Tree& found) {
    if (!element) return;
    form::each_extension(element, [&](JsonNode extension, std::string_view name, std::uint32_t) {
      const JsonNode value = form::extension_value(extension);
      if (is_category(name) && value.kind() == JsonKind::object) found.push(Tree::of(*value.get()));
    });
  }

  // The answer of a question with isSubject beside the item or beside what holds it, else the
  // response's subject.
  const Node* subject_of(std::uint32_t index) const {
    for (std::uint32_t at = state_.instances[index].parent; at != none;
         at = state_.instances[at].parent) {
      const Instance& holder = state_.instances[at];
      for (std::uint32_t i = at + 1; i < holder.end; i = state_.instances[i].end) {
        const JsonNode said =
            form::extension_value(form::find_extension(state_.item_of(i).json, "isSubject"));
        const Node* answer = state_.instances[i].answers;
        if (!said.boolean() || !answer || !state_.instances[i].is_enabled) continue;
        if (const Node* reference = answer->find("valueReference")) return reference;
      }
    }
    return state_.response.find("subject").get();
  }

  // value[x] of an Observation; hl7.org/fhir/R4/observation-definitions.html#Observation.value_x_
  std::optional<std::pair<std::string, Tree>> value_of(const Item& item,
                                                       const form::Choice& choice) {
    const std::string_view type = choice.suffix("value");
    const Node& node = *choice.node;
    if (type == "Boolean" || type == "String" || type == "Time" || type == "DateTime" ||
        type == "Quantity")
      return std::pair("value" + std::string(type), Tree::of(node));
    if (type == "Integer" && !item.unit) return std::pair("valueInteger", Tree::of(node));
    if (type == "Integer" || type == "Decimal")
      return std::pair("valueQuantity", quantity(item, node));
    if (type == "Date") return std::pair("valueDateTime", Tree::of(node));
    if (type == "Uri") return std::pair("valueString", Tree::of(node));
    if (type == "Coding") {
      Tree list = Tree::array();
      list.push(Tree::of(node));
      // Unknown is no value: the reason has an element of its own.
      const bool is_reason = JsonNode(&node).find("system").text() == fhir::absent_reason_system;
      return std::pair(is_reason ? "dataAbsentReason" : "valueCodeableConcept",
                       Tree::object("coding", std::move(list)));
    }
    extracting_.tell(FormRule::valueMisfit, model_.path_of(item.index), item.link_id,
                     "An Observation has no value of type " + std::string(type) +
                         "; the answer is not extracted.");
    return std::nullopt;
  }

  static Tree quantity(const Item& item, const Node& number) {
    Tree made = Tree::object("value", Tree::of(number));
    if (!item.unit) return made;
    const std::string_view shown =
        item.unit->display.empty() ? item.unit->code : item.unit->display;
    if (!shown.empty()) made.set("unit", Tree::string(shown));
    if (!item.unit->system.empty()) made.set("system", Tree::string(item.unit->system));
    if (!item.unit->code.empty()) made.set("code", Tree::string(item.unit->code));
    return made;
  }

  Extracting& extracting_;
  FormSession::State& state_;
  const Form::Model& model_;
  Use root_use_ = Use::no;
  std::vector<Use> uses_;  // by item
  std::string_view status_;
  std::unordered_map<std::uint32_t, std::size_t> made_;  // by instance: its entry; looked up only
};

}  // namespace

void extract_observations(Extracting& extracting) {
  Observing(extracting).run();
}

}  // namespace fbss::extraction

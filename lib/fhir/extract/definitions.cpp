// SPDX-License-Identifier: Apache-2.0
// Definition-based extraction. In: items with definitionExtract or itemExtractionContext; the
// answers below whose definition leads into the type ("…/Patient#Patient.name.given"), values of
// definitionExtractValue. Out: a resource for each occurrence of the item. hl7.org/fhir/uv/sdc,
// "Definition-based extraction".
//
// A definition belongs to the nearest item around it that extracts its type. A group with a
// definition makes an element, in which the definitions below it stand; without such a group, what
// leads into one list shares its element within one repetition. Profiles are not looked up: what a
// profile fixes has to be said by definitionExtractValue.
#include <algorithm>
#include <array>
#include <map>

#include "fhir/extract/element_value.hpp"
#include "fhir/extract/extracting.hpp"
#include "fhir/form/values.hpp"
#include "fhir/run/answered.hpp"
#include "fhirpath/value.hpp"

namespace fbss::extraction {
namespace {

using fhirpath::ModelType;
using fhirpath::Value;
using form::Definition;
using form::DefinitionValue;
using form::Instance;
using form::Item;
using json::Node;

// "http://…/Patient|4.0.1#Patient.name" taken apart.
struct Target {
  std::string_view canonical, path;  // without the version; "Patient.name"
  std::string_view type() const { return path.substr(0, path.find_first_of(".:")); }
};

Target target_of(std::string_view definition) {
  const std::size_t hash = definition.find('#');
  if (hash == std::string_view::npos) return {};
  Target target{definition.substr(0, hash), definition.substr(hash + 1)};
  target.canonical = target.canonical.substr(0, target.canonical.find('|'));
  return target;
}

std::string_view last_of(std::string_view canonical) {
  return canonical.substr(canonical.rfind('/') + 1);
}

// An element within the resource that is made: names and places from its root.
using Address = std::vector<std::pair<std::string, std::size_t>>;
constexpr std::size_t no_list = static_cast<std::size_t>(-1);

Tree& element_at(Tree& root, const Address& address) {
  Tree* at = &root;
  for (const auto& [name, place] : address) {
    at = at->find(name);
    if (place != no_list) at = &at->children()[place].second;
  }
  return *at;
}

// The element in which definitions of a path stand.
struct Scope {
  std::string_view path;  // "Patient.name"
  Address address;
  ModelType type = 0;
};

class Defining {
 public:
  Defining(Extracting& extracting, const Definition& definition, std::uint32_t number,
           const std::vector<std::uint32_t>& owners, const std::vector<std::uint32_t>& value_owners)
      : extracting_(extracting),
        state_(extracting.state),
        model_(extracting.model),
        definition_(definition),
        number_(number),
        owners_(owners),
        value_owners_(value_owners) {}

  void run(std::string_view type) {
    type_ = type;
    if (definition_.item == none) {
      if (extracting_.has_answers(none)) make(none, none);
      return;
    }
    for (const std::uint32_t i : state_.instances_of(definition_.item)) {
      const Instance& instance = state_.instances[i];
      if (!instance.is_present() || !extracting_.has_answers(i)) continue;
      if (state_.item_of(i).is_group()) {
        make(i, none);
        continue;
      }
      for (std::uint32_t answer = 0; answer < instance.answer_count; ++answer) make(i, answer);
    }
  }

 private:
  // The resource of one occurrence; of a question, of one of its answers.
  void make(std::uint32_t instance, std::uint32_t answer) {
    extracting_.allocate_ids(instance);
    resource_ = Tree::object("resourceType", Tree::string(type_));
    opened_.clear();
    repetition_ = instance;
    scopes_ = {{type_, {}, fhirpath::find_model_type(type_)}};
    if (instance == none) {
      values_of(none, none);
      children(none, none);
    } else {
      visit(instance, answer);
    }
    drop_nameless_extensions(resource_);
    resource_.prune();
    if (resource_.children().size() < 2) return;  // nothing but its type
    Entry entry;
    entry.resource = std::move(resource_);
    entry.path = definition_.path;
    if (definition_.item != none) entry.link_id = model_.items[definition_.item].link_id;
    extracting_.add(std::move(entry), definition_.request, instance);
  }

  void children(std::uint32_t parent, std::uint32_t answer) {
    const std::uint32_t end = parent == none ? static_cast<std::uint32_t>(state_.instances.size())
                                             : state_.instances[parent].end;
    for (std::uint32_t i = parent == none ? 0 : parent + 1; i < end; i = state_.instances[i].end) {
      if (answer != none && state_.instances[i].parent_answer != answer) continue;
      if (state_.instances[i].is_present() && extracting_.has_answers(i)) visit(i, none);
    }
  }

  void visit(std::uint32_t index, std::uint32_t answer) {
    const Item& item = state_.item_of(index);
    const std::uint32_t outer_repetition = repetition_;
    if (item.repeats && item.is_group()) repetition_ = index;
    const std::size_t scopes = scopes_.size();
    if (owners_[item.index] == number_) {
      const Target target = target_of(item.definition);
      if (item.is_group()) {
        if (auto scope = open(target.path, item, index)) scopes_.push_back(std::move(*scope));
      } else {
        answers(index, item, target.path, answer);
      }
    }
    values_of(item.index, index);
    children(index, answer);
    scopes_.resize(scopes);
    repetition_ = outer_repetition;
  }

  void answers(std::uint32_t index, const Item& item, std::string_view path, std::uint32_t only) {
    std::uint32_t place = 0;
    for (const Node* answer = state_.instances[index].answers; answer;
         answer = answer->next(), ++place)
      if (only == none || only == place) answer_at(item, *answer, path);
  }

  void answer_at(const Item& item, const Node& answer, std::string_view path) {
    const form::Choice choice = form::find_choice(answer, "value");
    if (!choice.node) return;
    const std::string where = model_.path_of(item.index);
    if (form::is_known(answer)) return set(path, choice.value(), item.link_id, where);
    extracting_.tell(FormRule::valueMisfit, where, item.link_id,
                     "The answer says that the value is not known; nothing is extracted of it.",
                     Severity::information);
  }

  // What definitionExtractValue adds at an item (none: at the form's root).
  void values_of(std::uint32_t item, std::uint32_t instance) {
    for (std::size_t i = 0; i < model_.extraction.values.size(); ++i) {
      const DefinitionValue& given = model_.extraction.values[i];
      if (given.item != item || value_owners_[i] != number_) continue;
      const std::string_view path = target_of(given.definition).path;
      const std::string_view link_id =
          item == none ? std::string_view{} : model_.items[item].link_id;
      if (given.fixed) {
        const auto type = fhirpath::find_choice_type(given.fixed.key().substr(5));
        set(path, fhirpath::ValueAccess::of_node(given.fixed.get(), nullptr, type), link_id,
            given.path);
        continue;
      }
      for (const Value& value :
           extracting_.evaluate(given.expression, instance, extracting_.focus_of(instance)))
        set(path, value, link_id, given.path);
    }
  }

  // The innermost element in which the path stands, and the rest of the path.
  const Scope& scope_of(std::string_view path, std::string_view& rest) const {
    for (std::size_t i = scopes_.size(); i-- > 1;) {
      const std::string_view outer = scopes_[i].path;
      if (path.starts_with(outer) && path.size() > outer.size() && path[outer.size()] == '.') {
        rest = path.substr(outer.size() + 1);
        return scopes_[i];
      }
    }
    const std::size_t dot = path.find('.');
    rest = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
    return scopes_.front();
  }

  struct Step {
    std::string name;
    ModelType type = 0;
    bool is_list = false;
    bool is_open_choice = false;  // value[x]: the value tells the type
    std::span<const ModelType> choices = {};
  };

  // "identifier:NHI" within a type; nothing where R4 has no such element.
  static std::optional<Step> step_of(ModelType type, std::string_view segment) {
    std::string_view name = segment.substr(0, segment.find(':'));
    if (name.ends_with("[x]")) name.remove_suffix(3);
    if (const auto element = fhirpath::find_element(type, fhirpath::find_model_name(name)))
      return Step{std::string(name), element->type, element->is_list, !element->choices.empty(),
                  element->choices};
    if (const auto choice = fhirpath::find_choice_name(name))
      if (fhirpath::find_element(type, choice->base))
        return Step{std::string(name), choice->type, false, false, {}};
    return std::nullopt;
  }

  void tell_unknown(std::string_view path, std::string_view link_id, const std::string& where) {
    extracting_.tell(FormRule::valueMisfit, where, link_id,
                     "FHIR R4 has no element " + std::string(path) + "; it is not extracted.");
  }

  // Goes into one segment; of a list into the element that this repetition has there.
  void enter(Scope& scope, std::string_view segment, const Step& step, std::uint32_t owner) {
    Tree& at = element_at(resource_, scope.address);
    Tree* found = at.find(step.name);
    if (!step.is_list) {
      if (!found) at.set(step.name, Tree::object());
      scope.address.emplace_back(step.name, no_list);
    } else {
      Tree& list = found ? *found : at.set(step.name, Tree::array());
      const auto [known, is_new] = opened_.try_emplace(
          Opened{scope.address, std::string(segment), owner}, list.children().size());
      if (is_new) list.push(Tree::object());
      scope.address.emplace_back(step.name, known->second);
    }
    scope.type = step.type;
  }

  // A group's element: of a list a new one for each occurrence.
  std::optional<Scope> open(std::string_view path, const Item& item, std::uint32_t index) {
    std::string_view rest;
    Scope scope = scope_of(path, rest);
    while (!rest.empty()) {
      const std::string_view segment = rest.substr(0, rest.find('.'));
      rest.remove_prefix(std::min(rest.size(), segment.size() + 1));
      const auto step = step_of(scope.type, segment);
      if (!step || step->is_open_choice) {
        tell_unknown(path, item.link_id, model_.path_of(item.index));
        return std::nullopt;
      }
      enter(scope, segment, *step, rest.empty() ? index : repetition_);
    }
    scope.path = path;
    return scope;
  }

  void set(std::string_view path, const Value& value, std::string_view link_id,
           const std::string& where) {
    std::string_view rest;
    Scope scope = scope_of(path, rest);
    while (true) {
      const std::string_view segment = rest.substr(0, rest.find('.'));
      rest.remove_prefix(std::min(rest.size(), segment.size() + 1));
      auto step = step_of(scope.type, segment);
      if (!step) return tell_unknown(path, link_id, where);
      if (rest.empty()) return put(scope, *step, value, link_id, where);
      if (step->is_open_choice) return tell_unknown(path, link_id, where);
      enter(scope, segment, *step, repetition_);
    }
  }

  void put(const Scope& scope, Step& step, const Value& value, std::string_view link_id,
           const std::string& where) {
    if (step.is_open_choice && !choose(step, value))
      return extracting_.tell(
          FormRule::valueMisfit, where, link_id,
          "The element takes no value of type " + std::string(fhirpath::type_name(value)) + '.');
    std::string why;
    auto made = element_of(value, step.type, why);
    if (!made) {
      if (!why.empty()) extracting_.tell(FormRule::valueMisfit, where, link_id, why);
      return;
    }
    Tree& at = element_at(resource_, scope.address);
    Tree* found = at.find(step.name);
    if (step.is_list) {
      (found ? *found : at.set(step.name, Tree::array())).push(std::move(*made));
    } else if (found) {
      extracting_.tell(FormRule::severalValues, where, link_id,
                       "Several values were found for " + step.name +
                           ", which stands once; the first is taken.");
    } else {
      at.set(step.name, std::move(*made));
    }
  }

  // value[x]: the value's own type, or the one that takes it without loss.
  static bool choose(Step& step, const Value& value) {
    struct Way {
      std::string_view from, to;
    };
    static constexpr std::array ways = {
        Way{"Coding", "CodeableConcept"}, Way{"decimal", "Quantity"}, Way{"integer", "Quantity"},
        Way{"date", "dateTime"},          Way{"uri", "string"},       Way{"code", "string"}};
    const auto take = [&](std::string_view type) {
      const ModelType wanted = fhirpath::find_model_type(type);
      if (std::ranges::find(step.choices, wanted) == step.choices.end()) return false;
      step.type = wanted;
      std::string suffix(type);
      if (suffix[0] >= 'a') suffix[0] = static_cast<char>(suffix[0] - 'a' + 'A');
      step.name += suffix;
      return true;
    };
    const std::string_view own = fhirpath::type_name(value);
    if (own.empty()) return false;
    if (take(own)) return true;
    return std::ranges::any_of(ways,
                               [&](const Way& way) { return way.from == own && take(way.to); });
  }

  // An extension without a url means nothing to anybody.
  void drop_nameless_extensions(Tree& tree) {
    for (auto& [name, child] : tree.children()) {
      if (name == "extension" && child.is_array()) {
        const std::size_t before = child.children().size();
        std::erase_if(child.children(),
                      [](const auto& one) { return one.second.text_of("url").empty(); });
        if (child.children().size() != before)
          extracting_.tell(FormRule::extractionIncomplete, definition_.path, {},
                           "An extension of a profile has no url, since profiles are not looked "
                           "up; it is left out. definitionExtractValue can say its url.");
      }
      drop_nameless_extensions(child);
    }
  }

  struct Opened {
    Address address;
    std::string segment;
    std::uint32_t owner;
    auto operator<=>(const Opened&) const = default;
  };

  Extracting& extracting_;
  FormSession::State& state_;
  const Form::Model& model_;
  const Definition& definition_;
  std::uint32_t number_;
  const std::vector<std::uint32_t>& owners_;        // by item: the Definition of its definition
  const std::vector<std::uint32_t>& value_owners_;  // the same, by DefinitionValue
  std::string_view type_;
  Tree resource_ = Tree::object();
  std::vector<Scope> scopes_;
  std::map<Opened, std::size_t> opened_;
  std::uint32_t repetition_ = none;  // the instance that repeats, around the one that is visited
};

class Definitions {
 public:
  explicit Definitions(Extracting& extracting)
      : extracting_(extracting), model_(extracting.model), all_(model_.extraction.definitions) {}

  void run() {
    if (all_.empty()) return;
    for (const Item& item : model_.items) owners_.push_back(owner_of(item.definition, item.index));
    for (const DefinitionValue& value : model_.extraction.values)
      value_owners_.push_back(owner_of(value.definition, value.item));
    for (std::uint32_t i = 0; i < all_.size(); ++i) {
      const std::string type = type_of(all_[i]);
      if (type.empty()) {
        tell(all_[i], FormRule::notSupported,
             "Of which resource type the profile is cannot be told: no definition leads into it.");
        continue;
      }
      if (all_[i].expression != none)
        tell(all_[i], FormRule::notSupported,
             "The query for the resource to change is not run: a new resource is made.");
      tell_slices(all_[i], i);
      Defining(extracting_, all_[i], i, owners_, value_owners_).run(type);
    }
  }

 private:
  void tell(const Definition& definition, FormRule rule, std::string message) {
    extracting_.tell(
        rule, definition.path,
        definition.item == none ? std::string_view{} : model_.items[definition.item].link_id,
        std::move(message));
  }

  // The type that a Definition extracts, empty where it cannot be told.
  std::string type_of(const Definition& definition) const {
    if (!definition.type.empty()) return std::string(definition.type);
    const auto is_type = [](std::string_view name) {
      return fhirpath::is_resource(fhirpath::find_model_type(name));
    };
    if (is_type(last_of(definition.canonical))) return std::string(last_of(definition.canonical));
    const auto leads = [&](std::string_view text) {
      const Target target = target_of(text);
      return target.canonical == definition.canonical && is_type(target.type());
    };
    for (const Item& item : model_.items)
      if (leads(item.definition)) return std::string(target_of(item.definition).type());
    for (const DefinitionValue& value : model_.extraction.values)
      if (leads(value.definition)) return std::string(target_of(value.definition).type());
    return {};
  }

  bool is_of(const Target& target, const Definition& definition) const {
    if (!definition.canonical.empty()) return target.canonical == definition.canonical;
    return target.type() == definition.type;
  }

  // The Definition of the nearest item around, or of the form, that the text belongs to.
  std::uint32_t owner_of(std::string_view text, std::uint32_t item) const {
    const Target target = target_of(text);
    if (target.path.empty()) return none;
    for (std::uint32_t at = item;; at = model_.items[at].parent) {
      for (std::uint32_t i = 0; i < all_.size(); ++i)
        if (all_[i].item == at && is_of(target, all_[i])) return i;
      if (at == none) return none;
    }
  }

  void tell_slices(const Definition& definition, std::uint32_t number) {
    for (const Item& item : model_.items) {
      const std::string_view path = target_of(item.definition).path;
      if (owners_[item.index] != number || path.find(':') == std::string_view::npos) continue;
      tell(definition, FormRule::notSupported,
           "Profiles are not looked up: what this one fixes in its slices is not set, unless "
           "definitionExtractValue says it.");
      return;
    }
  }

  Extracting& extracting_;
  const Form::Model& model_;
  const std::vector<Definition>& all_;
  std::vector<std::uint32_t> owners_, value_owners_;
};

}  // namespace

void extract_definitions(Extracting& extracting) {
  Definitions(extracting).run();
}

}  // namespace fbss::extraction

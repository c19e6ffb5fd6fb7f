// SPDX-License-Identifier: Apache-2.0
// A loaded FHIR Questionnaire in memory: the item tree of FHIR R4 with what SDC adds, and beside it
// what loading worked out (what depends on what, compiled expressions). Filled by the files of this
// folder, in the order of loader.cpp; immutable afterwards. Texts are borrowed from the
// Questionnaire's Document, which the Model owns.
//
// Items stand in document order in one vector; everything refers to them by their place in it. An
// item's descendants are the places from its own + 1 to `end`, its first child is the next place,
// and the sibling behind an item stands at its `end`.
#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>
#include <fbss/form.hpp>
#include <fbss/value_sets.hpp>

#include "base/decimal.hpp"
#include "base/regex.hpp"

namespace fbss::form {

/// No place in a vector.
inline constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

enum class ItemType : std::uint8_t {
#define FBSS_ITEM_TYPE(name, code, value) name,
#include "fhir/form/item_types.def"
#undef FBSS_ITEM_TYPE
};

/// FHIR's word for the type ("open-choice"), and how an answer to it is written ("valueCoding";
/// empty for what takes no answer).
std::string_view type_word(ItemType type);
std::string_view answer_member(ItemType type);
inline bool is_question(ItemType type) {
  return type != ItemType::group && type != ItemType::display;
}
inline bool is_choice(ItemType type) {
  return type == ItemType::choice || type == ItemType::open_choice;
}

/// What a %name in an expression means.
struct Name {
  enum class Kind : std::uint8_t {
    questionnaire,  ///< %questionnaire
    qitem,          ///< %qitem: the Questionnaire's item
    variable,       ///< index: of Form::Model::variables
    context,        ///< index: of Form::Model::contexts
  };
  Kind kind{};
  std::uint32_t index = none;
};

/// A FHIRPath expression of the Questionnaire. One that is not FHIRPath, or does not compile, has
/// no program; an issue said so.
struct Expression {
  std::string_view text;
  std::string_view language;  ///< "text/fhirpath", "application/x-fhir-query", …
  std::string_view name;      ///< Expression.name, where given
  std::string path;           ///< where it stands: "Questionnaire.item[0].extension[1]"
  std::uint32_t item = none;  ///< the item whose names are in scope; none: the root's
  std::optional<fhirpath::Expression> program;
  std::vector<Name> names;           ///< what the program's variables mean, by slot
  std::vector<std::uint32_t> parts;  ///< of a query: the expressions within it, {{…}}, in order

  // What it reads, for the order in which things are worked out. A linkId counts where it is
  // compared with (linkId = 'a'); through variables too.
  std::vector<std::uint32_t> reads;  ///< items, sorted
  bool reads_context = false;        ///< it looks at %context or what it starts from
  bool reads_resource = false;       ///< it looks at %resource, other than by a linkId alone
};

/// A name that an expression may read: `variable` of SDC, itemPopulationContext, …
struct Variable {
  std::string_view name;
  std::uint32_t item = none;        ///< in scope there and below; none: everywhere
  std::uint32_t expression = none;  ///< of Form::Model::expressions
};

/// A name whose value whoever runs the form brings in: a launchContext, a contained Bundle of
/// sourceQueries, a variable that is a query (application/x-fhir-query), an itemPopulationContext
/// (which populating works out, one value a repetition), an id that extracting allocates.
struct Context {
  enum class Kind : std::uint8_t { launch, source_query, query, population, allocated };
  std::string_view name;
  Kind kind{};
  std::uint32_t item = none;                ///< in scope there and below; none: everywhere
  std::uint32_t expression = none;          ///< query, population: its text
  JsonNode json = {};                       ///< the extension; source_query: the contained Bundle
  std::vector<std::uint32_t> queries = {};  ///< source_query: the Bundle's, one an entry
};

enum class Operator : std::uint8_t {
  exists,
  equal,
  not_equal,
  greater,
  less,
  greater_or_equal,
  less_or_equal
};

struct EnableWhen {
  std::uint32_t question = none;  ///< an item; none: it does not exist, the condition never holds
  Operator op{};
  fhirpath::Value answer;  ///< a node with its FHIR type
  bool is_usable = false;  ///< false: something is missing or unknown; the condition never holds
};

struct Option {
  JsonNode value;             ///< value[x], with its key
  fhirpath::Value typed;      ///< the same with its FHIR type
  bool is_exclusive = false;  ///< questionnaire-optionExclusive
  bool is_initial = false;    ///< initialSelected
  std::optional<Decimal> weight;
  JsonNode json;  ///< the answerOption
};

/// minValue and the like: a value, or an expression that gives it (cqf-calculatedValue).
struct Bound {
  fhirpath::Value value;  ///< a node with its FHIR type; nothing where `expression` is set
  std::uint32_t expression = none;
};

/// A unit that a quantity may have.
struct Unit {
  std::string_view system, code, display;
};

struct Constraint {
  std::string_view key, human, location;
  Severity severity = Severity::error;
  std::uint32_t expression = none;  ///< none: it could not be read; an issue said so
  std::string path;
};

/// What a calculated score does where answers are missing: our extension missing-data-rule
/// (calculation.hpp).
struct MissingDataRule {
  enum class Kind : std::uint8_t { all_needed, prorated, half_needed };
  Kind kind{};
  std::uint32_t max_missing = 0;         ///< prorated
  std::vector<std::uint32_t> questions;  ///< that count; empty: those that the expression reads
};

struct Item {
  std::uint32_t index = 0;
  std::uint32_t parent = none;
  std::uint32_t end = 0;    ///< the place behind its last descendant
  std::uint32_t depth = 0;  ///< 0: at the root
  std::uint32_t place = 0;  ///< its index among its siblings
  std::uint32_t next_of_link_id =
      none;  ///< the next item of the same linkId, which no form should have
  ItemType type{};
  bool required = false, repeats = false, read_only = false, hidden = false;
  bool any = false;  ///< enableBehavior: one of enable_when is enough
  std::string_view link_id, text, definition;
  JsonNode json;

  std::vector<EnableWhen> enable_when;
  std::uint32_t enable_expression = none;      ///< enableWhenExpression
  std::uint32_t calculated_expression = none;  ///< calculatedExpression
  std::optional<MissingDataRule> missing_data_rule;
  std::uint32_t initial_expression = none;  ///< initialExpression
  std::uint32_t population_context = none;  ///< itemPopulationContext, of contexts
  std::uint32_t answer_expression = none;   ///< answerExpression

  std::optional<std::uint32_t> min_occurs, max_occurs;  ///< max_occurs: nothing is unbounded
  std::optional<std::uint32_t> min_length, max_length, max_decimal_places;
  std::optional<Decimal> max_size;  ///< of an attachment, in megabytes (10^6)
  std::optional<Regex> pattern;
  std::string_view entry_format;
  std::optional<Bound> min_value, max_value, min_quantity, max_quantity;

  std::vector<Option> options;
  std::string_view answer_value_set;  ///< as ValueSets knows it: a canonical, or "#id"
  std::optional<Unit> unit;           ///< questionnaire-unit: what a bare number counts
  std::vector<Unit> unit_options;
  std::string_view unit_value_set;
  std::vector<std::string_view> mime_types, reference_types;
  std::vector<Constraint> constraints;

  bool is_group() const { return type == ItemType::group; }
};

// What is extracted (extraction.cpp), besides Observations.

/// What SDC says of a Bundle's entry: expressions, none where it says nothing.
struct EntryRequest {
  std::uint32_t full_url = none, resource_id = none, patch_url = none;
  std::uint32_t if_none_match = none, if_modified_since = none, if_match = none,
                if_none_exist = none;
  std::string_view type;  ///< of the resource that a patch changes
};

/// templateExtract, templateExtractBundle: a contained resource that is filled in for each
/// occurrence of an item (none: once).
struct Template {
  std::uint32_t item = none;
  JsonNode resource;
  bool is_bundle = false;
  EntryRequest request;
  /// By the extension (templateExtractContext, templateExtractValue) that holds it.
  std::unordered_map<const json::Node*, std::uint32_t> expressions;  // looked up, never walked
  std::string path;
};

/// definitionExtract, itemExtractionContext: a resource made of the answers whose definitions lead
/// into it, for each occurrence of an item (none: once).
struct Definition {
  std::uint32_t item = none;
  std::string_view canonical;       ///< definitionExtract: of a type or profile
  std::string_view type;            ///< itemExtractionContext: the resource type
  std::uint32_t expression = none;  ///< itemExtractionContext: which resource is to be changed
  EntryRequest request;
  std::string path;
};

/// definitionExtractValue: a value for an element besides the answers.
struct DefinitionValue {
  std::uint32_t item = none;
  std::string_view definition;
  std::uint32_t expression = none;  ///< none: `fixed`
  JsonNode fixed;
  std::string path;
};

struct Extraction {
  std::vector<Template> templates;
  std::vector<Definition> definitions;
  std::vector<DefinitionValue> values;
};

/// A piece of the Questionnaire that has expressions of its own: the extensions of the root.
struct Root {
  std::vector<Constraint> constraints;
};

}  // namespace fbss::form

namespace fbss {

struct Form::Model {
  Document document;
  fhirpath::ValueSets value_sets;
  Limits limits;
  std::deque<std::string> texts;  // owns texts that the document does not have

  std::vector<form::Item> items;
  form::Root root;
  std::vector<form::Expression> expressions;
  std::vector<form::Variable> variables;
  std::vector<form::Context> contexts;
  form::Extraction extraction;
  std::unordered_map<std::string_view, std::uint32_t> by_link_id;  // looked up, never walked
  std::unordered_map<std::string_view, JsonNode> contained;        // by "#id"; the same

  /// Items with a calculatedExpression, each behind those that it reads.
  std::vector<std::uint32_t> calculation_order;
  bool has_enable_expressions = false;

  FormIssues issues;

  Model() = default;
  Model(const Model&) = delete;  // items borrow from the document
  Model& operator=(const Model&) = delete;

  JsonNode json() const { return document.root(); }

  /// The item as expressions see it; of none the Questionnaire.
  fhirpath::Value value_of(std::uint32_t item) const;

  /// The first item of that linkId, or none.
  std::uint32_t find(std::string_view link_id) const {
    const auto at = by_link_id.find(link_id);
    return at == by_link_id.end() ? form::none : at->second;
  }

  /// The places of an item's children, or with none of the items of the root, one by one:
  /// for (i = first_child(item); i != end_of(item); i = items[i].end).
  std::uint32_t first_child(std::uint32_t item) const { return item == form::none ? 0 : item + 1; }
  std::uint32_t end_of(std::uint32_t item) const {
    return item == form::none ? static_cast<std::uint32_t>(items.size()) : items[item].end;
  }

  /// Whether `inner` is the item or one below it; everything is below none.
  bool holds(std::uint32_t outer, std::uint32_t inner) const {
    return outer == form::none ||
           (inner != form::none && outer <= inner && inner < items[outer].end);
  }

  /// "Questionnaire.item[0].item[2]"; of none "Questionnaire".
  std::string path_of(std::uint32_t item) const;
};

}  // namespace fbss

// SPDX-License-Identifier: Apache-2.0
// Expressions: which names are in scope where each stands, and its program. In: the texts that the
// passes before found. Out: programs whose variables are slots, and what each reads. SDC,
// "Expressions": a variable is in scope at the element that has it and below; the nearest of a name
// counts. What does not compile is told, and its result will be empty.
#include <algorithm>
#include <set>
#include <unordered_map>

#include "fhir/form/loading.hpp"
#include "fhir/form/paths.hpp"
#include "fhirpath/failure.hpp"
#include "fhirpath/parser.hpp"
#include "fhirpath/plan.hpp"
#include "fhirpath/syntax.hpp"

namespace fbss::form {
namespace {

using fhirpath::Collection;
using fhirpath::Syntax;
using fhirpath::SyntaxKind;
using fhirpath::Value;

constexpr std::string_view fhirpath_language = "text/fhirpath",
                           query_language = "application/x-fhir-query";

/// What the tree of an expression mentions.
struct Mentions {
  std::vector<std::string_view> names;  // %name, each once
  std::vector<const Syntax*> link_ids;  // texts that a linkId is compared with
  std::vector<const Syntax*> of_form;   // the same in the Questionnaire: no answers are read
  bool context = false, resource = false;
};

bool ends_in_link_id(const Syntax& syntax) {
  return syntax.kind == SyntaxKind::member && syntax.name == "linkId";
}

// The texts of 'a', of 'a' | 'b', and of brackets around them.
void collect_texts(const Syntax& syntax, std::vector<const Syntax*>& texts) {
  if (syntax.kind == SyntaxKind::string) texts.push_back(&syntax);
  if (syntax.kind != SyntaxKind::union_of) return;
  for (const auto& part : syntax.parts) collect_texts(*part, texts);
}

// Bounded in depth by Limits::expression_depth. `is_of_form`: what is compared without a path of
// its own are items of the Questionnaire.
void collect(const Syntax& syntax, Mentions& found, bool is_of_form = false) {
  if (syntax.kind == SyntaxKind::variable) {
    if (syntax.name == "context") {
      found.context = true;
    } else if (syntax.name == "resource" || syntax.name == "rootResource") {
      found.resource = true;
    } else if (std::ranges::find(found.names, syntax.name) == found.names.end()) {
      found.names.push_back(syntax.name);
    }
  }
  // A step without anything before it begins at the context (or at $this, which comes from there).
  if ((syntax.kind == SyntaxKind::member && syntax.parts.empty()) ||
      syntax.kind == SyntaxKind::this_value ||
      (syntax.kind == SyntaxKind::function && !syntax.has_input))
    found.context = true;
  switch (syntax.kind) {
    case SyntaxKind::equal:
    case SyntaxKind::equivalent:
    case SyntaxKind::in:
    case SyntaxKind::contains:
      for (const std::size_t side : {0, 1})
        if (ends_in_link_id(*syntax.parts[side]))
          collect_texts(*syntax.parts[1 - side], is_of_form ? found.of_form : found.link_ids);
      break;
    default:
      break;
  }
  const bool is_filter = syntax.kind == SyntaxKind::function && syntax.has_input;
  for (std::size_t i = 0; i < syntax.parts.size(); ++i)
    collect(*syntax.parts[i], found,
            is_filter && i > 0 ? begins_in_form(*syntax.parts[0]) : is_of_form);
}

class Compiler {
 public:
  explicit Compiler(Loading& loading) : loading_(loading), model_(loading.model) {
    for (std::uint32_t i = 0; i < model_.variables.size(); ++i)
      names_[model_.variables[i].name].push_back(
          {{Name::Kind::variable, i}, model_.variables[i].item});
    for (std::uint32_t i = 0; i < model_.contexts.size(); ++i)
      names_[model_.contexts[i].name].push_back(
          {{Name::Kind::context, i}, model_.contexts[i].item});
  }

  void compile(Expression& expression) {
    if (expression.language == query_language) return;
    if (!expression.language.empty() && expression.language != fhirpath_language)
      return loading_.issue(FormRule::notSupported, expression.item, expression.path,
                            "Expressions in " + std::string(expression.language) +
                                " are not supported; this one gives nothing.");
    std::unique_ptr<Syntax> syntax;
    try {
      syntax = fhirpath::parse(expression.text, model_.limits);
    } catch (fhirpath::Failure& failure) {
      return refuse(expression, fhirpath::to_problem(std::move(failure), expression.text));
    }
    Mentions mentions;
    collect(*syntax, mentions);
    fhirpath::Expression::Options options{.limits = model_.limits};
    options.input_type =
        expression.item == none ? "QuestionnaireResponse" : "QuestionnaireResponse.item";
    // weight() asks %questionnaire, so it has a slot always.
    options.variables = {"questionnaire", "qitem"};
    expression.names = {{Name::Kind::questionnaire}, {Name::Kind::qitem}};
    const Value form = model_.value_of(none), item = model_.value_of(expression.item);
    options.known_values = {Collection(&form, 1),
                            Collection(&item, expression.item == none ? 0 : 1)};
    for (const std::string_view name : mentions.names)
      if (const auto meant = resolve(name, expression.item)) {
        options.variables.emplace_back(name);
        expression.names.push_back(*meant);
        options.known_values.push_back(known_values(*meant));
      }
    auto compiled = fhirpath::Expression::compile(expression.text, options);
    if (!compiled) return refuse(expression, compiled.problems().front());
    expression.program = std::move(*compiled);
    expression.reads_context = mentions.context;
    expression.reads_resource = mentions.resource;
    note_items(expression, mentions);
  }

 private:
  // The nearest thing of that name that is in scope; names of the standard are not looked up here.
  std::optional<Name> resolve(std::string_view name, std::uint32_t at) const {
    const auto all = names_.find(name);
    if (all == names_.end()) return std::nullopt;
    const Named* found = nullptr;
    for (const Named& named : all->second) {
      if (!model_.holds(named.item, at)) continue;
      // Of those that enclose the place the one that begins last is the nearest.
      const bool is_nearer =
          !found || (named.item != none && (found->item == none || named.item > found->item));
      if (is_nearer) found = &named;
    }
    return found ? std::optional(found->name) : std::nullopt;
  }

  // Of a variable that is the same for every response, where it was compiled before.
  std::optional<Collection> known_values(const Name& name) const {
    if (name.kind != Name::Kind::variable) return std::nullopt;
    const auto& program = model_.expressions[model_.variables[name.index].expression].program;
    return program ? fhirpath::constant_values(*program) : std::nullopt;
  }

  void note_items(Expression& expression, const Mentions& mentions) {
    std::set<std::uint32_t> reads;
    for (const Syntax* text : mentions.link_ids)
      if (const std::uint32_t item = find(expression, *text); item != none) reads.insert(item);
    for (const Syntax* text : mentions.of_form) find(expression, *text);
    expression.reads.assign(reads.begin(), reads.end());
  }

  std::uint32_t find(const Expression& expression, const Syntax& link_id) {
    const std::uint32_t item = model_.find(link_id.text);
    if (item == none)
      loading_.issue(
          FormRule::unknownLinkId, expression.item, expression.path,
          "The expression asks for the linkId \"" + link_id.text + "\", which no item has.");
    return item;
  }

  void refuse(const Expression& expression, const Problem& problem) {
    const FormRule rule = problem.code == ErrorCode::unknown_variable ? FormRule::unknownName
                          : problem.code == ErrorCode::not_supported  ? FormRule::notSupported
                                                                      : FormRule::badExpression;
    std::string message = problem.message;
    if (problem.column > 0)
      message += " (line " + std::to_string(problem.line) + ", column " +
                 std::to_string(problem.column) + " of the expression)";
    loading_.issue(rule, expression.item, expression.path, std::move(message));
  }

  struct Named {
    Name name;
    std::uint32_t item;
  };

  Loading& loading_;
  Form::Model& model_;
  std::unordered_map<std::string_view, std::vector<Named>> names_;  // looked up, never walked
};

// SDC, "x-fhir-query enhancements": {{…}} within a query is FHIRPath.
void add_query_parts(Loading& loading, std::uint32_t query) {
  // Copies: adding moves the expressions.
  const std::string_view text = loading.model.expressions[query].text;
  const std::string path = loading.model.expressions[query].path;
  const std::uint32_t item = loading.model.expressions[query].item;
  std::size_t end = 0;
  while (true) {
    const std::size_t begin = text.find("{{", end);
    end = begin == std::string_view::npos ? begin : text.find("}}", begin);
    if (end == std::string_view::npos) break;
    const std::uint32_t part =
        loading.add_expression(text.substr(begin + 2, end - begin - 2), item, path);
    if (part != none) loading.model.expressions[query].parts.push_back(part);
  }
}

}  // namespace

std::uint32_t Loading::add_expression(JsonNode value, std::uint32_t item, std::string path) {
  const std::uint32_t added = add_expression(value.find("expression").text(), item, path);
  if (added == none) return none;
  model.expressions[added].language = value.find("language").text();
  model.expressions[added].name = value.find("name").text();
  if (model.expressions[added].language == query_language) add_query_parts(*this, added);
  return added;
}

std::uint32_t Loading::add_expression(std::string_view text, std::uint32_t item, std::string path) {
  if (text.empty()) return none;
  Expression& expression = model.expressions.emplace_back();
  expression.text = text;
  expression.item = item;
  expression.path = std::move(path);
  return static_cast<std::uint32_t>(model.expressions.size() - 1);
}

std::uint32_t Loading::add_query(std::string_view text, std::uint32_t item, std::string path) {
  const std::uint32_t added = add_expression(text, item, std::move(path));
  if (added == none) return none;
  model.expressions[added].language = query_language;
  add_query_parts(*this, added);
  return added;
}

void compile_expressions(Loading& loading) {
  Compiler compiler(loading);
  for (Expression& expression : loading.model.expressions) compiler.compile(expression);
}

}  // namespace fbss::form

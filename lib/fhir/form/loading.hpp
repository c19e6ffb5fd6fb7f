// SPDX-License-Identifier: Apache-2.0
// A Form while it is loaded: the passes of loader.cpp, and what they share. In: the Model under
// construction. Out: the same, filled; issues for what is wrong, problems for what cannot be run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/error.hpp>
#include <fbss/form.hpp>

#include "fhir/form/model.hpp"
#include "fhir/form/rules.hpp"

namespace fbss::form {

std::optional<ItemType> find_item_type(std::string_view word);

struct Loading {
  explicit Loading(Form::Model& filled) : model(filled) {}

  Form::Model& model;
  Problems problems;

  /// `item` is where the issue belongs in the order of issues, and gives its linkId; none: the
  /// Questionnaire. The severity is the rule's unless one is given.
  void issue(FormRule rule, std::uint32_t item, std::string path, std::string message,
             std::optional<Severity> severity = std::nullopt);

  void refuse(ErrorCode code, std::uint32_t item, std::string message);

  /// Notes an expression that stands in an extension or in a primitive's; compiled later, when all
  /// names are known. None where it has no text. Of a query those within it are noted too.
  std::uint32_t add_expression(JsonNode value, std::uint32_t item, std::string path);
  std::uint32_t add_expression(std::string_view text, std::uint32_t item, std::string path);
  std::uint32_t add_query(std::string_view text, std::uint32_t item, std::string path);

  /// Moves the issues to the model, in the order of the items.
  void finish();

 private:
  struct Placed {
    std::uint32_t item;
    FormIssue issue;
  };
  std::vector<Placed> issues_;
};

/// missing_data_rule.cpp: one extension.
void read_missing_data_rule(Loading& loading, Item& item, JsonNode extension,
                            const std::string& path);

// The passes, in their order.

/// items.cpp: the item tree with what R4 itself says; refuses what has no linkId or type.
void read_items(Loading& loading);
/// extensions_of_items.cpp: what extensions say of items and of the whole; enableWhen refers to
/// items by their place.
void read_extensions(Loading& loading);
/// extraction.cpp: what is extracted by templates and definitions.
void read_extraction(Loading& loading);
/// expressions.cpp: names in scope; compiles.
void compile_expressions(Loading& loading);
/// order.cpp: what depends on what; refuses circles.
void find_order(Loading& loading);
/// structure.cpp: elements and codes that R4 does not have.
void check_structure(Loading& loading);
/// lint.cpp: the invariants of R4, and what cannot be meant.
void lint(Loading& loading);

}  // namespace fbss::form

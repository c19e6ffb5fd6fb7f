// SPDX-License-Identifier: Apache-2.0
// What the rules on responses share. In: a session that has read a response. Out: issues. Each file
// of this folder holds one group of rules; validate.cpp calls them, item by item.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fhir/form/rules.hpp"
#include "fhir/form/structure.hpp"
#include "fhir/form/values.hpp"
#include "fhir/run/session.hpp"

namespace fbss::form {

/// An answer of an instance: its place among the answers, and its value.
struct Answer {
  const json::Node* node = nullptr;
  std::uint32_t place = 0;
  Choice choice = {};

  fhirpath::Value value() const { return choice.value(); }
  std::string_view suffix() const { return choice.suffix("value"); }
  JsonNode json() const { return JsonNode(choice.node); }
};

/// Where issues go.
struct Sink {
  IssueList issues;

  /// Its severity is the rule's unless one is given.
  void tell_at(FormRule rule, std::string path, std::string_view link_id, std::string message,
               std::optional<Severity> severity = std::nullopt) {
    issues.add({.rule = rule,
                .severity = severity.value_or(usual_severity(rule)),
                .path = std::move(path),
                .link_id = std::string(link_id),
                .message = std::move(message)});
  }

  /// What is not built as R4 says.
  void tell_fault(StructureFault fault, std::string_view link_id);
};

struct Validation : Sink {
  explicit Validation(FormSession::State& read)
      : state(read), model(read.model), is_draft(read.is_draft()) {}

  FormSession::State& state;
  const Form::Model& model;
  const bool is_draft;

  /// An issue at an instance or, with `answer`, at one of its answers.
  void tell(FormRule rule, std::uint32_t instance, std::uint32_t answer, std::string message,
            std::optional<Severity> severity = std::nullopt) {
    tell_at(rule, state.path_of(instance, answer),
            instance == none ? std::string_view{} : state.item_of(instance).link_id,
            std::move(message), severity);
  }

  /// For rules that count: what a completed response must have, a draft may still get.
  std::optional<Severity> counting() const {
    return is_draft ? std::optional(Severity::warning) : std::nullopt;
  }
};

// whole.cpp: status, which questionnaire it answers, what stands beside the items.
void check_whole(Validation& validation);

// shape.cpp: how the items are built, where they stand.
void check_shape(Validation& validation, std::uint32_t instance);
void check_stray(Validation& validation, const Stray& stray);
void check_disorder(Validation& validation, const Stray& item);

// counts.cpp: required, repeats, minOccurs, maxOccurs, notEnabled.
void check_counts(Validation& validation, std::uint32_t instance);

// answers.cpp: one answer's type and value; calls those that follow.
void check_answer(Validation& validation, std::uint32_t instance, const Answer& answer);

// bounds.cpp: minValue, maxValue, minQuantity, maxQuantity, maxDecimalPlaces.
void check_bounds(Validation& validation, std::uint32_t instance, const Answer& answer);
// texts.cpp: minLength, maxLength, regex, line breaks, URLs.
void check_text(Validation& validation, std::uint32_t instance, const Answer& answer);
// choices.cpp: options, value sets; options that exclude others.
void check_choice(Validation& validation, std::uint32_t instance, const Answer& answer);
void check_exclusive(Validation& validation, std::uint32_t instance);
// units.cpp: what a quantity is measured in.
void check_unit(Validation& validation, std::uint32_t instance, const Answer& answer);
// references.cpp
void check_reference(Validation& validation, std::uint32_t instance, const Answer& answer);
// attachments.cpp
void check_attachment(Validation& validation, std::uint32_t instance, const Answer& answer);

// constraints.cpp: those of an item, or with none of the whole questionnaire.
void check_constraints(Validation& validation, std::uint32_t instance);

}  // namespace fbss::form

// SPDX-License-Identifier: Apache-2.0
// One value against one question: the only place that decides what is accepted. In: a value as it
// was offered, by a record or by a call. Out: FHIRPath values, or a refusal that says what the
// question takes and never repeats text that a person typed; and an answer's words for reading.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/fhirpath.hpp>
#include <fbss/limits.hpp>
#include <fbss/questionnaire.hpp>

#include "base/temporal.hpp"
#include "response/refusals.hpp"

namespace fbss {

/// A value as it was offered.
struct Offer {
  enum class Kind : std::uint8_t { null, boolean, number, text, list, object } kind{};
  bool boolean = false;
  std::string_view text = {};            ///< a text, or a number's digits as written
  std::span<const Offer> elements = {};  ///< of a list
};

/// What is recorded for a question.
enum class Recorded : std::uint8_t { nothing, unknown, declined, values };

/// An answer as it is recorded. Reused from one to the next.
struct Answer {
  Recorded recorded = Recorded::nothing;
  std::vector<fhirpath::Value> values;  ///< a text's value borrows from `text`
  std::string text;                     ///< of texts, dates and decimals: as a record holds it
};

/// What acceptance depends on beside the question.
struct Terms {
  const Limits& limits;
  std::optional<Temporal> date;  ///< of the assessment
};

/// Fills `out` and gives true, or adds to `refusals` and gives false.
bool accept(const Item& question, const Offer& offer, const Terms& terms, Answer& out,
            Refusals& refusals);

/// The refusal of a date that lies surely after the date of the assessment.
Problem too_late(const Item& question, std::string_view date);

/// The answer as a record holds it ("two_or_more", "yes", "12"; several parted by ", ") and as a
/// person reads it ("Two or more", "Yes", "12", "Unknown"). Nothing recorded: "" and "Not asked".
std::string code_of(const Item& question, const Answer& answer);
std::string label_of(const Item& question, const Answer& answer);

/// The answer as a JSON record holds it: a number as one, several options as an array, else text;
/// null where nothing is recorded.
std::string json_of(const Item& question, const Answer& answer);

/// Whether the question's answers are texts of their own; and whether messages may repeat an answer
/// (options, Booleans and numbers; neither texts nor dates).
bool takes_free_text(const Item& question);
bool is_repeatable(const Item& question);

/// A caller's record id, or "" and a refusal: too_long, control_character.
bool accept_record_id(std::string_view id, const Limits& limits, Refusals& refusals);

}  // namespace fbss

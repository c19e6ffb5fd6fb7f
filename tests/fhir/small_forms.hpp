// SPDX-License-Identifier: Apache-2.0
// FHIR Questionnaires and responses in a few words, for tests. In: lines that a clinician can read.
// Out: JSON; and of JSON such words again.
//
// A form, one item a line, what is within an item indented by two more spaces:
//
//   %limit := 10                                a variable of what is around the line
//   pain integer 0..10                          a question with its bounds
//   mood choice low:0 high:2.5 none             options, some with a weight
//   yoga boolean [pain > 3] [mood = low] any    conditions (all of them without "any")
//   visits group repeats                        flags: repeats required readOnly max=3 unit=kg
//     hours decimal
//     twice decimal := %context.item…           a calculatedExpression; {…} before it:
//     Expression.name
//   band integer rule=prorated/1 items=a,b := … our rule on missing answers
//   more string ?= %resource…                   an enableWhenExpression
//
// A response: `pain=3 mood=high visits{hours=1.50} visits{hours=2}`. Choices by their code, several
// answers as mood=low,high; `unknown` is asked-unknown; a text has no blanks. The first word may be
// a status: `completed: pain=3`.
#pragma once

#include <string>
#include <string_view>

namespace small {

std::string questionnaire(std::string_view lines);
std::string response(std::string_view form_lines, std::string_view words);

/// The words for a response: of quantities "3|kg", of items without answers their linkId alone.
std::string words_of(std::string_view response_json);

}  // namespace small

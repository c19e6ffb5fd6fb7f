// SPDX-License-Identifier: Apache-2.0
// What the chart says of a question, for the dialogue of `fbss ask`. In: a chart and a question;
// out: lines to show, not yet wrapped, and the answer that a person may confirm.
#pragma once

#include <string>
#include <vector>

#include <fbss/response.hpp>
#include <fbss/suggestion.hpp>

namespace fbss::app {

/// Null where the chart says nothing of the question.
const Suggestion* suggestion_for(const Chart& chart, const Item& question);

/// First what it comes to, then a line a fact.
std::vector<std::string> chart_lines(const Suggestion& suggestion, const Response& response);

/// Records what the chart suggests. Problems: those of Response::answer(), and not_an_option where
/// it suggests nothing.
Result<void> confirm(Response& response, const Item& question, const Suggestion* suggestion);

}  // namespace fbss::app

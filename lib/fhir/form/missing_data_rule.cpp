// SPDX-License-Identifier: Apache-2.0
// The extension missing-data-rule of a calculated item; what it means is said in calculation.hpp.
// In: the extension. Out: Item::missing_data_rule. What it says and cannot mean is told, and then
// all answers are needed: the rule that never makes a number of what is not known.
#include <algorithm>
#include <array>

#include "fhir/form/extensions.hpp"
#include "fhir/form/loading.hpp"
#include "fhir/form/values.hpp"

namespace fbss::form {
namespace {

struct Word {
  std::string_view code;
  MissingDataRule::Kind kind;
};
constexpr std::array words = {Word{"all-needed", MissingDataRule::Kind::all_needed},
                              Word{"prorated", MissingDataRule::Kind::prorated},
                              Word{"half-needed", MissingDataRule::Kind::half_needed}};

}  // namespace

void read_missing_data_rule(Loading& loading, Item& item, JsonNode extension,
                            const std::string& path) {
  MissingDataRule rule;
  const auto complain = [&](std::string message) {
    loading.issue(FormRule::extensionValue, item.index, path, std::move(message));
  };
  const auto* word = std::ranges::find(words, part_value(extension, "rule").text(), &Word::code);
  const auto most = whole_number(part_value(extension, "max-missing"));
  if (word == words.end())
    complain(
        "The missing-data-rule is none of all-needed, prorated, half-needed; all answers are "
        "needed.");
  else if (word->kind == MissingDataRule::Kind::prorated && !most)
    complain("A rule \"prorated\" needs max-missing, a whole number; all answers are needed.");
  else
    rule = {word->kind, most.value_or(0), {}};
  const JsonNode parts = extension.find("extension");
  for (JsonNode part = parts.first(); part; part = part.next()) {
    if (part.find("url").text() != "items") continue;
    const std::uint32_t found = loading.model.find(extension_value(part).text());
    if (found == none)
      complain("The missing-data-rule counts a linkId that no item has.");
    else if (!is_question(loading.model.items[found].type))
      complain("The missing-data-rule counts an item that is no question.");
    else
      rule.questions.push_back(found);
  }
  std::ranges::sort(rule.questions);
  item.missing_data_rule = std::move(rule);
}

}  // namespace fbss::form

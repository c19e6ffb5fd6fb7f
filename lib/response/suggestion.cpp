// SPDX-License-Identifier: Apache-2.0
// The words for what a chart's facts come to.
#include <fbss/suggestion.hpp>

namespace fbss {

std::string_view suggestion_word(SuggestionKind kind) {
  switch (kind) {
    case SuggestionKind::suggested:
      return "suggested";
    case SuggestionKind::disagree:
      return "disagree";
    case SuggestionKind::shown:
      break;
  }
  return "shown";
}

}  // namespace fbss

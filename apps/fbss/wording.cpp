// SPDX-License-Identifier: Apache-2.0
// Pieces of text that more than one sub-command shows; see wording.hpp.
#include "wording.hpp"

namespace fbss::app {

std::string_view type_word(ItemType type) {
  switch (type) {
    case ItemType::group:
      return "group";
    case ItemType::display:
      return "display";
    case ItemType::yes_no:
      return "yes_no";
    case ItemType::choice:
      return "choice";
    case ItemType::open_choice:
      return "open_choice";
    case ItemType::integer:
      return "integer";
    case ItemType::decimal:
      return "decimal";
    case ItemType::date:
      return "date";
    case ItemType::date_time:
      return "date_time";
    case ItemType::time:
      return "time";
    case ItemType::text:
      return "text";
    case ItemType::long_text:
      return "long_text";
    case ItemType::url:
      return "url";
    case ItemType::quantity:
      return "quantity";
    case ItemType::attachment:
      return "attachment";
    case ItemType::reference:
      return "reference";
  }
  return {};
}

std::string citation_text(const Questionnaire& questionnaire, const Citation& citation) {
  std::string out = "“" + citation.phrase + "”";
  if (!citation.heading.empty()) out += ", under “" + citation.heading + "”";
  if (const Source* source = questionnaire.source(citation.source)) {
    out += ", in " + source->publisher + ", “" + source->title + "”";
  }
  return out;
}

std::string answer_form(const Item& question) {
  std::string out;
  switch (question.type) {
    case ItemType::integer:
      out = "a whole number";
      break;
    case ItemType::decimal:
      out = "a number";
      break;
    case ItemType::quantity:
      out = "a number and its unit";
      break;
    case ItemType::date:
      return "a date: YYYY, YYYY-MM or YYYY-MM-DD";
    case ItemType::date_time:
      return "a date, or a date and time with its zone: 2026-11-21T14:30:00+01:00";
    case ItemType::time:
      return "a time: 14:30 or 14:30:00";
    case ItemType::long_text:
      return "a text";
    case ItemType::url:
      return "a web address";
    default:
      return "a short text";
  }
  if (question.least && question.most) {
    out += " from " + std::to_string(*question.least) + " to " + std::to_string(*question.most);
  } else if (question.least) {
    out += " of at least " + std::to_string(*question.least);
  } else if (question.most) {
    out += " of at most " + std::to_string(*question.most);
  }
  if (!question.unit.empty()) out += " (" + question.unit + ")";
  return out;
}

}  // namespace fbss::app

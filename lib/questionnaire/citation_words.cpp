// SPDX-License-Identifier: Apache-2.0
// Citations in words; see citation_words.hpp.
#include "questionnaire/citation_words.hpp"

namespace fbss {

std::string origin(const Questionnaire& questionnaire, const Citation& cite) {
  const Source* source = questionnaire.source(cite.source);
  std::string text = source ? source->publisher + ", “" + source->title + "”" : cite.source;
  if (!cite.heading.empty()) text += ", under “" + cite.heading + "”";
  return text;
}

std::string term_text(const Questionnaire& questionnaire) {
  std::string text(questionnaire.term());
  for (const Citation& cite : questionnaire.term_cites())
    text += " (" + origin(questionnaire, cite) + ')';
  return text;
}

}  // namespace fbss

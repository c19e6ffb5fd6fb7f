// SPDX-License-Identifier: Apache-2.0
// Citations in words, the same wherever people read them. In: a citation and the questionnaire that
// makes it. Out: the place, named as in a bibliography.
#pragma once

#include <string>

#include <fbss/questionnaire.hpp>

namespace fbss {

/// Where a citation stands: publisher, title and heading.
std::string origin(const Questionnaire& questionnaire, const Citation& cite);

/// What the condition is called, and where the wording quotes a source.
std::string term_text(const Questionnaire& questionnaire);

}  // namespace fbss

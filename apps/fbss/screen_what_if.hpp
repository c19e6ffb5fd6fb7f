// SPDX-License-Identifier: Apache-2.0
// `fbss screen --what-if question=answer`: the words of the command line in, other answers out.
#pragma once

#include <string>
#include <vector>

#include <fbss/assessment.hpp>

namespace fbss::app {

/// The answers that "question=answer" names; several options are parted by "|" or ",". Problem
/// usage where a word is not of that form. Whether they fit is for the library to say.
Result<std::vector<OtherAnswer>> other_answers(const Questionnaire& questionnaire,
                                               const std::vector<std::string>& words);

}  // namespace fbss::app

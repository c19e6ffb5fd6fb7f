// SPDX-License-Identifier: Apache-2.0
// Other answers on the command line; see screen_what_if.hpp.
#include "screen_what_if.hpp"

#include <algorithm>
#include <string_view>

#include "options.hpp"

namespace fbss::app {

namespace {

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find_first_of("|,", begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

Result<std::vector<OtherAnswer>> other_answers(const Questionnaire& questionnaire,
                                               const std::vector<std::string>& words) {
  std::vector<OtherAnswer> answers;
  for (const std::string& word : words) {
    const std::size_t sign = word.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == word.size()) {
      return usage_problem(
          "--what-if takes a question and an answer, for instance --what-if "
          "smoking_status=former; an answer that is not known is \"unknown\".");
    }
    const std::string id = word.substr(0, sign);
    const std::string value = word.substr(sign + 1);
    const Item* question = questionnaire.question(id);
    const bool several = question != nullptr && question->several;
    answers.push_back({id, several ? parts_of(value) : std::vector{value}});
  }
  return answers;
}

}  // namespace fbss::app

// SPDX-License-Identifier: Apache-2.0
// Rows that show how a rule came out; see truth_table.hpp.
#include "report/truth_table.hpp"

#include <string>
#include <utility>

namespace fbss::report {
namespace {

Row table(std::string label, const std::vector<SubExpression>& parts) {
  Row row{std::move(label), {}};
  for (const SubExpression& part : parts)
    row.entries.push_back({{Ink::plain, std::string(part.expression), {}},
                           {Ink::strong, part.value.empty() ? "no value" : part.value, {}}});
  return row;
}

Row answers_read(const Questionnaire& questionnaire, const Explanation& explanation) {
  Row row{"Answers read", {}};
  for (const ReadAnswer& read : explanation.answers) {
    const Item& question = *read.given.question;
    row.entries.push_back(question_and(question, read.given.label));
    if (read.state != AnswerState::not_enabled) continue;
    const std::string why = questionnaire.plain_words_asked(question);
    row.entries.back().push_back({Ink::origin, why, {}});
  }
  return row;
}

}  // namespace

std::vector<Row> truth_table(const Questionnaire& questionnaire, const Explanation& explanation) {
  std::vector<Row> rows;
  for (Row row :
       {table("Applies when", explanation.applies_when),
        table("Present when", explanation.present_when), answers_read(questionnaire, explanation)})
    if (!row.entries.empty()) rows.push_back(std::move(row));
  return rows;
}

Part truth_table_legend() {
  const auto row = [](std::string label, std::string text) {
    return Row{std::move(label), {{{Ink::plain, std::move(text), {}}}}};
  };
  return {"truth_tables",
          "How the expressions are read",
          {"Each expression stands below its parts, each with what the answers make of it. Unknown "
           "means that no answer decides it; it is not read as no."},
          {row("a and b",
               "true where both are true; false where one of them is false, also beside "
               "unknown; else unknown"),
           row("a or b",
               "true where one of them is true, also beside unknown; false where both "
               "are false; else unknown"),
           row("a.not()", "false where a is true, true where a is false; else unknown"),
           row("a = b, a in b", "unknown where an answer is missing"),
           row("Applies when", "false makes the rule not applicable, unknown leaves it unknown"),
           row("Present when", "true is present, false is absent, unknown is unknown")}};
}

}  // namespace fbss::report

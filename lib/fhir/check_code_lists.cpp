// SPDX-License-Identifier: Apache-2.0
// The code lists that a questionnaire names against those that are there. Entered through
// check_code_lists().
#include <set>
#include <string>
#include <utility>

#include <fbss/prefill.hpp>

#include "questionnaire/model.hpp"

namespace fbss {
namespace {

class Check {
 public:
  explicit Check(const CodeLists& lists) : lists_(lists) {}

  void ask(const std::string& url, const std::string& pointer, const std::string& question) {
    if (url.empty() || !asked_.insert(url).second) return;
    Problems problems = lists_.check(url);
    if (!lists_.value_sets().knows(url)) problems.push_back(is_missing(url));
    for (Problem& problem : problems) {
      if (!told_.insert(problem.message).second) continue;
      problem.pointer = pointer;
      problem.question = question;
      problems_.push_back(std::move(problem));
    }
  }

  Problems take() { return std::move(problems_); }

 private:
  static Problem is_missing(const std::string& url) {
    Problem problem;
    problem.code = ErrorCode::bad_reference;
    problem.message = "There is no code list of the url " + url +
                      ", so nothing is found by it; give it with --value-sets.";
    return problem;
  }

  const CodeLists& lists_;
  std::set<std::string> asked_;
  std::set<std::string> told_;  // of a list that several others refer to, once
  Problems problems_;
};

}  // namespace

Problems check_code_lists(const Questionnaire& questionnaire, const CodeLists& lists) {
  const Questionnaire::Model& model = questionnaire.model();
  Check check(lists);
  auto rule = model.chart_rules.begin();
  std::uint32_t slot = 0;
  for (std::size_t i = 0; i < model.items.size(); ++i) {
    for (std::size_t j = 0; j < model.items[i].items.size(); ++j, ++slot) {
      const Item& question = model.items[i].items[j];
      const std::string place =
          "/sections/" + std::to_string(i) + "/questions/" + std::to_string(j);
      for (std::size_t k = 0; k < question.options.size(); ++k)
        check.ask(question.options[k].code_list,
                  place + "/options/" + std::to_string(k) + "/code_list", question.id);
      check.ask(question.code_list, place + "/code_list", question.id);
      for (; rule != model.chart_rules.end() && rule->question == slot; ++rule)
        for (const std::string& url : rule->find.code_lists)
          check.ask(url, place + "/chart/" + std::to_string(rule->rule) + "/find", question.id);
    }
  }
  for (std::size_t i = 0; i < model.chart_values.size(); ++i)
    for (const std::string& url : model.chart_values[i].code_lists)
      check.ask(url, "/chart_variables/" + model.chart_variables[i].name, "");
  return check.take();
}

}  // namespace fbss

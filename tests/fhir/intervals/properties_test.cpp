// SPDX-License-Identifier: Apache-2.0
// Intervals hold what completions give. Small forms are made at random (the seed stands in the
// message), with partly filled responses; every completion is then written down, calculated by
// itself and held against the interval. What is exact must be reached at both ends.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <fbss/calculation.hpp>

#include "../small_forms.hpp"
#include "base/decimal.hpp"

using namespace fbss;

namespace {

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::size_t below(std::size_t count) { return engine_() % count; }
  bool once_in(std::size_t count) { return below(count) == 0; }
  template <class List>
  const auto& of(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937 engine_;
};

struct Question {
  std::string link_id;
  std::vector<std::string> answers;
  bool is_weighed = false;  // its answers are options with weights
  bool is_in_group = false;
};

struct SmallForm {
  std::string lines;
  std::vector<Question> questions;
  std::vector<std::string> scores;
};

class FormMaker {
 public:
  explicit FormMaker(Random& random) : random_(random) {}

  SmallForm run() {
    const std::size_t count = 2 + random_.below(4);
    const std::size_t group = random_.once_in(2) ? random_.below(count) : count;
    for (std::size_t i = 0; i < count; ++i) {
      if (i == group)
        form_.lines += "g group" + (i > 0 && random_.once_in(2) ? ' ' + condition() : "") + '\n';
      add_question(i, i >= group);
    }
    const std::size_t scores = 1 + random_.below(3);
    for (std::size_t i = 0; i < scores; ++i) add_score(i);
    return form_;
  }

 private:
  void add_question(std::size_t i, bool is_in_group) {
    Question question;
    question.is_in_group = is_in_group;
    question.link_id = "q" + std::to_string(i);
    std::string type;
    switch (random_.below(4)) {
      case 0: {
        type = "boolean";
        question.answers = {"true", "false"};
        break;
      }
      case 1: {
        const int low = static_cast<int>(random_.below(4)) - 1,
                  size = 2 + static_cast<int>(random_.below(2));
        type = "integer " + std::to_string(low) + ".." + std::to_string(low + size - 1);
        for (int n = low; n < low + size; ++n) question.answers.push_back(std::to_string(n));
        break;
      }
      default: {
        type = "choice";
        question.is_weighed = true;
        static const std::vector<std::string> weights = {":0", ":1", ":2", ":2.5", ":-1", ""};
        for (std::size_t n = 0; n < 2 + random_.below(2); ++n) {
          const std::string code = "c" + std::to_string(n);
          question.answers.push_back(code);
          type += ' ' + code + random_.of(weights);
        }
        if (question.answers.size() == 2 && random_.once_in(4)) {
          type += " repeats";
          question.answers.push_back("c0,c1");
        }
        break;
      }
    }
    form_.lines += (is_in_group ? "  " : "") + question.link_id + ' ' + type;
    if (!form_.questions.empty() && random_.once_in(3)) form_.lines += ' ' + condition();
    form_.lines += '\n';
    form_.questions.push_back(question);
  }

  std::string condition() {
    const Question& asked = random_.of(form_.questions);
    if (random_.once_in(4)) return '[' + asked.link_id + " exists true]";
    return '[' + asked.link_id + (random_.once_in(3) ? " != " : " = ") + random_.of(asked.answers) +
           ']';
  }

  void add_score(std::size_t i) {
    const std::string link_id = "s" + std::to_string(i);
    form_.lines += link_id + (random_.once_in(2) ? " decimal" : " integer");
    if (!form_.scores.empty() && random_.once_in(4))
      form_.lines +=
          " [" + random_.of(form_.scores) + " > " + std::to_string(random_.below(3)) + ']';
    form_.lines += " := " + number(3) + '\n';
    form_.scores.push_back(link_id);
    // A question that a score enables.
    if (random_.once_in(5)) {
      const Question late{"late" + std::to_string(i), {"1", "2", "3"}};
      form_.lines += late.link_id + " integer 1..3 [" + link_id + " > 1]\n";
      form_.questions.push_back(late);
    }
  }

  std::string item(const std::string& link_id) {
    const auto found = std::ranges::find(form_.questions, link_id, &Question::link_id);
    if (found != form_.questions.end() && found->is_in_group && random_.once_in(2))
      return "%resource.item.where(linkId = 'g').item.where(linkId = '" + link_id + "')";
    switch (random_.below(4)) {
      case 0:
        return "%resource.descendants().where(linkId = '" + link_id + "')";
      case 1:
        return "%resource.repeat(item).where(linkId = '" + link_id + "')";
      default:
        return "%resource.item.where(linkId = '" + link_id + "')";
    }
  }

  std::string several() {
    std::string list;
    for (const Question& question : form_.questions)
      if (!random_.once_in(3)) list += (list.empty() ? "'" : " | '") + question.link_id + '\'';
    if (list.empty()) list = "'q0'";
    return (random_.once_in(2) ? "%resource.item.where(linkId in ("
                               : "%resource.repeat(item).where(linkId in (") +
           list + "))";
  }

  // A single number, most of the time.
  std::string number(std::size_t depth) {
    const Question& question = random_.of(form_.questions);
    const std::string path = item(question.link_id);
    if (depth == 0 || random_.once_in(5)) {
      if (!form_.scores.empty() && random_.once_in(4))
        return item(random_.of(form_.scores)) + ".answer.value";
      if (question.is_weighed) return path + ".answer.value.ordinal()";
      if (question.answers.front() == "true") return "iif(" + path + ".answer.value, 1, 0)";
      return path + ".answer.value";
    }
    const auto inner = [&] { return number(depth - 1); };
    switch (random_.below(16)) {
      case 0:
        return several() + ".answer.value.ordinal().sum()";
      case 1:
        return several() + ".answer.weight().aggregate($this + $total, 0)";
      case 2:
        return several() + ".answer.count()";
      case 3:
        return several() + ".answer.value.ordinal().where($this > 0).count()";
      case 4:
        return '(' + inner() + ") + (" + inner() + ')';
      case 5:
        return '(' + inner() + ") - (" + inner() + ')';
      case 6:
        return '(' + inner() + ") * (" + inner() + ')';
      case 7:
        return '(' + inner() + ") / (" + inner() + ')';
      case 8:
        return "iif(" + truth(depth - 1) + ", " + inner() + ", " + inner() + ')';
      case 9: {
        const std::string once = inner();
        return "iif((" + once + ").exists(), " + once + ", 0)";
      }
      case 10:
        return '(' + inner() + " | " + inner() + ").sum()";
      case 11:
        return '(' + inner() + ").combine(" + inner() + ")." + random_.of(functions_) + "()";
      case 12:
        return '(' + inner() + ").abs()";
      case 13:
        return "%questionnaire.item.where(linkId = '" + question.link_id +
               "').answerOption.where(valueCoding.code = " + path +
               ".answer.valueCoding.code).extension.where(url.endsWith('ordinalValue'))."
               "valueDecimal";
      case 14:
        return several() + ".answer.value.ordinal().select($this * 2).sum()";
      default:
        return '(' + inner() + ").round()";
    }
  }

  std::string truth(std::size_t depth) {
    const Question& question = random_.of(form_.questions);
    const std::string path = item(question.link_id);
    switch (random_.below(depth == 0 ? 3 : 6)) {
      case 0:
        return path + ".answer.exists()";
      case 1:
        return path + (question.is_weighed
                           ? ".answer.value.code = '" + random_.of(question.answers) + '\''
                           : ".answer.value = " + random_.of(question.answers));
      case 2:
        return several() + ".answer.empty()";
      case 3:
        return '(' + number(depth - 1) + ") > " + std::to_string(random_.below(3));
      case 4:
        return '(' + truth(depth - 1) + ") and (" + truth(depth - 1) + ')';
      default:
        return '(' + truth(depth - 1) + ").not()";
    }
  }

  Random& random_;
  SmallForm form_;
  const std::vector<std::string> functions_ = {"min",   "max",  "avg", "count",
                                               "first", "last", "sum"};
};

// What completions give a score.
struct Seen {
  std::optional<Decimal> low, high;
  bool is_empty_once = false;
  void add(const std::optional<Decimal>& value) {
    if (!value) return void(is_empty_once = true);
    if (!low || compare(*value, *low) < 0) low = value;
    if (!high || compare(*value, *high) > 0) high = value;
  }
};

std::optional<Decimal> value_in(const std::string& words, const std::string& link_id) {
  const std::size_t at = (' ' + words).find(' ' + link_id + '=');
  if (at == std::string::npos) return std::nullopt;
  const std::size_t begin = at + link_id.size() + 1;
  return Decimal::parse(words.substr(begin, words.find(' ', begin) - begin));
}

struct Figures {
  std::size_t intervals = 0, determined = 0, exact = 0, completions = 0;
};

class Check {
 public:
  Check(const SmallForm& form, const Limits& limits, Random& random, Figures& figures)
      : form_(form),
        limits_(limits),
        figures_(figures),
        loaded_(Form::load(small::questionnaire(form.lines))) {
    REQUIRE_MESSAGE(loaded_.ok(), form.lines);
    for (const Question& question : form.questions)
      given_.push_back(random.once_in(2) ? random.below(question.answers.size()) + 1 : 0);
  }

  void run() {
    FormSessionOptions options;
    options.limits = limits_;
    FormSession session(*loaded_, options);
    Calculation calculation(session);
    const std::string words = words_of(given_);
    CAPTURE(form_.lines);
    CAPTURE(words);
    REQUIRE(session.read(small::response(form_.lines, words)));
    REQUIRE(calculation.run());
    const auto intervals = calculation.intervals();
    complete(session, calculation);
    for (const std::string& score : form_.scores) {
      const auto found = std::ranges::find(intervals, std::string_view(score), &Interval::link_id);
      if (found == intervals.end()) {
        CHECK_MESSAGE(!seen_[score].low, score, " has values, and no interval");
        continue;
      }
      check(*found, seen_[score]);
    }
  }

 private:
  std::string words_of(const std::vector<std::size_t>& answers) const {
    std::string words, in_group;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (answers[i] == 0) continue;
      const Question& question = form_.questions[i];
      (question.is_in_group ? in_group : words) +=
          question.link_id + '=' + question.answers[answers[i] - 1] + ' ';
    }
    return in_group.empty() ? words : words + "g{" + in_group + '}';
  }

  // All answers of all open questions together.
  void complete(FormSession& session, Calculation& calculation) {
    std::vector<std::size_t> answers = given_;
    for (std::size_t i = 0; i < answers.size(); ++i)
      if (given_[i] == 0) answers[i] = 1;
    while (true) {
      REQUIRE(session.read(small::response(form_.lines, words_of(answers))));
      REQUIRE(calculation.run());
      const std::string made = small::words_of(calculation.response());
      ++figures_.completions;
      for (const std::string& score : form_.scores) {
        const auto value = value_in(made, score);
        seen_[score].add(value);
        all_[score].emplace_back(answers, value ? value->trimmed().to_text() : "-");
      }
      std::size_t i = 0;
      for (; i < answers.size(); ++i) {
        if (given_[i] != 0) continue;
        if (++answers[i] <= form_.questions[i].answers.size()) break;
        answers[i] = 1;
      }
      if (i == answers.size()) return;
    }
  }

  void check(const Interval& interval, const Seen& seen) {
    CAPTURE(interval.link_id);
    const std::string told =
        interval.low + ".." + interval.high + (interval.may_be_empty ? "~" : "");
    CAPTURE(told);
    ++figures_.intervals;
    CHECK((interval.may_be_empty || !seen.is_empty_once));
    CHECK((interval.has_value || !seen.low));
    const bool has_low = !interval.low.empty(), has_high = !interval.high.empty();
    if (has_low && has_high) ++figures_.determined;
    if (seen.low) {
      if (has_low) CHECK(compare(*Decimal::parse(interval.low), *seen.low) <= 0);
      if (has_high) CHECK(compare(*Decimal::parse(interval.high), *seen.high) >= 0);
    }
    const bool is_exact = has_low && has_high && seen.low &&
                          compare(*Decimal::parse(interval.low), *seen.low) == 0 &&
                          compare(*Decimal::parse(interval.high), *seen.high) == 0;
    // Forms as small as these can always be gone through.
    if (limits_.interval_completions > 1) CHECK((is_exact || !seen.low));
    if (is_exact || !seen.low) ++figures_.exact;
    for (std::size_t i = 0; i < given_.size(); ++i)
      if (given_[i] == 0) check_matters(interval, i);
  }

  // A question that changes a value, all others the same, is named.
  void check_matters(const Interval& interval, std::size_t question) {
    std::map<std::vector<std::size_t>, std::string> first;
    bool matters = false;
    for (auto [answers, value] : all_[std::string(interval.link_id)]) {
      answers[question] = 0;
      const auto [at, is_new] = first.emplace(answers, value);
      matters |= !is_new && at->second != value;
    }
    const std::string& link_id = form_.questions[question].link_id;
    const bool is_named =
        std::ranges::find(interval.unanswered, link_id) != interval.unanswered.end();
    CHECK_MESSAGE((is_named || !matters), link_id, " matters and is not named");
  }

  const SmallForm& form_;
  Limits limits_;
  Figures& figures_;
  Result<Form> loaded_;
  std::vector<std::size_t> given_;  // by question: 0 open, else its answer from 1
  std::map<std::string, Seen> seen_;
  std::map<std::string, std::vector<std::pair<std::vector<std::size_t>, std::string>>> all_;
};

// FBSS_SEEDS=N looks at N forms.
void look_at_forms(const Limits& limits, std::uint32_t seeds) {
  if (const char* const wished = std::getenv("FBSS_SEEDS"))
    seeds = static_cast<std::uint32_t>(std::atoi(wished));
  Figures figures;
  for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const SmallForm form = FormMaker(random).run();
    Check(form, limits, random, figures).run();
  }
  MESSAGE(figures.intervals, " intervals, ", figures.determined, " determined, ", figures.exact,
          " exact; ", figures.completions, " completions");
}

}  // namespace

TEST_CASE("intervals: every completion of small random forms lies within") {
  look_at_forms({}, 600);
}

TEST_CASE("intervals: so it is by arithmetic alone") {
  Limits limits;
  limits.interval_completions = 1;
  look_at_forms(limits, 600);
}

TEST_CASE("intervals: so it is where arithmetic has few steps") {
  Limits limits;
  limits.interval_completions = 1;
  limits.interval_steps = 300;
  look_at_forms(limits, 300);
}

// SPDX-License-Identifier: Apache-2.0
// Many expressions over many records, one thread; see fhirpath_rules.hpp. A record costs reading
// its line, parsing it and evaluating; what holds it is made once.
#include "fhirpath_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <optional>
#include <set>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>

#include "fhirpath_problems.hpp"
#include "fhirpath_values.hpp"
#include "json_text.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

using fhirpath::Collection;
using fhirpath::Expression;

struct Rule {
  std::string id;
  Expression expression;
  std::uint64_t yes = 0, no = 0, empty = 0, other = 0, errors = 0;
  std::optional<Problem> first_error = {};  // with the line of the record in its message

  void count(Collection values) {
    if (values.empty()) {
      ++empty;
      return;
    }
    const fhirpath::Value& first = values.front();
    std::optional<bool> truth;
    if (first.type() == fhirpath::Type::boolean) truth = first.boolean();
    if (first.type() == fhirpath::Type::node && first.node() &&
        first.node().kind() == JsonKind::boolean)
      truth = first.node().boolean();
    ++(!truth ? other : *truth ? yes : no);
  }
};

// ---- the rule file

Problem fault(ErrorCode code, std::size_t place, std::string_view member, std::string message) {
  Problem problem;
  problem.code = code;
  problem.pointer = '/' + std::to_string(place) + (member.empty() ? "" : "/") + std::string(member);
  problem.message = std::move(message);
  return problem;
}

// A member that must be a text with something in it.
Result<std::string> member(JsonNode rule, std::size_t place, std::string_view name) {
  const JsonNode found = rule.find(name);
  const std::string quoted = '"' + std::string(name) + '"';
  if (!found)
    return fault(ErrorCode::missing_key, place, "",
                 "A rule needs " + quoted + ": {\"id\": \"…\", \"expression\": \"…\"}.");
  if (found.kind() != JsonKind::string || found.text().empty())
    return fault(ErrorCode::bad_value, place, name,
                 "The value of " + quoted + " is a text with something in it.");
  return std::string(found.text());
}

// What is wrong within an expression, told as a place in the rule file.
Problem within_rule(Problem problem, const std::string& id, std::size_t place) {
  problem.message = "Rule " + printable(id) + ", " + std::to_string(problem.line) + ':' +
                    std::to_string(problem.column) + " of its expression: " + problem.message;
  problem.pointer = '/' + std::to_string(place) + "/expression";
  return problem;
}

class RuleFile {
 public:
  RuleFile(const Options& options, Console& console, ProblemForm form)
      : name_(options.value("rules")), console_(console), form_(form) {
    compile_options_.strict = options.has("strict");
  }

  /// The rules, or none where something is wrong, which is then told.
  std::vector<Rule> read() {
    const Result<std::string> bytes = read_whole(name_, Limits{}.questionnaire_bytes);
    if (!bytes) return refuse(bytes.problems());
    Limits limits;
    limits.record_bytes = limits.questionnaire_bytes;
    Document document;
    if (const Result<void> parsed = document.parse(*bytes, limits); !parsed)
      return refuse(parsed.problems());
    if (document.root().kind() != JsonKind::array || document.root().size() == 0) {
      Problem problem;
      problem.code = ErrorCode::bad_value;
      problem.message =
          "A rule file is a list: [{\"id\": \"adult\", \"expression\": \"age >= 18\"}, …].";
      return refuse({problem});
    }
    std::size_t place = 0;
    for (JsonNode rule = document.root().first(); rule; rule = rule.next()) add(rule, place++);
    if (exit_ != Exit::done) rules_.clear();
    return std::move(rules_);
  }

  Exit exit() const { return exit_; }

 private:
  void add(JsonNode node, std::size_t place) {
    Result<std::string> id = member(node, place, "id");
    const Result<std::string> expression = member(node, place, "expression");
    if (!id || !expression) {
      tell_here(id.problems());
      return tell_here(expression.problems());
    }
    if (!ids_.insert(*id).second)
      return tell_here(
          {fault(ErrorCode::duplicate_id, place, "id", "Another rule has this id already.")});
    Result<Expression> compiled = Expression::compile(*expression, compile_options_);
    if (compiled) return rules_.push_back({std::move(*id), std::move(*compiled)});
    for (const Problem& problem : compiled.problems()) {
      tell_here({within_rule(problem, *id, place)});
      if (form_ == ProblemForm::text) console_.err.write(underlined(*expression, problem));
    }
  }

  void tell_here(Problems problems) {
    for (Problem& problem : problems) {
      problem.file = name_ == "-" ? "standard input" : name_;
      // A line of the expression is none of the file.
      if (form_ == ProblemForm::text && !problem.pointer.empty()) problem.line = problem.column = 0;
    }
    if (!problems.empty()) exit_ = tell(console_, problems, form_, Exit::bad_questionnaire);
  }

  std::vector<Rule> refuse(Problems problems) {
    tell_here(std::move(problems));
    return {};
  }

  std::string name_;
  Console& console_;
  ProblemForm form_;
  Expression::Options compile_options_;
  std::vector<Rule> rules_;
  std::set<std::string> ids_;
  Exit exit_ = Exit::done;
};

// ---- the records

// Processor time of the whole process since it began.
std::clock_t processor_time() {
  return std::clock();
}

class Run {
 public:
  Run(std::vector<Rule>& rules, const Clock& clock, const Options& options, Console& console,
      ProblemForm form)
      : rules_(rules), counts_(options.has("counts")), console_(console), form_(form) {
    environment_.today = clock.today;
    environment_.now = clock.now;
  }

  /// Problems: cannot_read, cannot_write.
  Problems all(Input& input) {
    const std::size_t limit = Limits{}.record_bytes;
    LineReader lines(input, limit);
    while (true) {
      const Result<Line> line = lines.next();
      if (!line) return line.problems();
      if (line->at_end) break;
      if (line->too_long) {
        Problem problem;
        problem.code = ErrorCode::too_large;
        problem.message = "The line has more than " + std::to_string(limit) +
                          " bytes, the most that a record may have.";
        refuse({problem}, input.name(), line->number);
      } else if (const Result<void> parsed = document_.parse(line->text); parsed) {
        add(line->number);
      } else if (!trimmed(line->text).empty()) {
        refuse(parsed.problems(), input.name(), line->number);
      }
      constexpr std::size_t piece = 64 * 1024;
      if (out_.size() >= piece) {
        // Nobody is to wait for a million records whose lines go nowhere.
        if (Result<void> written = write(); !written) return written.problems();
      }
    }
    return write().problems();
  }

  bool has_refused() const { return refused_; }
  std::uint64_t responses() const { return responses_; }

 private:
  void add(std::uint64_t line) {
    ++responses_;
    environment_.input = document_.root();
    if (counts_) {
      for (Rule& rule : rules_) {
        const Result<Collection> values = evaluate(rule.expression, environment_, workspace_);
        if (values) {
          rule.count(*values);
        } else {
          note(rule, values.problems().front(), line);
        }
      }
    } else {
      append_results(line);
    }
  }

  // {"line","results":{id:[…]}}; a rule that raised stands in "errors" with the code instead.
  void append_results(std::uint64_t line) {
    JsonWriter json(out_);
    json.begin_object().key("line").number(static_cast<long long>(line));
    json.key("results").begin_object();
    raised_.clear();
    for (Rule& rule : rules_) {
      const Result<Collection> values = evaluate(rule.expression, environment_, workspace_);
      if (!values) {
        const Problem& problem = values.problems().front();
        raised_.emplace_back(&rule, problem.code);
        note(rule, problem, line);
        continue;
      }
      json.key(rule.id).begin_array();
      for (const fhirpath::Value& value : *values) append_json_value(json, value);
      json.end_array();
    }
    json.end_object();
    if (!raised_.empty()) {
      json.key("errors").begin_object();
      for (const auto& [rule, code] : raised_) json.key(rule->id).string(code_word(code));
      json.end_object();
    }
    json.end_object();
    out_ += '\n';
  }

  static void note(Rule& rule, const Problem& problem, std::uint64_t line) {
    if (++rule.errors > 1) return;
    rule.first_error = problem;
    rule.first_error->message =
        "line " + std::to_string(line) + ", " + std::to_string(problem.line) + ':' +
        std::to_string(problem.column) + " of the expression: " + problem.message;
  }

  void refuse(Problems problems, const std::string& file, std::uint64_t line) {
    refused_ = true;
    for (Problem& problem : problems) {
      problem.file = file;
      problem.line = static_cast<std::uint32_t>(line);
    }
    tell(console_, problems, form_, Exit::refused);
  }

  Result<void> write() {
    console_.out.write(out_);
    out_.clear();
    return console_.out.flush();
  }

  std::vector<Rule>& rules_;
  bool counts_;
  Console& console_;
  ProblemForm form_;
  fhirpath::Environment environment_;
  Document document_;
  fhirpath::Workspace workspace_;
  std::string out_;
  std::vector<std::pair<const Rule*, ErrorCode>> raised_;
  std::uint64_t responses_ = 0;
  bool refused_ = false;
};

std::string seconds_text(std::clock_t ticks) {
  std::array<char, 32> text{};
  const double seconds = static_cast<double>(ticks) / CLOCKS_PER_SEC;
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), seconds, std::chars_format::fixed, 6);
  return {text.data(), end.ptr};
}

// {"responses","cpu_seconds","counts":{id:"true/false/empty"}}; a fourth number is results that are
// no Boolean, and "errors" names the rules that raised with how often.
std::string counts_line(const std::vector<Rule>& rules, std::uint64_t responses,
                        std::clock_t ticks) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("responses").number(static_cast<long long>(responses));
  json.key("cpu_seconds").raw(seconds_text(ticks)).key("counts").begin_object();
  for (const Rule& rule : rules) {
    std::string numbers =
        std::to_string(rule.yes) + '/' + std::to_string(rule.no) + '/' + std::to_string(rule.empty);
    if (rule.other > 0) numbers += '/' + std::to_string(rule.other);
    json.key(rule.id).string(numbers);
  }
  json.end_object();
  const auto raised = [](const Rule& rule) { return rule.errors > 0; };
  if (std::ranges::any_of(rules, raised)) {
    json.key("errors").begin_object();
    for (const Rule& rule : rules)
      if (raised(rule)) json.key(rule.id).number(static_cast<long long>(rule.errors));
    json.end_object();
  }
  json.end_object();
  return out + '\n';
}

// Each rule that raised, once. True where there is any.
bool tell_raised(const std::vector<Rule>& rules, ProblemForm form, Console& console) {
  bool any = false;
  for (const Rule& rule : rules) {
    if (!rule.first_error) continue;
    any = true;
    Problem problem = *rule.first_error;
    problem.line = problem.column = 0;
    problem.message = "Rule " + printable(rule.id) + " raised an error on " +
                      counted(rule.errors, "record") + ", first on " + problem.message;
    tell(console, {problem}, form, Exit::refused);
    if (form == ProblemForm::text)
      console.err.write(underlined(rule.expression.text(), *rule.first_error));
  }
  return any;
}

}  // namespace

Exit run_rules(const Options& options, const Clock& clock, Console& console) {
  const ProblemForm form =
      options.value("format") == "json" ? ProblemForm::json : ProblemForm::text;
  RuleFile file(options, console, form);
  std::vector<Rule> rules = file.read();
  if (file.exit() != Exit::done) return file.exit();

  const std::clock_t begin = processor_time();
  Result<Input> input = Input::open(options.value("ndjson"));
  if (!input) return tell(console, input.problems(), form, Exit::failed);
  Run run(rules, clock, options, console, form);
  const Problems problems = run.all(*input);
  if (!problems.empty()) return tell(console, problems, form, Exit::failed);
  if (options.has("counts"))
    console.out.write(counts_line(rules, run.responses(), processor_time() - begin));
  const bool raised = tell_raised(rules, form, console);
  return raised || run.has_refused() ? Exit::refused : Exit::done;
}

}  // namespace fbss::app

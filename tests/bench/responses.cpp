// SPDX-License-Identifier: Apache-2.0
// Records a second: a file of one JSON text a line in, ten rules evaluated on each, one thread. In:
// what to run ("rules": ours; "parse": ours without the rules; "walk": ours and a walk over all of
// it; "simdjson" and "nlohmann": their DOM and the same walk), the file, the rules. Out: one line
// of JSON with the best rate of five passes, the peak memory, and how many records made each rule
// true/false/empty. One reader a process, so that the peak memory is its own.
#include <simdjson.h>

#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>

#include "measure.hpp"

using namespace fbss;

namespace {

// The file, and behind it the padding that lets simdjson read lines where they lie.
struct Records {
  std::string text;
  std::vector<std::string_view> lines;

  explicit Records(const std::string& path) : text(bench::text_of(path)) {
    const std::size_t size = text.size();
    text.append(simdjson::SIMDJSON_PADDING, ' ');
    for (std::size_t at = 0; at < size;) {
      const std::size_t end = std::min(text.find('\n', at), size);
      if (end > at) lines.emplace_back(text.data() + at, end - at);
      at = end + 1;
    }
  }
};

struct Rule {
  std::string id;
  fhirpath::Expression expression;
  std::size_t yes = 0, no = 0, empty = 0, other = 0;
};

std::vector<Rule> read_rules(const std::string& path) {
  Document document;
  bench::expect(document.parse(bench::text_of(path)));
  std::vector<Rule> rules;
  for (JsonNode rule = document.root().first(); rule; rule = rule.next())
    rules.push_back({std::string(rule.find("id").text()),
                     bench::expect(fhirpath::Expression::compile(rule.find("expression").text()))});
  return rules;
}

// Every value and every byte of text once, so that nothing may be left out.
struct Seen {
  std::size_t values = 0, bytes = 0;
};

void walk(JsonNode node, Seen& seen) {
  ++seen.values;
  seen.bytes += node.key().size();
  if (node.kind() == JsonKind::string) seen.bytes += node.text().size();
  for (JsonNode child = node.first(); child; child = child.next()) walk(child, seen);
}

void walk(simdjson::dom::element value, Seen& seen) {
  ++seen.values;
  switch (value.type()) {
    case simdjson::dom::element_type::OBJECT:
      for (const auto& [key, member] : simdjson::dom::object(value)) {
        seen.bytes += key.size();
        walk(member, seen);
      }
      break;
    case simdjson::dom::element_type::ARRAY:
      for (simdjson::dom::element element : simdjson::dom::array(value)) walk(element, seen);
      break;
    case simdjson::dom::element_type::STRING:
      seen.bytes += std::string_view(value).size();
      break;
    default:
      break;
  }
}

void walk(const nlohmann::json& value, Seen& seen) {
  ++seen.values;
  if (value.is_object())
    for (const auto& member : value.items()) {
      seen.bytes += member.key().size();
      walk(member.value(), seen);
    }
  else if (value.is_array())
    for (const nlohmann::json& element : value) walk(element, seen);
  else if (value.is_string())
    seen.bytes += value.get_ref<const std::string&>().size();
}

void count(Rule& rule, fhirpath::Collection values) {
  if (values.empty())
    ++rule.empty;
  else if (values.size() > 1 || values[0].type() != fhirpath::Type::boolean)
    ++rule.other;
  else
    ++(values[0].boolean() ? rule.yes : rule.no);
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 4) bench::fail("usage: bench_responses READER FILE RULES");
  const std::string what = arguments[1];
  const Records records(arguments[2]);
  std::vector<Rule> rules = read_rules(arguments[3]);
  Document document;
  fhirpath::Workspace workspace;
  simdjson::dom::parser parser;
  Seen seen;

  const auto evaluate_rules = [&](std::string_view line) {
    bench::expect(document.parse(line));
    for (Rule& rule : rules)
      count(rule, bench::expect(evaluate(rule.expression, {.input = document.root()}, workspace)));
  };
  const auto parse = [&](std::string_view line) { bench::expect(document.parse(line)); };
  const auto parse_and_walk = [&](std::string_view line) {
    bench::expect(document.parse(line));
    walk(document.root(), seen);
  };
  const auto walk_simdjson = [&](std::string_view line) {
    simdjson::dom::element value;
    if (parser.parse(line.data(), line.size(), false).get(value)) bench::fail("no JSON");
    walk(value, seen);
  };
  const auto walk_nlohmann = [&](std::string_view line) {
    walk(nlohmann::json::parse(line), seen);
  };

  const std::map<std::string, std::function<void(std::string_view)>> readers = {
      {"rules", evaluate_rules},
      {"parse", parse},
      {"walk", parse_and_walk},
      {"simdjson", walk_simdjson},
      {"nlohmann", walk_nlohmann}};
  const auto reader = readers.find(what);
  if (reader == readers.end()) bench::fail("unknown: " + what);
  double best = 0;
  for (int pass = 0; pass < 5; ++pass) {
    for (Rule& rule : rules) rule.yes = rule.no = rule.empty = rule.other = 0;
    seen = {};
    const double start = bench::cpu_seconds();
    for (const std::string_view line : records.lines) reader->second(line);
    best =
        std::max(best, static_cast<double>(records.lines.size()) / (bench::cpu_seconds() - start));
  }

  const double bytes_each =
      static_cast<double>(records.text.size()) / static_cast<double>(records.lines.size());
  nlohmann::ordered_json out = {{"reader", what},
                                {"responses", records.lines.size()},
                                {"per_cpu_s", std::round(best)},
                                {"MB_per_s", std::round(best * bytes_each / 1e6)},
                                {"values", seen.values},
                                {"bytes", seen.bytes},
                                {"peak_MiB", std::round(bench::peak_mebibytes())}};
  if (what == "rules")
    for (const Rule& rule : rules)
      out["counts"][rule.id] = std::to_string(rule.yes) + '/' + std::to_string(rule.no) + '/' +
                               std::to_string(rule.empty) +
                               (rule.other > 0 ? '/' + std::to_string(rule.other) : "");
  std::printf("%s\n", out.dump().c_str());
}

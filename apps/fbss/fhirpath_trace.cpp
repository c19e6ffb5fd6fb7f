// SPDX-License-Identifier: Apache-2.0
// Every step of an evaluation as a line; see fhirpath_trace.hpp.
#include "fhirpath_trace.hpp"

#include <algorithm>

#include "fhirpath_values.hpp"
#include "json_text.hpp"
#include "terminal.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

// An expression that was written over several lines stands on one.
std::string on_one_line(std::string_view expression) {
  std::string out;
  for (const char c : expression) {
    const bool is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!is_space) {
      out += c;
    } else if (!out.ends_with(' ')) {
      out += ' ';
    }
  }
  return printable(out);
}

std::string json_line(const fhirpath::TracedStep& step) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("step").string(step.text);
  json.key("position").number(static_cast<long long>(step.position));
  json.key("depth").number(static_cast<long long>(step.depth)).key("index");
  if (step.index < 0) {
    json.null();
  } else {
    json.number(step.index);
  }
  json.key("values");
  append_typed_values(json, step.values);
  json.end_object();
  return out + '\n';
}

}  // namespace

Tracer::Tracer(Console& console, ProblemForm form, Steps steps)
    : console_(console),
      form_(form),
      steps_(steps),
      width_(width_of(console.err, Options())),
      on_step_([this](const fhirpath::TracedStep& step) { write(step); }) {}

void Tracer::listen(fhirpath::Environment& environment) {
  environment.trace = &said_;
  if (steps_ == Steps::yes) environment.on_step = &on_step_;
}

void Tracer::flush() {
  std::string_view left = said_;
  while (!left.empty()) {
    const std::string_view line = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(line.size() + 1, left.size()));
    std::string out;
    if (form_ == ProblemForm::text) {
      out = "trace " + printable(line);
    } else {
      JsonWriter(out).begin_object().key("trace").string(line).end_object();
    }
    console_.err.write(out + '\n');
  }
  said_.clear();
}

void Tracer::write(const fhirpath::TracedStep& step) {
  flush();
  console_.err.write(form_ == ProblemForm::text ? text_line(step) : json_line(step));
}

// The sub-expression on the left, its values on the right, or below where the left is too long.
std::string Tracer::text_line(const fhirpath::TracedStep& step) const {
  constexpr std::size_t indent = 2;
  const std::size_t middle = width_ / 2;
  std::string left(std::min(step.depth * indent, middle / 2), ' ');
  if (step.index >= 0) left += '[' + std::to_string(step.index) + "] ";
  left += on_one_line(step.text);
  const std::size_t used = columns(left);
  if (used >= middle) {
    left += '\n' + std::string(middle, ' ');
  } else {
    left.append(middle - used, ' ');
  }
  constexpr std::string_view arrow = "→ ";
  return left + std::string(arrow) + short_text_of(step.values, width_ - middle - columns(arrow)) +
         '\n';
}

}  // namespace fbss::app

// SPDX-License-Identifier: Apache-2.0
// `fbss fhirpath --trace`: every step of an evaluation as a line, for a projector or, as NDJSON,
// for a program. In: the steps as the engine takes them; out: lines on standard error.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include <fbss/fhirpath.hpp>

#include "problems.hpp"

namespace fbss::app {

/// Writes what an evaluation tells. Must outlive it, and cannot be moved.
class Tracer {
 public:
  enum class Steps { no, yes };
  Tracer(Console& console, ProblemForm form, Steps steps);
  Tracer(const Tracer&) = delete;
  Tracer& operator=(const Tracer&) = delete;

  /// Adds where the steps, and the lines that trace() of the language writes, are to go.
  void listen(fhirpath::Environment& environment);

  /// Writes the lines of trace() that have come since.
  void flush();

 private:
  void write(const fhirpath::TracedStep& step);
  std::string text_line(const fhirpath::TracedStep& step) const;

  Console& console_;
  ProblemForm form_;
  Steps steps_;
  std::size_t width_;
  std::string said_;  // by trace() of the language
  std::function<void(const fhirpath::TracedStep&)> on_step_;
};

}  // namespace fbss::app

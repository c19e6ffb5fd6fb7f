// SPDX-License-Identifier: Apache-2.0
// What today() and now() are; see fhirpath_clock.hpp.
#include "fhirpath_clock.hpp"

#include <time.h>

#include <array>

#include <fbss/fhirpath.hpp>

#include "text.hpp"

namespace fbss::app {

namespace {

constexpr std::size_t date_size = 10;  // 2026-11-21

// The system's local time with its zone.
std::string system_time() {
  timespec moment{};
  ::clock_gettime(CLOCK_REALTIME, &moment);
  tm fields{};
  ::localtime_r(&moment.tv_sec, &fields);
  std::array<char, 32> text{}, zone{};
  const std::size_t size = ::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &fields);
  ::strftime(zone.data(), zone.size(), "%z", &fields);  // +0100
  const std::string thousandths = std::to_string(1000 + moment.tv_nsec / 1'000'000).substr(1);
  std::string out = std::string(text.data(), size) + '.' + thousandths + zone.data();
  return out.insert(out.size() - 2, ":");
}

// Whether the engine takes the text for what the function makes of texts.
bool is_taken_by(std::string_view conversion, const std::string& text) {
  const auto expression = fhirpath::Expression::compile("%text." + std::string(conversion) + "()",
                                                        {.variables = {"text"}});
  if (!expression) return false;
  const fhirpath::Value value = fhirpath::Value::of_string(text);
  const fhirpath::Collection variable{&value, 1};
  fhirpath::Workspace workspace;
  const auto result = evaluate(*expression, {.variables = {&variable, 1}}, workspace);
  return result && result->size() == 1;
}

Problem no_time(std::string_view option, const std::string& text, std::string_view wanted) {
  return usage_problem("--" + std::string(option) + " takes " + std::string(wanted) + ", not \"" +
                       printable(text) + "\".");
}

}  // namespace

Result<Clock> clock_of(const Options& options) {
  const std::string on = options.value("on"), now = options.value("now");
  if (options.has("on") && (on.size() != date_size || !is_taken_by("toDate", on)))
    return no_time("on", on, "a calendar date, such as 2026-11-21");
  if (options.has("now") &&
      (now.size() <= date_size || now[date_size] != 'T' || !is_taken_by("toDateTime", now)))
    return no_time("now", now, "a date with a time, such as 2026-11-21T14:30:00+01:00");
  Clock clock;
  clock.now = options.has("now") ? now : system_time();
  clock.today = options.has("on") ? on : clock.now.substr(0, date_size);
  if (!options.has("now")) clock.now.replace(0, date_size, clock.today);
  return clock;
}

OptionSpec now_option() {
  return {"now", 0, "DATETIME", "what now() is (default: the system's clock)", {}, {}, {}};
}

}  // namespace fbss::app

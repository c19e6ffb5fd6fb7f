// SPDX-License-Identifier: Apache-2.0
// Sources from files; see sources.hpp.
#include "sources.hpp"

#include <algorithm>
#include <utility>

#include "forms.hpp"
#include "io.hpp"
#include "record.hpp"

namespace fbss::app {

namespace {

// "patient" and "p1.json" of patient=p1.json; both empty where it is not written so.
std::pair<std::string, std::string> named(const std::string& value) {
  const std::size_t is = value.find('=');
  if (is == 0 || is == std::string::npos || is + 1 == value.size()) return {};
  return {value.substr(0, is), value.substr(is + 1)};
}

Result<std::string> read_chart(const std::string& file) {
  Result<std::string> bytes = read_whole(file, Limits{}.chart_bytes);
  if (!bytes) return in_file(bytes.problems(), file);
  return bytes;
}

}  // namespace

OptionSpec context_option() {
  return {"context", 0,  "NAME=FILE", "what %NAME is: a resource, or a query's Bundle; repeatable",
          {},        {}, {},          true};
}

bool reads_input_twice(const Options& options, const std::vector<std::string>& files) {
  auto count = std::ranges::count(files, "-");
  for (const std::string& value : options.values("context"))
    if (named(value).second == "-") ++count;
  return count > 1;
}

Result<Sources> open_sources(const Options& options, const std::vector<std::string>& files) {
  Sources sources;
  for (const std::string& value : options.values("context")) {
    const auto [name, file] = named(value);
    if (name.empty())
      return usage_problem("--context takes NAME=FILE, for instance patient=patient.json.");
    const Result<std::string> bytes = read_chart(file);
    if (!bytes) return bytes.problems();
    if (const auto added = sources.add_context(name, *bytes); !added)
      return in_file(added.problems(), file);
  }
  for (const std::string& file : files) {
    const Result<std::string> bytes = read_chart(file);
    if (!bytes) return bytes.problems();
    if (const auto added = sources.add(*bytes); !added) return in_file(added.problems(), file);
  }
  return sources;
}

}  // namespace fbss::app

// SPDX-License-Identifier: Apache-2.0
// The command line of one sub-command: what it takes in (CommandSpec), what was given out
// (Options), and the help that is made of the same description. A fault is a Problem `usage` that
// names the nearest thing that exists.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/error.hpp>

namespace fbss::app {

struct OptionSpec {
  std::string name;   ///< "format" is given as --format
  char letter = 0;    ///< 'o' is given as -o; 0: none
  std::string value;  ///< what the help calls its value; empty: the option takes none
  std::string help;
  std::vector<std::string> one_of;           ///< the values that exist; empty: any
  std::optional<std::uint64_t> least, most;  ///< given: the value is a whole number in this range
  bool repeatable = false;                   ///< may be given several times, each with a value
};

struct Example {
  std::string command, what;
};

struct CommandSpec {
  std::string name;
  std::string summary;
  std::string files;  ///< how the help calls what is no option: "FILE", "[FILE...]" or ""
  std::size_t least_files = 0, most_files = 0;
  /// The first word is the first "file", also where it begins with "-", unless it is one of the
  /// command's own options.
  bool first_word_is_file = false;
  std::vector<Example> examples;
  std::vector<OptionSpec> options;
  std::vector<std::string> usage;    ///< its forms, where it is not "[options] FILES"
  std::vector<std::string> remarks;  ///< paragraphs at the end of the help
};

class Options {
 public:
  bool has(std::string_view name) const { return values_.contains(name); }
  /// The value given, or `otherwise`.
  std::string value(std::string_view name, std::string_view otherwise = {}) const;
  /// All values of an option that may be repeated, in their order.
  const std::vector<std::string>& values(std::string_view name) const;
  /// The value of an option that takes a number, where it is given.
  std::optional<std::uint64_t> number(std::string_view name) const;
  const std::vector<std::string>& files() const { return files_; }

 private:
  friend Result<Options> parse_options(const CommandSpec&, const std::vector<std::string>&);
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::vector<std::string> files_;
};

/// Options that several sub-commands take, described once.
OptionSpec questionnaire_option();
OptionSpec date_option();
OptionSpec format_option(std::vector<std::string> formats);
OptionSpec output_option();
OptionSpec base_option();
OptionSpec width_option();
OptionSpec no_color_option();

Result<Options> parse_options(const CommandSpec& spec, const std::vector<std::string>& arguments);

/// Examples first, then what it takes.
std::string help_text(const CommandSpec& spec, std::size_t width);

/// What is wrong with the value of --base, where it is given.
std::optional<Problem> wrong_base(const Options& options);

/// A Problem `usage`.
Problem usage_problem(std::string message);

/// " Did you mean "…"?", or "" where nothing is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& words,
                         std::string_view prefix = {});

}  // namespace fbss::app

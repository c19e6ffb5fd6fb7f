// SPDX-License-Identifier: Apache-2.0
// The command line of one sub-command; see options.hpp. The only file that includes
// Boost.Program_options.
#include "options.hpp"

#include <algorithm>
#include <boost/program_options.hpp>
#include <fbss/fhir.hpp>

#include "text.hpp"

namespace fbss::app {

namespace po = boost::program_options;

namespace {

std::string quoted(std::string_view text) {
  return '"' + printable(text) + '"';
}

std::vector<std::string_view> views(const std::vector<std::string>& words) {
  return {words.begin(), words.end()};
}

std::string see_help(const CommandSpec& spec) {
  return " See fbss " + spec.name + " --help.";
}

const OptionSpec* find(const CommandSpec& spec, std::string_view name) {
  const auto at = std::find_if(spec.options.begin(), spec.options.end(),
                               [&](const OptionSpec& option) { return option.name == name; });
  return at == spec.options.end() ? nullptr : &*at;
}

Problem unknown_option(const CommandSpec& spec, const std::string& token) {
  const std::string given = token.substr(0, token.find('='));
  std::vector<std::string_view> names;
  for (const OptionSpec& option : spec.options) names.push_back(option.name);
  names.push_back("help");
  const std::size_t dashes = given.find_first_not_of('-');
  const std::string bare = dashes == std::string::npos ? given : given.substr(dashes);
  return usage_problem("The command " + spec.name + " has no option " + quoted(given) + '.' +
                       did_you_mean(bare, names, "--") + see_help(spec));
}

std::optional<Problem> wrong_value(const CommandSpec& spec, const OptionSpec& option,
                                   const std::string& value) {
  if (!option.one_of.empty() &&
      std::find(option.one_of.begin(), option.one_of.end(), value) == option.one_of.end()) {
    const std::vector<std::string_view> words = views(option.one_of);
    return usage_problem('-' + ('-' + option.name) + " does not take " + quoted(value) +
                         " in this version; it takes " + listed(words, "or") + '.' +
                         did_you_mean(value, words) + see_help(spec));
  }
  if (option.least) {
    const std::optional<std::uint64_t> number = whole_number(value);
    if (!number || *number < *option.least || *number > *option.most) {
      return usage_problem("--" + option.name + " takes a whole number from " +
                           std::to_string(*option.least) + " to " + std::to_string(*option.most) +
                           ", not " + quoted(value) + '.');
    }
  }
  return std::nullopt;
}

std::optional<Problem> wrong_count(const CommandSpec& spec, const std::vector<std::string>& files) {
  if (files.size() < spec.least_files) {
    return usage_problem("The command " + spec.name + " needs " + spec.files +
                         " (\"-\" is standard input)." + see_help(spec));
  }
  if (files.size() > spec.most_files) {
    return usage_problem(
        "The command " + spec.name + " takes " +
        (spec.most_files == 0 ? "no file" : "at most " + counted(spec.most_files, "file")) +
        "; there is no place for " + quoted(files[spec.most_files]) + '.' + see_help(spec));
  }
  return std::nullopt;
}

// --name or --name=… of the command; "--", behind which everything is a file.
bool is_own_option(const CommandSpec& spec, std::string_view word) {
  if (!word.starts_with("--")) return false;
  const std::string_view name = word.substr(2, word.find('=') - 2);
  return name.empty() || find(spec, name) != nullptr;
}

po::options_description described(const CommandSpec& spec) {
  po::options_description description;
  for (const OptionSpec& option : spec.options) {
    std::string name = option.name;
    if (option.letter != 0) name += std::string(",") + option.letter;
    if (option.value.empty()) {
      description.add_options()(name.c_str(), "");
    } else if (option.repeatable) {
      description.add_options()(name.c_str(), po::value<std::vector<std::string>>()->composing(),
                                "");
    } else {
      description.add_options()(name.c_str(), po::value<std::string>(), "");
    }
  }
  description.add_options()(" files", po::value<std::vector<std::string>>(), "");
  return description;
}

}  // namespace

std::string Options::value(std::string_view name, std::string_view otherwise) const {
  const auto at = values_.find(name);
  return at == values_.end() ? std::string(otherwise) : at->second.front();
}

const std::vector<std::string>& Options::values(std::string_view name) const {
  static const std::vector<std::string> none;
  const auto at = values_.find(name);
  return at == values_.end() ? none : at->second;
}

std::optional<std::uint64_t> Options::number(std::string_view name) const {
  return whole_number(value(name));
}

OptionSpec questionnaire_option() {
  return {"questionnaire", 'q', "ID|FILE", "the questionnaire (default: preop_screen)", {}, {}, {}};
}

OptionSpec date_option() {
  return {"on", 0, "DATE", "the date of the assessment, YYYY-MM-DD (default: none)", {}, {}, {}};
}

OptionSpec format_option(std::vector<std::string> formats) {
  std::string help = listed(views(formats), "or") + " (default: " + formats.front() + ')';
  return {"format", 0, "FORMAT", std::move(help), std::move(formats), {}, {}};
}

OptionSpec output_option() {
  return {"output", 'o', "FILE", "write to FILE instead of standard output", {}, {}, {}};
}

OptionSpec base_option() {
  return {"base",
          0,
          "URL",
          "where the urls of exported FHIR begin (default: " + std::string(default_fhir_base) +
              ", which leads nowhere)",
          {},
          {},
          {}};
}

OptionSpec width_option() {
  return {"width", 0, "N", "columns of text (default: the terminal's, else 80)", {}, 40, 500};
}

OptionSpec no_color_option() {
  return {"no-color", 0, "", "no colour (also where NO_COLOR is set)", {}, {}, {}};
}

Result<Options> parse_options(const CommandSpec& spec, const std::vector<std::string>& arguments) {
  const bool first_is_file =
      spec.first_word_is_file && !arguments.empty() && !is_own_option(spec, arguments.front());
  const std::vector<std::string> words(arguments.begin() + (first_is_file ? 1 : 0),
                                       arguments.end());
  const po::options_description description = described(spec);
  po::positional_options_description positional;
  positional.add(" files", -1);
  po::variables_map given;
  try {
    namespace style = po::command_line_style;
    const int styles = style::unix_style & ~style::allow_guessing;
    po::store(po::command_line_parser(words)
                  .options(description)
                  .positional(positional)
                  .style(styles)
                  .run(),
              given);
  } catch (const po::unknown_option& error) {
    return unknown_option(spec, error.get_option_name());
  } catch (const po::multiple_occurrences& error) {
    return usage_problem(error.get_option_name() + " is given more than once." + see_help(spec));
  } catch (const po::error_with_option_name& error) {
    const std::string name = error.get_option_name();
    const bool extra = dynamic_cast<const po::invalid_command_line_syntax*>(&error) != nullptr &&
                       static_cast<const po::invalid_command_line_syntax&>(error).kind() ==
                           po::invalid_syntax::extra_parameter;
    return usage_problem(name + (extra ? " takes no value." : " needs a value.") + see_help(spec));
  } catch (const po::error&) {
    return usage_problem("The options are not understood." + see_help(spec));
  }

  Options options;
  for (const auto& [name, value] : given) {
    if (name == " files") {
      options.files_ = value.as<std::vector<std::string>>();
      continue;
    }
    const OptionSpec& option = *find(spec, name);
    std::vector<std::string> texts = option.repeatable      ? value.as<std::vector<std::string>>()
                                     : option.value.empty() ? std::vector{std::string()}
                                                            : std::vector{value.as<std::string>()};
    for (const std::string& text : texts)
      if (const auto problem = wrong_value(spec, option, text)) return *problem;
    options.values_.emplace(name, std::move(texts));
  }
  if (first_is_file) options.files_.insert(options.files_.begin(), arguments.front());
  if (const auto problem = wrong_count(spec, options.files_)) return *problem;
  return options;
}

std::string help_text(const CommandSpec& spec, std::size_t width) {
  std::string out = "Examples\n";
  for (const Example& example : spec.examples) {
    out += "  " + example.command + '\n';
    out += wrapped(example.what, width, "      ");
  }
  out += '\n' + wrapped("fbss " + spec.name + ": " + spec.summary, width);
  std::vector<std::string> forms = spec.usage;
  if (forms.empty()) forms.push_back("[options]" + (spec.files.empty() ? "" : ' ' + spec.files));
  out += '\n';
  for (const std::string& form : forms) {
    out +=
        (form == forms.front() ? "Usage: fbss " : "       fbss ") + spec.name + ' ' + form + '\n';
  }
  out += "\nOptions\n";
  std::vector<OptionSpec> all = spec.options;
  all.push_back({"help", 'h', "", "this help", {}, {}, {}});
  for (const OptionSpec& option : all) {
    std::string left = option.letter == 0 ? "      " : std::string("  -") + option.letter + ", ";
    left += "--" + option.name + (option.value.empty() ? "" : " ") + option.value;
    constexpr std::size_t help_column = 32;
    left.append(left.size() + 2 > help_column ? 2 : help_column - left.size(), ' ');
    out += wrapped(option.help, width, left, std::string(help_column, ' '));
  }
  for (const std::string& remark : spec.remarks) out += '\n' + wrapped(remark, width);
  return out;
}

std::optional<Problem> wrong_base(const Options& options) {
  if (!options.has("base")) return std::nullopt;
  const std::string base = options.value("base");
  const std::size_t colon = std::min(base.find(':'), base.size());
  const bool has_scheme =
      colon > 0 && colon + 1 < base.size() &&
      std::all_of(base.begin(), base.begin() + static_cast<std::ptrdiff_t>(colon),
                  [](char c) { return c >= 'a' && c <= 'z'; });
  const bool is_plain = std::all_of(base.begin(), base.end(), [](char c) {
    return c > ' ' && c < 127 &&
           std::string_view("\"#<>?\\^`{|}").find(c) == std::string_view::npos;
  });
  if (has_scheme && is_plain && !base.ends_with('/')) return std::nullopt;
  return usage_problem(
      "--base takes the beginning of a url, such as https://fhir.example.org, without spaces and "
      "without a slash at its end.");
}

Problem usage_problem(std::string message) {
  Problem problem;
  problem.code = ErrorCode::usage;
  problem.message = std::move(message);
  return problem;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& words,
                         std::string_view prefix) {
  const std::string_view near = nearest(word, words);
  if (near.empty()) return {};
  return " Did you mean \"" + std::string(prefix) + std::string(near) + "\"?";
}

}  // namespace fbss::app

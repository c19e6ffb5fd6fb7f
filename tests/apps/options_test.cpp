// SPDX-License-Identifier: Apache-2.0
// The command line of a sub-command.
#include "options.hpp"

#include <doctest/doctest.h>

using namespace fbss::app;
using Words = std::vector<std::string>;

namespace {

CommandSpec spec() {
  CommandSpec spec;
  spec.name = "try";
  spec.summary = "tries options";
  spec.files = "FILE";
  spec.least_files = 1;
  spec.most_files = 2;
  spec.examples = {{"fbss try a.json", "the simplest way"}};
  spec.options = {questionnaire_option(), format_option({"text", "json"}), output_option(),
                  width_option(), no_color_option()};
  return spec;
}

std::string refusal(const Words& words) {
  const auto options = parse_options(spec(), words);
  if (options) return "(accepted)";
  CHECK(options.problems().front().code == fbss::ErrorCode::usage);
  return options.problems().front().message;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("options: every way to write one") {
  for (const Words& words :
       {Words{"-q", "x", "a.json"}, Words{"-qx", "a.json"}, Words{"--questionnaire", "x", "a.json"},
        Words{"a.json", "--questionnaire=x"}}) {
    const auto options = parse_options(spec(), words);
    REQUIRE(options.ok());
    CHECK(options->value("questionnaire") == "x");
    CHECK(options->files() == Words{"a.json"});
    CHECK_FALSE(options->has("output"));
  }
  const auto options = parse_options(spec(), {"--no-color", "--width", "60", "-", "--", "-x"});
  REQUIRE(options.ok());
  CHECK(options->has("no-color"));
  CHECK(options->number("width") == 60);
  CHECK(options->files() == Words{"-", "-x"});
  CHECK(options->value("format", "text") == "text");
}

TEST_CASE("options: a first word that may begin with a dash") {
  CommandSpec with_dash = spec();
  with_dash.first_word_is_file = true;
  for (const char* word : {"-1", "-q", "--x", "a", "", "-"}) {
    const auto options = parse_options(with_dash, {word, "--format", "json"});
    REQUIRE(options.ok());
    CHECK(options->files() == Words{word});
    CHECK(options->value("format") == "json");
  }
  for (const Words& words : {Words{"--format", "json", "a", "b"}, Words{"--format=json", "a", "b"},
                             Words{"--", "a", "b"}}) {
    const auto options = parse_options(with_dash, words);
    REQUIRE(options.ok());
    CHECK(options->files() == Words{"a", "b"});
  }
  CHECK_FALSE(parse_options(with_dash, {"a", "-z"}).ok());
}

TEST_CASE("options: every fault says what would be right") {
  CHECK(holds(refusal({"--fromat", "json", "a"}), "Did you mean \"--format\"?"));
  CHECK(holds(refusal({"--out=x", "a"}), "Did you mean \"--output\"?"));
  CHECK(holds(refusal({"-z", "a"}), "has no option"));
  CHECK(holds(refusal({"--format", "fhir", "a"}), "it takes text or json"));
  CHECK(holds(refusal({"--format", "jsno", "a"}), "Did you mean \"json\"?"));
  CHECK(holds(refusal({"--width", "10", "a"}), "a whole number from 40 to 500"));
  CHECK(holds(refusal({"--width", "wide", "a"}), "a whole number from 40 to 500"));
  CHECK(holds(refusal({"a", "--format"}), "--format needs a value"));
  CHECK(holds(refusal({"--no-color=yes", "a"}), "--no-color takes no value"));
  CHECK(holds(refusal({"--width", "50", "--width", "60", "a"}), "more than once"));
  CHECK(holds(refusal({}), "needs FILE"));
  CHECK(holds(refusal({"a", "b", "c"}), "at most 2 files"));
  CHECK(holds(refusal({"a", "b", "c"}), "\"c\""));
}

TEST_CASE("options: the help begins with examples and names every option") {
  const std::string help = help_text(spec(), 80);
  CHECK(help.starts_with("Examples\n  fbss try a.json\n"));
  for (const OptionSpec& option : spec().options) CHECK(holds(help, "--" + option.name));
  for (std::size_t begin = 0; begin < help.size();) {
    const std::size_t end = help.find('\n', begin);
    CHECK(end - begin <= 80);
    begin = end + 1;
  }
}

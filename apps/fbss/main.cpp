// SPDX-License-Identifier: Apache-2.0
// The program `fbss`: the first word is a sub-command, which has a file of its own. Here are the
// choice of it, --help, --version, --about and the exit codes.
#include <algorithm>
#include <exception>

#include <fbss/questionnaire.hpp>
#include <fbss/version.hpp>

#include "commands.hpp"
#include "terminal.hpp"
#include "text.hpp"

namespace fbss::app {

const std::vector<Command>& commands() {
  static const std::vector<Command> all = {
      screen_command(),    ask_command(),      batch_command(),   prefill_command(),
      list_command(),      show_command(),     check_command(),   export_command(),
      fhirpath_command(),  lint_command(),     enabled_command(), validate_command(),
      calculate_command(), populate_command(), extract_command()};
  return all;
}

namespace {

std::string program_help(std::size_t width) {
  std::string out =
      "Examples\n"
      "  fbss ask -o answers.json              asks in the terminal, saving every answer\n"
      "  fbss screen answers.json              one record to one report\n"
      "  fbss screen -o report.html answers.json\n"
      "  fbss batch patients.csv > findings.ndjson\n"
      "  fbss prefill chart.json               what a patient's chart suggests\n"
      "  fbss show                             the questions, the rules, the sources\n"
      "  fbss fhirpath 'name.given' --input patient.json\n\n";
  out += wrapped(
      "fbss asks, checks and evaluates questionnaires on failed back surgery syndrome, every "
      "statement with its source. For health care professionals; it counts what the sources name, "
      "nothing more (fbss --about).",
      width);
  out += "\nUsage: fbss COMMAND [options] [FILE]\n\nCommands\n";
  for (const Command& command : commands()) {
    std::string left = "  " + command.spec.name;
    left.append(12 - left.size(), ' ');
    out += wrapped(command.spec.summary, width, left);
  }
  out +=
      "\nfbss COMMAND --help   what a command takes\n"
      "fbss --version        the version\n"
      "fbss --about          intended use and evidence\n"
      "\nData goes to standard output, everything else to standard error; - is standard input.\n"
      "\nExit codes\n"
      "  0    done\n"
      "  1    input refused or found invalid; in bulk: some records refused\n"
      "  2    the command line is not understood\n"
      "  3    a questionnaire or rule file is invalid\n"
      "  4    reading or writing failed\n"
      "  130  interrupted\n";
  return out;
}

Exit about(Console& console, std::size_t width) {
  std::string out = "fbss " + std::string(version()) + ", Apache-2.0\n";
  for (const std::string_view id : builtin_ids()) {
    Result<Questionnaire> loaded = load_builtin(id);
    if (!loaded) {
      return tell(console, loaded.problems(), ProblemForm::text, Exit::bad_questionnaire);
    }
    out += '\n' + printable(loaded->title()) + " (" + std::string(id) + ' ' +
           printable(loaded->version()) + ")\n";
    out += wrapped(loaded->term(), width, "  ");
    out += "\n  Intended use\n" + wrapped(loaded->intended_use(), width, "  ");
    out += "\n  Evidence\n" + wrapped(loaded->evidence(), width, "  ");
    for (const Source& source : loaded->sources()) {
      out += wrapped(source.publisher + ", “" + source.title + "” (" + source.kind + ", " +
                         source.published + "): " + source.evidence + '.',
                     width, "  - ");
    }
  }
  console.out.write(out);
  return Exit::done;
}

const Command* find(std::string_view name) {
  const auto at = std::find_if(commands().begin(), commands().end(),
                               [&](const Command& command) { return command.spec.name == name; });
  return at == commands().end() ? nullptr : &*at;
}

Problem unknown_command(const std::string& name) {
  std::vector<std::string_view> names;
  for (const Command& command : commands()) names.push_back(command.spec.name);
  std::vector<std::string_view> words = names;
  words.insert(words.end(), {"--help", "--version", "--about"});
  return usage_problem("There is no command \"" + printable(name) +
                       "\" in this version; there are " + listed(names) + '.' +
                       did_you_mean(name, words) + " See fbss --help.");
}

bool asks_for_help(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (argument == "--") return false;
    if (argument == "--help" || argument == "-h") return true;
  }
  return false;
}

Exit run_command(const Command& command, const std::vector<std::string>& arguments,
                 Console& console) {
  if (asks_for_help(arguments)) {
    console.out.write(help_text(command.spec, width_of(console.out, {})));
    return Exit::done;
  }
  Result<Options> options = parse_options(command.spec, arguments);
  if (!options) return tell(console, options.problems(), ProblemForm::text, Exit::usage);
  return command.run(*options, console);
}

Exit run(std::vector<std::string> arguments, Console& console) {
  const std::size_t width = width_of(console.out, {});
  if (arguments.empty()) {
    console.err.write(program_help(width));
    return Exit::usage;
  }
  std::string first = arguments.front();
  arguments.erase(arguments.begin());
  if (first == "help" && !arguments.empty()) {
    first = arguments.front();
    arguments = {"--help"};
  }
  if (const Command* command = find(first)) return run_command(*command, arguments, console);
  if (first == "--help" || first == "-h" || first == "help") {
    console.out.write(program_help(width));
  } else if (first == "--version") {
    console.out.write("fbss " + std::string(version()) + '\n');
  } else if (first == "--about") {
    return about(console, width);
  } else {
    return tell(console, {unknown_command(first)}, ProblemForm::text, Exit::usage);
  }
  return Exit::done;
}

}  // namespace

}  // namespace fbss::app

int main(int count, char** words) {
  using namespace fbss::app;
  end_cleanly_on_signals();
  Console console;
  Exit result = Exit::failed;
  try {
    result = run({words + std::min(count, 1), words + count}, console);
  } catch (const std::exception&) {
    // Memory or threads have run out; what the exception says may hold anything.
    console.err.write("fbss: The system refuses more memory or threads.\n");
  }
  if (const auto flushed = console.out.flush(); !flushed && result != Exit::failed) {
    result = tell(console, flushed.problems(), ProblemForm::text, Exit::failed);
  }
  return static_cast<int>(result);
}

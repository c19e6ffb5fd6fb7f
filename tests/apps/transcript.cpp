// SPDX-License-Identifier: Apache-2.0
// Runs transcripts; see transcript.hpp.
#include "transcript.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace {

bool take_prefix(std::string& text, const std::string& prefix) {
  if (!text.starts_with(prefix)) return false;
  text.erase(0, prefix.size());
  return true;
}

std::string without_outer_spaces(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

std::string on_one_line(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n') {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

void expect(const std::string& place, const std::string& what, const std::string& text,
            const std::string& verb, const std::string& wanted, const std::string& block) {
  INFO(place << ": " << what << " " << verb << ": " << wanted << block);
  INFO(what << " was:\n" << text);
  // Where a line is broken is not what a transcript is about.
  const bool found = on_one_line(text).find(on_one_line(wanted)) != std::string::npos;
  if (verb == "has") {
    CHECK(found);
  } else if (verb == "lacks") {
    CHECK_FALSE(found);
  } else {
    CHECK(text == block);
  }
}

}  // namespace

std::vector<std::string> test_environment() {
  const std::filesystem::path program = FBSS_PROGRAM;
  return {"PATH=" + program.parent_path().string() + ":/usr/bin:/bin", "LC_ALL=C", "TERM=xterm",
          std::string("DATA=") + FBSS_DATA_DIR,
          // A program that dies by a signal on purpose is no error of memory.
          "ASAN_OPTIONS=detect_leaks=0"};
}

Ran run_shell(const Scratch& folder, const std::string& line, const std::string& input) {
  const Scratch streams;
  const std::string in = streams.write("in", input);
  const std::string out = streams.path("out"), err = streams.path("err");
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 0, in.c_str(), O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT, 0600);
  ::posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT, 0600);
  ::posix_spawn_file_actions_addchdir_np(&actions, folder.folder().c_str());

  std::vector<std::string> words = {"sh", "-c", line};
  std::vector<std::string> environment = test_environment();
  std::vector<char*> arguments, variables;
  for (std::string& word : words) arguments.push_back(word.data());
  for (std::string& variable : environment) variables.push_back(variable.data());
  arguments.push_back(nullptr);
  variables.push_back(nullptr);
  pid_t child = 0;
  const int error =
      ::posix_spawn(&child, "/bin/sh", &actions, nullptr, arguments.data(), variables.data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("the shell cannot be started");
  int status = 0;
  ::waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), bytes_of(out),
          bytes_of(err)};
}

std::vector<Case> read_transcript(const std::string& path) {
  std::vector<Case> cases;
  std::ifstream file(path);
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (take_prefix(line, "  ")) {
      if (cases.empty() || cases.back().instructions.empty()) {
        throw std::runtime_error(path + ":" + std::to_string(number) + ": a block of nothing");
      }
      if (line == "(enter)") line.clear();
      cases.back().instructions.back().block += line + '\n';
    } else if (line.empty() || line.front() == '#') {
      continue;
    } else if (take_prefix(line, "case: ")) {
      cases.push_back({line, {}});
    } else {
      if (cases.empty()) throw std::runtime_error(path + ": a line before the first case");
      cases.back().instructions.push_back({number, line, {}});
    }
  }
  return cases;
}

void run_case(const std::string& path, const Case& one) {
  const Scratch folder;
  Ran ran;
  const auto& all = one.instructions;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string place = path + ":" + std::to_string(all[i].line) + " (" + one.name + ")";
    std::string text = all[i].text;
    if (take_prefix(text, "run: ")) {
      const bool has_input = i + 1 < all.size() && all[i + 1].text == "stdin:";
      ran = run_shell(folder, text, has_input ? all[i + 1].block : std::string());
      if (has_input) ++i;
      const bool says_exit = i + 1 < all.size() && all[i + 1].text.starts_with("exit: ");
      if (!says_exit) FAIL_CHECK(place << ": the line behind must be \"exit: …\"");
    } else if (take_prefix(text, "exit: ")) {
      INFO(place << "\nstandard output:\n" << ran.out << "\nstandard error:\n" << ran.err);
      CHECK(ran.exit == std::stoi(text));
    } else if (take_prefix(text, "no file ")) {
      INFO(place);
      CHECK_FALSE(std::filesystem::exists(folder.path(text)));
    } else if (text.starts_with("file ") && text.ends_with(":") && text.find(' ', 5) == text.npos) {
      folder.write(text.substr(5, text.size() - 6), all[i].block);
    } else {
      // "out has: text", "file answers.json has: text"
      const std::size_t colon = text.find(':');
      const std::size_t space = text.rfind(' ', colon);
      if (colon == text.npos || space == text.npos) {
        FAIL_CHECK(place << ": not understood");
        continue;
      }
      std::string what = text.substr(0, space);
      const std::string verb = text.substr(space + 1, colon - space - 1);
      const std::string wanted = without_outer_spaces(text.substr(colon + 1));
      if (verb != "has" && verb != "lacks" && verb != "is") {
        FAIL_CHECK(place << ": not understood");
      } else if (what == "out") {
        expect(place, what, ran.out, verb, wanted, all[i].block);
      } else if (what == "err") {
        expect(place, what, ran.err, verb, wanted, all[i].block);
      } else if (take_prefix(what, "file ")) {
        expect(place, what, bytes_of(folder.path(what)), verb, wanted, all[i].block);
      } else {
        FAIL_CHECK(place << ": not understood");
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// The program as a process: on a terminal, interrupted, while it saves, and with many records.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "transcript.hpp"

namespace {

[[noreturn]] void become_program(const Scratch& folder, std::vector<std::string> words,
                                 const std::vector<std::string>& more_environment) {
  words.insert(words.begin(), FBSS_PROGRAM);
  std::vector<std::string> environment = more_environment;  // the first of a name counts
  for (std::string& variable : test_environment()) environment.push_back(std::move(variable));
  std::vector<char*> arguments, variables;
  for (std::string& word : words) arguments.push_back(word.data());
  for (std::string& variable : environment) variables.push_back(variable.data());
  arguments.push_back(nullptr);
  variables.push_back(nullptr);
  if (::chdir(folder.folder().c_str()) == 0) {
    ::execve(FBSS_PROGRAM, arguments.data(), variables.data());
  }
  ::_exit(127);
}

// What the program writes on a terminal of 72 columns.
std::string on_terminal(const Scratch& folder, const std::vector<std::string>& words,
                        const std::vector<std::string>& more_environment = {}) {
  int terminal = -1;
  struct winsize size {};
  size.ws_col = 72;
  size.ws_row = 24;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
  REQUIRE(child >= 0);
  if (child == 0) become_program(folder, words, more_environment);
  std::string text;
  char piece[4096];
  for (ssize_t got; (got = ::read(terminal, piece, sizeof piece)) > 0;) {
    text.append(piece, static_cast<std::size_t>(got));
  }
  ::close(terminal);
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  return text;
}

// The program with pipes to its standard input and from its standard error.
struct Started {
  pid_t child = -1;
  int in = -1, err = -1;

  Started(const Scratch& folder, const std::vector<std::string>& words) {
    int to[2], from[2];
    REQUIRE(::pipe(to) == 0);
    REQUIRE(::pipe(from) == 0);
    child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      ::dup2(to[0], 0);
      ::dup2(from[1], 1);
      ::dup2(from[1], 2);
      ::close(to[0]);
      ::close(to[1]);
      ::close(from[0]);
      ::close(from[1]);
      become_program(folder, words, {});
    }
    ::close(to[0]);
    ::close(from[1]);
    in = to[1];
    err = from[0];
  }

  void type(std::string_view line) const {
    CHECK(::write(in, line.data(), line.size()) == static_cast<ssize_t>(line.size()));
  }

  // Reads until the text has come.
  bool wait_for(std::string_view text) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::seconds(20);
    while (heard.find(text, heard_before) == std::string::npos) {
      struct pollfd ready = {err, POLLIN, 0};
      if (Clock::now() > end || ::poll(&ready, 1, 1000) < 0) return false;
      if (ready.revents == 0) continue;
      char piece[4096];
      const ssize_t got = ::read(err, piece, sizeof piece);
      if (got <= 0) return false;
      heard.append(piece, static_cast<std::size_t>(got));
    }
    heard_before = heard.find(text, heard_before) + text.size();
    return true;
  }

  // Waits for its end and gives the exit code.
  int end() {
    ::close(in);
    wait_for("(until the end)");
    ::close(err);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  std::string heard;
  std::size_t heard_before = 0;
};

}  // namespace

TEST_CASE("process: colour on a terminal, and every way to have none") {
  const Scratch folder;
  folder.write("r.json", R"({"diabetes": "yes"})");
  const std::string escape = "\x1b[";
  CHECK(on_terminal(folder, {"screen", "r.json"}).find(escape) != std::string::npos);
  CHECK(on_terminal(folder, {"screen", "r.json"}, {"NO_COLOR="}).find(escape) !=
        std::string::npos);  // empty: not set
  CHECK(on_terminal(folder, {"screen", "--no-color", "r.json"}).find(escape) == std::string::npos);
  CHECK(on_terminal(folder, {"screen", "r.json"}, {"NO_COLOR=1"}).find(escape) ==
        std::string::npos);
  CHECK(on_terminal(folder, {"screen", "r.json"}, {"TERM=dumb"}).find(escape) == std::string::npos);
  CHECK(on_terminal(folder, {"screen", "--format", "json", "r.json"}).find(escape) ==
        std::string::npos);
}

TEST_CASE("process: the width is the terminal's") {
  const Scratch folder;
  folder.write("r.json", R"({"diabetes": "yes"})");
  std::string shown = on_terminal(folder, {"screen", "--no-color", "r.json"});
  std::erase(shown, '\r');  // the terminal's line ends
  CHECK(shown == run_shell(folder, "fbss screen --width 72 r.json").out);
}

TEST_CASE("process: Ctrl-C ends with 130 and says where the answers are") {
  const Scratch folder;
  Started ask(folder, {"ask", "-o", "answers.json"});
  REQUIRE(ask.wait_for("question 1 of 14"));
  ask.type("y\n");
  REQUIRE(ask.wait_for("question 2 of 14"));
  ::kill(ask.child, SIGINT);
  CHECK(ask.end() == 130);
  CHECK(ask.heard.find("fbss ask --resume answers.json") != std::string::npos);
  CHECK(bytes_of(folder.path("answers.json")) == "{\"back_surgery_planned\":\"yes\"}\n");
}

TEST_CASE("process: the answers are saved after each one, in one step") {
  const Scratch folder;
  const std::string file = folder.path("answers.json");
  Started ask(folder, {"ask", "-o", "answers.json"});
  REQUIRE(ask.wait_for("question 1 of 14"));
  CHECK_FALSE(std::filesystem::exists(file));
  struct Answer {
    const char *typed, *asked_next, *saved;
  };
  const Answer answers[] = {
      {"y\n", "question 2 of 14", R"({"back_surgery_planned":"yes"})"},
      {":u\n", "question 4 of 14",
       R"({"back_surgery_planned":"yes","prior_back_surgeries":"unknown"})"},
      {":b\n1\n", "question 4 of 14",
       R"({"back_surgery_planned":"yes","prior_back_surgeries":"none"})"},
  };
  // Whoever holds the old file open keeps the whole of it: it is replaced, never written over.
  std::ifstream old;
  std::string old_content;
  for (const Answer& answer : answers) {
    ask.type(answer.typed);
    REQUIRE(ask.wait_for(answer.asked_next));
    CHECK(bytes_of(file) == answer.saved + std::string("\n"));
    if (old.is_open()) {
      CHECK(std::string(std::istreambuf_iterator<char>(old), {}) == old_content);
      old.close();
    }
    old.open(file);
    old_content = bytes_of(file);
  }
  ::kill(ask.child, SIGKILL);
  CHECK(ask.end() == 128 + SIGKILL);
  CHECK(bytes_of(file) == answers[2].saved + std::string("\n"));
}

TEST_CASE("process: memory stays the same however many records there are") {
#if defined(__SANITIZE_ADDRESS__)
  constexpr int records = 2'000;  // the sanitizer's own memory says nothing: only that it works
#else
  constexpr int records = 200'000;
#endif
  const Scratch folder;
  {
    std::ofstream file(folder.path("many.ndjson"));
    for (int i = 0; i < records; ++i) {
      file << "{\"_id\":" << i << ",\"prior_back_surgeries\":\"one\",\"diabetes\":\""
           << (i % 10 == 0 ? "maybe" : "yes") << "\",\"smoking_status\":\"never\"}\n";
    }
  }
  {
    std::ofstream file(folder.path("charts.ndjson"));
    for (int i = 0; i < records; ++i) {
      file << R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p)"
           << i << R"("}})" << (i % 10 == 0 ? R"(,{"resource":{"resourceType":"Patient"}})" : "")
           << "]}\n";
    }
  }
  const std::vector<std::string> runs[] = {
      {"batch", "--jobs", "1", "many.ndjson"},
      {"batch", "--jobs", "4", "many.ndjson"},
      {"batch", "--in", "bundles", "--jobs", "4", "charts.ndjson"},
  };
  for (const auto& words : runs) {
    std::string command;
    for (const std::string& word : words) command += word + ' ';
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      const int nowhere = ::open("/dev/null", O_WRONLY);
      ::dup2(nowhere, 1);
      ::dup2(nowhere, 2);
      become_program(folder, words, {});
    }
    int status = 0;
    struct rusage used {};
    ::wait4(child, &status, 0, &used);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 1);
#if !defined(__SANITIZE_ADDRESS__)
    MESSAGE(command << "(" << records << " records): " << used.ru_maxrss << " KiB at most, "
                    << used.ru_utime.tv_sec * 1000 + used.ru_utime.tv_usec / 1000 << " ms of CPU");
    CHECK(used.ru_maxrss < 64 * 1024);
#endif
  }
}

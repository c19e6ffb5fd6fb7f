// SPDX-License-Identifier: Apache-2.0
// fhirpath.js behind two pipes: a line there, a line back (peer.mjs).
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include <fbss/document.hpp>

#include "answers.hpp"

namespace differential {

namespace {

constexpr int most_milliseconds = 20'000;  // for an answer; node needs some to start

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      constexpr std::string_view hex = "0123456789abcdef";
      out += "\\u00";
      out += hex[static_cast<std::size_t>(c) >> 4];
      out += hex[static_cast<std::size_t>(c) & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace

Peer::Peer(const std::string& script) : script_(script) {
  std::signal(SIGPIPE, SIG_IGN);
  start();
}

Peer::~Peer() {
  stop();
}

void Peer::start() {
  std::array<int, 2> to{}, from{};
  if (pipe2(to.data(), O_CLOEXEC) != 0 || pipe2(from.data(), O_CLOEXEC) != 0) return;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to[0], 0);
  posix_spawn_file_actions_adddup2(&actions, from[1], 1);
  std::string node = "node", path = script_;
  std::array<char*, 3> arguments = {node.data(), path.data(), nullptr};
  if (posix_spawnp(&process_, "node", &actions, nullptr, arguments.data(), environ) != 0)
    process_ = -1;
  posix_spawn_file_actions_destroy(&actions);
  close(to[0]);
  close(from[1]);
  to_ = to[1];
  from_ = from[0];
  why_not_ = "node is not there";
  fbss::Document hello;
  if (process_ < 0 || !hello.parse(read_line())) return;
  version_ = hello.root().find("version").text();
  why_not_ = "the package fhirpath is not there (" +
             std::string(hello.root().find("missing").text()) + ")";
}

void Peer::stop() {
  close(to_);
  close(from_);
  if (process_ < 0) return;
  int status = 0;
  kill(process_, SIGKILL);
  waitpid(process_, &status, 0);
}

std::string Peer::read_line() {
  std::size_t end = 0;
  while ((end = buffer_.find('\n')) == std::string::npos) {
    pollfd waited{.fd = from_, .events = POLLIN, .revents = 0};
    if (poll(&waited, 1, most_milliseconds) <= 0) return "";
    std::array<char, 65536> chunk{};
    const ssize_t count = ::read(from_, chunk.data(), chunk.size());
    if (count <= 0) return "";
    buffer_.append(chunk.data(), static_cast<std::size_t>(count));
  }
  std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 1);
  return line;
}

std::string Peer::exchange(const std::string& line) {
  const std::string whole = line + "\n";
  for (std::size_t sent = 0; sent < whole.size();) {
    const ssize_t count = write(to_, whole.data() + sent, whole.size() - sent);
    if (count <= 0) return "";
    sent += static_cast<std::size_t>(count);
  }
  return read_line();
}

void Peer::read(const std::string& resource) {
  resource_ = resource;
  exchange("{\"resource\":" + resource + "}");
}

Answer Peer::ask(const std::string& expression) {
  fbss::Document said;
  fbss::Limits limits;
  limits.record_bytes = 64 * 1024 * 1024;
  const std::string line = exchange("{\"expression\":" + quoted(expression) + "}");
  if (!said.parse(line, limits)) {
    stop();
    start();
    read(resource_);
    return {.is_error = true, .error = "no answer", .items = {}};
  }
  if (const fbss::JsonNode error = said.root().find("error"))
    return {.is_error = true, .error = std::string(error.text()), .items = {}};
  Answer answer;
  for (fbss::JsonNode item = said.root().find("items").first(); item; item = item.next())
    answer.items.push_back({.kind = std::string(item.find("kind").text()),
                            .text = std::string(item.find("text").text()),
                            .is_node = item.find("node").boolean(),
                            .is_extended = item.find("extended").boolean(),
                            .type = std::string(item.find("type").text())});
  return answer;
}

}  // namespace differential

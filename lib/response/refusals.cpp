// SPDX-License-Identifier: Apache-2.0
// The making of refusals: see refusals.hpp.
#include "response/refusals.hpp"

#include <algorithm>

#include "json/write.hpp"

namespace fbss {

void Refusals::add(ErrorCode code, std::string_view question, std::string pointer,
                   std::string message) {
  Problem problem;
  problem.code = code;
  problem.message = std::move(message);
  problem.pointer = std::move(pointer);
  problem.question = question;
  add(std::move(problem));
}

void Refusals::add(Problem problem) {
  if (full()) return;
  problems_.push_back(std::move(problem));
  if (full()) problems_.back().message += " Further problems are not listed.";
}

std::string pointer_of(std::string_view key) {
  std::string pointer;
  json::append_pointer_step(pointer, key);
  return pointer;
}

std::string pointer_of(std::string_view key, std::size_t element) {
  return pointer_of(key) + '/' + std::to_string(element);
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  out += text;
  out += '"';
  return out;
}

std::string listed(std::span<const std::string_view> words, std::string_view last_joint) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? last_joint : std::string_view(", ");
    out += words[i];
  }
  return out;
}

bool is_plain_key(std::string_view key) {
  constexpr std::size_t longest = 64;
  return !key.empty() && key.size() <= longest && std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace fbss

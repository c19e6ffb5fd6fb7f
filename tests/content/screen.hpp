// SPDX-License-Identifier: Apache-2.0
// What the tests of the content share: the questionnaire, loaded once, and the answers that a
// question can be given.
#pragma once

#include <string>
#include <vector>

#include <fbss/questionnaire.hpp>

namespace content {

/// The built-in pre-operative screen; fails the test where it does not load.
const fbss::Questionnaire& screen();

/// Every value that the question takes, as a record holds it; one text for free text.
std::vector<std::string> values_of(const fbss::Item& question);

/// A file's bytes; fails the test where it cannot be read.
std::string read_file(const std::string& path);

/// Whether the path exists.
bool exists(const std::string& path);

/// Does `text` hold `part`?
inline bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace content

// SPDX-License-Identifier: Apache-2.0
// The FHIR cases that lie beside the project, for tests that use them where they are there.
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <fbss/document.hpp>

namespace shared_files {

inline const std::filesystem::path folder = FBSS_SHARED_DIR "/cases/fhir";

/// False, with a message, where they are not there.
inline bool are_there() {
  if (std::filesystem::exists(folder / "index.json")) return true;
  MESSAGE("skipped: there are no shared cases at ", folder.string());
  return false;
}

inline std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// JSON, kept while it is read.
struct Json {
  explicit Json(const std::string& text) {
    fbss::Limits limits;
    limits.record_bytes = std::size_t{16} * 1024 * 1024;
    REQUIRE(document.parse(text, limits));
  }
  fbss::Document document;
  fbss::JsonNode root() const { return document.root(); }
};

/// Whether the case stands in shared_differences.txt, with the reason why we differ.
inline bool differs_on_purpose(const std::string& id) {
  static const std::string table = text_of(FBSS_SOURCE_DIR "/tests/fhir/shared_differences.txt");
  return table.find('\n' + id + " | ") != std::string::npos;
}

}  // namespace shared_files

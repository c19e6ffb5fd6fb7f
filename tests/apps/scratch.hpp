// SPDX-License-Identifier: Apache-2.0
// A folder for one test, removed with everything in it when the test ends.
#pragma once

#include <string>
#include <string_view>

class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::string& folder() const { return folder_; }
  std::string path(std::string_view name) const { return folder_ + '/' + std::string(name); }

  /// Writes a file and gives its path.
  std::string write(std::string_view name, std::string_view bytes) const;

 private:
  std::string folder_;
};

/// The bytes of a file; empty where there is none.
std::string bytes_of(const std::string& path);

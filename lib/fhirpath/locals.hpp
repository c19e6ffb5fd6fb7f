// SPDX-License-Identifier: Apache-2.0
// The variables that defineVariable() names, while a plan is made: which names are seen where, and
// the slot of each. One is seen from its definition to the end of its chain of steps, also between
// the brackets there, and no further: not behind an operator, not in the other side of a union.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace fbss::fhirpath {

class Locals {
 public:
  /// Opens the scope of a chain of steps. The result is what leave() takes.
  std::size_t enter() {
    const std::size_t outer = first_;
    first_ = seen_.size();
    return outer;
  }
  void leave(std::size_t outer) {
    forget();
    first_ = outer;
  }

  /// Ends the variables of the chain that is open.
  void forget() { seen_.erase(seen_.begin() + static_cast<std::ptrdiff_t>(first_), seen_.end()); }

  /// The slot of a new variable; the name has to last as long as this object.
  std::uint32_t define(std::string_view name) {
    const std::uint32_t slot = reserve();
    seen_.push_back({name, slot});
    all_.push_back(name);
    return slot;
  }

  /// A slot for values that have no name.
  std::uint32_t reserve() { return count_++; }

  /// The slot of a variable that is seen here.
  std::optional<std::uint32_t> find(std::string_view name) const {
    const auto found = std::ranges::find(seen_, name, &Local::name);
    return found == seen_.end() ? std::nullopt : std::optional(found->slot);
  }

  /// Whether a variable of that name was defined at all.
  bool was_defined(std::string_view name) const {
    return std::ranges::find(all_, name) != all_.end();
  }

  std::uint32_t count() const { return count_; }

 private:
  struct Local {
    std::string_view name;
    std::uint32_t slot;
  };

  std::vector<Local> seen_;
  std::vector<std::string_view> all_;
  std::uint32_t count_ = 0;  // of slots
  std::size_t first_ = 0;    // in seen_, of the chain that is open
};

}  // namespace fbss::fhirpath

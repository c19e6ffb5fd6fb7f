// SPDX-License-Identifier: Apache-2.0
// Memory that is given out piece by piece and taken back all at once. In: sizes. Out: memory that
// stays where it is until reset(), which keeps the blocks, so that the next record costs no
// allocation. Only trivially destructible things live here.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace fbss {

class Arena {
 public:
  Arena() = default;
  Arena(Arena&& other) noexcept { *this = std::move(other); }
  /// Memory given out stays where it is; `other` is then empty and may be used again.
  Arena& operator=(Arena&& other) noexcept {
    blocks_ = std::exchange(other.blocks_, {});
    current_ = std::exchange(other.current_, 0);
    next_ = std::exchange(other.next_, nullptr);
    left_ = std::exchange(other.left_, 0);
    used_ = std::exchange(other.used_, 0);
    return *this;
  }

  /// Memory for `bytes` bytes, aligned to 16.
  void* allocate(std::size_t bytes) {
    bytes = (bytes + 15) & ~std::size_t{15};
    if (bytes > left_) grow(bytes);
    std::byte* place = next_;
    next_ += bytes;
    left_ -= bytes;
    used_ += bytes;
    return place;
  }

  template <class T>
  T* make(const T& value) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T))) T(value);
  }

  template <class T>
  T* make_array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    return static_cast<T*>(allocate(sizeof(T) * count));
  }

  std::string_view copy(std::string_view text) {
    char* place = static_cast<char*>(allocate(text.size()));
    if (!text.empty()) std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
  }

  /// Takes everything back and keeps the blocks.
  void reset() {
    used_ = 0;
    if (!blocks_.empty()) enter(0);
  }

  /// Bytes given out since the last reset().
  std::size_t used() const { return used_; }

 private:
  struct Block {
    std::unique_ptr<std::byte[]> memory;
    std::size_t size;
  };

  void enter(std::size_t block) {
    current_ = block;
    next_ = blocks_[block].memory.get();
    left_ = blocks_[block].size;
  }
  void grow(std::size_t bytes);  // arena.cpp: goes to the next kept block that is large enough, or
                                 // makes one

  std::vector<Block> blocks_;
  std::size_t current_ = 0;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t used_ = 0;
};

}  // namespace fbss

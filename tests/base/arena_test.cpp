// SPDX-License-Identifier: Apache-2.0
// The arena gives out memory that does not overlap, and uses its blocks again after reset().
#include "base/arena.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

using fbss::Arena;

TEST_CASE("memory is aligned and does not move or overlap while the arena grows") {
  Arena arena;
  std::mt19937 random(1);
  std::vector<std::pair<unsigned char*, std::size_t>> pieces;
  for (int i = 0; i < 2000; ++i) {
    const std::size_t size = random() % (i % 100 == 0 ? 50'000 : 90);
    auto* place = static_cast<unsigned char*>(arena.allocate(size));
    CHECK(reinterpret_cast<std::uintptr_t>(place) % 16 == 0);
    if (size > 0) std::memset(place, i & 0xFF, size);
    pieces.emplace_back(place, size);
  }
  bool intact = true;
  for (std::size_t i = 0; i < pieces.size(); ++i)
    for (std::size_t k = 0; k < pieces[i].second; ++k)
      intact = intact && pieces[i].first[k] == (i & 0xFF);
  CHECK(intact);
}

TEST_CASE("reset gives the same memory again, in the same order") {
  Arena arena;
  const std::size_t sizes[] = {100, 5000, 16, 40'000, 1, 300'000, 64};
  std::vector<void*> first;
  for (const std::size_t size : sizes) first.push_back(arena.allocate(size));
  const std::size_t used = arena.used();
  CHECK(used >= 345'181);
  for (int round = 0; round < 3; ++round) {
    arena.reset();
    CHECK(arena.used() == 0);
    std::vector<void*> again;
    for (const std::size_t size : sizes) again.push_back(arena.allocate(size));
    CHECK(again == first);
    CHECK(arena.used() == used);
  }
}

TEST_CASE("after reset other sizes fit as well, each into a block that is large enough") {
  Arena arena;
  for (const std::size_t size : {100, 5000, 20'000}) arena.allocate(size);
  for (int round = 0; round < 20; ++round) {
    arena.reset();
    std::vector<std::pair<char*, std::size_t>> pieces;
    for (const std::size_t size : {4000, 30'000, 90, 9000, 100'000, 7}) {
      auto* place = static_cast<char*>(arena.allocate(size));
      std::memset(place, static_cast<int>(size % 251), size);
      pieces.emplace_back(place, size);
    }
    bool intact = true;
    for (const auto& [place, size] : pieces)
      for (std::size_t i = 0; i < size; ++i)
        intact = intact && static_cast<unsigned char>(place[i]) == size % 251;
    CHECK(intact);
  }
}

TEST_CASE("an arena may be reset before its first use and be used after it was moved from") {
  Arena arena;
  arena.reset();
  const std::string_view text = arena.copy("first");
  Arena other = std::move(arena);
  CHECK(text == "first");
  const std::string_view more = arena.copy("second");  // NOLINT: the header allows it
  CHECK(other.copy("third") == "third");
  CHECK(text == "first");
  CHECK(more == "second");
  other = std::move(arena);
  CHECK(more == "second");
}

TEST_CASE("values, arrays and texts") {
  Arena arena;
  struct Pair {
    int a;
    double b;
  };
  const Pair* pair = arena.make(Pair{1, 2.5});
  CHECK(pair->a == 1);
  CHECK(pair->b == 2.5);
  int* numbers = arena.make_array<int>(100);
  for (int i = 0; i < 100; ++i) numbers[i] = i;
  CHECK(numbers[99] == 99);
  CHECK(arena.copy("") == "");
  std::string source = "text";
  const std::string_view copy = arena.copy(source);
  source = "gone";
  CHECK(copy == "text");
}

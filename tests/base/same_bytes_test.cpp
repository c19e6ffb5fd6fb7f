// SPDX-License-Identifier: Apache-2.0
#include "base/same_bytes.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace fbss;

TEST_CASE("texts of every length are the same only where every byte is") {
  std::string text;
  for (int length = 0; length <= 40; ++length) {
    CAPTURE(length);
    const std::string same = text;
    CHECK(same_text(text, same));
    CHECK_FALSE(same_text(text, text + 'x'));
    for (std::size_t i = 0; i < text.size(); ++i) {
      std::string other = text;
      other[i] = static_cast<char>(other[i] ^ 1);
      CHECK_FALSE(same_text(text, other));
    }
    text += static_cast<char>('a' + length % 26);
  }
}

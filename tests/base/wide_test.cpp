// SPDX-License-Identifier: Apache-2.0
// 256-bit numbers: known products, and (a * b + c) / b gives a and c back.
#include "base/wide.hpp"

#include <doctest/doctest.h>

#include <random>

using fbss::UInt128;
using fbss::Wide;

TEST_CASE("products, sums and differences at the edges") {
  const UInt128 most = ~UInt128{0};
  // (2^128 - 1)^2 = 2^256 - 2^129 + 1
  const Wide square = Wide::product(most, most);
  CHECK_FALSE(square.narrow().has_value());
  UInt128 rest = 1;
  CHECK(square.divided(most, &rest).narrow() == most);
  CHECK(rest == 0);
  CHECK(square.minus(square).narrow() == UInt128{0});
  const Wide sum = Wide(most).plus(Wide(1));  // 2^128: the carry crosses the middle
  CHECK_FALSE(sum.narrow().has_value());
  CHECK(sum.minus(Wide(1)).narrow() == most);
  CHECK(Wide(most) < sum);
  CHECK_FALSE(sum < Wide(most));
  CHECK_FALSE(sum < sum);
}

TEST_CASE("a product with a small number, and its end at 256 bits") {
  CHECK(Wide(7).times(6)->narrow() == UInt128{42});
  CHECK(Wide(7).times(0)->narrow() == UInt128{0});
  const UInt128 most = ~UInt128{0};
  const auto above = Wide(most).times(10);
  REQUIRE(above.has_value());
  CHECK_FALSE(above->narrow().has_value());
  CHECK(above->divided(10).narrow() == most);
  CHECK_FALSE(Wide::product(most, most).times(2).has_value());
}

TEST_CASE("division undoes multiplication on seeded numbers") {
  std::mt19937_64 random(3);
  for (int i = 0; i < 2000; ++i) {
    const UInt128 a = (static_cast<UInt128>(random()) << 64 | random()) >> (random() % 128);
    const UInt128 b = ((static_cast<UInt128>(random()) << 64 | random()) >> (random() % 128)) | 1;
    const UInt128 c = (static_cast<UInt128>(random()) << 64 | random()) % b;
    UInt128 rest = 0;
    CHECK(Wide::product(a, b).plus(Wide(c)).divided(b, &rest).narrow() == a);
    CHECK(rest == c);
  }
}

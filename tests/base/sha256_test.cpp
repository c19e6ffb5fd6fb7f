// SPDX-License-Identifier: Apache-2.0
// SHA-256 against the examples of FIPS 180-4 (NIST, "Examples with Intermediate Values").
#include "base/sha256.hpp"

#include <doctest/doctest.h>

using fbss::sha256;

TEST_CASE("SHA-256 gives the digests that NIST publishes") {
  struct {
    std::string bytes;
    const char* digest;
  } const cases[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {std::string(1'000'000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const auto& c : cases) CHECK(sha256(c.bytes) == c.digest);
}

TEST_CASE("a NUL byte is a byte like any other") {
  CHECK(sha256(std::string_view("a\0b", 3)) != sha256("a"));
}

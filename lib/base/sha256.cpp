// SPDX-License-Identifier: Apache-2.0
// SHA-256 by libmd: in, bytes; out, the digest as hexadecimal text.
#include "base/sha256.hpp"

#include <sys/types.h>  // <sha256.h> uses its types without including it

#include <sha256.h>

#include <cstdint>

namespace fbss {

std::string sha256(std::string_view bytes) {
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  std::uint8_t digest[SHA256_DIGEST_LENGTH];
  SHA256_Final(digest, &context);
  std::string text;
  text.reserve(2 * sizeof digest);
  for (const std::uint8_t byte : digest) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

}  // namespace fbss

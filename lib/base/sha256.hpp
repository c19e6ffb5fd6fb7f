// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4) of bytes, as 64 lower-case hexadecimal digits.
#pragma once

#include <string>
#include <string_view>

namespace fbss {

std::string sha256(std::string_view bytes);

}  // namespace fbss

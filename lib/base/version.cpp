// SPDX-License-Identifier: Apache-2.0
// The version that was compiled: in, nothing; out, its text.
#include <fbss/version.hpp>

namespace fbss {

std::string_view version() {
  return FBSS_VERSION;
}

}  // namespace fbss

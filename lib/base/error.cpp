// SPDX-License-Identifier: Apache-2.0
// The words and sentences of error codes: in, a code; out, its texts from error_codes.def.
#include <fbss/error.hpp>

#include <cstddef>
#include <iterator>

namespace fbss {
namespace {

struct CodeTexts {
  std::string_view word, sentence;
};

constexpr CodeTexts known_texts[] = {
#define FBSS_ERROR(name, sentence) {#name, sentence},
#include <fbss/error_codes.def>
#undef FBSS_ERROR
};

const CodeTexts& texts_of(ErrorCode code) {
  static constexpr CodeTexts none_place = {"unknown_code", "This error code does not exist."};
  const auto index = static_cast<std::size_t>(code);
  return index < std::size(known_texts) ? known_texts[index] : none_place;
}

}  // namespace

std::string_view code_word(ErrorCode code) {
  return texts_of(code).word;
}

std::string_view code_sentence(ErrorCode code) {
  return texts_of(code).sentence;
}

}  // namespace fbss

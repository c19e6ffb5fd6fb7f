// SPDX-License-Identifier: Apache-2.0
// Codes of ICD-10 taken apart. Entered through Icd10Code::parse().
#include "fhirpath/icd10.hpp"

namespace fbss::fhirpath {
namespace {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

}  // namespace

bool is_icd10(std::string_view system) {
  return system == "http://hl7.org/fhir/sid/icd-10-cm" ||
         system == "http://hl7.org/fhir/sid/icd-10";
}

std::optional<Icd10Code> Icd10Code::parse(std::string_view text) {
  Icd10Code made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = upper(text[i]);
    if (c == '.' && i == category_size && i + 1 < text.size()) continue;
    const bool fits = made.size_ == 0   ? is_letter(c)
                      : made.size_ == 1 ? is_digit(c)
                                        : is_letter(c) || is_digit(c);
    if (!fits || made.size_ == most) return std::nullopt;
    made.dotted_[made.size_ < category_size ? made.size_ : made.size_ + 1] = c;
    made.plain_[made.size_++] = c;
  }
  if (made.size_ < category_size) return std::nullopt;
  made.dotted_[category_size] = made.size_ > category_size ? '.' : '\0';
  return made;
}

}  // namespace fbss::fhirpath

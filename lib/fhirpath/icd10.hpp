// SPDX-License-Identifier: Apache-2.0
// The hierarchy of ICD-10 and ICD-10-CM, which their codes carry in themselves: what stands above a
// code are its beginnings of three characters and more (E11.65: E11.6 and E11). Case and the dot
// mean nothing (terminology.hl7.org, "Using ICD codes with FHIR"). In: codes as written. Out: which
// stands above which.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace fbss::fhirpath {

/// Whether the url is that of ICD-10 or of ICD-10-CM.
bool is_icd10(std::string_view system);

/// A code of the form that all codes of ICD-10 have: a letter, a digit, a letter or digit, and
/// behind a dot, which may be left out, up to four letters and digits.
class Icd10Code {
 public:
  /// Nothing where the text has another form, as the name of a block (E08-E13) has.
  static std::optional<Icd10Code> parse(std::string_view text);

  /// In capitals, "E1165" and "E11.65"; the same where there is nothing behind the dot.
  std::string_view plain() const { return {plain_.data(), size_}; }
  std::string_view dotted() const {
    return {dotted_.data(), size_ > category_size ? size_ + 1 : size_};
  }

  /// Whether it is the other code, or stands above it.
  bool begins(const Icd10Code& other) const { return other.plain().starts_with(plain()); }

 private:
  static constexpr std::size_t category_size = 3, most = 7;

  std::array<char, most> plain_{};
  std::array<char, most + 1> dotted_{};
  std::size_t size_ = 0;
};

/// Not known where either is no code of that form: blocks and chapters stand above codes too.
inline std::optional<bool> icd10_subsumes(std::string_view above, std::string_view below) {
  const auto high = Icd10Code::parse(above), low = Icd10Code::parse(below);
  return high && low ? std::optional(high->begins(*low)) : std::nullopt;
}

}  // namespace fbss::fhirpath

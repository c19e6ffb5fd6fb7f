// SPDX-License-Identifier: Apache-2.0
// Texts: their length in characters, the regular expression that the whole of them has to match,
// line breaks, and URLs. In: an answer that JSON writes as text or, for `regex`, as a number.
#include <algorithm>

#include "base/utf8.hpp"
#include "fhir/validate/validation.hpp"

namespace fbss::form {
namespace {

bool is_hex(char c, bool also_upper) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (also_upper && c >= 'A' && c <= 'F');
}

// 8-4-4-4-12 hexadecimal digits, small letters (hl7.org/fhir/R4/datatypes.html#uuid).
bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_dash ? text[i] != '-' : !is_hex(text[i], false)) return false;
  }
  return true;
}

// "1.2.840": numbers without leading zeros, the first of them 0, 1 or 2.
bool is_oid(std::string_view text) {
  if (text.size() < 3 || text[0] < '0' || text[0] > '2' || text[1] != '.') return false;
  char before = '.';
  for (std::size_t i = 2; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '.' && (c < '0' || c > '9')) return false;
    if (c == '.' && before == '.') return false;
    const bool is_leading_zero =
        c == '0' && before == '.' && i + 1 < text.size() && text[i + 1] != '.';
    if (is_leading_zero) return false;
    before = c;
  }
  return before != '.';
}

// RFC 3986 and, for characters beyond ASCII, RFC 3987: what may stand in a reference at all.
bool is_uri(std::string_view text) {
  constexpr std::string_view never = "\"<>\\^`{|}";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c <= ' ' || c == 0x7F || never.find(text[i]) != std::string_view::npos) return false;
    if (c != '%') continue;
    if (i + 2 >= text.size() || !is_hex(text[i + 1], true) || !is_hex(text[i + 2], true))
      return false;
  }
  if (text.starts_with("urn:uuid:")) return is_uuid(text.substr(9));
  if (text.starts_with("urn:oid:")) return is_oid(text.substr(8));
  return !text.empty();
}

}  // namespace

void check_text(Validation& validation, std::uint32_t instance, const Answer& answer) {
  const Item& item = validation.state.item_of(instance);
  const json::Node& node = *answer.choice.node;
  if (node.is_container() || node.kind == JsonKind::boolean) return;
  const std::string_view text = node.text_view();
  const auto tell = [&](FormRule rule, std::string message) {
    validation.tell(rule, instance, answer.place, std::move(message));
  };
  // maxLength is R4's for numbers too: how many characters they are written with.
  const std::size_t length = item.min_length || item.max_length ? count_characters(text) : 0;
  const auto is_long = [&] { return "The text has " + std::to_string(length) + " characters; "; };
  if (item.min_length && length < *item.min_length)
    tell(FormRule::minLength,
         is_long() + "at least " + std::to_string(*item.min_length) + " are asked for.");
  if (item.max_length && length > *item.max_length)
    tell(FormRule::maxLength,
         is_long() + "at most " + std::to_string(*item.max_length) + " are allowed.");
  if (item.pattern && !item.pattern->matches(text))
    tell(FormRule::regex, item.entry_format.empty()
                              ? "The text does not have the form that is asked for."
                              : "The text does not have the form that is asked for: " +
                                    std::string(item.entry_format) + '.');
  if (item.type == ItemType::string && text.find_first_of("\r\n") != std::string_view::npos)
    tell(FormRule::invalidNewLine,
         "A question of type string is answered in one line; for several there is the type text.");
  if (item.type == ItemType::url && !is_uri(text))
    tell(FormRule::invalidUrlValue, "The value is no URL.");
}

}  // namespace fbss::form

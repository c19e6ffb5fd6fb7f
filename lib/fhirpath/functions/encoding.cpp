// SPDX-License-Identifier: Apache-2.0
// Additional string functions: encode and decode (hex, base64, urlbase64), escape and unescape
// (html, json). A form that is not known, and a text that is not in its form, give the empty
// collection. FHIRPath 3.0, section "Additional String Functions".
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/utf8.hpp"
#include "fhirpath/functions.hpp"

namespace fbss::fhirpath {
namespace {

using Coded = std::optional<std::string>;
using Coder = Coded (*)(std::string_view text, std::string_view form);

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base_64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_base_64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string_view alphabet_of(std::string_view form) {
  return form == "base64" ? base_64 : form == "urlbase64" ? url_base_64 : std::string_view{};
}

std::string to_hex(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += hex_digits[byte >> 4];
    out += hex_digits[byte & 15];
  }
  return out;
}

std::string to_base64(std::string_view text, std::string_view alphabet) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += 3) {
    const std::string_view three = text.substr(at, 3);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i)
      bits = bits << 8 | (i < three.size() ? static_cast<unsigned char>(three[i]) : 0u);
    for (std::size_t i = 0; i < 4; ++i)
      out += i <= three.size() ? alphabet[bits >> (18 - 6 * i) & 63] : '=';
  }
  return out;
}

// The digits' values, or nothing where one is none.
Coded from_digits(std::string_view text, std::string_view alphabet, unsigned bits_each) {
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const std::size_t digit = alphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = bits << bits_each | static_cast<std::uint32_t>(digit);
    count += bits_each;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  return out;
}

Coded from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c + 32);
  return from_digits(lower, hex_digits, 4);
}

Coded from_base64(std::string_view text, std::string_view alphabet) {
  const std::size_t end = text.find_last_not_of('=') + 1;
  if (text.size() - end > 2 || end % 4 == 1) return std::nullopt;
  return from_digits(text.substr(0, end), alphabet, 6);
}

Coded encoded(std::string_view text, std::string_view form) {
  if (form == "hex") return to_hex(text);
  const std::string_view alphabet = alphabet_of(form);
  return alphabet.empty() ? std::nullopt : Coded(to_base64(text, alphabet));
}

Coded decoded(std::string_view text, std::string_view form) {
  const std::string_view alphabet = alphabet_of(form);
  Coded out = form == "hex"      ? from_hex(text)
              : alphabet.empty() ? std::nullopt
                                 : from_base64(text, alphabet);
  return out && is_valid_utf8(*out) ? out : std::nullopt;
}

struct Escape {
  char character;
  std::string_view html, json;
};

constexpr Escape known_escapes[] = {
    {'<', "&lt;", ""},   {'>', "&gt;", ""},  {'&', "&amp;", ""}, {'"', "&quot;", "\\\""},
    {'\'', "&#39;", ""}, {'\\', "", "\\\\"}, {'\n', "", "\\n"},  {'\r', "", "\\r"},
    {'\t', "", "\\t"},   {'\f', "", "\\f"},  {'\b', "", "\\b"}};

std::string_view form_of(const Escape& escape, std::string_view form) {
  return form == "html" ? escape.html : escape.json;
}

Coded escaped(std::string_view text, std::string_view form) {
  if (form != "html" && form != "json") return std::nullopt;
  std::string out;
  for (const char c : text) {
    const auto* escape = std::ranges::find(known_escapes, c, &Escape::character);
    const std::string_view written =
        escape == std::end(known_escapes) ? std::string_view{} : form_of(*escape, form);
    if (!written.empty()) {
      out += written;
    } else if (form == "json" && static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00" + to_hex(std::string_view(&c, 1));
    } else {
      out += c;
    }
  }
  return out;
}

// A character given by its number, "&#233;" or "\u00e9", at the start of the text: its value and
// how many bytes it takes.
struct Numbered {
  char32_t value;
  std::size_t length;
};

std::optional<Numbered> numbered(std::string_view text, std::string_view form) {
  const bool is_html = form == "html";
  if (!text.starts_with(is_html ? "&#" : "\\u")) return std::nullopt;
  const bool is_hex = !is_html || text.substr(2, 1) == "x";
  std::size_t at = is_html && is_hex ? 3 : 2;
  const std::size_t most = is_html ? text.size() : std::min<std::size_t>(text.size(), 6);
  const std::size_t first = at;
  char32_t value = 0;
  for (; at < most && value < 0x110000; ++at) {
    const char c = text[at] >= 'A' && text[at] <= 'F' ? static_cast<char>(text[at] + 32) : text[at];
    const std::size_t digit = hex_digits.find(c);
    if (digit == std::string_view::npos || (!is_hex && digit > 9)) break;
    value = value * (is_hex ? 16 : 10) + static_cast<char32_t>(digit);
  }
  const bool ends = is_html ? at > first && text.substr(at, 1) == ";" : at == 6;
  if (!ends || value == 0 || value >= 0x110000) return std::nullopt;
  return Numbered{value, at + (is_html ? 1 : 0)};
}

bool is_surrogate(char32_t c) {
  return c >= 0xD800 && c <= 0xDFFF;
}

Coded unescaped(std::string_view text, std::string_view form) {
  if (form != "html" && form != "json") return std::nullopt;
  std::string out;
  while (!text.empty()) {
    const auto* escape = std::ranges::find_if(known_escapes, [&](const Escape& known) {
      const std::string_view written = form_of(known, form);
      return !written.empty() && text.starts_with(written);
    });
    if (escape != std::end(known_escapes)) {
      out += escape->character;
      text.remove_prefix(form_of(*escape, form).size());
      continue;
    }
    auto number = numbered(text, form);
    if (number && is_surrogate(number->value)) {
      const auto low = numbered(text.substr(number->length), form);
      if (!low || number->value >= 0xDC00 || low->value < 0xDC00 || !is_surrogate(low->value))
        return std::nullopt;
      number->value = 0x10000 + ((number->value - 0xD800) << 10) + (low->value - 0xDC00);
      number->length += low->length;
    }
    if (number) {
      append_utf8(out, number->value);
      text.remove_prefix(number->length);
    } else if (form == "json" && text.starts_with("\\/")) {
      out += '/';
      text.remove_prefix(2);
    } else {
      out += text[0];
      text.remove_prefix(1);
    }
  }
  return out;
}

void code(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope,
          Coder coder) {
  const auto input = single_input(evaluator, step, begin);
  if (input && input->type() != Type::string) refuse_input(step, "a text");
  const auto form = text_argument(evaluator, step, 0, scope);
  evaluator.stack.cut(begin);
  if (!input || !form) return;
  const std::string_view text = ValueAccess::string(*input);
  evaluator.spend(text.size() / 16);
  evaluator.expect(text.size() * 6);  // as long as \u0000 for every byte
  if (const Coded out = coder(text, *form))
    evaluator.push(ValueAccess::of_string(evaluator.keep(*out)));
}

}  // namespace

void call_encode(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  code(evaluator, step, begin, scope, encoded);
}

void call_decode(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  code(evaluator, step, begin, scope, decoded);
}

void call_escape(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  code(evaluator, step, begin, scope, escaped);
}

void call_unescape(Evaluator& evaluator, const Step& step, std::size_t begin, const Scope& scope) {
  code(evaluator, step, begin, scope, unescaped);
}

}  // namespace fbss::fhirpath

// SPDX-License-Identifier: Apache-2.0
// Narrative's XHTML, checked in one pass: well-formed XML, and of it only what hl7.org/fhir/R4/
// narrative.html allows: formatting elements (chapters 7 to 11, but 9.4, and 15 of HTML 4.0), links
// and images, no entities but those of XML.
#include "fhirpath/xhtml.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace fbss::fhirpath {
namespace {

constexpr std::string_view elements[] = {
    "a",       "abbr",  "acronym", "address", "b",        "bdo",   "big",   "blockquote", "br",
    "caption", "cite",  "code",    "col",     "colgroup", "dd",    "dfn",   "div",        "dl",
    "dt",      "em",    "h1",      "h2",      "h3",       "h4",    "h5",    "h6",         "hr",
    "i",       "img",   "kbd",     "li",      "ol",       "p",     "pre",   "q",          "samp",
    "small",   "span",  "strong",  "sub",     "sup",      "table", "tbody", "td",         "tfoot",
    "th",      "thead", "tr",      "tt",      "ul",       "var"};

constexpr std::string_view attributes[] = {
    "abbr",       "accesskey",   "align",       "alt",        "axis",   "bgcolor", "border",
    "cellhalign", "cellpadding", "cellspacing", "cellvalign", "char",   "charoff", "charset",
    "cite",       "class",       "colspan",     "compact",    "coords", "dir",     "frame",
    "headers",    "height",      "href",        "hreflang",   "hspace", "id",      "lang",
    "longdesc",   "name",        "nowrap",      "rel",        "rev",    "rowspan", "rules",
    "scope",      "shape",       "span",        "src",        "start",  "style",   "summary",
    "tabindex",   "title",       "type",        "valign",     "value",  "vspace",  "width",
    "xmlns"};

constexpr std::string_view entities[] = {"amp", "apos", "gt", "lt", "quot"};
constexpr std::string_view xhtml_namespace = "http://www.w3.org/1999/xhtml";
constexpr std::size_t most_open = 200;

template <std::size_t size>
bool is_one_of(const std::string_view (&list)[size], std::string_view name) {
  return std::ranges::find(list, name) != std::end(list);
}

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_xml_character(char32_t c) {
  return is_space(c) || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

// Of UTF-8, which the reader of records has seen to.
bool has_only_xml_characters(std::string_view text) {
  return std::ranges::all_of(text,
                             [](char c) {
                               return static_cast<unsigned char>(c) >= 0x20 ||
                                      is_space(static_cast<unsigned char>(c));
                             }) &&
         text.find("\xEF\xBF\xBE") == std::string_view::npos &&
         text.find("\xEF\xBF\xBF") == std::string_view::npos;
}

class Checker {
 public:
  explicit Checker(std::string_view text) : text_(text) {}

  bool check() {
    if (!has_only_xml_characters(text_)) return false;
    while (!is_at_end())
      if (!(text_[at_] == '<' ? read_markup() : read_text())) return false;
    return depth_ == 0 && has_root_ && has_content_;
  }

  bool is_too_deep() const { return is_too_deep_; }

 private:
  bool is_at_end() const { return at_ == text_.size(); }
  bool is_at(std::string_view word) const { return text_.substr(at_).starts_with(word); }

  bool skip(std::string_view word) {
    if (!is_at(word)) return false;
    at_ += word.size();
    return true;
  }

  bool skip_space() {
    const std::size_t begin = at_;
    while (!is_at_end() && is_space(static_cast<unsigned char>(text_[at_]))) ++at_;
    return at_ > begin;
  }

  // Up to the next character that cannot be in a name.
  std::string_view read_name() {
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_of(" \t\r\n=/<>\"'&", at_), text_.size());
    return text_.substr(begin, at_ - begin);
  }

  bool read_text() {
    if (is_at("]]>")) return false;
    bool is_content = false;
    if (text_[at_] == '&') {
      if (!read_reference(&is_content)) return false;
    } else {
      is_content = !is_space(static_cast<unsigned char>(text_[at_++]));
    }
    has_content_ = has_content_ || is_content;
    return depth_ > 0 || !is_content;
  }

  // &amp; &#160; &#xA0;
  bool read_reference(bool* is_content) {
    const std::size_t end = text_.find(';', at_);
    if (end == std::string_view::npos) return false;
    std::string_view name = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    *is_content = true;
    if (!name.starts_with('#')) return is_one_of(entities, name);
    const bool is_hex = name.starts_with("#x");
    name.remove_prefix(is_hex ? 2 : 1);
    if (name.empty() || name.size() > 8) return false;
    char32_t number = 0;
    for (char c : name) {
      const int digit = c >= '0' && c <= '9'             ? c - '0'
                        : is_hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : is_hex && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                         : -1;
      if (digit < 0) return false;
      number = number * (is_hex ? 16 : 10) + static_cast<char32_t>(digit);
    }
    *is_content = !is_space(number);
    return is_xml_character(number);
  }

  bool read_markup() {
    if (is_at("<!--")) return read_comment();
    if (skip("</")) return read_end_tag();
    return skip("<") && read_start_tag();
  }

  bool read_comment() {
    at_ += 4;
    const std::size_t dashes = text_.find("--", at_);
    if (depth_ == 0 || dashes == std::string_view::npos) return false;
    at_ = dashes;
    return skip("-->");
  }

  bool read_end_tag() {
    const std::string_view name = read_name();
    skip_space();
    return skip(">") && depth_ > 0 && open_[--depth_] == name;
  }

  bool read_start_tag() {
    const std::string_view name = read_name();
    if (!is_one_of(elements, name)) return false;
    if (depth_ == 0 && (has_root_ || name != "div")) return false;
    has_root_ = true;
    std::bitset<std::size(attributes)> seen;
    while (true) {
      const bool is_parted = skip_space();
      if (skip("/>")) return true;
      if (skip(">")) return open(name);
      if (!is_parted || !read_attribute(name, seen)) return false;
    }
  }

  bool open(std::string_view name) {
    is_too_deep_ = depth_ == open_.size();
    if (is_too_deep_) return false;
    open_[depth_++] = name;
    return true;
  }

  bool read_attribute(std::string_view element, std::bitset<std::size(attributes)>& seen) {
    const std::string_view name = read_name();
    const auto* known = std::ranges::find(attributes, name);
    if (known == std::end(attributes)) return false;
    const auto number = static_cast<std::size_t>(known - attributes);
    if (seen[number]) return false;
    seen[number] = true;
    skip_space();
    if (!skip("=")) return false;
    skip_space();
    const std::size_t begin = at_ + 1;
    if (!read_attribute_value()) return false;
    if (element == "img" && name == "src") has_content_ = true;
    return name != "xmlns" || text_.substr(begin, at_ - 1 - begin) == xhtml_namespace;
  }

  bool read_attribute_value() {
    if (!is_at("\"") && !is_at("'")) return false;
    const char quote = text_[at_++];
    bool is_content = false;
    while (!is_at_end() && text_[at_] != quote) {
      if (text_[at_] == '<') return false;
      if (text_[at_] != '&') {
        ++at_;
      } else if (!read_reference(&is_content)) {
        return false;
      }
    }
    if (is_at_end()) return false;
    ++at_;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0, depth_ = 0;
  std::array<std::string_view, most_open> open_;
  bool has_root_ = false, has_content_ = false, is_too_deep_ = false;
};

}  // namespace

std::optional<bool> is_narrative(std::string_view text) {
  Checker checker(text);
  const bool kept = checker.check();
  return checker.is_too_deep() ? std::nullopt : std::optional(kept);
}

}  // namespace fbss::fhirpath

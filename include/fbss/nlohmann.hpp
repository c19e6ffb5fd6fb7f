// SPDX-License-Identifier: Apache-2.0
// To and from nlohmann::json, for callers who hold such values, without text in between. The one
// header that needs more than the library: nlohmann/json 3.11, which fbss.hpp does not include.
//
//     #include <fbss/nlohmann.hpp>
//     nlohmann::json record = {{"smoking_status", "former"}, {"surgeries", 2}};
//     fbss::Document document;
//     if (fbss::assign(document, record))
//       if (auto copy = fbss::to_nlohmann(document.root())) std::cout << copy->dump() << '\n';
//
// A double has no written digits: assign() gives it the shortest that read back the same ("1.50"
// comes out as 1.5, 1.0 as 1.0). Where digits matter, parse the text, or use Document::build.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <fbss/document.hpp>
#include <fbss/error.hpp>
#include <fbss/limits.hpp>

namespace fbss {
namespace nlohmann_detail {

/// The walk over a value is recursive, so its depth has a bound that no Limits raises.
constexpr std::size_t deepest_value = 1000;

/// Tells the builder the value and all below it.
template <class Json>
void tell(DocumentBuilder& builder, const Json& value) {
  switch (value.type()) {
    case Json::value_t::null:
      builder.null();
      return;
    case Json::value_t::boolean:
      builder.boolean(value.template get<bool>());
      return;
    case Json::value_t::number_integer:
      builder.number(value.template get<std::int64_t>());
      return;
    case Json::value_t::number_unsigned:
      builder.number(value.template get<std::uint64_t>());
      return;
    case Json::value_t::number_float:
      builder.number(value.template get<double>());
      return;
    case Json::value_t::string:
      builder.string(value.template get_ref<const typename Json::string_t&>());
      return;
    case Json::value_t::array:
      builder.begin_array();
      for (auto it = value.begin(); it != value.end() && builder.ok(); ++it) tell(builder, *it);
      builder.end_array();
      return;
    case Json::value_t::object:
      builder.begin_object();
      for (auto it = value.begin(); it != value.end() && builder.ok(); ++it) {
        builder.key(it.key());
        tell(builder, it.value());
      }
      builder.end_object();
      return;
    case Json::value_t::binary:
      builder.refuse("JSON has no binary values: encode them as text, in base 64 for instance.");
      return;
    case Json::value_t::discarded:
      builder.refuse("The value was discarded when it was parsed: look at its text.");
      return;
  }
}

template <class Json>
Result<void> assign(Document& document, const Json& value, const Limits& limits) {
  Limits bounded = limits;
  bounded.record_depth = std::min(limits.record_depth, deepest_value);
  return document.build([&](DocumentBuilder& builder) { tell(builder, value); }, bounded);
}

/// A number as the first of int64, uint64 and double that holds it; nothing where none does.
inline bool read_number(std::string_view digits, nlohmann::json& out) {
  const char* const begin = digits.data();
  const char* const end = begin + digits.size();
  const auto holds = [&](auto value) {
    const auto [at, error] = std::from_chars(begin, end, value);
    if (at != end || error != std::errc()) return false;
    out = value;
    return true;
  };
  return holds(std::int64_t()) || holds(std::uint64_t()) || holds(double());
}

/// Everything but the members of an object or array.
inline Result<nlohmann::json> shallow(JsonNode node) {
  nlohmann::json value;
  switch (node.kind()) {
    case JsonKind::null:
      break;
    case JsonKind::boolean:
      value = node.boolean();
      break;
    case JsonKind::number:
      if (!read_number(node.text(), value))
        return Problem{.code = ErrorCode::bad_value,
                       .message =
                           "A number is beyond what a double holds: read its digits with "
                           "JsonNode::text()."};
      break;
    case JsonKind::string:
      value = std::string(node.text());
      break;
    case JsonKind::array:
      value = nlohmann::json::array();
      break;
    case JsonKind::object:
      value = nlohmann::json::object();
      break;
  }
  return value;
}

}  // namespace nlohmann_detail

/// Fills the Document with the value. Errors: those of Document::build; not_json also for infinity,
/// NaN, binary values and texts that are not UTF-8; too_deep at the latest below 1000 levels.
inline Result<void> assign(Document& document, const nlohmann::json& value,
                           const Limits& limits = {}) {
  return nlohmann_detail::assign(document, value, limits);
}
/// The same, with the members in the order in which they were inserted.
inline Result<void> assign(Document& document, const nlohmann::ordered_json& value,
                           const Limits& limits = {}) {
  return nlohmann_detail::assign(document, value, limits);
}

/// The node and all below it; null where there is none. A number with a point or an exponent is a
/// double, one without is the first of int64, uint64 and double that holds it. Errors, rather than
/// a value that says something else: duplicate_key (an object holds one name twice), bad_value (a
/// number beyond a double's range).
inline Result<nlohmann::json> to_nlohmann(JsonNode node) {
  struct Open {
    JsonNode next;
    nlohmann::json* into;
  };
  Result<nlohmann::json> root = nlohmann_detail::shallow(node);
  if (!root) return root;
  std::vector<Open> open{{node.first(), &*root}};
  while (!open.empty()) {
    const JsonNode child = open.back().next;
    if (!child) {
      open.pop_back();
      continue;
    }
    open.back().next = child.next();
    Result<nlohmann::json> value = nlohmann_detail::shallow(child);
    if (!value) return value;
    nlohmann::json& into = *open.back().into;
    nlohmann::json* place = nullptr;
    if (into.is_array()) {
      into.push_back(*std::move(value));
      place = &into.back();
    } else {
      const auto [member, is_new] = into.emplace(std::string(child.key()), *std::move(value));
      if (!is_new)
        return Problem{.code = ErrorCode::duplicate_key,
                       .message = "An object holds the same name twice: read it with JsonNode."};
      place = &*member;
    }
    if (child.first()) open.push_back({child.first(), place});
  }
  return root;
}

}  // namespace fbss

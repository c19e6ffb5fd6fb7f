// SPDX-License-Identifier: Apache-2.0
#include "answers.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "base/decimal.hpp"
#include "base/temporal.hpp"

namespace differential {

namespace {

using namespace fbss;

constexpr std::size_t items_shown = 6;

bool same_number(std::string_view a, std::string_view b) {
  const auto left = Decimal::parse(a), right = Decimal::parse(b);
  if (left && right && compare(*left, *right) == 0) return true;
  // Only quotients and roots have more digits than are kept: eight behind the point.
  const long double x = std::strtold(std::string(a).c_str(), nullptr);
  const long double y = std::strtold(std::string(b).c_str(), nullptr);
  return std::fabs(x - y) <= 1e-8L && (a.find('.') != a.npos || b.find('.') != b.npos);
}

bool same_temporal(const std::string& kind, const std::string& a, const std::string& b) {
  const TemporalKind as = kind == "date"   ? TemporalKind::date
                          : kind == "time" ? TemporalKind::time
                                           : TemporalKind::date_time;
  const auto left = Temporal::parse(a, as), right = Temporal::parse(b, as);
  if (!left || !right || left->precision != right->precision) return false;
  const auto order = compare(*left, *right);
  return order && *order == 0;
}

bool same_quantity(const std::string& a, const std::string& b) {
  const std::size_t left = a.find(' '), right = b.find(' ');
  if (left == a.npos || right == b.npos) return false;
  return a.substr(left) == b.substr(right) && same_number(a.substr(0, left), b.substr(0, right));
}

bool same_json(JsonNode a, JsonNode b) {
  if (a.kind() != b.kind() || a.size() != b.size()) return false;
  switch (a.kind()) {
    case JsonKind::object:
      for (JsonNode member = a.first(); member; member = member.next()) {
        const JsonNode other = b.find(member.key());
        if (!other || !same_json(member, other)) return false;
      }
      return true;
    case JsonKind::array:
      for (JsonNode x = a.first(), y = b.first(); x; x = x.next(), y = y.next())
        if (!same_json(x, y)) return false;
      return true;
    case JsonKind::number:
      return same_number(a.text(), b.text());
    case JsonKind::boolean:
      return a.boolean() == b.boolean();
    default:
      return a.text() == b.text();
  }
}

// fhirpath.js names an element with elements of its own by what it inherits from.
bool same_type(const std::string& ours, const std::string& peers) {
  if (!peers.starts_with("FHIR.")) return true;
  const std::string name = peers.substr(5);
  return ours == name ||
         (ours.find('.') != ours.npos && (name == "BackboneElement" || name == "Element"));
}

Item item_of(const fhirpath::Value& value) {
  using fhirpath::Type;
  Item item{.kind = "",
            .text = fhirpath::to_text(value),
            .type = std::string(fhirpath::type_name(value))};
  switch (value.type()) {
    case Type::boolean:
      item.kind = "boolean";
      break;
    case Type::integer:
    case Type::long_integer:
    case Type::decimal:
      item.kind = "number";
      break;
    case Type::string:
      item.kind = "string";
      break;
    case Type::date:
      item.kind = "date";
      break;
    case Type::date_time:
      item.kind = "dateTime";
      break;
    case Type::time:
      item.kind = "time";
      break;
    case Type::quantity:
      item.kind = "quantity";
      break;
    case Type::type_info:
      item.kind = "type";
      break;
    case Type::node:
      item.is_node = true;
      switch (value.node() ? value.node().kind() : JsonKind::null) {
        case JsonKind::null:
          item.kind = "none";
          break;
        case JsonKind::boolean:
          item.kind = "boolean";
          break;
        case JsonKind::number:
          item.kind = "number";
          break;
        case JsonKind::string:
          item.kind = "string";
          break;
        default:
          item.kind = "json";
      }
  }
  return item;
}

}  // namespace

std::string Item::text_with_kind() const {
  const std::string shown = text.size() > 120 ? text.substr(0, 120) + "…" : text;
  return kind + (is_node ? "[" + type + "] " : " ") + shown;
}

std::string Answer::text() const {
  if (is_error) return "error (" + error + ")";
  std::string out;
  for (std::size_t i = 0; i < items.size() && i < items_shown; ++i)
    out += (i == 0 ? "" : ", ") + items[i].text_with_kind();
  if (items.size() > items_shown) out += " … " + std::to_string(items.size()) + " values";
  return out.empty() ? "{}" : out;
}

std::string first_difference(const Answer& ours, const Answer& peers) {
  const std::size_t count = std::min(ours.items.size(), peers.items.size());
  if (ours.is_error || peers.is_error || count < 2) return "";
  std::size_t i = 0;
  while (i < count && agree(ours.items[i], peers.items[i])) ++i;
  const auto shown = [&](const Answer& answer) {
    return i < answer.items.size() ? answer.items[i].text_with_kind() : "nothing";
  };
  return "value " + std::to_string(i) + ": ours " + shown(ours) + ", peer's " + shown(peers);
}

bool agree(const Item& ours, const Item& peers) {
  if (ours.is_node && peers.is_node && !same_type(ours.type, peers.type)) return false;
  if (ours.kind != peers.kind) {
    // A part of the record is the text that stands there, whatever its type.
    const bool is_text = (ours.kind == "string" && ours.is_node && peers.is_temporal()) ||
                         (peers.kind == "string" && peers.is_node && ours.is_temporal());
    return is_text && ours.text == peers.text;
  }
  if (ours.kind == "none" || ours.text == peers.text) return true;
  if (ours.kind == "number") return same_number(ours.text, peers.text);
  if (ours.is_temporal()) return same_temporal(ours.kind, ours.text, peers.text);
  if (ours.kind == "quantity") return same_quantity(ours.text, peers.text);
  if (ours.kind != "json") return false;
  Document left, right;
  return left.parse(ours.text) && right.parse(peers.text) && same_json(left.root(), right.root());
}

bool agree(const Answer& ours, const Answer& peers) {
  if (ours.is_error || peers.is_error) return ours.is_error == peers.is_error;
  if (ours.items.size() != peers.items.size()) return false;
  for (std::size_t i = 0; i < ours.items.size(); ++i)
    if (!agree(ours.items[i], peers.items[i])) return false;
  return true;
}

void Engine::read(const std::string& resource) {
  (void)document_.parse(resource);  // what is generated is JSON
}

Answer Engine::ask(const std::string& expression) {
  const auto failed = [](const Problems& problems) {
    const std::string code(code_word(problems.front().code));
    return Answer{.is_error = true, .error = code + ": " + problems.front().message, .items = {}};
  };
  const auto compiled = fhirpath::Expression::compile(expression);
  if (!compiled) return failed(compiled.problems());
  const fhirpath::Environment environment{
      .input = document_.root(), .today = "2026-11-21", .now = "2026-11-21T14:30:00.000Z"};
  const auto values = fhirpath::evaluate(*compiled, environment, workspace_);
  if (!values) return failed(values.problems());
  Answer answer;
  for (const fhirpath::Value& value : *values) answer.items.push_back(item_of(value));
  return answer;
}

bool Engine::lacks(const std::string& function) {
  const auto compiled = fhirpath::Expression::compile(function + "()");
  return !compiled && compiled.problems().front().code == ErrorCode::not_supported;
}

}  // namespace differential

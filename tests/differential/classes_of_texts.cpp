// SPDX-License-Identifier: Apache-2.0
// Classes of disagreement: dates and times, texts, collections, types, and what the peer cannot do.
#include <cmath>
#include <set>
#include <string>

#include "base/temporal.hpp"
#include "classes.hpp"
#include "predicates.hpp"

namespace differential {

namespace {

// ---- dates and times

bool zone_added_by_arithmetic(const Blame& blame) {
  const Item *ours = only(blame.ours), *peers = only(blame.peers), *of = operand(blame, 0);
  return is_one_of(blame.term->name, {"+", "-"}) && ours && peers && of &&
         ours->kind == "dateTime" && peers->text == ours->text + "-00:00";
}

// Whether the fraction that fhirpath.js drops is all that is between two date-times.
bool is_same_instant(const Item& ours, const Item& peers) {
  const auto read = [](const Item& item) {
    auto time = fbss::Temporal::parse(item.text, fbss::TemporalKind::date_time);
    if (time && time->precision == fbss::TemporalField::second)
      time->precision = fbss::TemporalField::millisecond;
    return time;
  };
  const auto a = read(ours), b = read(peers);
  if (!a || !b) return false;
  const auto order = compare(*a, *b);
  return order && *order == 0;
}

// fhirpath.js moved a date-time to its machine's zone on the way: the instants agree, the fields do
// not.
bool zone_moved_by_arithmetic(const Blame& blame) {
  for (std::size_t i = 0; i < blame.operands.size(); ++i) {
    const auto &ours = blame.operands[i].items, &peers = blame.peer_operands[i].items;
    for (std::size_t k = 0; k < ours.size() && k < peers.size(); ++k)
      if (peers[k].text.ends_with("-00:00") && ours[k].text != peers[k].text) return true;
  }
  const Item *ours = only(blame.ours), *peers = only(blame.peers), *of = operand(blame, 0);
  const Item* amount = operand(blame, 1);
  if (!is_one_of(blame.term->name, {"+", "-"}) || !ours || !peers || !of || !amount ||
      !peers->text.ends_with("-00:00"))
    return false;
  // In another zone the month may be another one.
  const bool is_other_month = has_zone(*of) && is_year_or_month(*amount);
  return is_other_month || is_same_instant(*ours, *peers);
}

bool zero_fraction(const Blame& blame) {
  const Item *ours = only(blame.ours), *peers = only(blame.peers);
  if (!ours || !peers) return false;
  std::string text = ours->text;
  const std::size_t at = text.find(".000");
  if (at == std::string::npos) return false;
  return ours->is_temporal() && text.erase(at, 4) == peers->text;
}

bool boundary_zone(const Blame& blame) {
  const Item *ours = only(blame.ours), *peers = only(blame.peers);
  return is_one_of(blame.term->name, {"lowBoundary", "highBoundary"}) && ours && peers &&
         ours->kind == "dateTime" && ours->text.starts_with(peers->text) &&
         (ours->text.ends_with("+14:00") || ours->text.ends_with("-12:00"));
}

bool get_value_text(const Blame& blame) {
  const Item *ours = only(blame.ours), *peers = only(blame.peers);
  return blame.term->name == "getValue" && ours && peers && ours->is_temporal() &&
         ours->text == peers->text;
}

bool component_of_wrong_type(const Blame& blame) {
  const std::string& name = blame.term->name;
  const Item* of = operand(blame, 0);
  if (name == "timeOf" && of && of->kind == "time") return blame.peers.is_empty();
  return name.ends_with("Of") && blame.ours.is_error && of && !of->is_temporal() &&
         (blame.peers.is_empty() || of->kind == "string");
}

bool date_to_datetime(const Blame& blame) {
  const Item *ours = only(blame.ours), *peers = only(blame.peers);
  return blame.term->name == "toDateTime" && ours && peers && ours->kind == "dateTime" &&
         peers->kind == "date" && ours->text == peers->text;
}

bool datetime_to_string(const Blame& blame) {
  const Item *ours = only(blame.ours), *peers = only(blame.peers), *of = operand(blame, 0);
  return blame.term->name == "toString" && ours && peers && of && of->kind == "dateTime" &&
         peers->text == ours->text + "T";
}

bool element_to_date(const Blame& blame) {
  const Item* of = operand(blame, 0);
  const bool is_element = of && of->is_node && of->text.find('T') != std::string::npos;
  if (blame.term->name == "convertsToDate")
    return is_element && blame.ours.is("true") && blame.peers.is("false");
  return blame.term->name == "toDate" && is_element && blame.peers.is_empty() && only(blame.ours) &&
         only(blame.ours)->kind == "date";
}

bool zone_against_no_zone(const Blame& blame) {
  if (!is_one_of(blame.term->name, {"=", "!=", "<", "<=", ">", ">="}) || !blame.ours.is_empty())
    return false;
  const auto with = [&](bool zone) {
    return [zone](const Item& item) {
      return has_zone(item) == zone && (item.is_temporal() || item.is_node);
    };
  };
  const Answer &left = blame.operands[0], &right = blame.operands[1];
  return (any_item(left, with(true)) && any_item(right, with(false))) ||
         (any_item(left, with(false)) && any_item(right, with(true)));
}

bool date_equivalent_to_datetime(const Blame& blame) {
  const Item *left = operand(blame, 0), *right = operand(blame, 1);
  return is_one_of(blame.term->name, {"~", "!~"}) && left && right && left->text == right->text &&
         left->kind != right->kind;
}

bool date_against_another_type(const Blame& blame) {
  const Item *left = operand(blame, 0), *right = operand(blame, 1);
  return is_one_of(blame.term->name, {"=", "!="}) && only(blame.ours) && blame.peers.is_empty() &&
         left && right && left->is_temporal() != right->is_temporal();
}

// ---- strings

bool encode_utf_8(const Blame& blame) {
  const Item *of = operand(blame, 0), *ours = only(blame.ours);
  if (blame.term->name == "decode") return ours && !is_ascii(ours->text);
  return blame.term->name == "encode" && of && (!is_ascii(of->text) || has_control(of->text)) &&
         only(blame.ours);
}

bool upper_sharp_s(const Blame& blame) {
  const Item *ours = only(blame.ours), *peers = only(blame.peers);
  return blame.term->name == "upper" && ours && peers &&
         ours->text.find("\u1e9e") != std::string::npos &&
         peers->text.find("SS") != std::string::npos;
}

bool decode_not_encoded(const Blame& blame) {
  const Item* of = operand(blame, 0);
  if (blame.term->name != "decode" || !of) return false;
  if (of->text.empty()) return blame.ours.is("") && blame.peers.is_error;
  const Item* peers = only(blame.peers);
  const bool is_latin_1 = peers && !is_ascii(peers->text);
  const bool is_spaced = of->text.find(' ') != std::string::npos;
  return blame.ours.is_empty() && (blame.peers.is_error || is_latin_1 || is_spaced);
}

bool text_of_another_type(const Blame& blame) {
  const auto is_no_text = [](const Answer& answer) {
    return any_item(answer, [](const Item& item) {
      return item.is_node && item.kind == "string" &&
             is_one_of(item.type, {"FHIR.date", "FHIR.dateTime", "FHIR.instant", "FHIR.time"});
    });
  };
  const bool is_conversion =
      blame.term->name.starts_with("to") || blame.term->name.starts_with("convertsTo");
  return (blame.ours.is_error || is_conversion) && !blame.peers.is_error &&
         std::any_of(blame.peer_operands.begin(), blame.peer_operands.end(), is_no_text);
}

bool join_without_separator(const Blame& blame) {
  return is_one_of(blame.term->name, {"join", "split"}) && has_no_value(blame, 1) &&
         blame.ours.is_empty();
}

bool substring_negative_length(const Blame& blame) {
  return blame.term->name == "substring" && is_number_below(operand(blame, 2), 0) &&
         blame.ours.is("");
}

// ---- collections

bool skip_empty_count(const Blame& blame) {
  return is_one_of(blame.term->name, {"skip", "take"}) && blame.ours.is_empty() &&
         has_no_value(blame, 1);
}

bool negative_count(const Blame& blame) {
  return is_one_of(blame.term->name, {"skip", "take"}) && is_number_below(operand(blame, 1), 0);
}

// What asks whether values are equal.
constexpr std::initializer_list<const char*> equality_names = {
    "|", "union", "distinct", "isDistinct", "intersect",  "exclude", "repeat",
    "=", "!=",    "in",       "contains",   "supersetOf", "subsetOf"};

bool extensions_of_primitives(const Blame& blame) {
  const auto is_extended = [](const Answer& answer) {
    return std::any_of(answer.items.begin(), answer.items.end(),
                       [](const Item& item) { return item.is_extended; });
  };
  return is_one_of(blame.term->name, equality_names) && !blame.ours.is_error &&
         !blame.peers.is_error &&
         std::any_of(blame.peer_operands.begin(), blame.peer_operands.end(), is_extended);
}

bool children_of_number(const Blame& blame) {
  const auto is_extended = [](const Item& item) {
    return item.is_extended && item.kind == "number";
  };
  return is_one_of(blame.term->name, {"children", "descendants"}) &&
         blame.ours.items.size() > blame.peers.items.size() &&
         (any_item(blame.peer_operands[0], is_extended) || any_item(blame.peers, is_extended));
}

// More than six values: fhirpath.js changes over to another way to find repetitions and forgets.
bool repeat_forgets(const Blame& blame) {
  if (blame.term->name != "repeat" || blame.ours.is_error || blame.peers.is_error) return false;
  const auto texts = [](const Answer& answer) {
    std::set<std::string> all;
    for (const Item& item : answer.items) all.insert(item.text);
    return all;
  };
  return blame.ours.items.size() < blame.peers.items.size() &&
         texts(blame.ours).size() == blame.ours.items.size() &&
         texts(blame.peers).size() < blame.peers.items.size();
}

bool repeat_index(const Blame& blame) {
  return blame.term->name == "repeat" && blame.term->text().find("$index") != std::string::npos;
}

bool equivalent_in_any_order(const Blame& blame) {
  return is_one_of(blame.term->name, {"~", "!~"}) && blame.operands[0].items.size() > 1 &&
         blame.operands[0].items.size() == blame.operands[1].items.size() &&
         blame.ours.is(blame.term->name == "~" ? "true" : "false");
}

bool dot_and_line_break(const Blame& blame) {
  const Item *of = operand(blame, 0), *pattern = operand(blame, 1);
  return blame.term->name == "replaceMatches" && of && pattern &&
         of->text.find('\n') != std::string::npos && pattern->text.find('.') != std::string::npos;
}

bool subset_counts(const Blame& blame) {
  if (!is_one_of(blame.term->name, {"subsetOf", "supersetOf"}) || !blame.ours.is("true"))
    return false;
  const std::size_t left = blame.operands[0].items.size(), right = blame.operands[1].items.size();
  return blame.term->name == "subsetOf" ? left > right : right > left;
}

// An element's date is compared as the text that it is.
bool subset_of_dates(const Blame& blame) {
  const auto is_date_element = [](const Item& item) {
    return item.is_node && item.type.find("date") != std::string::npos;
  };
  const auto is_date = [](const Item& item) { return item.is_temporal(); };
  return is_one_of(blame.term->name, {"subsetOf", "supersetOf"}) && blame.ours.is("true") &&
         (any_item(blame.operands[0], is_date_element) ||
          any_item(blame.operands[1], is_date_element)) &&
         (any_item(blame.operands[0], is_date) || any_item(blame.operands[1], is_date));
}

bool order_of_the_unordered(const Blame& blame) {
  return is_one_of(blame.term->name, {"sort", "min", "max"}) && blame.ours.is_error &&
         (blame.ours.error.find("cannot compare") != std::string::npos ||
          blame.ours.error.find("cannot put all its keys in order") != std::string::npos) &&
         !blame.peers.is_error;
}

bool sum_of_no_numbers(const Blame& blame) {
  return is_one_of(blame.term->name, {"sum", "avg"}) && !blame.peers.is_error &&
         blame.ours.error.find("takes numbers or quantities") != std::string::npos;
}

bool undecided_order(const Blame& blame) {
  return is_one_of(blame.term->name, {"min", "max"}) && blame.ours.is_empty() &&
         only(blame.peers) && blame.operands[0].items.size() > 1;
}

bool comparable_to_nothing(const Blame& blame) {
  return blame.term->name == "comparable" &&
         (blame.ours.is_empty() ? peer_says(blame, "Singleton was expected")
                                : blame.ours.is_error && blame.peers.is("false"));
}

bool unknown_variable(const Blame& blame) {
  const auto is_cause = [](const Answer& answer) {
    return answer.error.starts_with("unknown_variable");
  };
  return std::any_of(blame.operands.begin(), blame.operands.end(), is_cause) ||
         blame.ours.error.starts_with("unknown_variable") ||
         blame.ours.error.find("There is a variable") != std::string::npos;
}

bool type_of_id(const Blame& blame) {
  return is_one_of(blame.term->name, {"type", "is", "as", "ofType"}) &&
         any_item(blame.peer_operands[0],
                  [](const Item& item) { return item.is_node && item.type == "System.String"; });
}

bool type_of_whole_decimal(const Blame& blame) {
  if (blame.ours.error.find("takes an integer") != std::string::npos)
    return operand(blame, 1) && operand(blame, 1)->type == "decimal" && !blame.peers.is_error;
  return is_one_of(blame.term->name, {"type", "is", "as", "ofType", "toInteger",
                                      "convertsToInteger", "toLong", "convertsToLong"}) &&
         any_item(blame.operands[0], [](const Item& item) {
           return !item.is_node && item.kind == "number" && item.type == "decimal" &&
                  std::fabs(number(item) - std::round(number(item))) < 1e-9L;
         });
}

bool quantity_without_ucum(const Blame& blame) {
  const auto is_foreign = [](const Answer& answer) {
    return any_item(answer, [](const Item& item) {
      fbss::Document quantity;
      return item.type == "Quantity" && quantity.parse(item.text) &&
             (quantity.root().find("system").text() != "http://unitsofmeasure.org" ||
              !quantity.root().find("code"));
    });
  };
  return std::any_of(blame.operands.begin(), blame.operands.end(), is_foreign);
}

bool quantity_with_comparator(const Blame& blame) {
  return peer_says(blame, "Cannot convert a FHIR.Quantity that has a comparator");
}

// A member of the objects in which fhirpath.js keeps its numbers is found by its name.
bool peer_shows_its_inside(const Blame& blame) {
  if (blame.peers.is("[object Object]")) return true;
  return any_item(blame.peers, [](const Item& item) {
    return item.kind == "json" && (item.type == "System.Integer" || item.type == "System.Decimal");
  });
}

bool peer_lacks_function(const Blame& blame) {
  return peer_says(blame, "Not implemented: precision");
}

}  // namespace

std::vector<Class> classes_of_texts() {
  return {
      {"zone-against-no-zone", zone_against_no_zone},
      {"date-equivalent-to-datetime", date_equivalent_to_datetime},
      {"date-against-another-type", date_against_another_type},
      {"zone-added-by-arithmetic", zone_added_by_arithmetic},
      {"zone-moved-by-arithmetic", zone_moved_by_arithmetic},
      {"zero-fraction", zero_fraction},
      {"boundary-without-zone", boundary_zone},
      {"get-value-text", get_value_text},
      {"component-of-wrong-type", component_of_wrong_type},
      {"date-to-datetime", date_to_datetime},
      {"datetime-to-string", datetime_to_string},
      {"element-to-date", element_to_date},
      {"encode-utf-8", encode_utf_8},
      {"upper-sharp-s", upper_sharp_s},
      {"decode-not-encoded", decode_not_encoded},
      {"text-of-another-type", text_of_another_type},
      {"join-without-separator", join_without_separator},
      {"substring-negative-length", substring_negative_length},
      {"skip-empty-count", skip_empty_count},
      {"negative-count", negative_count},
      {"extensions-of-primitives-in-equality", extensions_of_primitives},
      {"children-of-number", children_of_number},
      {"repeat-index", repeat_index},
      {"equivalent-in-any-order", equivalent_in_any_order},
      {"repeat-forgets", repeat_forgets},
      {"dot-and-line-break", dot_and_line_break},
      {"subset-counts", subset_counts},
      {"subset-of-dates", subset_of_dates},
      {"order-of-the-unordered", order_of_the_unordered},
      {"sum-of-no-numbers", sum_of_no_numbers},
      {"max-undecided", undecided_order},
      {"comparable-to-nothing", comparable_to_nothing},
      {"unknown-variable", unknown_variable},
      {"type-of-id", type_of_id},
      {"type-of-whole-decimal", type_of_whole_decimal},
      {"quantity-without-ucum", quantity_without_ucum},
      {"quantity-with-comparator", quantity_with_comparator},
      {"peer-shows-its-inside", peer_shows_its_inside},
      {"peer-lacks-function", peer_lacks_function},
  };
}

}  // namespace differential

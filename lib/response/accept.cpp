// SPDX-License-Identifier: Apache-2.0
// One value against one question: see accept.hpp. One function a type of question; each message
// names the question, what it takes and, where that may be repeated, what was given.
#include "response/accept.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "base/decimal.hpp"
#include "base/utf8.hpp"
#include "fhirpath/value.hpp"
#include "json/write.hpp"

namespace fbss {
namespace {

using Kind = Offer::Kind;

constexpr std::string_view unknown_word = "unknown", declined_word = "declined";
constexpr std::string_view date_forms = "Use YYYY, YYYY-MM or YYYY-MM-DD.";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Moves behind digits; false where there are none.
bool skip_digits(std::string_view& text) {
  const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
  text.remove_prefix(count);
  return count > 0;
}

// A number may be repeated in a message; what merely holds digits (a telephone number) may not.
bool is_number_text(std::string_view text) {
  constexpr std::size_t longest = 40;
  if (text.empty() || text.size() > longest) return false;
  if (text[0] == '-' || text[0] == '+') text.remove_prefix(1);
  if (!skip_digits(text)) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!skip_digits(text)) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    if (!skip_digits(text)) return false;
  }
  return text.empty();
}

// The shape of a date, of which no name and no number of a patient is.
bool is_date_shaped(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (i == 4 || i == 7 ? text[i] != '-' : !is_digit(text[i])) return false;
  return true;
}

// " You gave true.", or nothing where that may not be repeated.
std::string given(const Offer& offer) {
  switch (offer.kind) {
    case Kind::null:
      return " You gave null.";
    case Kind::boolean:
      return offer.boolean ? " You gave true." : " You gave false.";
    case Kind::number:
      return is_number_text(offer.text) ? " You gave " + std::string(offer.text) + '.'
                                        : " You gave a very long number.";
    case Kind::text:
      return is_number_text(offer.text) ? " You gave " + std::string(offer.text) + '.'
                                        : " You gave a text that is no number.";
    case Kind::list:
      return " You gave a list.";
    case Kind::object:
      return " You gave an object.";
  }
  return {};
}

// Every word that the question takes, in its order.
std::vector<std::string_view> accepted_words(const Item& question) {
  std::vector<std::string_view> words;
  if (question.type == ItemType::yes_no) words = {"yes", "no"};
  for (const Option& option : question.options) words.push_back(option.code);
  words.push_back(unknown_word);
  words.push_back(declined_word);
  return words;
}

// The words of an answer that has values.
template <class OptionWord>
std::string words_of(const Item& question, const Answer& answer, const char* yes, const char* no,
                     OptionWord option_word) {
  switch (question.type) {
    case ItemType::yes_no:
      return answer.values[0].boolean() ? yes : no;
    case ItemType::integer:
      return std::to_string(answer.values[0].integer());
    case ItemType::choice:
      break;
    default:
      return answer.text;
  }
  std::string out;
  for (const fhirpath::Value& value : answer.values) {
    if (!out.empty()) out += ", ";
    out += option_word(value.string());
  }
  return out;
}

// One question's offer, with everything that its refusal needs.
class Acceptance {
 public:
  Acceptance(const Item& question, const Terms& terms, Answer& out, Refusals& refusals)
      : question_(question), terms_(terms), out_(out), refusals_(refusals) {}

  bool run(const Offer& offer) {
    if (offer.kind == Kind::text && accept_absence(offer.text)) return true;
    out_.recorded = Recorded::values;
    switch (question_.type) {
      case ItemType::yes_no:
        return accept_yes_no(offer);
      case ItemType::choice:
        return question_.several ? accept_several(offer) : accept_one(offer);
      case ItemType::integer:
        return accept_integer(offer);
      case ItemType::decimal:
        return accept_decimal(offer);
      case ItemType::date:
        return accept_date(offer);
      case ItemType::text:
      case ItemType::long_text:
        return accept_text(offer);
      default:
        return refuse(ErrorCode::wrong_type,
                      " is of a type that a record of this kind cannot answer.");
    }
  }

 private:
  bool refuse(ErrorCode code, std::string_view message) {
    return refuse_at(pointer_of(question_.id), code, message);
  }

  bool refuse_at(std::string pointer, ErrorCode code, std::string_view message) {
    refusals_.add(code, question_.id, std::move(pointer),
                  quoted(question_.id) + std::string(message));
    return false;
  }

  bool accept_absence(std::string_view text) {
    if (text == unknown_word)
      out_.recorded = Recorded::unknown;
    else if (text == declined_word)
      out_.recorded = Recorded::declined;
    else
      return false;
    return true;
  }

  bool take(fhirpath::Value value) {
    out_.values.push_back(value);
    return true;
  }

  std::string needs_one_of(const Offer& offer) const {
    return (question_.several ? " needs one or more of: " : " needs one of: ") +
           listed(accepted_words(question_), ", ") + '.' + given(offer);
  }

  std::string use_one_of() const {
    return " does not take this answer. Use " + listed(accepted_words(question_), " or ") + '.';
  }

  bool accept_yes_no(const Offer& offer) {
    if (offer.kind == Kind::boolean) return take(fhirpath::Value::of_boolean(offer.boolean));
    if (offer.kind != Kind::text) return refuse(ErrorCode::wrong_type, needs_one_of(offer));
    if (offer.text == "yes" || offer.text == "no")
      return take(fhirpath::Value::of_boolean(offer.text == "yes"));
    return refuse(ErrorCode::not_an_option, use_one_of());
  }

  const Option* option(std::string_view code) const {
    const auto found = std::ranges::find(question_.options, code, &Option::code);
    return found == question_.options.end() ? nullptr : &*found;
  }

  bool accept_one(const Offer& offer) {
    if (offer.kind != Kind::text) return refuse(ErrorCode::wrong_type, needs_one_of(offer));
    const Option* chosen = option(offer.text);
    if (!chosen) return refuse(ErrorCode::not_an_option, use_one_of());
    return take(fhirpath::Value::of_string(chosen->code));
  }

  bool accept_several(const Offer& offer) {
    if (offer.kind == Kind::text) return accept_one(offer);
    if (offer.kind != Kind::list) return refuse(ErrorCode::wrong_type, needs_one_of(offer));
    if (offer.elements.empty()) return refuse_empty_list();
    if (offer.elements.size() == 1 && offer.elements[0].kind == Kind::text &&
        accept_absence(offer.elements[0].text))
      return true;
    const std::size_t before = refusals_.size();
    for (std::size_t i = 0; i < offer.elements.size() && !refusals_.full(); ++i)
      accept_element(offer.elements[i], i);
    return refusals_.size() == before && check_exclusive();
  }

  bool refuse_empty_list() {
    const auto none = std::ranges::find(question_.options, true, &Option::exclusive);
    std::string message = " is an empty list. ";
    if (none != question_.options.end())
      message += "Give [" + quoted(none->code) + "] if none applies, or leave the question out.";
    else
      message += "Leave the question out if there is no answer.";
    return refuse(ErrorCode::wrong_type, message);
  }

  void accept_element(const Offer& element, std::size_t index) {
    std::string pointer = pointer_of(question_.id, index);
    if (element.kind != Kind::text) {
      refuse_at(std::move(pointer), ErrorCode::wrong_type, needs_one_of(element));
    } else if (element.text == unknown_word || element.text == declined_word) {
      refuse_at(std::move(pointer), ErrorCode::exclusive_option,
                " holds " + quoted(element.text) +
                    " together with another answer. Please keep one or the other.");
    } else if (const Option* chosen = option(element.text); !chosen) {
      refuse_at(std::move(pointer), ErrorCode::not_an_option, use_one_of());
    } else if (std::ranges::any_of(out_.values, [&](const fhirpath::Value& value) {
                 return value.string() == chosen->code;
               })) {
      refuse_at(std::move(pointer), ErrorCode::duplicate_answer,
                " holds " + quoted(chosen->code) + " twice. Please keep one.");
    } else {
      take(fhirpath::Value::of_string(chosen->code));
    }
  }

  bool check_exclusive() {
    if (out_.values.size() < 2) return true;
    for (const fhirpath::Value& value : out_.values)
      if (option(value.string())->exclusive)
        return refuse(ErrorCode::exclusive_option,
                      " holds " + quoted(value.string()) +
                          " together with another option, which it excludes. Please keep one or "
                          "the other.");
    return true;
  }

  // "must be a whole number from 0 to 999." A text may hold a number, as cells of a table and
  // terminals do; a text that holds none gets the same sentence as a number that does not fit.
  bool refuse_number(const Offer& offer, std::string_view number, std::optional<std::int64_t> least,
                     std::optional<std::int64_t> most) {
    std::string message = " must be " + std::string(number);
    if (least && most)
      message += " from " + std::to_string(*least) + " to " + std::to_string(*most);
    else if (least)
      message += " of at least " + std::to_string(*least);
    else if (most)
      message += " of at most " + std::to_string(*most);
    const bool is_number = offer.kind == Kind::number || offer.kind == Kind::text;
    return refuse(is_number ? ErrorCode::out_of_range : ErrorCode::wrong_type,
                  message + '.' + given(offer));
  }

  std::optional<Decimal> number_in_range(const Offer& offer, std::optional<std::int64_t> least,
                                         std::optional<std::int64_t> most) const {
    if (offer.kind != Kind::number && offer.kind != Kind::text) return std::nullopt;
    const std::optional<Decimal> number = Decimal::parse(offer.text);
    if (!number || (least && compare(*number, Decimal(*least)) < 0) ||
        (most && compare(*number, Decimal(*most)) > 0))
      return std::nullopt;
    return number;
  }

  // FHIR's and FHIRPath's integers have 32 bits.
  bool accept_integer(const Offer& offer) {
    using Bounds = std::numeric_limits<std::int32_t>;
    const std::int64_t least = question_.least.value_or(Bounds::min());
    const std::int64_t most = question_.most.value_or(Bounds::max());
    const std::optional<Decimal> number = number_in_range(offer, least, most);
    const std::optional<std::int64_t> whole = number ? number->to_int64() : std::nullopt;
    if (!whole) return refuse_number(offer, "a whole number", least, most);
    return take(fhirpath::Value::of_integer(*whole));
  }

  bool accept_decimal(const Offer& offer) {
    const std::optional<Decimal> number = number_in_range(offer, question_.least, question_.most);
    if (!number) return refuse_number(offer, "a number", question_.least, question_.most);
    out_.text = number->to_text();
    return take(fhirpath::ValueAccess::of_decimal(*number));
  }

  bool accept_date(const Offer& offer) {
    if (offer.kind != Kind::text)
      return refuse(ErrorCode::wrong_type,
                    " needs a date, given as text. " + std::string(date_forms) + given(offer));
    const bool shaped = is_date_shaped(offer.text);
    const auto day = shaped ? Temporal::parse(offer.text, TemporalKind::date) : std::nullopt;
    if (!day)
      return refuse(ErrorCode::bad_date, ": " + (shaped ? std::string(offer.text) : "this") +
                                             " is not a calendar date. " + std::string(date_forms));
    if (terms_.date && compare(*day, *terms_.date) == std::strong_ordering::greater) {
      refusals_.add(too_late(question_, offer.text));
      return false;
    }
    out_.text = offer.text;
    return take(fhirpath::ValueAccess::of_temporal(*day));
  }

  bool accept_text(const Offer& offer) {
    if (offer.kind != Kind::text)
      return refuse(ErrorCode::wrong_type, " needs a text." + given(offer));
    if (!is_valid_utf8(offer.text))
      return refuse(ErrorCode::wrong_type, " needs a text in UTF-8; the text is not repeated.");
    if (const auto control = find_control_character(offer.text))
      return refuse(ErrorCode::control_character,
                    " holds a control character (" + character_name(*control) +
                        "). Nothing was evaluated; the text is not repeated.");
    if (offer.text.find_first_not_of(' ') == std::string_view::npos)
      return refuse(ErrorCode::wrong_type,
                    " is an empty text. Leave the question out if there is no answer.");
    if (const std::size_t length = count_characters(offer.text);
        length > terms_.limits.text_characters)
      return refuse(ErrorCode::too_long,
                    " takes at most " + std::to_string(terms_.limits.text_characters) +
                        " characters. You gave " + std::to_string(length) + '.');
    out_.text = offer.text;
    return take(fhirpath::Value::of_string(out_.text));
  }

  const Item& question_;
  const Terms& terms_;
  Answer& out_;
  Refusals& refusals_;
};

}  // namespace

bool accept(const Item& question, const Offer& offer, const Terms& terms, Answer& out,
            Refusals& refusals) {
  out.recorded = Recorded::nothing;
  out.values.clear();
  out.text = {};
  return Acceptance(question, terms, out, refusals).run(offer);
}

Problem too_late(const Item& question, std::string_view date) {
  Problem problem;
  problem.code = ErrorCode::bad_date;
  problem.message = quoted(question.id) + ": " + std::string(date) +
                    " is after the assessment date given by the caller. Please check both.";
  problem.pointer = pointer_of(question.id);
  problem.question = question.id;
  return problem;
}

std::string code_of(const Item& question, const Answer& answer) {
  switch (answer.recorded) {
    case Recorded::nothing:
      return "";
    case Recorded::unknown:
      return std::string(unknown_word);
    case Recorded::declined:
      return std::string(declined_word);
    case Recorded::values:
      break;
  }
  return words_of(question, answer, "yes", "no", [](std::string_view option) { return option; });
}

std::string label_of(const Item& question, const Answer& answer) {
  switch (answer.recorded) {
    case Recorded::nothing:
      return "Not asked";
    case Recorded::unknown:
      return "Unknown";
    case Recorded::declined:
      return "Declined";
    case Recorded::values:
      break;
  }
  return words_of(question, answer, "Yes", "No", [&](std::string_view code) {
    const auto option = std::ranges::find(question.options, code, &Option::code);
    return option == question.options.end() ? code : std::string_view(option->text);
  });
}

std::string json_of(const Item& question, const Answer& answer) {
  const bool is_number = question.type == ItemType::integer || question.type == ItemType::decimal;
  std::string text;
  json::Writer out(text);
  if (answer.recorded == Recorded::nothing) {
    out.null();
  } else if (answer.recorded != Recorded::values || !(question.several || is_number)) {
    out.string(code_of(question, answer));
  } else if (is_number) {
    out.raw(code_of(question, answer));
  } else {
    out.begin_array();
    for (const fhirpath::Value& value : answer.values) out.string(value.string());
    out.end_array();
  }
  return text;
}

bool is_repeatable(const Item& question) {
  return question.type == ItemType::yes_no || question.type == ItemType::choice ||
         question.type == ItemType::integer || question.type == ItemType::decimal;
}

bool takes_free_text(const Item& question) {
  return question.type == ItemType::text || question.type == ItemType::long_text;
}

bool accept_record_id(std::string_view id, const Limits& limits, Refusals& refusals) {
  const std::string pointer = pointer_of("_id");
  if (!is_valid_utf8(id)) {
    refusals.add(ErrorCode::wrong_type, "", pointer, "\"_id\" needs a text in UTF-8.");
  } else if (const auto control = find_control_character(id)) {
    refusals.add(ErrorCode::control_character, "", pointer,
                 "\"_id\" holds a control character (" + character_name(*control) +
                     "). Nothing was evaluated; the text is not repeated.");
  } else if (const std::size_t length = count_characters(id); length > limits.text_characters) {
    refusals.add(ErrorCode::too_long, "", pointer,
                 "\"_id\" takes at most " + std::to_string(limits.text_characters) +
                     " characters. You gave " + std::to_string(length) + '.');
  } else {
    return true;
  }
  return false;
}

}  // namespace fbss

// SPDX-License-Identifier: Apache-2.0
// One answer in: see read_answer.hpp. The types of value are those of R4's
// QuestionnaireResponse.item.answer; a reason why there is no value may stand as a Coding, as an
// extension of the answer, or as one of the value that is not there.
#include "fhir/read_answer.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "fhir/members.hpp"
#include "fhir/names.hpp"
#include "response/refusals.hpp"

namespace fbss::fhir {
namespace {

using json::Node;

enum Element : std::size_t {
  id,
  extension,
  modifier,
  item,
  boolean,
  decimal,
  integer,
  date,
  date_time,
  time,
  string,
  uri,
  attachment,
  coding,
  quantity,
  reference,
};
constexpr std::size_t element_count = reference + 1;
constexpr std::array<std::string_view, element_count> element_names = {"id",
                                                                       "extension",
                                                                       "modifierExtension",
                                                                       "item",
                                                                       "valueBoolean",
                                                                       "valueDecimal",
                                                                       "valueInteger",
                                                                       "valueDate",
                                                                       "valueDateTime",
                                                                       "valueTime",
                                                                       "valueString",
                                                                       "valueUri",
                                                                       "valueAttachment",
                                                                       "valueCoding",
                                                                       "valueQuantity",
                                                                       "valueReference"};

const Elements<element_count>& elements() {
  static const Elements<element_count> all(element_names);
  return all;
}

// What an export of the question takes.
bool takes(const Item& question, Element value) {
  switch (question.type) {
    case ItemType::yes_no:
      return value == coding || value == boolean;
    case ItemType::choice:
      return value == coding;
    case ItemType::integer:
      return value == integer;
    case ItemType::decimal:
      return value == decimal || value == integer;
    case ItemType::date:
      return value == date;
    default:
      return value == string;
  }
}

JsonKind kind_of(Element value) {
  switch (value) {
    case boolean:
      return JsonKind::boolean;
    case decimal:
    case integer:
      return JsonKind::number;
    case attachment:
    case coding:
    case quantity:
    case reference:
      return JsonKind::object;
    default:
      return JsonKind::string;
  }
}

std::string_view kind_word(JsonKind kind) {
  switch (kind) {
    case JsonKind::boolean:
      return "true or false";
    case JsonKind::number:
      return "a JSON number";
    case JsonKind::object:
      return "a JSON object";
    default:
      return "a JSON string";
  }
}

namespace of_coding {
enum Element : std::size_t { system, code };
const Elements<7>& elements() {
  static const Elements<7> all(
      {"system", "code", "id", "extension", "version", "display", "userSelected"});
  return all;
}
}  // namespace of_coding

// Whether an object holds more than what every element may have.
bool has_content(const Node& value) {
  if (value.kind != JsonKind::object) return true;
  for (const Node* member = value.first(); member; member = member->next())
    if (member->key_view() != "id" && member->key_view() != "extension") return true;
  return false;
}

class AnswerReader {
 public:
  AnswerReader(const Item& question, const Questionnaire& questionnaire, ToldAnswer& told)
      : question_(question), questionnaire_(questionnaire), told_(told) {}

  // False where there is a fault.
  bool read(const Node& answer, const Node*& items) {
    if (answer.kind != JsonKind::object)
      return refuse(ErrorCode::wrong_type, " has an answer that is no JSON object.", answer);
    const auto found = elements().find(answer);
    items = found.values[item];
    if (found.has_foreign)
      return refuse(ErrorCode::wrong_type,
                    " has an answer with an element that FHIR R4 does not have. The elements are "
                    "value[x], item and extension.",
                    answer);
    if (found.repeated)
      return refuse(ErrorCode::duplicate_answer,
                    " has an answer in which " + quoted(found.repeated->key_view()) +
                        " is given twice. Please keep one.",
                    *found.repeated);
    if (found.values[modifier])
      return refuse(ErrorCode::wrong_type,
                    " has an answer whose meaning a modifierExtension changes. None is known here, "
                    "so it is not read.",
                    *found.values[modifier]);

    std::size_t value = element_count;
    for (std::size_t at = boolean; at < element_count; ++at) {
      if (!found.values[at] && !found.companions[at]) continue;
      if (value != element_count)
        return refuse(ErrorCode::duplicate_answer,
                      " has an answer with two values, " + std::string(element_names[value]) +
                          " and " + std::string(element_names[at]) + ". Please keep one.",
                      answer);
      value = at;
    }
    const Node* given = value == element_count ? nullptr : found.values[value];
    add_absences(found.values[extension]);
    if (given) add_absences(given->find("extension"));
    if (value != element_count && found.companions[value])
      add_absences(found.companions[value]->find("extension"));
    if (absences_ > 1)
      return refuse(ErrorCode::duplicate_answer,
                    " has two reasons why there is no value. Please keep one.", *absence_);
    if (absence_) return read_absence(given);
    if (given) return read_value(static_cast<Element>(value), *given);
    if (items) return tell({.place = &answer});  // a question without a value, and those within
    return refuse(ErrorCode::wrong_type,
                  " has an answer without a value, and without a data-absent-reason. Leave the "
                  "answer out if there is none.",
                  answer);
  }

  AnswerFault fault{};

 private:
  bool refuse(ErrorCode code, std::string message, const Node& place) {
    fault = {code, std::move(message), &place};
    return false;
  }

  bool tell(const ToldAnswer& told) {
    told_ = told;
    return true;
  }

  // Reasons why there is no value, among other extensions.
  void add_absences(const Node* extensions) {
    if (!extensions || extensions->kind != JsonKind::array) return;
    for (const Node* one = extensions->first(); one; one = one->next()) {
      if (text_of(one->find("url")) != absent_reason_extension) continue;
      ++absences_;
      absence_ = one;
    }
  }

  bool read_absence(const Node* given) {
    if (given && has_content(*given))
      return refuse(ErrorCode::wrong_type,
                    " has a value and a reason why there is none. Please keep one.", *absence_);
    const Node* code = absence_->find("valueCode");
    return read_reason(code ? *code : *absence_);
  }

  bool read_reason(const Node& code) {
    const std::string_view reason = text_of(&code);
    if (reason == asked_unknown || reason == "unknown" || reason == "temp-unknown")
      return tell({.kind = ToldAnswer::Kind::text, .text = "unknown", .place = &code});
    if (reason == asked_declined)
      return tell({.kind = ToldAnswer::Kind::text, .text = "declined", .place = &code});
    if (reason == "not-asked") return tell({.place = &code});
    return refuse(ErrorCode::not_an_option,
                  " has no value, for a reason that is not taken here. Use asked-unknown, "
                  "asked-declined or not-asked.",
                  code);
  }

  bool read_value(Element element, const Node& value) {
    if (element == coding && value.kind == JsonKind::object) return read_coding(value);
    if (!takes(question_, element)) return refuse_type(element, value);
    if (value.kind != kind_of(element))
      return refuse(ErrorCode::wrong_type,
                    ": " + std::string(element_names[element]) + " must be " +
                        std::string(kind_word(kind_of(element))) + '.',
                    value);
    switch (element) {
      case boolean:
        return tell({.kind = ToldAnswer::Kind::boolean, .boolean = value.boolean, .place = &value});
      case integer:
      case decimal:
        return tell({.kind = ToldAnswer::Kind::number, .text = value.text_view(), .place = &value});
      default:
        return tell({.kind = ToldAnswer::Kind::text, .text = value.text_view(), .place = &value});
    }
  }

  bool refuse_type(Element given, const Node& value) {
    std::string message;
    for (std::size_t at = boolean; at < element_count; ++at)
      if (takes(question_, static_cast<Element>(at)))
        message += (message.empty() ? " needs a " : " or a ") + std::string(element_names[at]);
    message += "; this is a " + std::string(element_names[given]) + '.';
    if (question_.type == ItemType::date && given == date_time)
      message += " A dateTime has a time zone, and in another one the day is another.";
    return refuse(ErrorCode::wrong_type, std::move(message), value);
  }

  bool read_coding(const Node& value) {
    const auto found = of_coding::elements().find(value);
    const Node* system = found.values[of_coding::system];
    const Node* code = found.values[of_coding::code];
    if (found.repeated)
      return refuse(ErrorCode::duplicate_answer,
                    " has a valueCoding in which " + quoted(found.repeated->key_view()) +
                        " is given twice. Please keep one.",
                    *found.repeated);
    if (code && text_of(system) == absent_reason_system) return read_reason(*code);
    if (!takes(question_, coding)) return refuse_type(coding, value);
    if (!code || code->kind != JsonKind::string)
      return refuse(ErrorCode::wrong_type,
                    " has a valueCoding without a code. Its display is not read.", value);
    if (system && !is_answers_of(text_of(system), questionnaire_, question_))
      return refuse(ErrorCode::not_an_option,
                    " is answered in another code system than the question’s own (which ends with "
                    "/CodeSystem/" +
                        std::string(questionnaire_.id()) +
                        (question_.type == ItemType::yes_no ? "" : '/' + question_.id) +
                        "). Codes are not translated.",
                    *system);
    return tell({.kind = ToldAnswer::Kind::text, .text = code->text_view(), .place = code});
  }

  const Item& question_;
  const Questionnaire& questionnaire_;
  ToldAnswer& told_;
  std::size_t absences_ = 0;
  const Node* absence_ = nullptr;  // the last of them
};

}  // namespace

std::optional<AnswerFault> read_answer(const Node& answer, const Item& question,
                                       const Questionnaire& questionnaire, ToldAnswer& told,
                                       const Node*& items) {
  items = nullptr;
  AnswerReader reader(question, questionnaire, told);
  if (reader.read(answer, items)) return std::nullopt;
  return std::move(reader.fault);
}

}  // namespace fbss::fhir

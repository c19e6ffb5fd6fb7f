// SPDX-License-Identifier: Apache-2.0
// A QuestionnaireResponse in: see read_response.hpp. The items are walked once; questions are known
// by their linkId, wherever in the tree they stand. What an export computes (rules, tallies) is no
// answer and is worked out anew. An extension may be passed over, so FHIR says; what changes the
// meaning of what it stands in (modifierExtension, implicitRules) may not, and is refused.
#include "fhir/read_response.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "fhir/members.hpp"
#include "fhir/names.hpp"
#include "fhir/pointer.hpp"
#include "fhir/test_data.hpp"
#include "json/number.hpp"
#include "response/state.hpp"

namespace fbss::fhir {
namespace {

using json::Node;

namespace of_resource {
enum Element : std::size_t { id, meta, rules, modifier, identifier, questionnaire, status, item };
constexpr std::array<std::string_view, 20> names = {
    "id",        "meta",    "implicitRules", "modifierExtension", "identifier", "questionnaire",
    "status",    "item",    "resourceType",  "language",          "text",       "contained",
    "extension", "basedOn", "partOf",        "subject",           "encounter",  "authored",
    "author",    "source"};
}  // namespace of_resource

namespace of_item {
enum Element : std::size_t { link_id, answer, item, modifier };
constexpr std::array<std::string_view, 8> names = {
    "linkId", "answer", "item", "modifierExtension", "id", "extension", "definition", "text"};
}  // namespace of_item

namespace of_identifier {
enum Element : std::size_t { system, value };
constexpr std::array<std::string_view, 2> names = {"system", "value"};
}  // namespace of_identifier

// "1" of "1.2.3"; empty where it does not begin with a number.
std::string_view major_of(std::string_view version) {
  const std::size_t end = std::min(version.find_first_not_of("0123456789"), version.size());
  return end == version.size() || version[end] == '.' ? version.substr(0, end) : "";
}

bool is_json_number(std::string_view text) {
  const std::string digits(text);  // ends with NUL
  return json::end_of_number(digits.c_str()) == digits.c_str() + digits.size();
}

}  // namespace

// One resource on its way into a Response.
class ResponseReader::Reading {
 public:
  Reading(ResponseReader& memory, Response& response, const Node& resource)
      : memory_(memory),
        response_(response),
        questionnaire_(response.questionnaire()),
        root_(resource) {
    memory_.found_.clear();
    memory_.told_.clear();
    memory_.open_.clear();
    memory_.id_ = nullptr;
    memory_.id_is_number_ = false;
  }

  Result<void> run() {
    read_resource();
    auto built = memory_.record_.build([this](DocumentBuilder& record) { tell(record); },
                                       response_.internal().limits);
    const Result<void> read = built ? response_.read(memory_.record_) : std::move(built);
    for (const Problem& problem : read.problems()) add_moved(problem);
    Problems problems = refusals_.take();
    if (problems.empty()) return {};
    response_.clear();
    return problems;
  }

 private:
  void refuse(ErrorCode code, const Node& place, std::string message) {
    if (refusals_.full()) return;
    refusals_.add(code, "", pointer_to(&root_, &place), std::move(message) + nothing_evaluated);
  }

  void check_repeated(const Node* repeated) {
    if (repeated)
      refuse(ErrorCode::duplicate_answer, *repeated,
             quoted(repeated->key_view()) + " is given twice. Please keep one.");
  }

  // What goes for the resource and for an item alike.
  template <class Found>
  void check_elements(const Found& found, const Node& object, const Node* modifier,
                      std::string_view elements) {
    if (found.has_foreign)
      refuse(ErrorCode::wrong_type, object,
             "This holds an element that FHIR R4 does not have here; it may be an answer. The "
             "elements are " +
                 std::string(elements) + '.');
    check_repeated(found.repeated);
    if (modifier)
      refuse(ErrorCode::wrong_type, *modifier,
             "This changes the meaning of what it stands in, in a way that is not known here.");
  }

  void read_resource() {
    static const Elements<of_resource::names.size()> elements(of_resource::names);
    const auto found = elements.find(root_);
    check_elements(found, root_, found.values[of_resource::modifier],
                   "those of QuestionnaireResponse, answers among them below item");
    if (const Node* rules = found.values[of_resource::rules])
      refuse(ErrorCode::wrong_type, *rules,
             "The resource follows implicitRules, and none are known here.");
    if (const Node* canonical = found.values[of_resource::questionnaire])
      check_questionnaire(*canonical);
    check_status(found.values[of_resource::status]);
    read_id(found.values[of_resource::identifier], found.values[of_resource::id]);
    is_sample_ = is_test_data(found.values[of_resource::meta]);
    if (const Node* items = found.values[of_resource::item]) open_list(*items);
    walk();
  }

  void check_questionnaire(const Node& canonical) {
    const std::string_view url = text_of(&canonical);
    const std::size_t bar = url.rfind('|');
    const std::string_view version =
        bar == std::string_view::npos ? std::string_view() : url.substr(bar + 1);
    const std::string_view name = questionnaire_in(url);
    const std::string own = std::string(questionnaire_.id());
    if (name != own)
      return refuse(ErrorCode::other_questionnaire, canonical,
                    "The response is to " +
                        (is_plain_key(name) ? quoted(name) : std::string("another questionnaire")) +
                        ", not to " + own + ". Please read it with its own questionnaire.");
    const std::string_view own_version = questionnaire_.version();
    if (version.empty() || version == own_version) return;
    const std::string_view major = major_of(version);
    if (!major.empty() && major == major_of(own_version)) return;
    refuse(ErrorCode::other_questionnaire, canonical,
           "The response is to another version of " + own + " than " + std::string(own_version) +
               ". Another major number means that answers may have another meaning.");
  }

  void check_status(const Node* status) {
    const std::string_view word = text_of(status);
    if (word == "completed" || word == "amended" || word == "in-progress") return;
    if (word == "entered-in-error" || word == "stopped")
      return refuse(ErrorCode::withdrawn, *status,
                    "The status of the response is " + std::string(word) +
                        ": its answers are not to be used.");
    refuse(ErrorCode::wrong_type, status ? *status : root_,
           "A QuestionnaireResponse needs a status: completed, amended or in-progress.");
  }

  // The caller's record id: the identifier where it is one of ours, else the id of the resource.
  void read_id(const Node* identifier, const Node* resource_id) {
    static const Elements<of_identifier::names.size()> elements(of_identifier::names);
    decltype(elements.find(root_)) found;
    if (identifier) found = elements.find(*identifier);
    const std::string_view system = text_of(found.values[of_identifier::system]);
    const bool is_number = system.ends_with("/record-number");
    check_repeated(found.repeated);
    if (is_number || system.ends_with("/record-id")) {
      const Node* value = found.values[of_identifier::value];
      const std::string_view text = text_of(value);
      if (text.empty() || (is_number && !is_json_number(text)))
        return refuse(ErrorCode::wrong_type, value ? *value : *identifier,
                      is_number ? "The identifier’s value must be the digits of a number."
                                : "The identifier needs a value.");
      memory_.id_ = value;
      memory_.id_is_number_ = is_number;
    } else if (resource_id) {
      if (resource_id->kind != JsonKind::string)
        return refuse(ErrorCode::wrong_type, *resource_id, "The id of a resource is a text.");
      memory_.id_ = resource_id;
    }
  }

  void open_list(const Node& items) {
    if (items.kind != JsonKind::array)
      refuse(ErrorCode::wrong_type, items, "Items stand in a list.");
    else if (items.first())
      memory_.open_.push_back(items.first());
  }

  // Iterative: no depth can exhaust the stack.
  void walk() {
    while (!memory_.open_.empty() && !refusals_.full()) {
      const Node* item = memory_.open_.back();
      if (item->next())
        memory_.open_.back() = item->next();
      else
        memory_.open_.pop_back();
      read_item(*item);
    }
  }

  void read_item(const Node& item) {
    static const Elements<of_item::names.size()> elements(of_item::names);
    if (item.kind != JsonKind::object)
      return refuse(ErrorCode::wrong_type, item, "An item is a JSON object.");
    const auto found = elements.find(item);
    check_elements(found, item, found.values[of_item::modifier],
                   "linkId, definition, text, answer, item and extension");
    const Node* link = found.values[of_item::link_id];
    if (text_of(link).empty())
      refuse(ErrorCode::wrong_type, link ? *link : item,
             "An item needs a linkId: it is the question’s id.");
    else if (const Node* answers = found.values[of_item::answer])
      read_answers(item, *link, *answers);
    if (const Node* items = found.values[of_item::item]) open_list(*items);
  }

  void read_answers(const Node& item, const Node& link, const Node& answers) {
    const auto slot = response_.internal().find(json::Key(link.text_view()), hint_);
    if (!slot) return read_other(link, answers);
    hint_ = *slot + 1;
    memory_.found_.push_back({.slot = *slot,
                              .item = &item,
                              .answers = &answers,
                              .first = static_cast<std::uint32_t>(memory_.told_.size()),
                              .count = 0,
                              .is_refused = false});
    Found& found = memory_.found_.back();
    if (answers.kind != JsonKind::array)
      return refuse_answer(
          found, {ErrorCode::wrong_type, " has answers that stand in no list.", &answers});
    for (const Node* answer = answers.first(); answer && !refusals_.full(); answer = answer->next())
      read_one(found, *answer);
    found.count = static_cast<std::uint32_t>(memory_.told_.size()) - found.first;
    if (found.count > 1) check_several(found);
  }

  void read_one(Found& found, const Node& answer) {
    ToldAnswer told;
    const Node* items = nullptr;
    if (auto fault = read_answer(answer, question_of(found), questionnaire_, told, items))
      refuse_answer(found, *std::move(fault));
    memory_.told_.push_back(told);
    if (items) open_list(*items);
  }

  // "Not asked" is no answer, and stands alone.
  void check_several(Found& found) {
    for (std::uint32_t i = 0; i < found.count && !found.is_refused; ++i)
      if (const ToldAnswer& told = memory_.told_[found.first + i];
          told.kind == ToldAnswer::Kind::nothing)
        refuse_answer(found, {ErrorCode::exclusive_option,
                              " has an answer beside one that says that there is none. Please keep "
                              "one or the other.",
                              told.place});
  }

  void refuse_answer(Found& found, AnswerFault fault) {
    found.is_refused = true;
    if (refusals_.full()) return;
    const std::string& id = question_of(found).id;
    refusals_.add(fault.code, id, pointer_to(&root_, fault.place),
                  quoted(id) + fault.message + nothing_evaluated);
  }

  // An item with an answer that is no question: what an export computes; a section; a question that
  // does not exist.
  void read_other(const Node& link, const Node& answers) {
    const std::string_view id = link.text_view();
    if (id.starts_with(own_prefix) || questionnaire_.rule(id.substr(0, id.find('.')))) {
      for (const Node* answer = answers.first(); answer; answer = answer->next())
        if (const Node* items = answer->find("item")) open_list(*items);
      return;
    }
    if (answers.kind == JsonKind::array && !answers.first()) return;
    for (const Item& section : questionnaire_.items())
      if (section.id == id)
        return refuse(ErrorCode::wrong_type, answers,
                      quoted(id) + " is a section, which takes no answer.");
    Problem problem = response_.internal().unknown_question(id);
    problem.pointer = pointer_to(&root_, &link);
    refusals_.add(std::move(problem));
  }

  const Item& question_of(const Found& found) const {
    return response_.internal().question(found.slot);
  }

  // The record that says the same. A question of which an answer is refused holds an object, which
  // no question takes: so Response::read() knows of it, and refuses nothing that follows from it.
  void tell(DocumentBuilder& record) const {
    record.begin_object();
    if (memory_.id_) {
      record.key("_id");
      const std::string_view id = memory_.id_->text_view();
      if (memory_.id_is_number_)
        record.number(id);
      else
        record.string(id);
    }
    if (is_sample_) record.key("_sample").boolean(true);
    for (const Found& found : memory_.found_) {
      record.key(question_of(found).id);
      if (found.is_refused) {
        record.begin_object().end_object();
      } else if (found.count == 1) {
        tell(record, memory_.told_[found.first]);
      } else {
        record.begin_array();
        for (std::uint32_t i = 0; i < found.count; ++i)
          tell(record, memory_.told_[found.first + i]);
        record.end_array();
      }
    }
    record.end_object();
  }

  static void tell(DocumentBuilder& record, const ToldAnswer& told) {
    switch (told.kind) {
      case ToldAnswer::Kind::nothing:
        record.null();
        break;
      case ToldAnswer::Kind::boolean:
        record.boolean(told.boolean);
        break;
      case ToldAnswer::Kind::number:
        record.number(told.text);
        break;
      case ToldAnswer::Kind::text:
        record.string(told.text);
        break;
    }
  }

  // A problem of the record, told of the place in the resource.
  void add_moved(Problem problem) {
    if (problem.pointer == "/_id") {
      add_of_id(std::move(problem));
    } else if (problem.question.empty()) {
      refusals_.add(std::move(problem));
    } else if (const Found* found = find(problem.question, 0)) {
      const Found* again = find(problem.question, index_of(*found) + 1);
      if (again && problem.code == ErrorCode::duplicate_answer) {
        const std::string place = pointer_to(&root_, again->item);
        problem.message +=
            " The first two stand at " + pointer_to(&root_, found->item) + " and " + place + '.';
        problem.pointer = place;
      } else if (found->is_refused) {
        return;  // told already
      } else {
        problem.pointer = pointer_to(&root_, place_of(*found, problem.pointer));
      }
      refusals_.add(std::move(problem));
    }
  }

  void add_of_id(Problem problem) {
    constexpr std::string_view record_word = "\"_id\"";
    if (problem.message.starts_with(record_word))
      problem.message.replace(0, record_word.size(), "The record’s id");
    problem.pointer = pointer_to(&root_, std::exchange(memory_.id_, nullptr));
    refusals_.add(std::move(problem));
  }

  std::size_t index_of(const Found& found) const {
    return static_cast<std::size_t>(&found - memory_.found_.data());
  }

  const Found* find(std::string_view question, std::size_t from) const {
    const auto at = std::find_if(
        memory_.found_.begin() + static_cast<std::ptrdiff_t>(from), memory_.found_.end(),
        [&](const Found& found) { return question_of(found).id == question; });
    return at == memory_.found_.end() ? nullptr : &*at;
  }

  // Of "/question" and of "/question/2".
  const Node* place_of(const Found& found, std::string_view pointer) const {
    if (found.count == 1) return memory_.told_[found.first].place;
    const std::size_t slash = pointer.rfind('/');
    std::uint32_t element = 0;
    if (slash == 0 || slash == std::string_view::npos) return found.answers;
    std::from_chars(pointer.data() + slash + 1, pointer.data() + pointer.size(), element);
    return element < found.count ? memory_.told_[found.first + element].place : found.answers;
  }

  static constexpr const char* nothing_evaluated = " Nothing was evaluated.";
  static constexpr std::string_view own_prefix = "fbss.";

  ResponseReader& memory_;
  Response& response_;
  Questionnaire questionnaire_;
  const Node& root_;
  Refusals refusals_;
  std::uint32_t hint_ = 0;
  bool is_sample_ = false;
};

Result<void> ResponseReader::read(Response& response, const Node& resource) {
  return Reading(*this, response, resource).run();
}

}  // namespace fbss::fhir

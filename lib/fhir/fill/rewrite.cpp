// SPDX-License-Identifier: Apache-2.0
// A response's text with one change; see rewrite.hpp.
#include "fhir/fill/rewrite.hpp"

#include <algorithm>

#include "json/write.hpp"

namespace fbss::form {
namespace {

class Rewriting {
 public:
  Rewriting(const FormSession::State& state, const Change& change)
      : state_(state), change_(change) {}

  std::string whole() const {
    const json::Node& root = *state_.document.root().get();
    std::string out;
    json::Writer writer(out);
    writer.begin_object();
    for (const json::Node* member = root.first(); member; member = member->next()) {
      const std::string_view name = member->key_view();
      if (name == "status" || name == "item") continue;
      copy(writer, *member);
      if (name == "questionnaire") writer.member("status", change_.status);
    }
    if (!root.find("questionnaire")) writer.member("status", change_.status);
    add_list(writer, "item", items(none, none));
    writer.end_object();
    return out += '\n';
  }

 private:
  static void copy(json::Writer& writer, const json::Node& member) {
    std::string json;
    json::write(json, member);
    writer.key(member.key_view()).raw(json);
  }

  static void add_list(json::Writer& writer, std::string_view name, const std::string& elements) {
    if (!elements.empty()) writer.key(name).raw('[' + elements + ']');
  }

  // The items below an instance, or one of its answers, with commas between.
  std::string items(std::uint32_t parent, std::uint32_t answer) const {
    std::string out;
    const std::uint32_t end = parent == none ? static_cast<std::uint32_t>(state_.instances.size())
                                             : state_.instances[parent].end;
    for (std::uint32_t i = parent == none ? 0 : parent + 1; i < end; i = state_.instances[i].end) {
      if (state_.instances[i].parent_answer != answer) continue;
      append(out, item(i));
      if (i == change_.repeated) append(out, head(i));
    }
    return out;
  }

  static void append(std::string& out, const std::string& element) {
    if (element.empty()) return;
    if (!out.empty()) out += ',';
    out += element;
  }

  std::string head(std::uint32_t instance) const {
    std::string out;
    json::Writer writer(out);
    writer.begin_object();
    write_head(writer, instance);
    writer.end_object();
    return out;
  }

  void write_head(json::Writer& writer, std::uint32_t instance) const {
    const Item& item = state_.item_of(instance);
    writer.member("linkId", item.link_id);
    if (!item.text.empty()) writer.member("text", item.text);
  }

  // Nothing where the item says nothing.
  std::string item(std::uint32_t i) const {
    const Instance& own = state_.instances[i];
    const std::string answers = this->answers(i);
    const std::string inner = own.answers && i != change_.instance ? "" : items(i, none);
    const bool is_group = state_.item_of(i).is_group();
    const bool is_kept =
        own.is_present() && (says_more(*own.node) || (is_group && !change_.drops_empty));
    if (answers.empty() && inner.empty() && !is_kept && i != change_.repeated) return {};

    std::string out;
    json::Writer writer(out);
    writer.begin_object();
    if (own.is_present()) {
      for (const json::Node* member = own.node->first(); member; member = member->next())
        if (member->key_view() != "answer" && member->key_view() != "item") copy(writer, *member);
    } else {
      write_head(writer, i);
    }
    add_list(writer, "answer", answers);
    add_list(writer, "item", inner);
    writer.end_object();
    return out;
  }

  static bool says_more(const json::Node& item) {
    for (const json::Node* member = item.first(); member; member = member->next()) {
      const std::string_view name = member->key_view();
      if (name != "linkId" && name != "text" && name != "definition" && name != "answer" &&
          name != "item")
        return true;
    }
    return false;
  }

  std::string answers(std::uint32_t i) const {
    std::string out;
    if (i != change_.instance) {
      std::uint32_t place = 0;
      for (const json::Node* node = state_.instances[i].answers; node; node = node->next())
        append(out, answer(i, place++, *node));
      return out;
    }
    // What stands below the one answer stays below the one in its place.
    const bool keeps_items = change_.answers.size() == 1 && state_.instances[i].answer_count == 1;
    for (const NewAnswer& given : change_.answers) {
      std::string json;
      json::Writer writer(json);
      writer.begin_object().key(given.member).raw(given.json);
      if (keeps_items) add_list(writer, "item", items(i, 0));
      writer.end_object();
      append(out, json);
    }
    return out;
  }

  std::string answer(std::uint32_t i, std::uint32_t place, const json::Node& node) const {
    std::string out;
    json::Writer writer(out);
    writer.begin_object();
    for (const json::Node* member = node.first(); member; member = member->next())
      if (member->key_view() != "item") copy(writer, *member);
    add_list(writer, "item", items(i, place));
    writer.end_object();
    return out;
  }

  const FormSession::State& state_;
  const Change& change_;
};

}  // namespace

std::string rewritten(const FormSession::State& state, const Change& change) {
  return Rewriting(state, change).whole();
}

std::string empty_response(const Form& form, std::string_view day) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object().member("resourceType", "QuestionnaireResponse");
  if (!form.url().empty())
    writer.member("questionnaire", std::string(form.url()) + (form.version().empty() ? "" : "|") +
                                       std::string(form.version()));
  writer.member("status", "in-progress");
  if (!day.empty()) writer.member("authored", day);
  writer.end_object();
  return out += '\n';
}

}  // namespace fbss::form

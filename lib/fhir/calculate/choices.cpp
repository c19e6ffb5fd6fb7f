// SPDX-License-Identifier: Apache-2.0
// Of a value set the expansion counts, else lists of concepts in `compose`. What it takes from
// elsewhere (whole code systems, filters, other value sets) is not listed here.
#include "fhir/calculate/choices.hpp"

#include "json/append.hpp"

namespace fbss::form {
namespace {

// A contained value set by "#id" or by its url, with or without a version.
JsonNode find_value_set(const Form::Model& model, std::string_view name) {
  const JsonNode list = model.json().find("contained");
  if (list.kind() != JsonKind::array) return {};
  const std::string_view url = name.substr(0, name.find('|'));
  for (JsonNode node = list.first(); node; node = node.next()) {
    if (node.find("resourceType").text() != "ValueSet") continue;
    const bool is_meant = name.starts_with('#') ? node.find("id").text() == name.substr(1)
                                                : node.find("url").text() == url;
    if (is_meant) return node;
  }
  return {};
}

class ValueSetReader {
 public:
  explicit ValueSetReader(json::Appender& codings) : codings_(codings) {}

  /// Appends the codings of a value set, each as {"valueCoding": …}; whether these are all.
  bool read(JsonNode value_set) {
    const JsonNode expansion = value_set.find("expansion");
    if (expansion.find("contains").kind() == JsonKind::array) {
      read_list(expansion.find("contains"), {});
      const std::string_view total = expansion.find("total").text();
      return total.empty() || total == std::to_string(count_);
    }
    const JsonNode include = value_set.find("compose").find("include");
    bool is_whole = include.kind() == JsonKind::array && !value_set.find("compose").find("exclude");
    for (JsonNode part = include.first(); part; part = part.next()) {
      if (part.find("concept").kind() != JsonKind::array || part.find("valueSet"))
        is_whole = false;
      else
        read_list(part.find("concept"), part.find("system"));
    }
    return is_whole;
  }

  std::size_t count() const { return count_; }

 private:
  // Bounded in depth by the reader of the form.
  void read_list(JsonNode list, JsonNode system) {
    for (JsonNode node = list.first(); node; node = node.next()) {
      const bool is_abstract = node.find("abstract").boolean() || node.find("inactive").boolean();
      if (node.find("code") && !is_abstract) add(node, system);
      if (const JsonNode inner = node.find("contains"); inner.kind() == JsonKind::array)
        read_list(inner, system);
    }
  }

  void add(JsonNode concept_node, JsonNode system) {
    static const json::Key value_coding("valueCoding"), system_key("system");
    ++count_;
    codings_.begin_object();
    codings_.begin_object(value_coding);
    if (const JsonNode own = concept_node.find("system")) system = own;
    if (system) codings_.copy(*system.get(), system_key);
    for (const std::string_view name : {"code", "display"})
      if (const JsonNode member = concept_node.find(name)) codings_.copy(*member.get());
    codings_.close();
    codings_.close();
  }

  json::Appender& codings_;
  std::size_t count_ = 0;
};

}  // namespace

Choices::Choices(const Form::Model& model)
    : offered_(model.items.size()), is_whole_(model.items.size()) {
  json::Appender codings(json::DocumentAccess::store(codings_));
  codings.begin_array();
  std::vector<std::size_t> counts(model.items.size());
  for (const Item& item : model.items) {
    for (const Option& option : item.options)
      if (option.value) offered_[item.index].push_back(option.value.get());
    is_whole_[item.index] = !item.options.empty();
    if (item.answer_value_set.empty() || !item.options.empty()) continue;
    const JsonNode value_set = find_value_set(model, item.answer_value_set);
    if (!value_set) continue;
    ValueSetReader reader(codings);
    is_whole_[item.index] = reader.read(value_set);
    counts[item.index] = reader.count();
  }
  codings.close();
  codings.finish();
  JsonNode coding = codings_.root().first();
  for (const Item& item : model.items)
    for (std::size_t i = 0; i < counts[item.index]; ++i, coding = coding.next())
      offered_[item.index].push_back(coding.first().get());
  for (const Item& item : model.items)
    if (item.type == ItemType::open_choice) is_whole_[item.index] = false;
}

}  // namespace fbss::form

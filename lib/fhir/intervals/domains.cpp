// SPDX-License-Identifier: Apache-2.0
// Two passes: the first writes the sample answers, the second makes the domains of them.
#include "fhir/intervals/domains.hpp"

#include <string>

#include "fhir/form/values.hpp"
#include "fhir/names.hpp"
#include "json/append.hpp"

namespace fbss::form {
namespace {

using json::Key;
using json::Node;

// So many whole numbers are listed one by one.
constexpr std::int64_t most_integers = 256;
// Of so many options every selection is listed.
constexpr std::size_t most_options_of_selection = 8;

std::optional<Decimal> number_of(const std::optional<Bound>& bound) {
  if (!bound || bound->expression != none) return std::nullopt;
  const auto own = fhirpath::system_value(bound->value);
  if (!own || !fhirpath::is_number(own->type())) return std::nullopt;
  return fhirpath::to_decimal(*own);
}

Range bounds_of(const Item& item) {
  Range range;
  if (const auto low = number_of(item.min_value)) range.low = {*low, 0};
  if (const auto high = number_of(item.max_value)) range.high = {*high, 0};
  return range;
}

struct Integers {
  std::int64_t first = 0, count = 0;
};

// The whole numbers between the bounds, where they are few.
std::optional<Integers> integers_of(const Item& item) {
  const Range range = bounds_of(item);
  if (!range.low.is_finite() || !range.high.is_finite()) return std::nullopt;
  const auto first = range.low.value.to_int64(), last = range.high.value.to_int64();
  if (!first || !last || *last < *first || *last - *first >= most_integers) return std::nullopt;
  return Integers{*first, *last - *first + 1};
}

bool is_unknown_option(const Node& option) {
  return JsonNode(&option).find("system").text() == fhir::absent_reason_system;
}

class SampleWriter {
 public:
  SampleWriter(json::Store& store, const Choices& choices)
      : store_(store), samples_(store), choices_(choices) {}

  void write(const Form::Model& model) {
    static const Key type_key("resourceType"), item_key("item"), answer_key("answer"),
        link_id_key("linkId");
    samples_.begin_object();
    samples_.add(JsonKind::string, "QuestionnaireResponse", type_key);
    samples_.begin_array(item_key);
    for (const Item& item : model.items) {
      samples_.begin_object();
      samples_.add(JsonKind::string, item.link_id, link_id_key);
      samples_.begin_array(answer_key);
      if (item.calculated_expression == none) write_answers(item);
      samples_.close();
      samples_.close();
    }
    samples_.close();
    samples_.close();
    samples_.finish();
  }

 private:
  void write_answers(const Item& item) {
    const auto& offered = choices_.of(item.index);
    if (!offered.empty() && choices_.is_whole(item.index)) {
      for (const Node* option : offered)
        if (!is_unknown_option(*option)) write_answer([&] { samples_.copy(*option); });
    } else if (item.type == ItemType::boolean) {
      for (const bool value : {false, true})
        write_answer([&] {
          samples_.add(JsonKind::boolean, {}, Key(answer_member(item.type))).boolean = value;
        });
    } else if (item.type == ItemType::integer) {
      const Integers integers = integers_of(item).value_or(Integers());
      for (std::int64_t i = 0; i < integers.count; ++i)
        write_answer([&] {
          samples_.add(JsonKind::number, store_.arena.copy(std::to_string(integers.first + i)),
                       Key(answer_member(item.type)));
        });
    }
  }

  template <class Write>
  void write_answer(Write write_value) {
    samples_.begin_object();
    write_value();
    samples_.close();
  }

  json::Store& store_;
  json::Appender samples_;
  const Choices& choices_;
};

std::uint64_t exclusive_options(const Item& item, const std::vector<const Node*>& values) {
  std::uint64_t found = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    for (const Option& option : item.options)
      if (option.is_exclusive &&
          JsonNode(option.value).find("code").text() == JsonNode(values[i]).find("code").text())
        found |= std::uint64_t{1} << i;
  return found;
}

// Every selection of the values that the question takes.
void list_selections(Domain& domain, const Item& item, const std::vector<const Node*>& values) {
  const std::uint64_t exclusive = exclusive_options(item, values);
  for (std::uint64_t chosen = 1; chosen < std::uint64_t{1} << values.size(); ++chosen) {
    std::vector<const Node*> selection;
    for (std::size_t i = 0; i < values.size(); ++i)
      if ((chosen >> i & 1) != 0) selection.push_back(values[i]);
    const bool is_alone = selection.size() == 1;
    if ((!is_alone && (chosen & exclusive) != 0) ||
        (domain.most && selection.size() > *domain.most))
      continue;
    domain.alternatives.push_back(std::move(selection));
  }
}

Domain domain_of(const Item& item, const std::vector<const Node*>& values) {
  Domain domain;
  domain.repeats = item.repeats;
  domain.most = item.repeats ? item.max_occurs : 1;
  domain.is_integer = item.type == ItemType::integer;
  if (!values.empty()) {
    domain.kind = Domain::Kind::finite;
    if (!item.repeats)
      for (const Node* value : values) domain.alternatives.push_back({value});
    else if (values.size() <= most_options_of_selection)
      list_selections(domain, item, values);
    else
      domain.kind = Domain::Kind::anything;
  } else if (item.type == ItemType::integer || item.type == ItemType::decimal) {
    domain.kind = Domain::Kind::range;
    domain.range = bounds_of(item);
  }
  return domain;
}

}  // namespace

Domains::Domains(const Form::Model& model, const Choices& choices) {
  SampleWriter(json::DocumentAccess::store(samples_), choices).write(model);
  domains_.reserve(model.items.size());
  JsonNode sample = samples_.root().find("item").first();
  for (const Item& item : model.items) {
    std::vector<const Node*> values;
    for (JsonNode answer = sample.find("answer").first(); answer; answer = answer.next())
      values.push_back(answer.first().get());
    domains_.push_back(domain_of(item, values));
    sample = sample.next();
  }
}

}  // namespace fbss::form

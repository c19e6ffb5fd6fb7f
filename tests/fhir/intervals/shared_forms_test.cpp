// SPDX-License-Identifier: Apache-2.0
// Intervals on forms that others wrote: those that lie beside the project. Each form with
// calculated numbers is answered in full at random (the seed stands in the message), then some of
// the answers are taken away again: what was calculated from all of them must lie within the
// interval of the rest.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <fbss/calculation.hpp>

#include "../shared_files.hpp"
#include "base/decimal.hpp"
#include "fhir/calculate/choices.hpp"
#include "fhir/form/model.hpp"
#include "fhirpath/value.hpp"
#include "json/write.hpp"

using namespace fbss;
using shared_files::folder;
using shared_files::text_of;

namespace {

using form::Item;
using form::ItemType;

std::string quoted(std::string_view text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

class Answerer {
 public:
  Answerer(const Form& form, std::uint32_t seed)
      : model_(form.model()), choices_(model_), random_(seed) {
    for (const Item& item : model_.items) answers_.push_back(answer_to(item));
  }

  std::string all() const { return response(std::vector<bool>(answers_.size(), true)); }

  /// A response in which each answer is left out once in so many times.
  std::string some(std::uint32_t out_of) {
    std::vector<bool> stays;
    for (std::size_t i = 0; i < answers_.size(); ++i) stays.push_back(random_() % out_of != 0);
    return response(stays);
  }

 private:
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }

  static std::int64_t bound(const std::optional<form::Bound>& bound, std::int64_t other) {
    if (!bound || bound->expression != form::none) return other;
    const auto own = fhirpath::system_value(bound->value);
    if (!own || !fhirpath::is_number(own->type())) return other;
    return fhirpath::to_decimal(*own).rounded(0).to_int64().value_or(other);
  }

  // "valueInteger":3; empty where this test has no answer.
  std::string answer_to(const Item& item) {
    if (item.calculated_expression != form::none) return {};
    const auto& offered = choices_.of(item.index);
    if (!offered.empty()) {
      const json::Node& chosen = *offered[random_() % offered.size()];
      std::string out = quoted(chosen.key_view()) + ':';
      json::write(out, chosen);
      return out;
    }
    const std::int64_t low =
        bound(item.min_value, std::min<std::int64_t>(1, bound(item.max_value, 1)));
    const std::int64_t high = std::max(low, bound(item.max_value, low + 9));
    switch (item.type) {
      case ItemType::boolean:
        return random_() % 2 == 0 ? R"("valueBoolean":true)" : R"("valueBoolean":false)";
      case ItemType::integer:
        return R"("valueInteger":)" + std::to_string(between(low, high));
      case ItemType::decimal:
        return R"("valueDecimal":)" + std::to_string(between(low, high));
      case ItemType::date:
        return R"("valueDate":"19)" + std::to_string(between(50, 99)) + R"(-05-17")";
      case ItemType::date_time:
        return R"("valueDateTime":"20)" + std::to_string(between(10, 25)) + R"(-05-17")";
      case ItemType::string:
      case ItemType::text:
        return R"("valueString":"t)" + std::to_string(between(1, 3)) + '"';
      case ItemType::quantity:
        return R"("valueQuantity":{"value":)" + std::to_string(between(1, 200)) + unit_of(item) +
               '}';
      default:
        return {};
    }
  }

  static std::string unit_of(const Item& item) {
    const form::Unit* unit = item.unit                   ? &*item.unit
                             : item.unit_options.empty() ? nullptr
                                                         : &item.unit_options.front();
    if (!unit) return {};
    return R"(,"unit":)" + quoted(unit->display) + R"(,"system":)" + quoted(unit->system) +
           R"(,"code":)" + quoted(unit->code);
  }

  std::string response(const std::vector<bool>& stays) const {
    std::string out = R"({"resourceType":"QuestionnaireResponse","status":"in-progress")";
    return out + items(form::none, stays) + '}';
  }

  // ,"item":[…]; empty where there is none.
  std::string items(std::uint32_t parent, const std::vector<bool>& stays) const {
    std::string out;
    for (std::uint32_t i = model_.first_child(parent); i != model_.end_of(parent);
         i = model_.items[i].end) {
      const Item& item = model_.items[i];
      const std::string inner = items(i, stays);
      if (item.is_group() ? inner.empty() : answers_[i].empty() || !stays[i]) continue;
      out += (out.empty() ? R"({"linkId":)" : R"(,{"linkId":)") + quoted(item.link_id);
      out += item.is_group() ? inner : R"(,"answer":[{)" + answers_[i] + inner + "}]";
      out += '}';
    }
    return out.empty() ? out : R"(,"item":[)" + out + ']';
  }

  const Form::Model& model_;
  form::Choices choices_;
  std::mt19937 random_;
  std::vector<std::string> answers_;  // by item
};

struct Figures {
  std::size_t forms = 0, intervals = 0, determined = 0, open = 0;
};

class Check {
 public:
  Check(const Form& form, Figures& figures)
      : session_(form, {.today = "2026-11-28"}), calculation_(session_), figures_(figures) {}

  void run(const std::string& whole, const std::string& part) {
    const auto of_whole = intervals_of(whole), of_part = intervals_of(part);
    for (const Interval& all : of_whole) {
      // A group is there once, so a linkId is there once.
      const auto found = std::ranges::find(of_part, all.link_id, &Interval::link_id);
      if (found == of_part.end())
        CHECK_MESSAGE(all.value.empty(), all.link_id, " has a value, and no interval before");
      else
        check(*found, all);
    }
  }

 private:
  std::vector<Interval> intervals_of(const std::string& response) {
    REQUIRE(session_.read(response));
    REQUIRE(calculation_.run());
    return calculation_.intervals();
  }

  void check(const Interval& interval, const Interval& whole) {
    CAPTURE(interval.link_id);
    CAPTURE(interval.low);
    CAPTURE(interval.high);
    CAPTURE(whole.value);
    ++figures_.intervals;
    if (!interval.low.empty() && !interval.high.empty()) ++figures_.determined;
    if (!interval.unanswered.empty()) ++figures_.open;
    if (whole.value.empty()) {
      CHECK((interval.may_be_empty || whole.missing_data));
      return;
    }
    CHECK(interval.has_value);
    const Decimal value = *Decimal::parse(whole.value);
    if (!interval.low.empty()) CHECK(compare(*Decimal::parse(interval.low), value) <= 0);
    if (!interval.high.empty()) CHECK(compare(value, *Decimal::parse(interval.high)) <= 0);
  }

  FormSession session_;
  Calculation calculation_;
  Figures& figures_;
};

bool has_calculated_numbers(const Form& form) {
  return std::ranges::any_of(form.model().items, [](const Item& item) {
    return item.calculated_expression != form::none &&
           (item.type == ItemType::integer || item.type == ItemType::decimal ||
            item.type == ItemType::quantity);
  });
}

// FBSS_SEEDS=N tries N responses a form.
std::uint32_t seeds() {
  const char* const wished = std::getenv("FBSS_SEEDS");
  return wished ? static_cast<std::uint32_t>(std::atoi(wished)) : 6;
}

}  // namespace

TEST_CASE("shared: intervals of forms by others hold what all answers give") {
  if (!shared_files::are_there()) return;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::ranges::sort(files);
  Figures figures;
  for (const std::filesystem::path& file : files) {
    const std::string text = text_of(file);
    if (text.find(R"("Questionnaire")") == std::string::npos) continue;
    const auto form = Form::load(text);
    if (!form || !has_calculated_numbers(*form)) continue;
    ++figures.forms;
    Check check(*form, figures);
    for (std::uint32_t seed = 1; seed <= seeds(); ++seed) {
      CAPTURE(file.filename().string());
      CAPTURE(seed);
      Answerer answerer(*form, seed);
      const std::string whole = answerer.all();
      check.run(whole, answerer.some(2 + seed % 5));
    }
  }
  MESSAGE(figures.forms, " forms: ", figures.intervals, " intervals, ", figures.determined,
          " determined, ", figures.open, " with questions that matter open");
}

// SPDX-License-Identifier: Apache-2.0
// Reads case files with nlohmann/json, which the library does not use for records: what a case says
// does not pass through the code that is tested.
#include "cases.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "builtins.hpp"

namespace content {
namespace {

using Json = nlohmann::ordered_json;

bool is_builtin(std::string_view id) {
  const auto ids = fbss::builtin_ids();
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

const std::string own_cases = std::string(FBSS_SOURCE_DIR) + "/tests/content/cases/";
const std::string shared_cases = std::string(FBSS_SHARED_DIR) + "/cases/";

std::vector<Json> cases_in(const std::string& path) {
  const Json file = Json::parse(read_file(path), nullptr, false);
  INFO(path);
  REQUIRE(file.is_object());
  std::vector<Json> cases;
  for (const Json& one : file.at("cases"))
    if (is_builtin(one.at("questionnaire").get<std::string>())) cases.push_back(one);
  REQUIRE_FALSE(cases.empty());
  return cases;
}

template <class T>
T member(const Json& object, const char* key, T otherwise = {}) {
  return object.contains(key) ? object.at(key).get<T>() : otherwise;
}

void collect_texts(const Json& value, std::string& out) {
  if (value.is_string()) out += value.get<std::string>() + '\n';
  if (!value.is_structured()) return;
  for (const auto& [key, inner] : value.items()) {
    if (value.is_object()) out += key + '\n';
    collect_texts(inner, out);
  }
}

/// Adds the cases of the shared file of that name, where it is there.
template <class Case>
void add_shared(std::vector<Case>& cases, const std::string& name,
                std::vector<Case> (*read)(const std::string&)) {
  if (!exists(shared_cases + name)) {
    MESSAGE("skipped: no shared cases beside the project (", name, ")");
    return;
  }
  for (Case& one : read(shared_cases + name)) cases.push_back(std::move(one));
}

}  // namespace

std::vector<ClinicalCase> read_clinical_cases(const std::string& path) {
  std::vector<ClinicalCase> cases;
  for (const Json& json : cases_in(path)) {
    ClinicalCase one;
    one.id = json.at("id").get<std::string>();
    one.note = json.at("note").get<std::string>();
    one.questionnaire = json.at("questionnaire").get<std::string>();
    one.record = json.at("answers").dump();
    for (const auto& [status, rules] : json.at("expect").items())
      for (const Json& rule : rules) one.expected[rule.get<std::string>()] = status;
    if (json.contains("expect_count")) {
      const Json& count = json.at("expect_count");
      const auto number = [&count](const char* key) { return count.at(key).get<int>(); };
      one.count = {number("listed"),  number("present"),        number("absent"),
                   number("unknown"), number("not_applicable"), number("at_least"),
                   number("at_most")};
    }
    one.sentence = member<std::vector<std::string>>(json, "expect_sentence");
    one.notes = member<Lists>(json, "expect_notes");
    one.because = member<Lists>(json, "expect_because");
    one.would_settle = member<Lists>(json, "expect_would_settle");
    if (json.contains("expect_unanswered"))
      one.unanswered = member<Lists>(json, "expect_unanswered");
    if (json.contains("expect_notices"))
      one.notices = member<std::vector<std::string>>(json, "expect_notices");
    cases.push_back(std::move(one));
  }
  return cases;
}

std::vector<MalformedCase> read_malformed_cases(const std::string& path) {
  std::vector<MalformedCase> cases;
  for (const Json& json : cases_in(path)) {
    MalformedCase one;
    one.code = json.at("code").get<std::string>();
    if (one.code == "more_than_one_patient") continue;  // described, not given
    one.id = json.at("id").get<std::string>();
    one.tell = json.at("tell").get<std::string>();
    one.questionnaire = json.at("questionnaire").get<std::string>();
    one.input = json.at("input").get<std::string>();
    one.codes = member<std::vector<std::string>>(json, "codes", {one.code});
    one.names = member<std::vector<std::string>>(json, "names");
    one.silent = member<std::vector<std::string>>(json, "silent");
    cases.push_back(std::move(one));
  }
  return cases;
}

std::vector<ClinicalCase> all_clinical_cases() {
  std::vector<ClinicalCase> cases;
  for (const std::string_view id : fbss::builtin_ids())
    for (ClinicalCase& one : read_clinical_cases(own_cases + std::string(id) + ".json"))
      cases.push_back(std::move(one));
  add_shared(cases, "clinical.json", read_clinical_cases);
  return cases;
}

std::vector<MalformedCase> all_malformed_cases() {
  std::vector<MalformedCase> cases = read_malformed_cases(own_cases + "malformed.json");
  add_shared(cases, "malformed.json", read_malformed_cases);
  return cases;
}

std::string texts_of_json(const std::string& json) {
  const Json value = Json::parse(json, nullptr, false);
  REQUIRE_FALSE(value.is_discarded());
  std::string out;
  collect_texts(value, out);
  return out;
}

}  // namespace content

// SPDX-License-Identifier: Apache-2.0
// The populate and extract cases that lie beside the project, as other engines recorded them.
// Prints a figure a kind. Deliberate differences stand in shared_differences.txt, each with its
// reason. Compared is what a case asserts: answers by linkId; entries whatever their order, without
// what each engine makes up (UUIDs, times of extraction, meta, ids of its own).
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include <fbss/extract.hpp>
#include <fbss/populate.hpp>

#include "base/decimal.hpp"
#include "json/write.hpp"
#include "shared_files.hpp"

namespace {

using namespace fbss;
using shared_files::folder;
using shared_files::Json;
using shared_files::text_of;

template <class Visit>
void each_case(const char* kind, Visit visit) {
  if (!shared_files::are_there()) return;
  const Json index(text_of(folder / "index.json"));
  std::size_t all = 0, agreed = 0;
  for (JsonNode node = index.root().first(); node; node = node.next()) {
    if (node.find("kind").text() != kind) continue;
    const std::string id(node.find("id").text());
    std::string what;
    const bool agrees = visit(node, what);
    ++all;
    agreed += agrees ? 1 : 0;
    if (shared_files::differs_on_purpose(id))
      CHECK_MESSAGE(!agrees, id, " stands in shared_differences.txt and no longer differs");
    else
      CHECK_MESSAGE(agrees, id, ": ", what);
  }
  MESSAGE(std::string(kind), ": ", agreed, " of ", all,
          " as recorded, the others differ on purpose");
}

std::string file_of(JsonNode node, const char* member) {
  return text_of(folder / std::string(node.find(member).text()));
}

FormSession session_of(JsonNode node) {
  auto form = Form::load(file_of(node, "questionnaire"));
  REQUIRE(form.ok());
  return FormSession(*form);
}

// JSON in which equal things are written alike: members sorted, numbers without trailing zeros,
// instants without fraction and zone, UUIDs and what engines make up left out.
std::string canonical(JsonNode node) {
  if (node.kind() == JsonKind::number) {
    const auto number = Decimal::parse(node.text());
    return number ? number->trimmed().to_text() : std::string(node.text());
  }
  if (node.kind() == JsonKind::string) {
    std::string text(node.text());
    if (text.find("urn:uuid:") == 0) return "uuid";
    const std::size_t at = text.size() >= 36 ? text.size() - 36 : std::string::npos;
    if (at != std::string::npos && text[at + 8] == '-' && text[at + 13] == '-' &&
        text[at + 18] == '-')
      return text.substr(0, at) + "uuid";
    return text;
  }
  if (node.kind() == JsonKind::boolean) return node.boolean() ? "true" : "false";
  if (node.kind() == JsonKind::array) {
    std::string out = "[";
    for (JsonNode one = node.first(); one; one = one.next()) out += canonical(one) + ',';
    return out + ']';
  }
  std::map<std::string, std::string> members;
  for (JsonNode one = node.first(); one; one = one.next())
    members[std::string(one.key())] = canonical(one);
  std::string out = "{";
  for (const auto& [name, value] : members) out += name + ':' + value + ',';
  return out + '}';
}

// An entry's request and resource, without what the engine that recorded it made up.
std::string entry_text(JsonNode entry) {
  const JsonNode resource = entry.find("resource");
  std::map<std::string, std::string> members;
  for (JsonNode one = resource.first(); one; one = one.next())
    members[std::string(one.key())] = canonical(one);
  const JsonNode method = entry.find("request").find("method");
  if (method.text() == "POST") members.erase("id");
  // The recorded times are those of the run; the response's are in our own cases.
  for (const char* time : {"effectiveDateTime", "issued", "recordedDate"})
    if (members.contains(time)) members[time] = "time";
  // An extension that one engine alone writes.
  if (resource.find("resourceType").text() == "Observation") members.erase("extension");
  std::string out(method.text());
  for (const auto& [name, value] : members) out += ' ' + name + '=' + value;
  return out;
}

std::multiset<std::string> entry_texts(JsonNode bundle) {
  std::multiset<std::string> all;
  for (JsonNode entry = bundle.find("entry").first(); entry; entry = entry.next())
    all.insert(entry_text(entry));
  return all;
}

void add_items(JsonNode holder, std::multimap<std::string, std::string>& answers,
               std::size_t& count) {
  const JsonNode items = holder.find("item");
  for (JsonNode item = items ? items.first() : JsonNode(); item; item = item.next()) {
    ++count;
    const JsonNode list = item.find("answer");
    for (JsonNode answer = list ? list.first() : JsonNode(); answer; answer = answer.next()) {
      for (JsonNode member = answer.first(); member; member = member.next())
        if (member.key().starts_with("value"))
          answers.emplace(std::string(item.find("linkId").text()),
                          std::string(member.key()) + '=' + canonical(member));
      add_items(answer, answers, count);
    }
    add_items(item, answers, count);
  }
}

bool check_populate(JsonNode node, std::string& what) {
  FormSession session = session_of(node);
  Sources sources;
  for (JsonNode file = node.find("context").first(); file; file = file.next())
    REQUIRE(sources.add(text_of(folder / std::string(file.text()))).ok());
  const auto made = populate(session, sources);
  REQUIRE(made.ok());
  const Json response(made->response), expected(file_of(node, "expected"));
  std::multimap<std::string, std::string> ours, theirs;
  std::size_t count = 0, unused = 0;
  add_items(response.root(), ours, count);
  if (expected.root().find("resourceType")) {
    add_items(expected.root(), theirs, unused);
    what = "other answers";
    return ours == theirs &&
           response.root().find("questionnaire").text() ==
               expected.root().find("questionnaire").text() &&
           response.root().find("subject").find("reference").text() ==
               expected.root().find("subject").find("reference").text();
  }
  what = "items: " + std::to_string(count);
  bool agrees = std::to_string(count) == expected.root().find("has_items").text();
  for (JsonNode one = expected.root().find("items_with_answer").first(); one; one = one.next())
    if (!ours.contains(std::string(one.text()))) {
      agrees = false;
      what += ", no answer to " + std::string(one.text());
    }
  if (has_errors(made->issues)) agrees = false;
  return agrees;
}

bool check_extract(JsonNode node, std::string& what) {
  FormSession session = session_of(node);
  const Json expected(file_of(node, "expected"));
  std::string response;
  if (node.find("response")) {
    response = file_of(node, "response");
  } else {  // said in words: two answers below one linkId
    response = R"({"resourceType":"QuestionnaireResponse","status":"completed","item":[
      {"linkId":"1060570839573","item":[
        {"linkId":"6237057833524","answer":[{"valueString":"teststring"}]},
        {"linkId":"6237057833524","answer":[{"valueString":"teststring2"}]}]}]})";
  }
  REQUIRE(session.read(response).ok());
  const Json bundle(extract(session).bundle);
  const JsonNode ours = bundle.root(), theirs = expected.root();
  if (theirs.find("resourceType")) {
    std::multiset<std::string> missing = entry_texts(theirs);
    for (const std::string& own : entry_texts(ours)) {
      const auto found = missing.find(own);
      if (found == missing.end())
        what += "\n  + " + own;
      else
        missing.erase(found);
    }
    for (const std::string& one : missing) what += "\n  - " + one;
    return what.empty();
  }
  what = canonical(ours);
  if (const JsonNode observations = theirs.find("observations")) {
    JsonNode entry = ours.find("entry").first();
    for (JsonNode one = observations.first(); one; one = one.next(), entry = entry.next()) {
      if (!entry) return false;
      JsonNode category = entry.find("resource").find("category").first();
      for (JsonNode text = one.find("category").first(); text;
           text = text.next(), category = category.next()) {
        const std::string wanted(text.text());
        if (!category || !wanted.ends_with('(' + std::string(category.find("text").text()) + ')'))
          return false;
      }
      if (category) return false;
    }
    return !entry;
  }
  const JsonNode patient = ours.find("entry").first().find("resource");
  const JsonNode wanted = theirs.find("Patient"), name = patient.find("name").first();
  return canonical(name.find("given")) == canonical(wanted.find("given")) &&
         name.find("family").text() == wanted.find("family").text() &&
         patient.find("birthDate").text() == wanted.find("birthDate").text() &&
         patient.find("gender").text() == wanted.find("gender").text() &&
         canonical(patient.find("identifier").first()) == canonical(wanted.find("identifier"));
}

}  // namespace

TEST_CASE("shared: populate") {
  each_case("populate", check_populate);
}

TEST_CASE("shared: extract") {
  each_case("extract", check_extract);
}

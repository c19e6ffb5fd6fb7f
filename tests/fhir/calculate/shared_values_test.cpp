// SPDX-License-Identifier: Apache-2.0
// The calculated values of the cases that lie beside the project: every value that upstream's test
// asserts or that two engines agree on. Prints a figure a kind; where engines differ
// shared_values.txt says who, and why we give what we give.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>

#include <fbss/calculation.hpp>
#include <fbss/document.hpp>

#include "../shared_files.hpp"
#include "base/decimal.hpp"

using namespace fbss;
using shared_files::folder;
using shared_files::Json;
using shared_files::text_of;

namespace {

// A number without zeros that say nothing, so that 21.60 is 21.6; other values as written.
std::string shown(JsonNode value) {
  if (value.kind() == JsonKind::boolean) return value.boolean() ? "true" : "false";
  if (value.kind() == JsonKind::object)
    return shown(value.find("code") && !value.find("value") ? value.find("code")
                                                            : value.find("value"));
  if (value.kind() == JsonKind::number)
    if (const auto number = Decimal::parse(value.text())) return number->trimmed().to_text();
  return std::string(value.text());
}

std::string listed(JsonNode values) {
  std::string out;
  for (JsonNode value = values.first(); value; value = value.next())
    out += (out.empty() ? "" : ",") + shown(value);
  return out.empty() ? "-" : out;
}

void collect(JsonNode holder, std::map<std::string, std::string>& found) {
  for (JsonNode item = holder.find("item").first(); item; item = item.next()) {
    std::string& values = found[std::string(item.find("linkId").text())];
    for (JsonNode answer = item.find("answer").first(); answer; answer = answer.next()) {
      for (JsonNode member = answer.first(); member; member = member.next())
        if (member.key().starts_with("value"))
          values += (values.empty() ? "" : ",") + shown(member);
      collect(answer, found);
    }
    collect(item, found);
  }
}

// By case and linkId: what we give where engines differ.
std::map<std::string, std::string> differences() {
  std::map<std::string, std::string> found;
  std::istringstream file(text_of(FBSS_SOURCE_DIR "/tests/fhir/calculate/shared_values.txt"));
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t first = line.find(" | "), second = line.find(" | ", first + 3);
    REQUIRE(second != std::string::npos);
    found[line.substr(0, first)] = line.substr(first + 3, second - first - 3);
  }
  return found;
}

struct Figures {
  std::size_t values = 0, agreed = 0, alone = 0;
};

// Whether upstream or two engines stand behind the value.
bool is_settled(JsonNode expected) {
  bool by_upstream = false;
  std::size_t engines = 0;
  for (JsonNode by = expected.find("by").first(); by; by = by.next())
    by.text() == "upstream-test" ? void(by_upstream = true) : void(++engines);
  return by_upstream || engines >= 2;
}

void check_case(JsonNode one, std::map<std::string, std::string>& table, Figures& figures) {
  const std::string id(one.find("id").text());
  const auto file = [&](const char* name) { return text_of(folder / one.find(name).text()); };
  const auto form = Form::load(file("questionnaire"));
  REQUIRE_MESSAGE(form.ok(), id);
  FormSession session(*form);
  Calculation calculation(session);
  REQUIRE_MESSAGE(session.read(file("response")).ok(), id);
  REQUIRE_MESSAGE(calculation.run().ok(), id);
  std::map<std::string, std::string> ours;
  const Json completed(calculation.response());
  collect(completed.root(), ours);
  const Json expected(file("expected"));
  for (JsonNode value = expected.root().find("values").first(); value; value = value.next()) {
    const std::string& given = ours[std::string(value.key())];
    const std::string got = given.empty() ? "-" : given, wanted = listed(value.find("value"));
    ++figures.values;
    if (is_settled(value)) {
      CHECK_MESSAGE(got == wanted, id, ' ', value.key());
      figures.agreed += got == wanted ? 1 : 0;
    }
    // Whoever stands alone against the others, or against us, is named in the table.
    const std::string place = id + ' ' + std::string(value.key());
    const bool differs = got != wanted || value.find("lforms-40.1.3") || value.find("contested");
    const auto row = table.find(place);
    CHECK_MESSAGE(differs == (row != table.end()), place, ": we give ", got, ", expected ", wanted);
    if (row == table.end()) continue;
    ++figures.alone;
    CHECK_MESSAGE(row->second == got, place);
    table.erase(row);
  }
}

}  // namespace

TEST_CASE("shared: calculated values") {
  if (!shared_files::are_there()) return;
  auto table = differences();
  std::map<std::string, Figures> figures;
  const Json index(text_of(folder / "index.json"));
  for (JsonNode one = index.root().first(); one; one = one.next()) {
    const std::string kind(one.find("kind").text());
    if (kind == "calc" || kind == "differential") check_case(one, table, figures[kind]);
  }
  for (const auto& [kind, found] : figures)
    MESSAGE(kind, ": ", found.values, " values, ", found.agreed,
            " as upstream or two engines give them, in ", found.alone, " an engine differs");
  for (const auto& [place, ours] : table) FAIL_CHECK(place << ": no such difference any more");
}

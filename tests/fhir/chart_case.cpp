// SPDX-License-Identifier: Apache-2.0
// Cases of charts, read and written. Entered through read_cases() and lines_of().
#include "chart_case.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

namespace chart_cases {
namespace {

const std::map<std::string, std::string, std::less<>> systems = {
    {"icd", "http://hl7.org/fhir/sid/icd-10-cm"},
    {"who", "http://hl7.org/fhir/sid/icd-10"},
    {"sct", "http://snomed.info/sct"},
    {"loinc", "http://loinc.org"},
    {"dcm", "http://dicom.nema.org/resources/ontology/DCM"},
    {"rx", "http://www.nlm.nih.gov/research/umls/rxnorm"},
    {"local", "http://site.example/codes"}};

const std::map<std::string, std::string, std::less<>> date_elements = {
    {"Condition", "recordedDate"},
    {"Observation", "effectiveDateTime"},
    {"Procedure", "performedDateTime"},
    {"ServiceRequest", "authoredOn"},
    {"MedicationRequest", "authoredOn"},
    {"MedicationStatement", "effectiveDateTime"},
    {"DiagnosticReport", "effectiveDateTime"},
    {"ImagingStudy", "started"},
    {"Appointment", "start"}};

std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

std::string member(std::string_view name, const std::string& json) {
  return quoted(name) + ":" + json;
}

std::vector<std::string> split(std::string_view text, char sign) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(sign, at), text.size());
    parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::string coding(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto system = systems.find(text.substr(0, colon));
  REQUIRE_MESSAGE(system != systems.end(), "no system: ", std::string(text));
  return "{" + member("system", quoted(system->second)) + "," +
         member("code", quoted(text.substr(colon + 1))) + "}";
}

std::string codings(std::string_view text) {
  std::string list;
  for (const std::string& one : split(text, ',')) list += (list.empty() ? "" : ",") + coding(one);
  return "[" + list + "]";
}

std::string concept_of(std::string_view text) {
  return "{" + member("coding", codings(text)) + "}";
}

std::string plain_code(std::string_view code) {
  return "{" + member("coding", "[{" + member("code", quoted(code)) + "}]") + "}";
}

std::string reference(std::string_view text) {
  return "{" + member("reference", quoted(text)) + "}";
}

std::string value(std::string_view text) {
  if (text == "true" || text == "false") return member("valueBoolean", std::string(text));
  const std::size_t colon = text.find(':');
  const bool is_number =
      std::min(text.find_first_not_of("0123456789."), text.size()) == std::min(colon, text.size());
  if (is_number && colon == std::string_view::npos)
    return member("valueInteger", std::string(text));
  if (!is_number) return member("valueCodeableConcept", concept_of(text));
  return member("valueQuantity", "{" + member("value", std::string(text.substr(0, colon))) + "," +
                                     member("unit", quoted(text.substr(colon + 1))) + "}");
}

std::string date(const std::string& type, std::string_view text) {
  if (type == "CarePlan" || type == "Encounter")
    return member("period", "{" + member("start", quoted(text)) + "}");
  const auto element = date_elements.find(type);
  REQUIRE_MESSAGE(element != date_elements.end(), "no date for ", type);
  return member(element->second, quoted(text));
}

std::string subject(const std::string& type, std::string_view text) {
  if (text == "none") return "";
  if (type == "Appointment")
    return member("participant", "[{" + member("actor", reference(text)) + "}]");
  return member("subject", reference(text));
}

// One key=value of a line as a member of the resource.
std::string element(const std::string& type, std::string_view key, std::string_view text) {
  if (key == "code") return member("code", concept_of(text));
  if (key == "clinical") return member("clinicalStatus", plain_code(text));
  if (key == "verified") return member("verificationStatus", plain_code(text));
  if (key == "date") return date(type, text);
  if (key == "value") return value(text);
  if (key == "site") return member("bodySite", "[" + concept_of(text) + "]");
  if (key == "reason") return member("reasonCode", "[" + concept_of(text) + "]");
  if (key == "reasonref") return member("reasonReference", "[" + reference(text) + "]");
  if (key == "medication") return member("medicationCodeableConcept", concept_of(text));
  if (key == "modality") return member("modality", codings(text));
  if (key == "type") return member("type", "[" + concept_of(text) + "]");
  if (key == "service")
    return member("serviceType",
                  type == "Appointment" ? "[" + concept_of(text) + "]" : concept_of(text));
  if (key == "study") return member("imagingStudy", "[" + reference(text) + "]");
  if (key == "subject") return subject(type, text);
  return member(key, quoted(text));  // status, intent, performedDateTime …
}

// "Condition/c1 key=value …" as an entry of the Bundle.
std::string entry(const std::string& line) {
  std::string head = line, more, full_url;
  if (const std::size_t at = line.find(" json={"); at != std::string::npos) {
    head = line.substr(0, at);
    more = line.substr(at + 7, line.rfind('}') - at - 7);
  }
  std::istringstream words(head);
  std::string name, word;
  words >> name;
  const std::size_t slash = name.find('/');
  const std::string type = name.substr(0, slash);
  std::string members = member("resourceType", quoted(type));
  if (slash != std::string::npos) members += "," + member("id", quoted(name.substr(slash + 1)));
  bool has_subject = type == "Patient";
  while (words >> word) {
    const std::size_t sign = word.find('=');
    REQUIRE_MESSAGE(sign != std::string::npos, "no key=value: ", word);
    const std::string key = word.substr(0, sign), text = word.substr(sign + 1);
    has_subject = has_subject || key == "subject";
    if (key == "fullUrl") {
      full_url = member("fullUrl", quoted(text)) + ",";
      continue;
    }
    if (const std::string one = element(type, key, text); !one.empty()) members += "," + one;
  }
  if (!has_subject) members += "," + subject(type, "Patient/p1");
  if (!more.empty()) members += "," + more;
  return "{" + full_url + member("resource", "{" + members + "}") + "}";
}

// "list NAME system:code,…" as a value set.
std::string value_set(const std::string& line) {
  std::istringstream words(line);
  std::string word, name, codes;
  words >> word >> name >> codes;
  std::string includes;
  for (const std::string& one : split(codes, ',')) {
    const std::size_t colon = one.find(':');
    includes +=
        (includes.empty() ? "" : ",") +
        ("{" + member("system", quoted(systems.at(one.substr(0, colon)))) + "," +
         member("concept", "[{" + member("code", quoted(one.substr(colon + 1))) + "}]") + "}");
  }
  return "{" + member("resourceType", quoted("ValueSet")) + "," +
         member("url", quoted("https://fbss.example/fhir/ValueSet/" + name)) + "," +
         member("compose", "{" + member("include", "[" + includes + "]") + "}") + "}";
}

}  // namespace

std::string Case::bundle() const {
  bool has_patient = false;
  std::string entries;
  for (const std::string& one : resources) {
    has_patient =
        has_patient || one.find(R"("resource":{"resourceType":"Patient")") != std::string::npos;
    entries += (entries.empty() ? "" : ",") + one;
  }
  if (!has_patient) entries = entry("Patient/p1") + (entries.empty() ? "" : ",") + entries;
  return R"({"resourceType":"Bundle","type":"collection","entry":[)" + entries + "]}";
}

std::vector<Case> read_cases(const std::string& path) {
  std::vector<Case> cases;
  std::ifstream file(path);
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("== ")) {
      Case& made = cases.emplace_back();
      made.file = path;
      made.name = line.substr(3);
      made.line = number;
      continue;
    }
    REQUIRE_MESSAGE(!cases.empty(), path, ":", number, ": no case has begun");
    Case& open = cases.back();
    if (line.starts_with("questionnaire "))
      open.questionnaire = line.substr(14);
    else if (line.starts_with("list "))
      open.lists.push_back(value_set(line));
    else if (line.starts_with("-> ") || line.starts_with("- "))
      open.expected.push_back(line);
    else
      open.resources.push_back(entry(line));
    open.has_snomed = open.has_snomed || line.find("sct:") != std::string::npos;
  }
  return cases;
}

std::vector<std::string> lines_of(const fbss::Chart& chart) {
  std::vector<std::string> lines;
  for (const fbss::Suggestion& suggestion : chart.suggestions) {
    lines.push_back("-> " + suggestion.question->id + " " +
                    std::string(fbss::suggestion_word(suggestion.kind)) +
                    (suggestion.answer.empty() ? "" : " " + suggestion.answer));
    for (const fbss::ChartFact& fact : suggestion.facts) {
      std::string line = "- ";
      if (!fact.answer.empty()) line += fact.answer;
      for (const std::string& answer : fact.against) line += "not:" + answer + ",";
      if (line.ends_with(',')) line.pop_back();
      if (line == "- ") line += "shown";
      line += " " + fact.resource;
      if (!fact.coding.code.empty()) line += " " + fact.coding.code;
      if (!fact.date.empty()) line += " " + fact.date;
      if (!fact.value.empty()) line += " [" + fact.value + "]";
      lines.push_back(line);
    }
  }
  for (const fbss::IgnoredResource& ignored : chart.ignored)
    lines.push_back("-> ignored " + ignored.resource + ": " + ignored.reason);
  return lines;
}

}  // namespace chart_cases

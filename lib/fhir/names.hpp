// SPDX-License-Identifier: Apache-2.0
// The urls that our exports use, each made in one place, and how they are known again whatever base
// a site has set. In: a base and ids. Out: canonical urls and code systems; and from such a url
// what stands behind its base.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <fbss/questionnaire.hpp>

namespace fbss::fhir {

/// Public systems.
inline constexpr std::string_view absent_reason_system =
    "http://terminology.hl7.org/CodeSystem/data-absent-reason";
inline constexpr std::string_view absent_reason_extension =
    "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
inline constexpr std::string_view asked_unknown = "asked-unknown",
                                  asked_declined = "asked-declined";
inline constexpr std::string_view asked_unknown_text = "Asked But Unknown",
                                  asked_declined_text = "Asked But Declined";
/// What marks a resource as test data (HL7 v3 ActReason), as a security label of its meta.
inline constexpr std::string_view reason_system =
    "http://terminology.hl7.org/CodeSystem/v3-ActReason";
inline constexpr std::string_view test_data_code = "HTEST";

/// linkIds of what an export adds to the file's own ids. Ids are in snake_case, so that one with a
/// dot is free.
inline constexpr std::string_view about_link = "fbss.about", findings_link = "fbss.findings";
inline std::string help_link(std::string_view link) {
  return std::string(link) + ".help";
}
inline std::string tally_link(std::string_view tally) {
  return "fbss.tally." + std::string(tally);
}

class Names {
 public:
  Names(std::string_view base, const Questionnaire& questionnaire)
      : base_(base), id_(questionnaire.id()) {}

  /// "BASE/Questionnaire/preop_screen", without a version.
  std::string questionnaire() const { return base_ + "/Questionnaire/" + id_; }

  /// Of the answers to a question: yes and no are the questionnaire's; the options of a choice are
  /// the question's own, since two questions may use one code in two meanings.
  std::string answers(const Item& question) const {
    return code_system(question.type == ItemType::yes_no ? id_ : id_ + '/' + question.id);
  }

  std::string rules() const { return code_system(id_ + "/rules"); }
  std::string tallies() const { return code_system(id_ + "/tallies"); }
  std::string parts() const { return code_system("parts"); }  ///< of Observation.component
  std::string status() const { return code_system("finding-status"); }

  /// Of meta.tag: the SHA-256 of the questionnaire's content.
  std::string content() const { return code_system("content-sha256"); }

  /// Of Identifier.value: the caller's record id, given as text or as a number.
  std::string record_id() const { return base_ + "/record-id"; }
  std::string record_number() const { return base_ + "/record-number"; }

  /// An option's or question's code in a public terminology, beside our own.
  std::string also_coded_as() const { return base_ + "/StructureDefinition/also-coded-as"; }

 private:
  std::string code_system(const std::string& name) const { return base_ + "/CodeSystem/" + name; }

  std::string base_, id_;
};

/// What stands behind "/KIND/" in a url: "preop_screen" of "https://any.example/Questionnaire/
/// preop_screen". Nothing where the url has no such part.
inline std::optional<std::string_view> name_in_url(std::string_view url, std::string_view kind) {
  const std::string part = '/' + std::string(kind) + '/';
  const std::size_t at = url.rfind(part);
  if (at == std::string_view::npos) return std::nullopt;
  return url.substr(at + part.size());
}

/// What the canonical url of a questionnaire, with or without a version, calls it; empty where it
/// has no such part.
inline std::string_view questionnaire_in(std::string_view canonical) {
  return name_in_url(canonical.substr(0, canonical.rfind('|')), "Questionnaire").value_or("");
}

/// Whether the system is Names::answers() of the question, whatever its base.
inline bool is_answers_of(std::string_view system, const Questionnaire& questionnaire,
                          const Item& question) {
  std::string_view name = name_in_url(system, "CodeSystem").value_or("");
  if (!name.starts_with(questionnaire.id())) return false;
  name.remove_prefix(questionnaire.id().size());
  if (question.type == ItemType::yes_no) return name.empty();
  return name.starts_with('/') && name.substr(1) == question.id;
}

}  // namespace fbss::fhir

// SPDX-License-Identifier: Apache-2.0
// A chart for benchmarks: one patient, 200 resources of the kinds and sizes that a US Core server
// gives, the same in every run. Some of them speak about the questions of the pre-operative screen,
// most do not. In: a seed. Out: the Bundle's text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

class ChartBundle {
 public:
  static std::string make(std::uint64_t seed) { return ChartBundle(seed).run(); }

 private:
  struct Code {
    const char *system, *code, *display;
  };

  static constexpr const char* icd = "http://hl7.org/fhir/sid/icd-10-cm";
  static constexpr const char* sct = "http://snomed.info/sct";
  static constexpr const char* loinc = "http://loinc.org";
  static constexpr const char* rx = "http://www.nlm.nih.gov/research/umls/rxnorm";
  static constexpr const char* act = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

  // Most conditions, results and medicines of a chart say nothing about the screen.
  static constexpr std::array<Code, 16> conditions = {{
      {icd, "I10", "Essential (primary) hypertension"},
      {icd, "E78.5", "Hyperlipidemia, unspecified"},
      {icd, "M54.50", "Low back pain, unspecified"},
      {icd, "J06.9", "Acute upper respiratory infection, unspecified"},
      {icd, "M48.061", "Spinal stenosis, lumbar region without neurogenic claudication"},
      {icd, "K21.9", "Gastro-esophageal reflux disease without esophagitis"},
      {icd, "E11.9", "Type 2 diabetes mellitus without complications"},
      {sct, "44054006", "Diabetes mellitus type 2"},
      {icd, "F33.1", "Major depressive disorder, recurrent, moderate"},
      {icd, "F41.1", "Generalized anxiety disorder"},
      {icd, "Z87.891", "Personal history of nicotine dependence"},
      {icd, "M51.26", "Other intervertebral disc displacement, lumbar region"},
      {icd, "N39.0", "Urinary tract infection, site not specified"},
      {icd, "G47.33", "Obstructive sleep apnea (adult) (pediatric)"},
      {sct, "59621000", "Essential hypertension"},
      {icd, "M85.80", "Other specified disorders of bone density and structure"},
  }};
  static constexpr std::array<Code, 14> observations = {{
      {loinc, "8480-6", "Systolic blood pressure"},
      {loinc, "8462-4", "Diastolic blood pressure"},
      {loinc, "8867-4", "Heart rate"},
      {loinc, "29463-7", "Body weight"},
      {loinc, "39156-5", "Body mass index (BMI)"},
      {loinc, "4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood"},
      {loinc, "2160-0", "Creatinine [Mass/volume] in Serum or Plasma"},
      {loinc, "2345-7", "Glucose [Mass/volume] in Serum or Plasma"},
      {loinc, "72514-3", "Pain severity - 0-10 verbal numeric rating"},
      {loinc, "44261-6", "Patient Health Questionnaire 9 item total score"},
      {loinc, "2708-6", "Oxygen saturation in Arterial blood"},
      {loinc, "718-7", "Hemoglobin [Mass/volume] in Blood"},
      {loinc, "82290-8", "Physical activity minutes per week"},
      {loinc, "2093-3", "Cholesterol [Mass/volume] in Serum or Plasma"},
  }};
  static constexpr std::array<Code, 8> medicines = {{
      {rx, "6809", "metformin"},
      {rx, "29046", "lisinopril"},
      {rx, "83367", "atorvastatin"},
      {rx, "321988", "escitalopram"},
      {rx, "5640", "ibuprofen"},
      {rx, "25480", "gabapentin"},
      {rx, "7646", "omeprazole"},
      {rx, "161", "acetaminophen"},
  }};
  static constexpr std::array<Code, 7> procedures = {{
      {sct, "430193006", "Medication reconciliation"},
      {sct, "73761001", "Colonoscopy"},
      {sct, "387731002", "Laminectomy"},
      {sct, "91251008", "Physical therapy procedure"},
      {sct, "178625001", "Primary lumbar microdiscectomy"},
      {sct, "252160004", "Standard pregnancy test"},
      {sct, "710824005", "Assessment of health and social care needs"},
  }};
  static constexpr std::array<Code, 5> smoking = {{
      {sct, "449868002", "Current every day smoker"},
      {sct, "428041000124106", "Current some day smoker"},
      {sct, "8517006", "Former smoker"},
      {sct, "8517006", "Former smoker"},
      {sct, "8517006", "Former smoker"},
  }};

  explicit ChartBundle(std::uint64_t seed) : state_(seed) {}

  std::string run() {
    add("Patient", R"("identifier":[{"system":"http://hospital.example/mrn","value":"12345"}],)"
                   R"("name":[{"use":"official","family":"Sample","given":["Pat","Q."]}],)"
                   R"("telecom":[{"system":"phone","value":"555-0100","use":"home"}],)"
                   R"("gender":"female","birthDate":"1961-04-05","address":[{"line":["1 Way"],)"
                   R"("city":"Town","state":"MA","postalCode":"01101","country":"US"}])");
    // The kinds stand mixed, as a server sends them page by page.
    std::vector<int> kinds;
    for (const auto& [kind, count] : std::array<std::array<int, 2>, 8>{
             {{0, 36}, {1, 84}, {2, 16}, {3, 24}, {4, 26}, {5, 5}, {6, 4}, {7, 4}}})
      for (int i = 0; i < count; ++i) kinds.push_back(kind);
    for (std::size_t i = kinds.size(); i > 1; --i) std::swap(kinds[i - 1], kinds[below(i)]);
    for (const int kind : kinds) add(kind);
    return R"({"resourceType":"Bundle","type":"searchset","total":200,"entry":[)" + text_ + "]}";
  }

  void add(int kind) {
    switch (kind) {
      case 0:
        return add_condition();
      case 1:
        return smoking_left_ > 0 && below(10) == 0 ? add_smoking() : add_observation();
      case 2:
        return add("Procedure", R"("status":"completed",)" + concept_of(pick(procedures)) + "," +
                                    subject() + "," + encounter() +
                                    R"(,"performedPeriod":{"start":")" + time() + R"(","end":")" +
                                    time() + "\"}");
      case 3:
        return add_prescription();
      case 4:
        return add("Encounter",
                   R"("status":"finished","class":)" + coding({act, "AMB", "ambulatory"}) +
                       R"(,"type":[)" +
                       concept_value({sct, "185349003", "Encounter for check up (procedure)"}) +
                       "]," + subject() + R"(,"participant":[{"individual":{"reference":)" +
                       R"("Practitioner/1","display":"Dr. Sample"}}],"period":{"start":")" +
                       time() + R"(","end":")" + time() +
                       R"("},"serviceProvider":{"reference":"Organization/1","display":"Clinic"})");
      case 5:
        return add(
            "DiagnosticReport",
            R"("status":"final",)" + category("LAB", "Laboratory") + "," +
                concept_of({loinc, "51990-0", "Basic metabolic panel - Blood"}) + "," + subject() +
                "," + encounter() + R"(,"effectiveDateTime":")" + time() + R"(","issued":")" +
                time() +
                R"(","result":[{"reference":"Observation/3"},{"reference":"Observation/4"}])");
      case 6:
        return add(
            "Immunization",
            R"("status":"completed","vaccineCode":)" +
                concept_value({"http://hl7.org/fhir/sid/cvx", "140", "Influenza, seasonal"}) +
                R"(,"patient":{"reference":"Patient/p1"},"occurrenceDateTime":")" + time() +
                R"(","primarySource":true)");
      default:
        return add("ServiceRequest", R"("status":"active","intent":"order",)" +
                                         concept_of({sct, "229065009", "Exercise therapy"}) + "," +
                                         subject() + R"(,"authoredOn":")" + time() + "\"");
    }
  }

  void add_condition() {
    const bool is_over = below(3) == 0;
    const std::string when = time();
    add("Condition",
        R"("clinicalStatus":)" +
            concept_value({"http://terminology.hl7.org/CodeSystem/condition-clinical",
                           is_over ? "resolved" : "active", is_over ? "Resolved" : "Active"}) +
            R"(,"verificationStatus":)" +
            concept_value({"http://terminology.hl7.org/CodeSystem/condition-ver-status",
                           "confirmed", "Confirmed"}) +
            "," + category("problem-list-item", "Problem List Item") + "," +
            concept_of(pick(conditions)) + "," + subject() + "," + encounter() +
            R"(,"onsetDateTime":")" + when + R"(","recordedDate":")" + when + "\"" +
            (is_over ? R"(,"abatementDateTime":")" + time() + "\"" : std::string()));
  }

  void add_observation() {
    add("Observation", R"("status":"final",)" + category("vital-signs", "Vital signs") + "," +
                           concept_of(pick(observations)) + "," + subject() + "," + encounter() +
                           R"(,"effectiveDateTime":")" + time() + R"(","issued":")" + time() +
                           R"(","valueQuantity":{"value":)" + std::to_string(below(200)) + "." +
                           std::to_string(below(10)) +
                           R"(,"unit":"unit","system":"http://unitsofmeasure.org","code":"1"})");
  }

  void add_smoking() {
    --smoking_left_;
    add("Observation", R"("status":"final",)" + category("social-history", "Social History") + "," +
                           concept_of({loinc, "72166-2", "Tobacco smoking status"}) + "," +
                           subject() + "," + encounter() + R"(,"effectiveDateTime":")" + time() +
                           R"(","issued":")" + time() + R"(","valueCodeableConcept":)" +
                           concept_value(pick(smoking)));
  }

  void add_prescription() {
    const bool has_reason = below(2) == 0;
    add("MedicationRequest",
        std::string(R"("status":")") + (below(2) == 0 ? "active" : "stopped") +
            R"(","intent":"order","medicationCodeableConcept":)" + concept_value(pick(medicines)) +
            "," + subject() + "," + encounter() + R"(,"authoredOn":")" + time() +
            R"(","requester":{"reference":"Practitioner/1","display":"Dr. Sample"})" +
            (has_reason ? R"(,"reasonReference":[{"reference":"Condition/)" +
                              std::to_string(2 + below(200)) + "\"}]"
                        : std::string()) +
            R"(,"dosageInstruction":[{"sequence":1,"text":"Take once daily","timing":{"repeat":)"
            R"({"frequency":1,"period":1.0,"periodUnit":"d"}},"asNeededBoolean":false}])");
  }

  // ---- the parts of a resource

  void add(const char* type, const std::string& members) {
    const std::string id = count_++ == 0 ? "p1" : std::to_string(count_);
    text_ += (text_.empty() ? "" : ",") +
             (R"({"fullUrl":"https://ehr.example/fhir/)" + std::string(type) + "/" + id +
              R"(","resource":{"resourceType":")" + type + R"(","id":")" + id +
              R"(","meta":{"versionId":"1","lastUpdated":")" + time() +
              R"(","profile":["http://hl7.org/fhir/us/core/StructureDefinition/us-core"]},)" +
              members + R"(},"search":{"mode":"match"}})");
  }

  static std::string coding(const Code& code) {
    return R"({"system":")" + std::string(code.system) + R"(","code":")" + code.code +
           R"(","display":")" + code.display + "\"}";
  }
  static std::string concept_value(const Code& code) {
    return R"({"coding":[)" + coding(code) + R"(],"text":")" + code.display + "\"}";
  }
  static std::string concept_of(const Code& code) { return R"("code":)" + concept_value(code); }
  static std::string category(const char* code, const char* display) {
    return R"("category":[)" +
           concept_value(
               {"http://terminology.hl7.org/CodeSystem/observation-category", code, display}) +
           "]";
  }
  static std::string subject() {
    return R"("subject":{"reference":"Patient/p1","display":"Pat Q. Sample"})";
  }
  std::string encounter() {
    return R"("encounter":{"reference":"Encounter/)" + std::to_string(2 + below(200)) + "\"}";
  }
  std::string time() {
    const auto two = [](std::size_t number) {
      return (number < 10 ? "0" : "") + std::to_string(number);
    };
    return "20" + two(15 + below(11)) + "-" + two(1 + below(12)) + "-" + two(1 + below(28)) + "T" +
           two(below(24)) + ":" + two(below(60)) + ":" + two(below(60)) + "-05:00";
  }

  template <std::size_t size>
  const Code& pick(const std::array<Code, size>& codes) {
    return codes[below(size)];
  }

  // Knuth's generator of 64 bits.
  std::size_t below(std::size_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state_ >> 33) % bound;
  }

  std::uint64_t state_;
  std::size_t count_ = 0, smoking_left_ = 6;
  std::string text_;
};

}  // namespace bench

// SPDX-License-Identifier: Apache-2.0
// The resources of one patient. A reference to the patient is relative (Patient/p1), the patient's
// fullUrl (http://…, urn:uuid:…), with or without a version; one that cannot be followed is not
// guessed. Entered through read_chart().
#include "fhir/chart_resources.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

#include "base/place_of.hpp"
#include "base/same_bytes.hpp"
#include "fhir/test_data.hpp"
#include "fhirpath/reference_target.hpp"
#include "fhirpath/whereabouts.hpp"

namespace fbss::fhir {
namespace {

using fhirpath::BundleEntry;
using fhirpath::first_of_list;
using fhirpath::text_member;
using json::Key;
using json::Node;

// Where R4 says whose a resource is (FiveWs.subject).
const std::array<Key, 5> subject_keys = {Key("subject"), Key("patient"), Key("beneficiary"),
                                         Key("individual"), Key("for")};

constexpr std::string_view of_another = "belongs to another patient";
constexpr std::string_view of_no_patient = "is not about a patient";
constexpr std::string_view of_nobody = "does not say whose it is";
constexpr std::string_view not_followed = "says whose it is in a way that cannot be followed here";
constexpr std::string_view in_bundle = "is a Bundle within the Bundle, which is not read";
constexpr std::string_view is_changed =
    "says that its meaning is changed, in a way that is not known here";
constexpr std::string_view not_of_subject = "is about something other than its subject";

enum class Whose : std::uint8_t {
  patient,
  another,     // of another patient
  no_patient,  // of a group or a device
  unclear,     // the reference cannot be followed
  nobody,      // not told
  nested,      // a Bundle within the Bundle
  modified,    // its meaning is changed: modifierExtension, implicitRules
  of_focus,    // an Observation of something else than its subject
  no_subject   // such a resource is nobody's
};

class Patient {
 public:
  explicit Patient(const ChartResource& at)
      : url_(at.url), server_(fhirpath::server_of(at.url, at.type_name, at.id)), id_(at.id) {}

  // Whether the reference, which stands in that resource, leads to the patient.
  Whose whose(std::string_view reference, const ChartResource& at) {
    if (reference.empty() || reference.starts_with('#')) return Whose::unclear;
    // Nearly all resources of a chart refer to its patient in the same words, from one server.
    const std::string_view server = fhirpath::server_of(at.url, at.type_name, at.id);
    if (same_text(reference, last_) && same_text(server, last_server_)) return last_whose_;
    last_ = reference;
    last_server_ = server;
    return last_whose_ = follow(fhirpath::parse_reference(reference), server);
  }

 private:
  Whose follow(const fhirpath::ReferenceTarget& target, std::string_view server) const {
    if (target.is_absolute) {
      if (!url_.empty() && target.url == url_) return Whose::patient;
      // The patient's own address is not told, so it may be this one.
      const bool may_be = url_.empty() || (server_.empty() && ends_in_identity(target.url));
      return may_be ? Whose::unclear : Whose::another;
    }
    if (target.id.empty()) return Whose::unclear;
    if (target.type != "Patient") return Whose::no_patient;
    if (id_.empty()) return Whose::unclear;
    if (server.empty() || server_.empty())
      return target.id == id_ ? Whose::patient : Whose::another;
    return server == server_ && target.id == id_ ? Whose::patient : Whose::another;
  }

  bool ends_in_identity(std::string_view url) const {
    if (id_.empty() || !url.ends_with(id_)) return false;
    url.remove_suffix(id_.size());
    return url.ends_with("/Patient/");
  }

  std::string_view url_, server_, id_;
  std::string_view last_, last_server_;  // asked last
  Whose last_whose_ = Whose::unclear;
};

Whose whose_reference(Patient& patient, const Node& reference, const ChartResource& at) {
  return patient.whose(text_member(reference, "reference"), at);
}

// Of several subjects all have to be the patient.
Whose whose_subject(Patient& patient, const Node& subject, const ChartResource& at) {
  if (subject.kind != JsonKind::array) return whose_reference(patient, subject, at);
  Whose all = Whose::nobody;
  for (const Node* one = subject.first(); one; one = one->next()) {
    const Whose whose = whose_reference(patient, *one, at);
    if (whose != Whose::patient) return whose;
    all = whose;
  }
  return all;
}

// An appointment's patients stand among those who take part in it.
Whose whose_appointment(Patient& patient, const ChartResource& at) {
  Whose found = Whose::nobody;
  for (const Node* one = first_of_list(*at.resource, "participant"); one; one = one->next()) {
    const Node* actor = one->find("actor");
    const std::string_view reference = actor ? text_member(*actor, "reference") : "";
    const Whose whose = patient.whose(reference, at);
    if (whose == Whose::patient) return whose;
    if (reference.find("Patient/") != std::string_view::npos) found = whose;
  }
  return found;
}

// What a reader of a resource must not pass over (hl7.org/fhir/R4/extensibility.html, section
// "Modifier Extensions"; Observation.focus), and the first of subject_keys that is there.
struct Head {
  const Node* subject = nullptr;
  bool is_modified = false, has_focus = false;
};

// In one walk, for each resource of a chart is asked.
Head head_of(const Node& resource) {
  static const Key modifier("modifierExtension"), rules("implicitRules"), focus("focus");
  Head head;
  std::size_t best = subject_keys.size();
  for (const Node* member = resource.first(); member; member = member->next()) {
    for (std::size_t i = 0; i < best; ++i)
      if (member->is_named(subject_keys[i])) {
        head.subject = member;
        best = i;
      }
    head.is_modified = head.is_modified || member->is_named(modifier) || member->is_named(rules);
    head.has_focus = head.has_focus || member->is_named(focus);
  }
  return head;
}

Whose whose_resource(Patient& patient, const ChartResource& at) {
  const Head head = head_of(*at.resource);
  if (same_text(at.type_name, "Appointment")) {
    const Whose whose = whose_appointment(patient, at);
    return whose == Whose::patient && head.is_modified ? Whose::modified : whose;
  }
  if (head.subject) {
    const Whose whose = whose_subject(patient, *head.subject, at);
    if (whose != Whose::patient) return whose;
    if (head.is_modified) return Whose::modified;
    return head.has_focus && same_text(at.type_name, "Observation") ? Whose::of_focus : whose;
  }
  const bool has_subject = std::ranges::any_of(subject_keys, [&](const Key& key) {
    return fhirpath::find_element(at.type, fhirpath::find_model_name(key.name)).has_value();
  });
  return has_subject ? Whose::nobody : Whose::no_subject;
}

std::string_view reason(Whose whose) {
  switch (whose) {
    case Whose::another:
      return of_another;
    case Whose::no_patient:
      return of_no_patient;
    case Whose::unclear:
      return not_followed;
    case Whose::nested:
      return in_bundle;
    case Whose::modified:
      return is_changed;
    case Whose::of_focus:
      return not_of_subject;
    default:
      return of_nobody;
  }
}

// The types of resources by name: a chart has hundreds of a dozen types. Of 128 places, hardly two
// of the usual ones have the same.
class TypeMemo {
 public:
  fhirpath::ModelType type(std::string_view name) {
    Known& known = known_[place_of(Key::signature_of(name), 7)];
    if (!same_text(known.name, name)) known = {name, fhirpath::find_model_type(name)};
    return known.type;
  }

 private:
  struct Known {
    std::string_view name;
    fhirpath::ModelType type = 0;
  };
  std::array<Known, 128> known_;
};

// An entry whose resource has a type, if only an empty one.
bool is_resource(const BundleEntry& entry) {
  if (!entry.type.empty()) return true;
  const Node* type = entry.resource->find("resourceType");
  return type && type->kind == JsonKind::string;
}

ChartResource resource_of(const BundleEntry& entry, fhirpath::ModelType type) {
  return {entry.resource, entry.place, type, entry.type, entry.id, entry.url};
}

Problem problem(ErrorCode code, std::string message) {
  Problem made;
  made.code = code;
  made.message = std::move(message);
  return made;
}

}  // namespace

std::string name_of(const ChartResource& at) {
  if (!at.id.empty()) {
    std::string name;
    name.reserve(at.type_name.size() + 1 + at.id.size());
    return name.append(at.type_name).append("/").append(at.id);
  }
  return at.url.empty() ? "entry " + std::to_string(at.place) : std::string(at.url);
}

const ChartResource* ChartResources::find(const Node* resource) const {
  const auto at = std::ranges::lower_bound(resources, resource, std::less<const Node*>(),
                                           &ChartResource::resource);
  return at != resources.end() && at->resource == resource ? &*at : nullptr;
}

Result<void> read_chart(const Node* bundle, std::span<const BundleEntry> entries,
                        ChartResources& chart) {
  chart.patient.clear();
  chart.resources.clear();
  chart.ignored.clear();
  chart.is_sample = false;
  if (!bundle || text_member(*bundle, "resourceType") != "Bundle")
    return problem(ErrorCode::wrong_type,
                   "The chart is no Bundle of FHIR R4; put the patient's resources into one.");
  static const fhirpath::ModelType patient_type = fhirpath::find_model_type("Patient"),
                                   bundle_type = fhirpath::find_model_type("Bundle");
  const auto is_patient = [](const BundleEntry& entry) { return entry.type == "Patient"; };
  const auto patients = std::ranges::count_if(entries, is_patient);
  if (patients == 0)
    return problem(ErrorCode::no_patient,
                   "The Bundle holds no Patient, so nobody can say whose it is; add the Patient "
                   "to it. Nothing was read.");
  if (patients > 1)
    return problem(ErrorCode::more_than_one_patient,
                   "The Bundle holds " + std::to_string(patients) +
                       " Patients; a chart is that of one. Nothing was read.");
  const ChartResource whose_chart =
      resource_of(*std::ranges::find_if(entries, is_patient), patient_type);
  Patient patient(whose_chart);
  chart.patient = name_of(whose_chart);
  chart.is_sample =
      is_test_data(whose_chart.resource->find("meta")) || is_test_data(bundle->find("meta"));
  TypeMemo types;
  for (const BundleEntry& entry : entries) {
    if (!is_resource(entry) || is_patient(entry)) continue;
    const ChartResource at = resource_of(entry, types.type(entry.type));
    const Whose whose = at.type == bundle_type ? Whose::nested : whose_resource(patient, at);
    if (whose == Whose::patient)
      chart.resources.push_back(at);
    else if (whose != Whose::no_subject)
      chart.ignored.push_back({name_of(at), std::string(reason(whose))});
  }
  return {};
}

}  // namespace fbss::fhir

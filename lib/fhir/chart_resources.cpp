// SPDX-License-Identifier: Apache-2.0
// The resources of one patient. A reference to the patient is relative (Patient/p1), the patient's
// fullUrl (http://…, urn:uuid:…), with or without a version; one that cannot be followed is not
// guessed. Entered through read_chart().
#include "fhir/chart_resources.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

#include "fhir/test_data.hpp"
#include "fhirpath/reference_target.hpp"
#include "fhirpath/whereabouts.hpp"

namespace fbss::fhir {
namespace {

using fhirpath::first_of_list;
using fhirpath::text_member;
using json::Key;
using json::Node;

// Where R4 says whose a resource is (FiveWs.subject).
const std::array<Key, 5> subject_keys = {Key("subject"), Key("patient"), Key("beneficiary"),
                                         Key("individual"), Key("for")};
const std::array<fhirpath::ModelName, 5> subject_names = [] {
  std::array<fhirpath::ModelName, 5> names{};
  for (std::size_t i = 0; i < names.size(); ++i)
    names[i] = fhirpath::find_model_name(subject_keys[i].name);
  return names;
}();

constexpr std::string_view of_another = "belongs to another patient";
constexpr std::string_view of_no_patient = "is not about a patient";
constexpr std::string_view of_nobody = "does not say whose it is";
constexpr std::string_view not_followed = "says whose it is in a way that cannot be followed here";
constexpr std::string_view nested = "is a Bundle within the Bundle, which is not read";

enum class Whose : std::uint8_t {
  patient,
  another,     // of another patient
  no_patient,  // of a group or a device
  unclear,     // the reference cannot be followed
  nobody,      // not told
  no_subject   // such a resource is nobody's
};

class Patient {
 public:
  Patient() = default;
  Patient(const Node* entry, const Node& resource)
      : url_(text_member(*entry, "fullUrl")),
        server_(fhirpath::server_of(entry)),
        id_(text_member(resource, "id")) {}

  // Whether the reference, which stands in that entry, leads to the patient.
  Whose whose(std::string_view reference, const Node* entry) {
    if (reference.empty() || reference.starts_with('#')) return Whose::unclear;
    // Nearly all resources of a chart refer to its patient in the same words, from one server.
    const std::string_view server = fhirpath::server_of(entry);
    if (reference == last_ && server == last_server_) return last_whose_;
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

Whose whose_reference(Patient& patient, const Node& reference, const Node* entry) {
  return patient.whose(text_member(reference, "reference"), entry);
}

// Of several subjects all have to be the patient.
Whose whose_subject(Patient& patient, const Node& subject, const Node* entry) {
  if (subject.kind != JsonKind::array) return whose_reference(patient, subject, entry);
  Whose all = Whose::nobody;
  for (const Node* one = subject.first(); one; one = one->next()) {
    const Whose whose = whose_reference(patient, *one, entry);
    if (whose != Whose::patient) return whose;
    all = whose;
  }
  return all;
}

// An appointment's patients stand among those who take part in it.
Whose whose_appointment(Patient& patient, const Node& appointment, const Node* entry) {
  Whose found = Whose::nobody;
  for (const Node* one = first_of_list(appointment, "participant"); one; one = one->next()) {
    const Node* actor = one->find("actor");
    const std::string_view reference = actor ? text_member(*actor, "reference") : "";
    const Whose whose = patient.whose(reference, entry);
    if (whose == Whose::patient) return whose;
    if (reference.find("Patient/") != std::string_view::npos) found = whose;
  }
  return found;
}

Whose whose_resource(Patient& patient, const ChartResource& at) {
  if (text_member(*at.resource, "resourceType") == "Appointment")
    return whose_appointment(patient, *at.resource, at.entry);
  for (const Key& key : subject_keys)
    if (const Node* subject = at.resource->find(key))
      return whose_subject(patient, *subject, at.entry);
  const bool has_subject = std::ranges::any_of(subject_names, [&](fhirpath::ModelName name) {
    return fhirpath::find_element(at.type, name).has_value();
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
    default:
      return of_nobody;
  }
}

template <class Visit>
void each_resource(const Node& bundle, Visit visit) {
  static const Key resource_key("resource"), type_key("resourceType");
  std::uint32_t place = 0;
  std::string_view last_name;
  fhirpath::ModelType last_type = 0;
  for (const Node* entry = first_of_list(bundle, "entry"); entry; entry = entry->next()) {
    ++place;
    const Node* resource = entry->find(resource_key);
    const Node* type = resource ? resource->find(type_key) : nullptr;
    if (!type || type->kind != JsonKind::string) continue;
    if (type->text_view() != last_name) {
      last_name = type->text_view();
      last_type = fhirpath::find_model_type(last_name);
    }
    visit(ChartResource{resource, entry, place, last_type}, last_name);
  }
}

Problem problem(ErrorCode code, std::string message) {
  Problem made;
  made.code = code;
  made.message = std::move(message);
  return made;
}

}  // namespace

std::string name_of(const ChartResource& at) {
  const std::string_view id = text_member(*at.resource, "id");
  if (!id.empty())
    return std::string(text_member(*at.resource, "resourceType")) + '/' + std::string(id);
  const std::string_view url = text_member(*at.entry, "fullUrl");
  return url.empty() ? "entry " + std::to_string(at.place) : std::string(url);
}

const ChartResource* ChartResources::find(const Node* resource) const {
  const auto at = std::ranges::lower_bound(resources, resource, std::less<const Node*>(),
                                           &ChartResource::resource);
  return at != resources.end() && at->resource == resource ? &*at : nullptr;
}

Result<void> read_chart(const Node* bundle, ChartResources& chart) {
  chart.patient.clear();
  chart.resources.clear();
  chart.ignored.clear();
  chart.is_sample = false;
  if (!bundle || text_member(*bundle, "resourceType") != "Bundle")
    return problem(ErrorCode::wrong_type,
                   "The chart is no Bundle of FHIR R4; put the patient's resources into one.");
  std::size_t patients = 0;
  Patient patient;
  each_resource(*bundle, [&](const ChartResource& at, std::string_view type) {
    if (type != "Patient" || ++patients > 1) return;
    patient = Patient(at.entry, *at.resource);
    chart.patient = name_of(at);
    chart.is_sample = is_test_data(at.resource->find("meta")) || is_test_data(bundle->find("meta"));
  });
  if (patients != 1) chart.patient.clear();
  if (patients == 0)
    return problem(ErrorCode::no_patient,
                   "The Bundle holds no Patient, so nobody can say whose it is; add the Patient to "
                   "it. Nothing was read.");
  if (patients > 1)
    return problem(ErrorCode::more_than_one_patient,
                   "The Bundle holds " + std::to_string(patients) +
                       " Patients; a chart is that of one. Nothing was read.");
  each_resource(*bundle, [&](const ChartResource& at, std::string_view type) {
    if (type == "Patient") return;
    if (type == "Bundle") return chart.ignored.push_back({name_of(at), std::string(nested)});
    const Whose whose = whose_resource(patient, at);
    if (whose == Whose::patient) return chart.resources.push_back(at);
    if (whose != Whose::no_subject)
      chart.ignored.push_back({name_of(at), std::string(reason(whose))});
  });
  return {};
}

}  // namespace fbss::fhir

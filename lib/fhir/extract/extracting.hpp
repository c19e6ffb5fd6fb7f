// SPDX-License-Identifier: Apache-2.0
// Extracting, and what its ways share. In: a session that has read a response. Out: entries of a
// transaction Bundle, and issues.
//
//   templates.cpp     contained resources, filled in
//   definitions.cpp   resources made of the answers whose definitions lead into them
//   observations.cpp  an Observation an answer
//   entries.cpp       how each stands in the Bundle: request, fullUrl, ids
//   r4_check.cpp      whether each is one of FHIR R4
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "fhir/extract/tree.hpp"
#include "fhir/populate/contexts.hpp"
#include "fhir/run/session.hpp"

namespace fbss::extraction {

using form::none;

struct Entry {
  Tree resource = Tree::object();
  std::string full_url;
  std::string method, url;
  std::vector<std::pair<std::string_view, std::string>> conditions;  ///< ifNoneExist and the like
  std::string path;     ///< of the extension that asked for it
  std::string link_id;  ///< of the item that asked for it; may be empty
};

class Extracting {
 public:
  Extracting(FormSession::State& given, const Sources::State& sources, bool has_sources);

  FormSession::State& state;
  const Form::Model& model;
  form::IssueList issues;
  std::vector<Entry> entries;

  /// From any value at an instance (none: the response); what it reads and is not at hand is told.
  /// The values live as long as this.
  std::vector<fhirpath::Value> evaluate(std::uint32_t expression, std::uint32_t instance,
                                        const fhirpath::Value& focus);

  /// The instance, or the response for none, as a value with its type.
  fhirpath::Value focus_of(std::uint32_t instance) const;

  /// The first value as text; empty where there is none.
  std::string text_of(std::uint32_t expression, std::uint32_t instance);

  /// Whether the instance is enabled and it, or an item below it, has an answer. none: any has.
  bool has_answers(std::uint32_t instance) const;

  /// From here on the names of ids that are allocated mean those of this instance.
  void allocate_ids(std::uint32_t instance);

  /// A UUID that the response and `what` make.
  std::string uuid(std::string_view what) const;

  /// Adds the entry as the request says: PUT with an id, PATCH for a FHIRPath Patch, else POST.
  void add(Entry entry, const form::EntryRequest& request, std::uint32_t instance);

  void tell(FormRule rule, const std::string& path, std::string_view link_id, std::string message,
            Severity severity = Severity::warning);

  /// "2026-11-21T09:00:00Z": the response's authored, else the session's now or today; may be
  /// empty.
  std::string authored() const;

 private:
  form::Contexts contexts_;
  Arena arena_;
  std::string digest_;                                // of the response
  std::deque<std::string> ids_;                       // texts of allocated ids
  std::vector<std::vector<fhirpath::Value>> values_;  // by context
};

void extract_templates(Extracting& extracting);
void extract_definitions(Extracting& extracting);
void extract_observations(Extracting& extracting);

/// Tells what of the resource is not as FHIR R4 has it: elements that do not exist, one where there
/// are several, a value of another kind, a required element that is missing.
void check_resource(Extracting& extracting, const Entry& entry);

}  // namespace fbss::extraction

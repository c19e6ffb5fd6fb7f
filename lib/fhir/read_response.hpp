// SPDX-License-Identifier: Apache-2.0
// Answers in: a QuestionnaireResponse to an export of a questionnaire, from whatever program, into
// a Response. In: the resource as a Document. Out: every answer recorded, or all problems together,
// each with its JSON pointer into the resource, and an empty Response.
//
// The resource is told again as a record ({"question_id": value}), which Response::read() takes or
// refuses: what an answer may be is decided in one place. Only what FHIR adds is refused here.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/error.hpp>
#include <fbss/response.hpp>

#include "fhir/read_answer.hpp"
#include "json/node.hpp"
#include "response/refusals.hpp"

namespace fbss::fhir {

/// Reused from one resource to the next, without an allocation once warm.
class ResponseReader {
 public:
  Result<void> read(Response& response, const json::Node& resource);

  /// The record's id as the resource gives it: the Identifier of an export, else Resource.id. Null
  /// where there is none, and where it is refused. Of the resource that was read last.
  const json::Node* record_id() const { return id_; }
  bool record_id_is_number() const { return id_is_number_; }

 private:
  class Reading;

  /// A question's item with answers.
  struct Found {
    std::uint32_t slot;
    const json::Node* item;
    const json::Node* answers;
    std::uint32_t first, count;  ///< of told_
    bool is_refused;
  };

  Document record_;
  std::vector<const json::Node*> open_;  ///< in each list of items that is read: the next one
  std::vector<Found> found_;
  std::vector<ToldAnswer> told_;
  const json::Node* id_ = nullptr;
  bool id_is_number_ = false;
};

}  // namespace fbss::fhir

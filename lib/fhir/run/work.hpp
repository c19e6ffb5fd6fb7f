// SPDX-License-Identifier: Apache-2.0
// What the files of this folder work with behind FormSession::State: memory that is kept from one
// response to the next.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "fhir/run/session.hpp"

namespace fbss {

struct FormSession::State::Work {
  explicit Work(const Form::Model& model, const Limits& limits);

  // instances.cpp: the places of instances, item by item; those of item i are
  // by_item[starts[i]] up to by_item[starts[i + 1]].
  struct Match {
    std::uint32_t item, place;
    const json::Node* node;
  };
  std::vector<Match> matches;
  std::vector<std::uint32_t> starts, by_item;

  // enable.cpp
  enum class Mark : std::uint8_t { fresh, open, yes, no, undecided };
  struct Hidden {
    const json::Node* list;
    std::uint32_t size;
  };
  std::vector<Mark> marks, marks_before;  // by instance
  std::vector<Hidden> hidden;

  // evaluate.cpp
  struct Kept {  // in the order of instances
    std::uint32_t instance;
    fhirpath::Collection values;
    bool failed;
  };
  fhirpath::Workspace workspace;
  Arena arena;                                  // values of variables
  std::vector<std::vector<Kept>> variables;     // by variable
  std::vector<fhirpath::Collection> contexts;   // by context
  std::vector<fhirpath::Collection> arguments;  // a stack: those of the expressions under way
  std::vector<fhirpath::Value> qitems;          // by item
  fhirpath::Value questionnaire;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> failed;  // expression, instance: told
  std::string failure;  // why the last expression that raised an error did
};

}  // namespace fbss

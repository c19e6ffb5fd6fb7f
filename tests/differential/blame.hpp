// SPDX-License-Identifier: Apache-2.0
// From a whole expression on which the engines disagree down to the smallest part of it on which
// they still do. In: the tree, both engines with the resource read. Out: that part, its operands as
// both engines see them, and both answers.
#pragma once

#include <string>
#include <vector>

#include "answers.hpp"
#include "grammar.hpp"

namespace differential {

struct Blame {
  const Term* term = nullptr;
  std::string expression;             // the part alone, as it was asked
  std::vector<Answer> operands;       // what we say to each of its parts
  std::vector<Answer> peer_operands;  // what the peer says: the same
  Answer ours, peers;
};

/// Both answers to the whole are known to disagree.
Blame blame(const Term& term, const Answer& ours, const Answer& peers, Engine& engine, Peer& peer);

}  // namespace differential

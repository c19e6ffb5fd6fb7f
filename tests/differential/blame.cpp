// SPDX-License-Identifier: Apache-2.0
#include "blame.hpp"

namespace differential {

namespace {

// What a part stands in: nothing, or the items of collections that it is evaluated for.
struct Surroundings {
  std::string before, behind;

  std::string around(const std::string& text) const { return before + text + behind; }
};

constexpr int items_tried = 4;

}  // namespace

Blame blame(const Term& term, const Answer& ours, const Answer& peers, Engine& engine, Peer& peer) {
  Blame found{.term = &term,
              .expression = term.text(),
              .operands = {},
              .peer_operands = {},
              .ours = ours,
              .peers = peers};
  Surroundings place;
  for (bool is_deeper = true; is_deeper;) {
    is_deeper = false;
    found.operands.clear();
    found.peer_operands.clear();
    const Term& here = *found.term;
    for (std::size_t i = 0; i < here.parts.size() && !is_deeper; ++i) {
      // A criterion is looked at for one item after the other, then for all of them.
      std::vector<Surroundings> places = {place};
      if (here.is_inner[i]) {
        const std::string focus = "(" + here.parts[0].text() + ")";
        places.clear();
        for (int item = 0; item < items_tried; ++item)
          places.push_back({place.before + focus + "[" + std::to_string(item) + "].select(",
                            ")" + place.behind});
        places.push_back({place.before + focus + ".select(", ")" + place.behind});
      }
      Answer our_part, peers_part;
      for (const Surroundings& tried : places) {
        const std::string text = tried.around(here.parts[i].text());
        our_part = engine.ask(text);
        peers_part = peer.ask(text);
        is_deeper = !agree(our_part, peers_part);
        if (!is_deeper) continue;
        found.term = &here.parts[i];
        found.expression = text;
        found.ours = our_part;
        found.peers = peers_part;
        place = tried;
        break;
      }
      found.operands.push_back(std::move(our_part));  // of all items, where there are several
      found.peer_operands.push_back(std::move(peers_part));
    }
  }
  return found;
}

}  // namespace differential

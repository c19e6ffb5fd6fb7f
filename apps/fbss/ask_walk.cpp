// SPDX-License-Identifier: Apache-2.0
// Where a walk through an FHIR Questionnaire stands; see ask_walk.hpp.
#include "ask_walk.hpp"

#include <vector>

namespace fbss::app {

FormStop FormWalk::next() const {
  const auto places = filling_.places();
  std::vector<std::size_t> around;  // the groups that hold the place
  for (std::size_t i = 0; i <= places.size(); ++i) {
    for (; !around.empty() && places[around.back()].end <= i; around.pop_back()) {
      const Place& group = places[around.back()];
      if (group.can_follow && group.holds_answers && !passed_over_.contains(group.path))
        return {FormStop::Kind::another, group.path};
    }
    if (i == places.size()) break;
    const Place& place = places[i];
    const bool is_open = place.answers.empty() || place.is_initial;
    if (is_asked(place) && is_open && !passed_over_.contains(place.path))
      return {FormStop::Kind::question, place.path};
    around.push_back(i);
  }
  return {};
}

std::optional<FormStop> FormWalk::before(const FormStop& stop) const {
  const auto places = filling_.places();
  std::size_t end = places.size();
  if (stop.kind == FormStop::Kind::question) end = find(stop.path);
  if (stop.kind == FormStop::Kind::another) end = places[find(stop.path)].end;
  while (end-- > 0)
    if (is_asked(places[end])) return FormStop{FormStop::Kind::question, places[end].path};
  return std::nullopt;
}

std::size_t FormWalk::find(const std::string& path) const {
  const auto places = filling_.places();
  std::size_t i = 0;
  while (i + 1 < places.size() && places[i].path != path) ++i;
  return i;
}

}  // namespace fbss::app

// SPDX-License-Identifier: Apache-2.0
// Answers from what was added. Sets refer to other sets, so an answer goes down through them; how
// far is bounded, and what lies beyond is not known. Every "no" is one that more knowledge would
// not change.
#include <fbss/value_sets.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <utility>

#include "fhirpath/icd10.hpp"
#include "fhirpath/terminology.hpp"

namespace fbss::fhirpath {
namespace {

// Of FHIR's own sets the deepest goes down five.
constexpr std::size_t most_parts_asked = 10'000, most_depth = 32, most_levels = 100;

using Answer = std::optional<bool>;

Answer both(Answer a, Answer b) {
  if (a == false || b == false) return false;
  return a && b ? Answer(true) : std::nullopt;
}

Answer either(Answer a, Answer b) {
  if (a == true || b == true) return true;
  return a && b ? Answer(false) : std::nullopt;
}

Answer opposite(Answer a) {
  return a ? Answer(!*a) : std::nullopt;
}

struct Canonical {
  std::string_view url, version;
};

Canonical split_canonical(std::string_view text) {
  const std::size_t bar = text.rfind('|');
  if (bar == std::string_view::npos) return {text, {}};
  return {text.substr(0, bar), text.substr(bar + 1)};
}

// The systems of a value set's codes, as far as one counts: none, one, or more.
struct Systems {
  std::string_view only;
  std::size_t count = 0;
  bool known = true;

  void add(std::string_view system) {
    if (count > 0 && system == only) return;
    only = system;
    ++count;
  }
};

// Whether the one concept is the other or stands above it. `left` bounds the work where a hierarchy
// goes round in a circle.
Answer reaches(const CodeSystem& system, std::uint32_t above, std::uint32_t below,
               std::size_t& left, std::size_t depth = 0) {
  if (below == above) return true;
  if (depth > most_levels || left == 0) return std::nullopt;
  --left;
  Answer answer = false;
  for (std::uint32_t parent : system.concepts[below].parents) {
    answer = either(answer, reaches(system, above, parent, left, depth + 1));
    if (answer == true) break;
  }
  return answer;
}

class Question {
 public:
  explicit Question(const Terminology& state) : state_(state) {}

  Answer in_set(std::string_view value_set, std::string_view system, std::string_view code,
                std::size_t depth = 0) {
    const Canonical name = split_canonical(value_set);
    const ValueSet* set = state_.find_set(name.url, name.version);
    if (!set) {
      const CodeSystem* whole = whole_system(name);
      if (!whole) return std::nullopt;
      return system == whole->url ? in_system(*whole, code) : Answer(false);
    }
    const Answer inside = in_any(set->included, system, code, depth);
    const Answer result = both(inside, opposite(in_any(set->excluded, system, code, depth)));
    return set->may_have_fewer && result == true ? std::nullopt : result;
  }

  bool knows(std::string_view value_set) const {
    const Canonical name = split_canonical(value_set);
    return state_.find_set(name.url, name.version) || whole_system(name);
  }

  void collect_systems(std::string_view value_set, Systems& systems, std::size_t depth = 0) {
    const Canonical name = split_canonical(value_set);
    const ValueSet* set = state_.find_set(name.url, name.version);
    const CodeSystem* whole = set ? nullptr : whole_system(name);
    if (whole) systems.add(whole->url);
    if (!set && !whole) systems.known = false;
    if (!set) return;
    for (const ValueSetPart& part : set->included) {
      if (!may_go_on(depth)) {
        systems.known = false;
      } else if (part.kind == ValueSetPart::Kind::imported) {
        for (std::string_view other : part.value_sets) collect_systems(other, systems, depth + 1);
      } else if (!part.system.empty()) {
        systems.add(part.system);
      } else if (const auto& sorted = part.codes.entries(); !sorted.empty()) {
        systems.add(sorted.front().system);
        systems.add(sorted.back().system);
      }
    }
  }

  // The codes that may be in the set, of those that are listed one by one.
  void collect_listed(std::string_view value_set, std::vector<ValueSets::Code>& codes,
                      std::size_t depth = 0) {
    const Canonical name = split_canonical(value_set);
    const ValueSet* set = state_.find_set(name.url, name.version);
    if (!set) return;
    for (const ValueSetPart& part : set->included) {
      if (!may_go_on(depth)) return;
      for (const CodeTable::Entry& entry : part.codes.entries())
        codes.push_back({entry.system, entry.code, entry.display});
      for (std::string_view other : part.value_sets) collect_listed(other, codes, depth + 1);
    }
  }

  Answer subsumes(std::string_view system, std::string_view version, std::string_view above,
                  std::string_view below) const {
    if (above == below) return true;
    const CodeSystem* known = state_.find_system(system, version);
    if (!known) return speaks_for_itself(system) ? icd10_subsumes(above, below) : std::nullopt;
    const auto* high = known->codes.find(known->url, above, known->ignores_case);
    const auto* low = known->codes.find(known->url, below, known->ignores_case);
    if (!high || !low) return std::nullopt;
    if (high == low) return true;
    std::size_t left = most_parts_asked;
    const Answer found = reaches(*known, high->concept_index, low->concept_index, left);
    if (found == true) {
      if (known->hierarchy == Hierarchy::not_told) return std::nullopt;
      return known->hierarchy == Hierarchy::is_a;
    }
    return known->has_all_concepts ? found : std::nullopt;
  }

 private:
  // Whether the codes tell their hierarchy: where the system was added, that counts.
  bool speaks_for_itself(std::string_view system) const {
    return is_icd10(system) && !state_.find_system(system, {});
  }

  const CodeSystem* whole_system(const Canonical& name) const {
    const auto found = state_.system_of_set.find(name.url);
    if (found == state_.system_of_set.end()) return nullptr;
    const CodeSystem& system = state_.systems[found->second];
    return name.version.empty() || name.version == system.version ? &system : nullptr;
  }

  static Answer in_system(const CodeSystem& system, std::string_view code) {
    const auto* found = system.codes.find(system.url, code, system.ignores_case);
    if (found) return !system.concepts[found->concept_index].is_abstract;
    return system.has_all_codes ? Answer(false) : std::nullopt;
  }

  Answer in_any(const std::vector<ValueSetPart>& parts, std::string_view system,
                std::string_view code, std::size_t depth) {
    Answer answer = false;
    for (const ValueSetPart& part : parts) {
      if (answer == true) break;
      answer = either(answer, may_go_on(depth) ? in_part(part, system, code, depth) : std::nullopt);
    }
    return answer;
  }

  Answer in_part(const ValueSetPart& part, std::string_view system, std::string_view code,
                 std::size_t depth) {
    Answer answer = true;
    if (part.kind != ValueSetPart::Kind::imported) {
      if (!part.system.empty() && part.system != system) return false;
      answer = part.kind == ValueSetPart::Kind::listed ? in_list(part, system, code)
                                                       : in_filtered(part, code);
    }
    for (std::string_view other : part.value_sets) {
      if (answer == false) break;
      answer = both(answer, in_set(other, system, code, depth + 1));
    }
    return answer;
  }

  Answer in_list(const ValueSetPart& part, std::string_view system, std::string_view code) const {
    const CodeSystem* known = state_.find_system(system, part.version);
    if (part.codes.find(system, code, known && known->ignores_case)) return true;
    if (speaks_for_itself(system) && lists_icd10(part.codes, system, code)) return true;
    return part.is_known ? Answer(false) : std::nullopt;
  }

  // Listed with or without the dot, in capitals or not.
  static bool lists_icd10(const CodeTable& codes, std::string_view system, std::string_view code) {
    const auto parsed = Icd10Code::parse(code);
    return parsed && (codes.find(system, parsed->dotted(), true) ||
                      codes.find(system, parsed->plain(), true));
  }

  Answer in_filtered(const ValueSetPart& part, std::string_view code) const {
    const CodeSystem* known = state_.find_system(part.system, part.version);
    if (!known && (part.filters.empty() || !speaks_for_itself(part.system))) return std::nullopt;
    Answer answer = known ? in_system(*known, code) : true;
    for (const Filter& filter : part.filters) {
      Answer below = subsumes(part.system, part.version, filter.code, code);
      if (!filter.with_itself && below == true &&
          subsumes(part.system, part.version, code, filter.code) == true)
        below = false;  // it is the code itself
      answer = both(answer, below);
    }
    return part.is_known ? answer : both(answer, std::nullopt);
  }

  // False where the sets go round in a circle, or branch too much.
  bool may_go_on(std::size_t depth) {
    return depth < most_depth && ++parts_asked_ <= most_parts_asked;
  }

  const Terminology& state_;
  std::size_t parts_asked_ = 0;
};

template <class List, class Map>
auto find_version(const List& list, const Map& newest, std::string_view url,
                  std::string_view version) -> const typename List::value_type* {
  const auto found = newest.find(url);
  if (found == newest.end()) return nullptr;
  for (std::uint32_t i = found->second; i != no_index; i = list[i].older)
    if (version.empty() || list[i].version == version) return &list[i];
  return nullptr;
}

}  // namespace

std::uint64_t new_stamp() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

const CodeSystem* Terminology::find_system(std::string_view url, std::string_view version) const {
  return find_version(systems, newest_system, url, version);
}

const ValueSet* Terminology::find_set(std::string_view url, std::string_view version) const {
  return find_version(sets, newest_set, url, version);
}

ValueSets::ValueSets() : state_(std::make_unique<State>()) {}
ValueSets::~ValueSets() = default;
ValueSets::ValueSets(ValueSets&&) noexcept = default;
ValueSets& ValueSets::operator=(ValueSets&&) noexcept = default;

Result<void> ValueSets::add(JsonNode resource) {
  Problems problems;
  state_->add(resource, "", false, problems);
  return problems.empty() ? Result<void>() : Result<void>(std::move(problems));
}

Result<void> ValueSets::replace(JsonNode resource) {
  Problems problems;
  state_->add(resource, "", true, problems);
  return problems.empty() ? Result<void>() : Result<void>(std::move(problems));
}

bool ValueSets::knows(std::string_view value_set) const {
  return Question(*state_).knows(value_set);
}

std::optional<bool> ValueSets::contains(std::string_view value_set, std::string_view system,
                                        std::string_view code) const {
  return Question(*state_).in_set(value_set, system, code);
}

std::optional<bool> ValueSets::contains_code(std::string_view value_set,
                                             std::string_view code) const {
  Systems systems;
  Question question(*state_);
  question.collect_systems(value_set, systems);
  if (!systems.known || systems.count > 1) return std::nullopt;
  return question.in_set(value_set, systems.only, code);
}

std::vector<ValueSets::Code> ValueSets::listed_codes(std::string_view value_set) const {
  std::vector<Code> codes, members;
  Question(*state_).collect_listed(value_set, codes);
  for (const Code& code : codes) {
    const auto is_same = [&](const Code& other) {
      return other.system == code.system && other.code == code.code;
    };
    if (std::ranges::none_of(members, is_same) &&
        contains(value_set, code.system, code.code) == true)
      members.push_back(code);
  }
  return members;
}

std::optional<bool> ValueSets::subsumes(std::string_view system, std::string_view above,
                                        std::string_view below) const {
  return Question(*state_).subsumes(system, {}, above, below);
}

std::string_view ValueSets::weight(std::string_view system, std::string_view code) const {
  const CodeSystem* known = state_->find_system(system, {});
  const auto* found = known ? known->codes.find(known->url, code, known->ignores_case) : nullptr;
  return found ? known->concepts[found->concept_index].weight : std::string_view{};
}

}  // namespace fbss::fhirpath

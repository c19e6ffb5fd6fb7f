// SPDX-License-Identifier: Apache-2.0
// Our engine against fhirpath.js: 20,000 generated expressions over generated resources. Where they
// disagree, a row of tests/fhirpath/contested.txt must explain the smallest part that does.
// FBSS_PEERS: the folder whose node_modules holds the package. FBSS_DIFFERENTIAL_SEED and
// FBSS_DIFFERENTIAL_PAIRS: other expressions, and how many.
#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "../fhirpath/contested.hpp"
#include "answers.hpp"
#include "blame.hpp"
#include "classes.hpp"
#include "grammar.hpp"
#include "schema.hpp"

namespace {

using namespace differential;

const std::string folder = FBSS_SOURCE_DIR "/tests/differential/";
constexpr std::size_t pairs_of_a_resource = 20;
constexpr int depth = 4;
constexpr const char* known_version = "5.2.2";
constexpr std::size_t examples_shown = 2;  // of disagreements that look alike

std::size_t number_from(const char* variable, std::size_t otherwise) {
  const char* text = std::getenv(variable);
  return text ? std::strtoul(text, nullptr, 10) : otherwise;
}

std::vector<Class> all_classes() {
  std::vector<Class> all = classes_of_values();
  for (const Class& other : classes_of_texts()) all.push_back(other);
  return all;
}

std::string class_of(const Blame& blame) {
  static const std::vector<Class> classes = all_classes();
  for (const Class& known : classes)
    if (known.explains(blame)) return std::string(known.row);
  return "";
}

// Groups what nothing explains: the function or operator, and what either side answers.
std::string signature_of(const Blame& blame) {
  const auto kind = [](const Answer& answer) -> std::string {
    if (answer.is_error) return "error";
    return answer.items.empty() ? "{}" : answer.items[0].kind;
  };
  return blame.term->name + ", ours " + kind(blame.ours) + ", peer's " + kind(blame.peers);
}

}  // namespace

TEST_CASE("every class of disagreement has its row among the contested cases") {
  std::set<std::string> ids;
  for (const contested::Row& row : contested::read(FBSS_SOURCE_DIR "/tests/fhirpath/contested.txt"))
    ids.insert(row.id);
  for (const Class& known : all_classes())
    CHECK_MESSAGE(ids.count(std::string(known.row)) == 1, known.row);
}

TEST_CASE("fhirpath.js agrees, or a contested case says why not") {
  Peer peer(folder + "peer.mjs");
  if (!peer.is_there()) {
    MESSAGE("skipped: ", peer.why_not());
    return;
  }
  if (peer.version() != known_version) {
    MESSAGE("skipped: the classes are those of fhirpath.js ", known_version, ", not of ",
            peer.version());
    return;
  }
  const Schema schema(folder + "schema.txt");
  const Grammar grammar(folder + "grammar.txt", schema, Engine::lacks);
  Engine engine;
  Random random(number_from("FBSS_DIFFERENTIAL_SEED", 20261121));
  const std::size_t pairs = number_from("FBSS_DIFFERENTIAL_PAIRS", 20000);
  const std::string types[] = {"Patient", "Observation", "QuestionnaireResponse"};
  std::string type, resource;
  std::size_t agreeing = 0, errors = 0, empty = 0, unexplained = 0;
  std::map<std::string, std::size_t> explained, signatures;
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    if (pair % pairs_of_a_resource == 0) {
      type = random.pick(types);
      resource = schema.resource(type, random);
      engine.read(resource);
      peer.read(resource);
    }
    Term term = grammar.expression(type, depth, random);
    Answer ours = engine.ask(term.text());
    // What is empty or an error says little: most of it is thrown away.
    while ((ours.is_empty() || ours.is_error) && random.chance(70)) {
      term = grammar.expression(type, depth, random);
      ours = engine.ask(term.text());
    }
    const std::string text = term.text();
    const Answer peers = peer.ask(text);
    if (agree(ours, peers)) {
      ++agreeing;
      errors += ours.is_error;
      empty += ours.is_empty();
      continue;
    }
    const Blame smallest = blame(term, ours, peers, engine, peer);
    const std::string row = class_of(smallest);
    if (!row.empty()) {
      ++explained[row];
      continue;
    }
    ++unexplained;
    if (++signatures[signature_of(smallest)] > examples_shown) continue;
    std::string operands;
    for (const Answer& operand : smallest.operands) operands += "\n         " + operand.text();
    FAIL_CHECK("pair ", pair, ": ", text, "\n  part:  ", smallest.expression, " [",
               smallest.term->name, "]\n  ours:  ", smallest.ours.text(),
               "\n  peer:  ", smallest.peers.text(), "\n  ",
               first_difference(smallest.ours, smallest.peers), "\n  of:    ", operands,
               "\n  resource: ", resource);
  }
  MESSAGE("fhirpath.js ", peer.version(), ": ", agreeing, " of ", pairs, " agree (", errors,
          " errors, ", empty, " empty)");
  for (const auto& [row, count] : explained) MESSAGE(row, ": ", count);
  for (const auto& [signature, count] : signatures)
    MESSAGE("unexplained: ", signature, ": ", count);
  if (grammar.lines_left_out() > 0)
    MESSAGE(grammar.lines_left_out(),
            " lines of the grammar call what this version lacks: ", grammar.functions_left_out());
  CHECK(unexplained == 0);
  CHECK(agreeing > pairs / 2);
}

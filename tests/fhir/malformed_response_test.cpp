// SPDX-License-Identifier: Apache-2.0
// QuestionnaireResponses that something went wrong with: valid ones, changed at random in their
// bytes and in their values. Whatever comes in is taken whole or refused whole, and every problem
// leads to a place that exists.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/assessment.hpp>
#include <fbss/fhir.hpp>

#include "../response/small_screen.hpp"
#include "fhir_json.hpp"
#include "json/write.hpp"

namespace {

constexpr unsigned seed = 2'026;
constexpr int each = 5'000, tried = 3 * each;

const fbss::Questionnaire& questionnaire() {
  static const fbss::Questionnaire loaded = small_screen::load();
  return loaded;
}

std::vector<std::string> valid_responses() {
  std::vector<std::string> all;
  for (const char* record :
       {R"({"_id":"a","_sample":true,"planned":"yes","earlier":"two_or_more","rehab":"unknown",
            "exercises":["yoga","walking"],"repetitions":10,"weight":72.5,
            "last_visit":"2026-05-01","other":"yes","other_text":"gout"})",
        R"({"_id":7,"planned":"unknown","depression":true,"depression_treated":"declined",
            "weight":"unknown","last_visit":"declined","exercises":"unknown"})",
        R"({"exercises":["none"],"earlier":"none"})"}) {
    fbss::Response response(questionnaire());
    REQUIRE(response.read(record).ok());
    all.push_back(fbss::export_response(response));
  }
  return all;
}

// Every node below and with this one.
void collect(fbss::JsonNode node, std::vector<fbss::JsonNode>& out) {
  out.push_back(node);
  for (fbss::JsonNode inner = node.first(); inner; inner = inner.next()) collect(inner, out);
}

// Writes a document in which one node is changed.
class Mutation {
 public:
  Mutation(const std::vector<fbss::JsonNode>& nodes, std::mt19937& random)
      : target_(nodes[random() % nodes.size()]),
        other_(nodes[random() % nodes.size()]),
        way_(random() % 8),
        out_(text_) {}

  std::string run(fbss::JsonNode root) {
    write(root);
    return std::move(text_);
  }

 private:
  void write(fbss::JsonNode node) {
    if (node.get() != target_.get()) return write_as_it_is(node);
    switch (way_) {
      case 0:
        out_.null();
        break;
      case 1:
        out_.integer(7);
        break;
      case 2:
        out_.string("yes");
        break;
      case 3:
        out_.begin_object().end_object();
        break;
      case 4:
        out_.begin_array().end_array();
        break;
      case 5:
        out_.boolean(true);
        break;
      default:  // another part of the document
        fbss::json::write(copy_, *other_.get());
        out_.raw(copy_);
        break;
    }
  }

  void write_as_it_is(fbss::JsonNode node) {
    if (node.kind() == fbss::JsonKind::object) {
      out_.begin_object();
      for (fbss::JsonNode member = node.first(); member; member = member.next()) {
        const bool twice = way_ == 6 && member.get() == target_.get();
        if (twice) write_member(member);
        write_member(member);
      }
      out_.end_object();
    } else if (node.kind() == fbss::JsonKind::array) {
      out_.begin_array();
      for (fbss::JsonNode element = node.first(); element; element = element.next()) write(element);
      out_.end_array();
    } else {
      std::string scalar;
      fbss::json::write(scalar, *node.get());
      out_.raw(scalar);
    }
  }

  void write_member(fbss::JsonNode member) {
    copy_.clear();
    const bool renamed = way_ == 7 && member.get() == target_.get() && !other_.key().empty();
    out_.key(renamed ? other_.key() : member.key());
    write(member);
  }

  fbss::JsonNode target_, other_;
  unsigned long way_;
  std::string text_, copy_;
  fbss::json::Writer out_;
};

/// Whether it was taken.
bool check_whole_or_nothing(fbss::RecordReader& reader, fbss::Response& response,
                            const std::string& record) {
  INFO(record);
  const auto read = reader.read(response, record);
  if (read) {
    CHECK(response.check().empty());
    CHECK(fbss::assess(response, {.explain = false}).ok());
    return true;
  }
  CHECK(response.to_json() == "{}");
  fbss::Document document;
  if (!document.parse(record)) return false;
  for (const fbss::Problem& problem : read.problems()) {
    INFO(problem.pointer, ": ", problem.message);
    CHECK_FALSE(problem.message.empty());
    if (fbss::is_questionnaire_response(document.root()))
      CHECK(fhir_json::at(document.root(), problem.pointer));
  }
  return false;
}

}  // namespace

TEST_CASE("a response with a changed value is taken whole or refused whole") {
  std::mt19937 random(seed);
  fbss::RecordReader reader;
  fbss::Response response(questionnaire());
  REQUIRE(response.set_date("2026-11-21").ok());
  int taken = 0;
  for (const std::string& valid : valid_responses()) {
    for (int i = 0; i < each; ++i) {
      std::string changed = valid;
      for (auto times = 1 + random() % 3; times > 0; --times) {
        const fbss::Document document = fhir_json::parsed(changed);
        std::vector<fbss::JsonNode> nodes;
        collect(document.root(), nodes);
        changed = Mutation(nodes, random).run(document.root());
      }
      taken += check_whole_or_nothing(reader, response, changed) ? 1 : 0;
    }
  }
  CHECK(taken > tried / 100);  // both happen, else nothing is tried here
  CHECK(taken < tried * 99 / 100);
}

TEST_CASE("a response with changed bytes is taken whole or refused whole") {
  std::mt19937 random(seed);
  fbss::RecordReader reader;
  fbss::Response response(questionnaire());
  constexpr std::string_view bytes = "\"{}[],:\\ 0a\x01\xFF";
  int taken = 0;
  for (const std::string& valid : valid_responses()) {
    const std::string compact = fhir_json::compact(valid);
    for (int i = 0; i < each; ++i) {
      std::string changed = compact;
      for (auto times = 1 + random() % 3; times > 0 && !changed.empty(); --times) {
        const std::size_t at = random() % changed.size();
        switch (random() % 3) {
          case 0:
            changed.erase(at, 1 + random() % 20);
            break;
          case 1:
            changed[at] = bytes[random() % bytes.size()];
            break;
          default:
            changed.insert(at, 1, bytes[random() % bytes.size()]);
            break;
        }
      }
      taken += check_whole_or_nothing(reader, response, changed) ? 1 : 0;
    }
  }
  CHECK(taken > tried / 100);  // both happen, else nothing is tried here
  CHECK(taken < tried * 99 / 100);
}

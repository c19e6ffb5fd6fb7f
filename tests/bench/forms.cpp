// SPDX-License-Identifier: Apache-2.0
// Responses to a form a second, from a file of one a line: its calculated values filled in, or it
// validated, or both. In: what to do ("calculate", "validate", "both", "intervals"), the form, the
// file. Out: one line of JSON with the rate, the peak memory and the sums of the calculated
// numbers. The file is read line by line: the memory is that of any number of responses.
//
//   bench_forms make COUNT    writes responses to forms.json instead, always the same
#include <cstdint>
#include <map>
#include <string>

#include <fbss/calculation.hpp>
#include <fbss/validate.hpp>

#include "measure.hpp"

using namespace fbss;

namespace {

// The same on every machine.
class Random {
 public:
  std::uint32_t below(std::uint32_t count) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>(state_ >> 33) % count;
  }

 private:
  std::uint64_t state_ = 7;
};

std::string coding(const char* prefix, std::uint32_t code) {
  return R"([{"valueCoding":{"system":"http://example.org/score","code":")" +
         (prefix + std::to_string(code)) + R"("}}])";
}

void make(int count) {
  Random random;
  std::string out;
  for (int i = 0; i < count; ++i) {
    out += R"({"resourceType":"QuestionnaireResponse","questionnaire":"http://example.org/bench",)"
           R"("status":"in-progress","item":[{"linkId":"score","item":[)";
    std::string items;
    for (int question = 1; question <= 9; ++question)
      if (random.below(8) != 0)
        items += (items.empty() ? "" : ",") + (R"({"linkId":"q)" + std::to_string(question)) +
                 R"(","text":"Item q)" + std::to_string(question) + R"(","answer":)" +
                 coding("c", random.below(4)) + '}';
    items += (items.empty() ? "" : ",") +
             (R"({"linkId":"after","answer":)" + coding("d", random.below(4))) + '}';
    out += items + R"(]},{"linkId":"body","item":[{"linkId":"height","answer":[{"valueDecimal":)" +
           std::to_string(150 + random.below(45)) +
           R"(}]},{"linkId":"weight","answer":[)"
           R"({"valueDecimal":)" +
           std::to_string(45 + random.below(70)) + '.' + std::to_string(random.below(10)) +
           "}]}]}]}\n";
  }
  std::cout << out;
}

// So that ours and the peers' can be held against each other.
using Sums = std::map<std::string_view, double>;

void add_up(JsonNode holder, Sums& sums) {
  for (JsonNode item = holder.find("item").first(); item; item = item.next()) {
    if (const auto sum = sums.find(item.find("linkId").text()); sum != sums.end())
      for (JsonNode answer = item.find("answer").first(); answer; answer = answer.next())
        sum->second += std::atof(std::string(answer.first().text()).c_str());
    add_up(item, sums);
  }
}

int run(const std::string& what, const std::string& form, const std::string& file) {
  FormSession session(bench::expect(Form::load(bench::text_of(form))));
  Calculation calculation(session);
  std::ifstream in(file);
  if (!in) bench::fail("cannot read " + file);
  std::string line, out;
  std::size_t responses = 0, bytes = 0, issues = 0;
  double seconds = 0;
  Sums sums = {{"total", 0}, {"bmi", 0}, {"answered", 0}};
  Document made;
  while (std::getline(in, line)) {
    const double start = bench::cpu_seconds();
    bench::expect(session.read(line));
    if (what != "validate") {
      bench::expect(calculation.run());
      out.clear();
      calculation.append_line(out);
    }
    if (what == "intervals") issues += calculation.intervals().size();
    if (what == "validate" || what == "both") issues += validate(session).size();
    seconds += bench::cpu_seconds() - start;
    ++responses;
    bytes += line.size();
    if (what != "validate" && made.parse(out)) add_up(made.root(), sums);
  }
  const auto count = static_cast<double>(responses);
  std::printf(
      "{\"responses\":%zu,\"per_cpu_s\":%.1f,\"MB_per_s\":%.2f,\"peak_MiB\":%.1f,"
      "\"sums\":{\"total\":%.1f,\"bmi\":%.1f,\"answered\":%.1f},\"issues\":%zu}\n",
      responses, count / seconds, static_cast<double>(bytes) / 1e6 / seconds,
      bench::peak_mebibytes(), sums["total"], sums["bmi"], sums["answered"], issues);
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const std::string what = count > 1 ? words[1] : "";
  if (what == "make" && count == 3) return make(std::atoi(words[2])), 0;
  if (count != 4) bench::fail("bench_forms make COUNT, or WHAT FORM FILE");
  return run(what, words[2], words[3]);
}

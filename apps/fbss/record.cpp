// SPDX-License-Identifier: Apache-2.0
// One record for the commands that take one; see record.hpp.
#include "record.hpp"

#include <fbss/fhir.hpp>

#include "text.hpp"

namespace fbss::app {

namespace {

std::string name_of(const std::string& file) {
  return file == "-" ? "standard input" : file;
}

}  // namespace

Problems in_file(Problems problems, const std::string& file) {
  for (Problem& problem : problems) problem.file = name_of(file);
  return problems;
}

Result<Assessment> assess_record(Response& response, const std::string& file,
                                 const AssessOptions& wanted) {
  const Result<std::string> bytes = read_whole(file, Limits{}.record_bytes);
  if (!bytes) return in_file(bytes.problems(), file);
  if (const auto read = read_record(response, *bytes); !read) return in_file(read.problems(), file);
  Result<Assessment> assessment = assess(response, wanted);
  if (!assessment) return in_file(assessment.problems(), file);
  return assessment;
}

Exit tell_refused(Console& console, const Problems& problems, ProblemForm form,
                  const std::string& file) {
  const Exit result = tell(console, problems, form, Exit::refused);
  if (form == ProblemForm::text && result == Exit::refused) {
    const std::string name = name_of(file);
    console.err.write("fbss: " + printable(name) + " is refused; nothing was evaluated.\n");
    if (lower_case(name).ends_with(".csv")) {
      console.err.write("fbss: For tables there is fbss batch.\n");
    }
  }
  return result;
}

}  // namespace fbss::app

// SPDX-License-Identifier: Apache-2.0
// How the program tells what is wrong; see problems.hpp.
#include "problems.hpp"

#include <fbss/questionnaire.hpp>

#include "json_text.hpp"
#include "text.hpp"

namespace fbss::app {

namespace {

std::string json_line(const Problem& problem) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("code").string(code_word(problem.code));
  json.key("question").string_or_null(problem.question);
  json.key("pointer").string(problem.pointer);
  json.key("line");
  if (problem.line > 0) {
    json.number(problem.line);
  } else {
    json.null();
  }
  json.key("message").string(problem.message);
  if (!problem.file.empty()) json.key("file").string(problem.file);
  if (problem.column > 0) json.key("column").number(problem.column);
  if (!problem.other_question.empty()) json.key("other_question").string(problem.other_question);
  json.end_object();
  return out + '\n';
}

std::string text_line(const Problem& problem) {
  if (problem.code == ErrorCode::usage) return "fbss: " + printable(problem.message) + '\n';
  std::string place = problem.file;
  if (problem.line > 0) {
    place += (place.empty() ? "line " : ":") + std::to_string(problem.line);
    if (problem.column > 0) place += ':' + std::to_string(problem.column);
  }
  if (!problem.pointer.empty()) place += (place.empty() ? "" : ": ") + problem.pointer;
  // A file that cannot be read or written is named by the message itself.
  if (problem.code == ErrorCode::cannot_read || problem.code == ErrorCode::cannot_write) {
    place = "fbss";
  }
  return printable(place + (place.empty() ? "" : ": ") + problem.message) + " [" +
         std::string(code_word(problem.code)) + "]\n";
}

// All that is wrong is that no key of a questionnaire is there and others are.
bool looks_like_record(const Problems& problems) {
  std::size_t missing = 0, unknown = 0;
  for (const Problem& problem : problems) {
    if (problem.code == ErrorCode::missing_key) ++missing;
    if (problem.code == ErrorCode::unknown_key) ++unknown;
  }
  return unknown > 0 && missing + unknown == problems.size() &&
         missing == load_questionnaire("{}").problems().size();
}

}  // namespace

std::string problem_line(const Problem& problem, ProblemForm form) {
  return form == ProblemForm::json ? json_line(problem) : text_line(problem);
}

Exit tell(Console& console, const Problems& problems, ProblemForm form, Exit otherwise) {
  Exit result = otherwise;
  for (const Problem& problem : problems) {
    console.err.write(problem_line(problem, form));
    if (problem.code == ErrorCode::usage) result = Exit::usage;
    if (problem.code == ErrorCode::cannot_read || problem.code == ErrorCode::cannot_write) {
      result = Exit::failed;
    }
  }
  if (otherwise == Exit::bad_questionnaire && form == ProblemForm::text &&
      looks_like_record(problems)) {
    console.err.write("fbss: This looks like a record of answers, not a questionnaire.\n");
  }
  return result;
}

}  // namespace fbss::app

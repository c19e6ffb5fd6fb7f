// SPDX-License-Identifier: Apache-2.0
// Everything of fbss in one include, and how to use it; only nlohmann.hpp, which needs a package,
// is left to those who want it. The way of one record is questionnaire -> response -> assessment ->
// report. The code below is one program's body; it is compiled and run by the tests, like that of
// every other header here.
//
// A questionnaire is loaded once, is immutable, and any number of threads may use it. What is built
// in has an id; load_questionnaire() takes the text of a file of yours.
//
//     auto questionnaire = fbss::load_builtin("preop_screen");
//     if (!questionnaire) {
//       for (const fbss::Problem& problem : questionnaire.problems())
//         std::cerr << problem.message << '\n';
//       return;
//     }
//
// A response holds one record's answers, by the questions' ids. What a question does not take is
// refused, and the earlier answer stays. "unknown" and "declined" are answers to every question,
// and never count as "no". The library has no clock: the date of the assessment is yours to give.
//
//     fbss::Response response(*questionnaire);
//     if (!response.set_date("2026-11-21")) return;
//     if (!response.answer("prior_back_surgeries", "two_or_more")) return;
//     if (!response.answer("diabetes", true)) return;
//     if (!response.answer("osteoporosis", "unknown")) return;
//     if (auto set = response.answer("smoking_status", "sometimes"); !set)
//       std::cout << set.problems().front().message << '\n';  // names the options
//
// An answer may open further questions, and close others. Which are enabled, and which of those
// are still open:
//
//     const fbss::Item* rehab = questionnaire->question("rehab_after_earlier_surgery");
//     if (response.enabled(*rehab)) std::cout << "asked now: " << rehab->text << '\n';
//     for (const fbss::Item* question : response.open_questions())
//       std::cout << "open: " << question->id << '\n';
//
// A whole record comes in as JSON with read(), instead of by answer().
//
// assess() evaluates every rule. A finding is present, absent, unknown or not_applicable; it says
// because of which answers, or which questions would settle it, and what its source says.
//
//     auto assessment = fbss::assess(response);
//     if (!assessment) return;
//     for (const fbss::Finding& finding : assessment->findings) {
//       std::cout << finding.rule->title << ": " << fbss::status_word(finding.status) << '\n';
//       for (const fbss::Given& given : finding.because)
//         std::cout << "  because " << given.question->id << " is " << given.label << '\n';
//       for (const fbss::Item* question : finding.would_settle)
//         std::cout << "  would be settled by " << question->id << '\n';
//       for (const fbss::Citation& cited : finding.rule->cites)
//         std::cout << "  source: \"" << cited.phrase << "\"\n";
//     }
//     for (const fbss::Tally& tally : assessment->tallies) std::cout << tally.sentence << '\n';
//
// A report is text, Markdown, HTML or JSON; the same assessment gives the same bytes.
//
//     std::cout << fbss::report_text(*assessment, {.width = 72});
//     std::string page = fbss::report_html(*assessment);
//     std::cout << page.size() << " bytes of HTML\n";
#pragma once

#include <fbss/assessment.hpp>
#include <fbss/calculation.hpp>
#include <fbss/code_lists.hpp>
#include <fbss/document.hpp>
#include <fbss/error.hpp>
#include <fbss/extract.hpp>
#include <fbss/fhir.hpp>
#include <fbss/fhirpath.hpp>
#include <fbss/filling.hpp>
#include <fbss/form.hpp>
#include <fbss/limits.hpp>
#include <fbss/populate.hpp>
#include <fbss/prefill.hpp>
#include <fbss/questionnaire.hpp>
#include <fbss/report.hpp>
#include <fbss/response.hpp>
#include <fbss/sheet.hpp>
#include <fbss/suggestion.hpp>
#include <fbss/validate.hpp>
#include <fbss/value_sets.hpp>
#include <fbss/version.hpp>

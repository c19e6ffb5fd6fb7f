// SPDX-License-Identifier: Apache-2.0
// The report for a terminal. In: an Assessment, the terminal's width, whether it shows colour. Out:
// lines that are no wider than that. Colour is bold and dim only, so that no finding looks better
// or worse than another; without it every word is the same.
#include <algorithm>
#include <cstddef>

#include <fbss/report.hpp>

#include "report/outline.hpp"
#include "report/text_page.hpp"

namespace fbss {
namespace {

using report::Style;
using report::TextPage;
using report::Words;
using report::words_of;

void set_finding(TextPage& page, const report::FindingText& finding, std::size_t label_columns) {
  page.blank();
  page.wrap(words_of(finding.title, Style::bold), 2);
  Words line = words_of(finding.state);
  report::add_words(line, "· " + finding.id, Style::dim);
  if (!finding.place.empty()) add_words(line, "· " + finding.place, Style::dim);
  page.wrap(line, 2);
  page.rows(finding.rows, 4, label_columns);
}

}  // namespace

std::string report_text(const Assessment& assessment, const TextOptions& options) {
  const report::Outline outline = report::make_outline(assessment);
  TextPage page(options);

  page.title(outline.title);
  if (!outline.sample.empty()) {
    page.wrap(words_of(outline.sample, Style::bold), 0);
    page.blank();
  }
  page.rows(outline.head, 0, report::widest_label(outline.head));
  page.blank();
  page.wrap(words_of(outline.term), 0);
  if (!outline.glance.rows.empty()) page.part(outline.glance);

  std::size_t label_columns = 0;
  for (const report::Section& section : outline.sections)
    for (const report::Group& group : section.groups)
      for (const report::FindingText& finding : group.findings)
        label_columns = std::max(label_columns, report::widest_label(finding.rows));

  for (const report::Section& section : outline.sections) {
    page.heading(section.heading);
    page.wrap(words_of(section.intro), 0);
    for (const report::Group& group : section.groups) {
      page.blank();
      page.wrap(words_of(group.heading, Style::bold), 0);
      page.wrap(words_of(group.remark, Style::dim), 0);
      for (const report::FindingText& finding : group.findings)
        set_finding(page, finding, label_columns);
    }
  }
  for (const report::Part& part : outline.parts) page.part(part);
  return page.take();
}

}  // namespace fbss

// SPDX-License-Identifier: Apache-2.0
// The report as one HTML file. In: an Assessment. Out: report.mustache.html, filled with its
// outline.
#include <utility>

#include <fbss/report.hpp>

#include "report/outline.hpp"
#include "report/page.hpp"

namespace fbss {
namespace {

using report::data;
using report::Row;

data glance_data(const report::Part& glance) {
  if (glance.rows.empty()) return data(false);
  data states(data::type::list);
  for (const Row& row : glance.rows) {
    data links(data::type::list);
    for (const report::Sentence& sentence : row.entries) {
      data link;
      link.set("target", sentence.front().target);
      link.set("text", sentence.front().text);
      links.push_back(link);
    }
    data state;
    state.set("label", row.label);
    state.set("links", links);
    states.push_back(state);
  }
  data out;
  out.set("heading", glance.heading);
  out.set("states", states);
  return out;
}

}  // namespace

std::string report_html(const Assessment& assessment) {
  const report::Outline outline = report::make_outline(assessment);
  data page;
  page.set("title", outline.title);
  page.set("running", outline.running);
  page.set("style", report::embedded("report.css") + "@page { @top-left { content: " +
                        report::css_string(outline.running) + "; } }");
  page.set("sample", report::text_or_nothing(outline.sample));
  page.set("term", report::text_or_nothing(outline.term));
  data head;
  report::set_rows(head, outline.head, true);
  page.set("head", head);
  page.set("glance", glance_data(outline.glance));
  data sections(data::type::list);
  for (const report::Section& section : outline.sections)
    sections.push_back(report::section_data(section));
  page.set("sections", sections);
  data parts(data::type::list);
  for (const report::Part& part : outline.parts) parts.push_back(report::part_data(part));
  page.set("parts", parts);
  return report::render("report.mustache.html", std::move(page));
}

}  // namespace fbss

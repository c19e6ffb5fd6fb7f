// SPDX-License-Identifier: Apache-2.0
// What other answers would change, and only that. In: a WhatIf. Out: before and after side by side
// for a terminal, or JSON.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fbss/report.hpp>

#include "report/chart.hpp"
#include "report/json_parts.hpp"
#include "report/outline.hpp"
#include "report/text_page.hpp"

namespace fbss {
namespace {

using json::Writer;
using report::Style;
using report::TextPage;
using report::words_of;
using Questions = std::vector<const Item*>;

/// The questions that wait for an answer in `one` and not in `other`, without those that were
/// answered otherwise.
Questions open_only_in(const Assessment& one, const Assessment& other, const WhatIf& what_if) {
  Questions open;
  for (const Item* question : one.not_asked) {
    const bool is_changed = std::ranges::any_of(what_if.answers, [&](const AnswerChange& change) {
      return change.before.question == question;
    });
    if (!is_changed && std::ranges::find(other.not_asked, question) == other.not_asked.end())
      open.push_back(question);
  }
  return open;
}

bool same_counts(const Tally& a, const Tally& b) {
  return a.present == b.present && a.absent == b.absent && a.unknown == b.unknown &&
         a.not_applicable == b.not_applicable;
}

/// "5 of 9", "5 to 7 of 9"
std::string present_of(const Tally& tally) {
  std::string out = std::to_string(tally.at_least());
  if (tally.unknown > 0) out += " to " + std::to_string(tally.at_most());
  return out + " of " + std::to_string(tally.listed);
}

/// Three columns: what differs, before, after. A heading appears with its first row.
class SideBySide {
 public:
  explicit SideBySide(TextPage& page)
      : page_(page),
        value_width_(std::max<std::size_t>(page.width() / 4, 10)),
        label_width_(page.width() - 2 * (value_width_ + gap) - indent) {}

  void heading(std::string_view text) { heading_ = text; }

  void row(std::string_view label, std::string_view before, std::string_view after) {
    if (!std::exchange(is_begun_, true)) set("", "before", "after", Style::dim);
    if (!heading_.empty()) page_.wrap(words_of(std::exchange(heading_, {}), Style::bold), 0);
    set(label, before, after, Style::normal);
  }

  void row_if_other(std::string_view label, std::string_view before, std::string_view after) {
    if (before != after) row(label, before, after);
  }

  void end() {
    if (is_begun_) page_.blank();
  }

 private:
  static constexpr std::size_t indent = 2;
  static constexpr std::size_t gap = 2;

  void set(std::string_view label, std::string_view before, std::string_view after, Style style) {
    const std::size_t first = indent + label_width_ + gap;
    const std::size_t second = first + value_width_ + gap;
    page_.cells({{words_of(label), indent, label_width_},
                 {words_of(before, style), first, value_width_},
                 {words_of(after, style), second, value_width_}});
  }

  TextPage& page_;
  std::size_t value_width_, label_width_;
  std::string heading_;
  bool is_begun_ = false;
};

void set_tallies(SideBySide& table, const WhatIf& what_if) {
  for (std::size_t i = 0; i < what_if.before.tallies.size(); ++i) {
    const Tally& before = what_if.before.tallies[i];
    const Tally& after = what_if.after.tallies[i];
    table.heading("Tally of the " + before.definition->noun);
    table.row_if_other("Present", present_of(before), present_of(after));
    table.row_if_other("Absent", std::to_string(before.absent), std::to_string(after.absent));
    table.row_if_other("Could not be determined", std::to_string(before.unknown),
                       std::to_string(after.unknown));
    table.row_if_other("Not applicable", std::to_string(before.not_applicable),
                       std::to_string(after.not_applicable));
  }
}

void write_counts(Writer& out, std::string_view key, const Tally& tally) {
  out.key(key).begin_object();
  out.member("present", tally.present).member("absent", tally.absent);
  out.member("unknown", tally.unknown).member("not_applicable", tally.not_applicable);
  out.member("at_least", tally.at_least()).member("at_most", tally.at_most());
  out.end_object();
}

void write_changed_answers(Writer& out, const WhatIf& what_if) {
  out.key("what_if").begin_array();
  for (const auto& [before, after] : what_if.answers) {
    out.begin_object().member("question", before.question->id);
    out.key("before").raw(before.json).key("after").raw(after.json);
    out.member("label_before", before.label).member("label_after", after.label).end_object();
  }
  out.end_array();
  report::write_ids(out, "dropped", what_if.dropped);
}

void write_changed_findings(Writer& out, const WhatIf& what_if) {
  out.key("findings").begin_array();
  for (const Change& change : what_if.changes) {
    out.begin_object().member("rule", change.rule->id).member("kind", change.rule->kind);
    out.member("title", change.rule->title).member("before", status_word(change.before));
    out.member("after", status_word(change.after)).end_object();
  }
  out.end_array();
}

void write_changed_tallies(Writer& out, const WhatIf& what_if) {
  out.key("tallies").begin_array();
  for (std::size_t i = 0; i < what_if.before.tallies.size(); ++i) {
    const Tally& before = what_if.before.tallies[i];
    const Tally& after = what_if.after.tallies[i];
    if (same_counts(before, after)) continue;
    out.begin_object().member("id", before.definition->id).member("listed", before.listed);
    write_counts(out, "before", before);
    write_counts(out, "after", after);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

std::string what_if_text(const WhatIf& what_if, const TextOptions& options) {
  TextPage page(options);
  page.title("What other answers would change");
  page.wrap(words_of(report::running_text(what_if.before)), 0);
  page.blank();

  SideBySide table(page);
  table.heading("Answers");
  for (const auto& [before, after] : what_if.answers)
    table.row(report::wording(*before.question), before.label, after.label);
  for (const Item* question : what_if.dropped)
    table.row(report::wording(*question), "answered", "no longer asked");
  table.heading("Questions");
  for (const Item* question : open_only_in(what_if.after, what_if.before, what_if))
    table.row(report::wording(*question), "not asked", "to be asked");
  for (const Item* question : open_only_in(what_if.before, what_if.after, what_if))
    table.row(report::wording(*question), "to be asked", "not asked");
  table.heading("Findings");
  for (const Change& change : what_if.changes)
    table.row(change.rule->title, report::state_text(change.before),
              report::state_text(change.after));
  set_tallies(table, what_if);
  table.end();
  if (what_if.changes.empty()) {
    page.wrap(words_of("No finding would change."), 0);
    page.blank();
  }
  page.wrap(words_of("Two sets of answers are compared; nothing is said of what becomes of a "
                     "patient."),
            0);
  if (what_if.before.chart) page.part(report::chart_part(*what_if.before.chart, &what_if.before));
  return page.take();
}

std::string what_if_json(const WhatIf& what_if) {
  std::string text;
  Writer out(text, 2);
  out.begin_object();
  report::write_identity(out, what_if.before);
  report::write_record(out, what_if.before);
  write_changed_answers(out, what_if);
  write_changed_findings(out, what_if);
  write_changed_tallies(out, what_if);
  out.key("unanswered").begin_object();
  report::write_ids(out, "opened", open_only_in(what_if.after, what_if.before, what_if));
  report::write_ids(out, "closed", open_only_in(what_if.before, what_if.after, what_if));
  out.end_object();
  if (what_if.before.chart) report::write_chart(out, *what_if.before.chart, &what_if.before);
  out.end_object();
  return text + '\n';
}

}  // namespace fbss

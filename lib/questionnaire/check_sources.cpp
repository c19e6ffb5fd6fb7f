// SPDX-License-Identifier: Apache-2.0
// Every citation against the text that it cites. In: a loaded questionnaire, and texts that may be
// its sources. Out: what does not stand where the citation says. Entered through check_sources().
//
// A source is found by the SHA-256 of its text with U+00A0 (no-break space) read as a space.
// Nothing else is changed: a phrase stands within one line, letter for letter, and begins and ends
// with whole words.
//
// What a heading is. Either a whole line: not indented, blank lines (or the text's edge) around it,
// at most 100 bytes, not ending with . : ; or a comma; it is cited in full, and heads everything
// down to the next heading of either sort. Or the beginning of a line up to a hyphen or dash with a
// space behind it ("Swimming as the Best Exercise for …- Another exercise"): at most 100 bytes
// without a full stop, not indented; it may be cited by its first words and heads the rest of its
// own line only. What follows such a line stands under no heading until the next one comes, and is
// cited with an empty heading, as is what stands before the first heading.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fbss/questionnaire.hpp>

#include "base/sha256.hpp"
#include "base/utf8.hpp"
#include "questionnaire/model.hpp"

namespace fbss {
namespace {

constexpr std::size_t longest_heading = 100;

std::string with_plain_spaces(std::string_view text) {
  static constexpr std::string_view no_break_space = "\u00A0";
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at, no_break_space.size()) == no_break_space) {
      plain += ' ';
      at += no_break_space.size() - 1;
    } else {
      plain += text[at];
    }
  }
  return plain;
}

/// A line's text, or the rest of it, and the heading that it stands under (empty: none).
struct Passage {
  std::string_view heading;
  bool run_in = false;
  std::string_view text;
};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t") == line.npos;
}

std::string_view trimmed(std::string_view text) {
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  return text;
}

bool is_indented(std::string_view line) {
  return line.starts_with(' ') || line.starts_with('\t');
}

bool is_heading_line(const std::vector<std::string_view>& lines, std::size_t i) {
  const std::string_view line = trimmed(lines[i]);
  if (line.empty() || is_indented(lines[i]) || line.size() > longest_heading) return false;
  if (std::string_view(".:;,").find(line.back()) != std::string_view::npos) return false;
  return (i == 0 || is_blank(lines[i - 1])) && (i + 1 == lines.size() || is_blank(lines[i + 1]));
}

/// Where the text behind a run-in heading begins; 0 where the line has none.
std::size_t run_in_end(std::string_view line, std::string_view& heading) {
  if (is_indented(line)) return 0;
  std::size_t end = std::string_view::npos, behind = 0;
  for (const std::string_view dash : {"- ", " – ", " — "}) {
    const std::size_t at = line.find(dash);
    if (at >= end) continue;
    end = at;
    behind = at + dash.size();
  }
  if (end == std::string_view::npos || end == 0 || end > longest_heading) return 0;
  heading = trimmed(line.substr(0, end));
  return heading.find('.') == std::string_view::npos ? behind : 0;
}

std::vector<Passage> passages_of(std::string_view text) {
  std::vector<Passage> passages;
  const std::vector<std::string_view> lines = lines_of(text);
  std::string_view current;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_blank(lines[i])) continue;
    std::string_view heading;
    if (is_heading_line(lines, i)) {
      current = trimmed(lines[i]);
      // A heading may have nothing under it; it must be found all the same.
      passages.push_back({current, false, {}});
    } else if (const std::size_t behind = run_in_end(lines[i], heading)) {
      current = {};
      passages.push_back({heading, true, lines[i].substr(behind)});
    } else {
      passages.push_back({current, false, lines[i]});
    }
  }
  return passages;
}

/// Letters, digits and what joins them within a word.
bool is_word_character(char32_t c) {
  if (c < 0x80)
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return c >= 0xC0 && (c < 0x2000 || c > 0x206F);  // general punctuation lies between
}

bool joins_words(char32_t c) {
  return c == '-' || c == '\'' || c == 0x2019;
}

std::vector<char32_t> characters_of(std::string_view text, std::size_t most) {
  std::vector<char32_t> characters;
  for (std::size_t at = 0; at < text.size() && characters.size() < most;)
    characters.push_back(next_character(text, &at));
  return characters;
}

/// Whether a word goes on from `inside` (the phrase's last or first character) to the characters
/// outside, the nearest first: a letter, or a hyphen or apostrophe with a letter behind it.
bool word_goes_on(char32_t inside, const std::vector<char32_t>& outside) {
  if (!is_word_character(inside) || outside.empty()) return false;
  if (is_word_character(outside[0])) return true;
  return joins_words(outside[0]) && outside.size() > 1 && is_word_character(outside[1]);
}

/// The last characters of a text, backwards.
std::vector<char32_t> characters_before(std::string_view text) {
  std::size_t from = text.size();
  for (int characters = 0; characters < 2 && from > 0; ++characters) {
    --from;
    while (from > 0 && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) --from;
  }
  std::vector<char32_t> characters = characters_of(text.substr(from), 2);
  std::reverse(characters.begin(), characters.end());
  return characters;
}

/// The phrase stands in the text, its first and last words whole.
bool holds(std::string_view text, std::string_view phrase) {
  if (phrase.empty()) return false;
  const char32_t first = characters_of(phrase, 1).front();
  const char32_t last = characters_before(phrase).front();
  for (std::size_t at = text.find(phrase); at != text.npos; at = text.find(phrase, at + 1)) {
    if (!word_goes_on(first, characters_before(text.substr(0, at))) &&
        !word_goes_on(last, characters_of(text.substr(at + phrase.size()), 2)))
      return true;
  }
  return false;
}

bool is_cited_heading(const Passage& passage, std::string_view cited) {
  if (passage.heading == cited) return true;
  // "Swimming" for "Swimming as the Best Exercise for Failed Back Syndrome".
  return passage.run_in && !cited.empty() && passage.heading.starts_with(cited) &&
         passage.heading[cited.size()] == ' ';
}

class SourceCheck {
 public:
  SourceCheck(const Questionnaire& questionnaire, std::span<const SourceText> texts)
      : questionnaire_(questionnaire) {
    // Every text once, and only where its sum is wanted.
    for (const SourceText& text : texts) {
      if (!is_valid_utf8(text.text)) continue;
      std::string plain = with_plain_spaces(text.text);
      std::string sum = sha256(plain);
      for (const Source& source : questionnaire.sources())
        if (source.text_sha256 == sum) found_.push_back({source.id, text.file, plain, {}});
    }
    for (Found& found : found_) found.passages = passages_of(found.text);
  }

  Problems check() {
    for (const Source& source : questionnaire_.sources()) {
      if (find(source.id)) continue;
      std::string message = "None of the given files holds the text of the source \"" + source.id +
                            "\" (" + source.title +
                            "): its SHA-256, with U+00A0 read as a space, "
                            "is " +
                            source.text_sha256 + ".";
      const auto place = static_cast<std::size_t>(&source - questionnaire_.sources().data());
      report(ErrorCode::source_not_found, "/sources/" + std::to_string(place) + "/text_sha256",
             std::move(message));
    }
    const auto term_cites = questionnaire_.term_cites();
    for (std::size_t i = 0; i < term_cites.size(); ++i)
      check(term_cites[i], "The term", "/term_cites/" + std::to_string(i));
    const auto sections = questionnaire_.items();
    for (std::size_t i = 0; i < sections.size(); ++i)
      for (std::size_t j = 0; j < sections[i].items.size(); ++j)
        if (const auto& why = sections[i].items[j].why)
          check(*why, "Question " + sections[i].items[j].id,
                "/sections/" + std::to_string(i) + "/questions/" + std::to_string(j) + "/why");
    const auto exercises = questionnaire_.exercises();
    for (std::size_t i = 0; i < exercises.size(); ++i)
      check(exercises[i], "/exercises/" + std::to_string(i));
    const auto rules = questionnaire_.rules();
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const std::string place = "/rules/" + std::to_string(i);
      const std::string name = "Rule " + rules[i].id;
      check(rules[i].cites, name, place);
      for (std::size_t j = 0; j < rules[i].notes.size(); ++j)
        check(rules[i].notes[j].cites, name + ", note " + std::to_string(j + 1),
              place + "/notes/" + std::to_string(j));
      for (std::size_t j = 0; j < rules[i].steps.size(); ++j)
        check(rules[i].steps[j].cites, name + ", step " + std::to_string(j + 1),
              place + "/steps/" + std::to_string(j));
    }
    return std::move(problems_);
  }

 private:
  struct Found {
    std::string_view source;
    std::string_view file;
    std::string text;
    std::vector<Passage> passages;  // within `text`
  };

  const Found* find(std::string_view source) const {
    for (const Found& found : found_)
      if (found.source == source) return &found;
    return nullptr;
  }

  void check(const Exercise& exercise, const std::string& place) {
    const std::string name = "Exercise " + exercise.id;
    const auto each = [&](const auto& statements, const std::string& what, const std::string& key) {
      for (std::size_t i = 0; i < statements.size(); ++i)
        check(statements[i].cites, name + ", " + what + " " + std::to_string(i + 1),
              place + "/" + key + "/" + std::to_string(i));
    };
    check(exercise.cites, name, place);
    if (exercise.position)
      check(exercise.position->cites, name + ", position", place + "/position");
    each(exercise.steps, "step", "steps");
    if (exercise.repetitions)
      check(exercise.repetitions->cites, name + ", repetitions", place + "/repetitions");
    if (exercise.times_a_day)
      check(exercise.times_a_day->cites, name + ", times a day", place + "/times_a_day");
    each(exercise.cautions, "caution", "cautions");
    each(exercise.conflicts, "conflict", "conflicts");
  }

  void check(const std::vector<Citation>& citations, const std::string& name,
             const std::string& place) {
    for (std::size_t i = 0; i < citations.size(); ++i)
      check(citations[i], name, place + "/cites/" + std::to_string(i));
  }

  void check(const Citation& citation, const std::string& name, const std::string& place) {
    const Found* found = find(citation.source);
    if (!found) return;  // reported once, with the source
    const std::vector<Passage>& passages = found->passages;
    const bool has_heading =
        citation.heading.empty() ||
        std::any_of(passages.begin(), passages.end(), [&](const Passage& passage) {
          return is_cited_heading(passage, citation.heading);
        });
    if (!has_heading) {
      std::vector<std::string_view> headings;
      for (const Passage& passage : passages)
        if (!passage.heading.empty()) headings.push_back(passage.heading);
      std::string message = name + ": \"" + citation.heading + "\" is no heading of " +
                            std::string(found->file) + ".";
      const auto near =
          citation.heading.size() > 200 ? std::nullopt : nearest(citation.heading, headings);
      if (near)
        message += " Did you mean \"" + std::string(*near) + "\"?";
      else
        message += " Write it as the source has it; leave it empty where the place has none.";
      report(ErrorCode::heading_not_in_source, place + "/heading", std::move(message));
      return;
    }
    const Passage* elsewhere = nullptr;
    for (const Passage& passage : passages) {
      if (!holds(passage.text, citation.phrase)) continue;
      if (is_cited_heading(passage, citation.heading)) return;
      elsewhere = &passage;
    }
    std::string message = name + ": \"" + citation.phrase + "\" does not stand word for word ";
    message += citation.heading.empty()
                   ? "in a part of " + std::string(found->file) + " that has no heading"
                   : "under \"" + citation.heading + "\" in " + std::string(found->file);
    if (!elsewhere)
      message += "; copy it from the source, with a plain space for each U+00A0.";
    else if (elsewhere->heading.empty())
      message += "; it stands in a part without a heading: leave \"heading\" empty.";
    else
      message += "; it stands under \"" + std::string(elsewhere->heading) + "\".";
    report(ErrorCode::phrase_not_in_source, place + "/phrase", std::move(message));
  }

  void report(ErrorCode code, std::string pointer, std::string message) {
    Problem& problem = problems_.emplace_back();
    problem.code = code;
    problem.message = std::move(message);
    problem.pointer = std::move(pointer);
  }

  const Questionnaire& questionnaire_;
  std::vector<Found> found_;
  Problems problems_;
};

}  // namespace

Problems check_sources(const Questionnaire& questionnaire, std::span<const SourceText> texts) {
  return SourceCheck(questionnaire, texts).check();
}

}  // namespace fbss

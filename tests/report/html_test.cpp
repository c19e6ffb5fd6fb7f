// SPDX-License-Identifier: Apache-2.0
// The HTML report: well formed, readable by a screen reader, nothing from outside, nothing that a
// clinician typed acts as markup or style, and colours that can be read.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "fixture.hpp"
#include "tags.hpp"

namespace {

using tags::style_of;
using tags::Tag;
using tags::tags_of;

double luminance(const std::string& colour) {
  REQUIRE(colour.size() == 7);
  const auto channel = [&](std::size_t at) {
    const double value = std::stoi(colour.substr(at, 2), nullptr, 16) / 255.0;
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

double contrast(const std::string& one, const std::string& two) {
  const double a = luminance(one), b = luminance(two);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

void type_everywhere(fbss::Assessment& assessment, const std::string& typed) {
  assessment.record_id = typed;
  for (fbss::Given& given : assessment.answers)
    if (given.question->id == "other_preexisting_condition_text") given.label = typed;
}

}  // namespace

TEST_CASE("the page is well formed, its ids are unique and its links lead somewhere") {
  for (const std::string_view record : fixture::records) {
    std::set<std::string> ids;
    std::vector<std::string> targets;
    for (const Tag& tag : tags_of(fbss::report_html(fixture::screen(record)))) {
      for (const auto& [name, value] : tag.attributes) {
        if (name == "id") CHECK(ids.insert(value).second);
        if (name == "aria-labelledby") targets.push_back(value);
        if (name == "href") {
          REQUIRE(value.front() == '#');
          targets.push_back(value.substr(1));
        }
        CHECK((name != "src" && name != "style" && name.rfind("on", 0) != 0));
      }
    }
    for (const std::string& target : targets) {
      INFO(target);
      CHECK(ids.count(target) == 1);
    }
  }
}

TEST_CASE("nothing is fetched: no script, no outside address, a policy that allows styles only") {
  for (const std::string_view record : fixture::records) {
    const std::string page = fbss::report_html(fixture::screen(record));
    for (const Tag& tag : tags_of(page))
      for (const std::string_view banned : {"script", "link", "img", "iframe", "object", "form"})
        CHECK(tag.name != banned);
    for (const std::string_view banned : {"http:", "https:", "url(", "@import", "//"})
      CHECK(page.find(banned) == std::string::npos);
    CHECK(page.find("<meta http-equiv=\"Content-Security-Policy\" "
                    "content=\"default-src 'none'; style-src 'unsafe-inline'\">") !=
          std::string::npos);
  }
}

TEST_CASE("a screen reader finds language, landmarks, headings in order, captions and scopes") {
  for (const std::string_view record : fixture::records) {
    const std::vector<Tag> tags = tags_of(fbss::report_html(fixture::screen(record)));
    std::map<std::string, int> count;
    int level = 0;
    for (std::size_t i = 0; i < tags.size(); ++i) {
      const Tag& tag = tags[i];
      if (tag.closing) continue;
      ++count[tag.name];
      if (tag.name == "html") CHECK(tag.attributes.at("lang") == "en");
      if (tag.name == "table") CHECK(tags[i + 1].name == "caption");
      if (tag.name == "th")
        CHECK((tag.attributes.at("scope") == "row" || tag.attributes.at("scope") == "col"));
      if (tag.name.size() == 2 && tag.name[0] == 'h' && tag.name[1] >= '1' && tag.name[1] <= '6') {
        CHECK(tag.name[1] - '0' <= level + 1);
        level = tag.name[1] - '0';
      }
    }
    CHECK(count["h1"] == 1);
    CHECK(count["main"] == 1);
    CHECK(count["header"] == 1);
    CHECK(count["footer"] == 1);
    CHECK(count["nav"] == 1);
    CHECK(count["title"] == 1);
    CHECK(count["article"] == static_cast<int>(fixture::preop().rules().size()));
    CHECK(tags[0].name == "html");
  }
}

TEST_CASE("no percent sign stands outside the style sheet, whatever was typed") {
  fbss::Assessment assessment = fixture::screen(fixture::mixed);
  for (const std::string_view typed : {"plain", "50% stenosis", "%", "&#37; &percnt;"}) {
    type_everywhere(assessment, std::string(typed));
    const std::string page = fixture::without(fbss::report_html(assessment), "<style>", "</style>");
    CHECK(page.find('%') == std::string::npos);
  }
  type_everywhere(assessment, "50% stenosis");
  CHECK(fbss::report_html(assessment).find("“50&#37; stenosis”") != std::string::npos);
}

TEST_CASE("what a clinician typed is text, in every place of the page") {
  const std::string plain = fbss::report_html(fixture::screen(fixture::mixed));
  const std::size_t tags = tags_of(plain).size();
  for (const std::string_view typed :
       {"<script>alert(1)</script>", "</style><script>alert(1)</script>", "</title><b>",
        "\"; } body { display: none } /*", "' onload='alert(1)", "\" onload=\"alert(1)",
        "&lt;b&gt;", "{{title}} {{{style}}}", "a\\\"b\n}", "<!-- "}) {
    fbss::Assessment assessment = fixture::screen(fixture::mixed);
    type_everywhere(assessment, std::string(typed));
    const std::string page = fbss::report_html(assessment);
    INFO(std::string(typed));
    CHECK(tags_of(page).size() == tags);
    // The style sheet is the same up to the running head, a string of letters, digits and escapes.
    const std::string style = style_of(page);
    const std::size_t head = style.rfind("content: \"");
    CHECK(style.substr(0, head) == style_of(plain).substr(0, head));
    const std::size_t end = style.find('"', head + 10);
    CHECK(style.substr(end) == "\"; } }\n");
    const std::string running = style.substr(head + 10, end - head - 10);
    CHECK(std::all_of(running.begin(), running.end(), [](char c) {
      return c == '\\' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
             (c >= 'A' && c <= 'Z');
    }));
    // And it can be read as it was typed.
    CHECK(fixture::words_of_html(page).find("“" + fixture::squeezed(typed) + "”") !=
          std::string::npos);
  }
}

TEST_CASE("the running head of printed pages names record, date, version and content") {
  const std::string style = style_of(fbss::report_html(fixture::screen(fixture::mixed)));
  std::string head = style.substr(style.rfind("content: \"") + 10);
  fixture::replace_all(head, "\\000020", " ");
  fixture::replace_all(head, "\\00002c", ",");
  fixture::replace_all(head, "\\00002d", "-");
  fixture::replace_all(head, "\\00002e", ".");
  fixture::replace_all(head, "\\00005f", "_");
  const std::string expected = "SAMPLE DATA, record case-17, date 2026-11-21, preop_screen " +
                               std::string(fixture::preop().version()) + ", content " +
                               std::string(fixture::preop().sha256().substr(0, 12)) + "\"";
  CHECK(head.rfind(expected, 0) == 0);
}

TEST_CASE("the page ends with a line to sign and date") {
  const std::string words = fixture::words_of_html(fbss::report_html(fixture::screen("{}")));
  const std::size_t sign = words.find("Read and checked by");
  REQUIRE(sign != std::string::npos);
  CHECK(words.substr(sign) == "Read and checked by Name Signature Date ");
}

TEST_CASE("text has a contrast of at least 4.5 to 1 in light and in dark, and no hue for a state") {
  const std::string style = style_of(fbss::report_html(fixture::screen("{}")));
  std::size_t at = 0;
  for (const std::string_view scheme : {"light", "dark"}) {
    INFO(std::string(scheme));
    std::map<std::string, std::string> colours;
    for (const std::string name : {"--paper", "--tint", "--ink", "--soft", "--line", "--link"}) {
      at = style.find(name + ": #", at);
      REQUIRE(at != std::string::npos);
      colours[name] = style.substr(at + name.size() + 2, 7);
    }
    for (const std::string_view ground : {"--paper", "--tint"})
      for (const std::string_view text : {"--ink", "--soft", "--link"})
        CHECK(contrast(colours[std::string(ground)], colours[std::string(text)]) >= 4.5);
  }
  for (std::size_t state = style.find(".state"); state != std::string::npos;
       state = style.find(".state", state + 1)) {
    const std::string rule = style.substr(state, style.find('}', state) - state);
    CHECK(rule.find('#') == std::string::npos);
    for (std::size_t colour = rule.find("var(--"); colour != std::string::npos;
         colour = rule.find("var(--", colour + 1))
      CHECK((rule.substr(colour, 9) == "var(--ink" || rule.substr(colour, 10) == "var(--soft"));
  }
}

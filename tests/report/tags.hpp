// SPDX-License-Identifier: Apache-2.0
// An HTML page as its tags, for tests of the report and of the handout. In: a page; out: its tags,
// or a failed check where it is not well formed.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace tags {

struct Tag {
  std::string name;
  bool closing = false;
  std::map<std::string, std::string> attributes;
};

/// Every tag of the page in order. Checks on the way that tags are closed in the order in which
/// they were opened, and that attributes are quoted and appear once.
inline std::vector<Tag> tags_of(const std::string& page) {
  std::vector<Tag> tags;
  std::vector<std::string> open;
  std::size_t at = 0;
  REQUIRE(page.rfind("<!doctype html>\n", 0) == 0);
  for (at = page.find('<', 1); at != std::string::npos; at = page.find('<', at)) {
    const std::size_t end = page.find('>', at);
    REQUIRE(end != std::string::npos);
    std::string inside = page.substr(at + 1, end - at - 1);
    INFO(inside);
    at = end + 1;
    Tag tag;
    if (inside.front() == '/') {
      tag.closing = true;
      tag.name = inside.substr(1);
      REQUIRE_FALSE(open.empty());
      REQUIRE(open.back() == tag.name);
      open.pop_back();
      tags.push_back(tag);
      continue;
    }
    const std::size_t name_end = std::min(inside.find(' '), inside.size());
    tag.name = inside.substr(0, name_end);
    for (std::size_t i = name_end; i < inside.size();) {
      REQUIRE(inside[i] == ' ');
      const std::size_t equals = inside.find("=\"", i);
      REQUIRE(equals != std::string::npos);
      const std::size_t quote = inside.find('"', equals + 2);
      REQUIRE(quote != std::string::npos);
      const std::string name = inside.substr(i + 1, equals - i - 1);
      CHECK(tag.attributes.count(name) == 0);
      tag.attributes[name] = inside.substr(equals + 2, quote - equals - 2);
      i = quote + 1;
    }
    if (tag.name != "meta") open.push_back(tag.name);
    if (tag.name == "style") at = page.find("</style>", at);
    tags.push_back(tag);
  }
  CHECK(open.empty());
  return tags;
}

inline std::string style_of(const std::string& page) {
  const std::size_t start = page.find("<style>") + 7;
  return page.substr(start, page.find("</style>") - start);
}

}  // namespace tags

// SPDX-License-Identifier: Apache-2.0
// The pieces that HTML pages share. In: content of an outline, and the templates and style sheets
// of this folder. Out: data for a template, and the page that it makes of them, without outside
// resources. The only includer of kainjow/mustache.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <kainjow/mustache.hpp>

#include "report/outline.hpp"

namespace fbss::report {

using kainjow::mustache::data;

/// The bytes of a file of this folder.
std::string embedded(std::string_view name);

/// A CSS string, every character but letters and digits escaped by its number (CSS Syntax 4.3.7),
/// so that no text can leave the string or the style element.
std::string css_string(std::string_view text);

/// Empty text is nothing to a template's section.
data text_or_nothing(const std::string& text);

data row_data(const Row& row);

/// What rows.mustache.html takes; `aligned`: labels have a column of their own.
void set_rows(data& out, const std::vector<Row>& rows, bool aligned);

data section_data(const Section& section);
data part_data(const Part& part);

/// The template of that name, filled; mustache escapes every text.
std::string render(const std::string& name, data page);

}  // namespace fbss::report

// SPDX-License-Identifier: Apache-2.0
// JSON text -> FileTree. nlohmann checks the grammar and calls for every token; a cursor of our own
// follows it through the text, since nlohmann knows no positions and drops a number's digits.
// Entered through read_file(); the only file that includes nlohmann.
#include "questionnaire/file_reader.hpp"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <utility>

#include "json/write.hpp"

namespace fbss {
namespace {

struct Place {
  std::uint32_t line = 1, column = 1;
  std::size_t offset = 0;
};

/// Walks over the text token by token; the caller guarantees that the tokens are valid.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_.offset = 3;
  }

  /// The first byte of the next token; white space, commas and colons are passed over.
  Place next() {
    while (at_.offset < text_.size() && is_between(text_[at_.offset])) step();
    return at_;
  }

  void skip(std::size_t bytes) {
    for (std::size_t i = 0; i < bytes && at_.offset < text_.size(); ++i) step();
  }

  void skip_string() {
    skip(1);
    while (at_.offset < text_.size() && text_[at_.offset] != '"')
      skip(text_[at_.offset] == '\\' ? 2 : 1);
    skip(1);
  }

  std::string_view skip_number() {
    const std::size_t start = at_.offset;
    while (at_.offset < text_.size() &&
           std::string_view("+-.0123456789Ee").find(text_[at_.offset]) != std::string_view::npos)
      step();
    return text_.substr(start, at_.offset - start);
  }

  /// The place of a byte that lies behind the cursor's present one, or at it.
  Place move_to(std::size_t offset) {
    while (at_.offset < offset && at_.offset < text_.size()) step();
    return at_;
  }

 private:
  static bool is_between(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == ':';
  }

  void step() {
    if (text_[at_.offset++] == '\n') {
      ++at_.line;
      at_.column = 1;
    } else {
      ++at_.column;
    }
  }

  std::string_view text_;
  Place at_;
};

/// nlohmann's SAX interface: one call a token, in order. Returning false ends the reading.
class TreeBuilder {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  TreeBuilder(FileTree& tree, std::string_view file, const Limits& limits)
      : tree_(tree), file_(file), limits_(limits), cursor_(tree.text) {}

  bool null() { return word("null", JsonKind::null); }
  bool boolean(bool value) { return word(value ? "true" : "false", JsonKind::boolean); }
  bool number_integer(number_integer_t) { return number(); }
  bool number_unsigned(number_unsigned_t) { return number(); }
  bool number_float(number_float_t, const string_t&) { return number(); }
  bool binary(binary_t&) { return false; }

  bool string(string_t& text) {
    add(JsonKind::string).text = std::move(text);
    cursor_.skip_string();
    return has_room();
  }

  bool key(string_t& name) {
    key_place_ = cursor_.next();
    key_ = std::move(name);
    cursor_.skip_string();
    return true;
  }

  bool start_object(std::size_t) { return open(JsonKind::object); }
  bool start_array(std::size_t) { return open(JsonKind::array); }

  bool end_object() {
    find_duplicates(*open_.back());
    return close();
  }
  bool end_array() { return close(); }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) {
    const Place place = cursor_.move_to(position > 0 ? position - 1 : 0);
    report(
        ErrorCode::not_json, place,
        tree_.text.find_first_not_of(" \t\r\n") == std::string_view::npos
            ? "The file is empty; it must hold one JSON object."
            : "From here on this is no valid JSON: look for a missing or superfluous comma, quote "
              "or bracket here or just before, or a byte that is not UTF-8.");
    return false;
  }

  Problems take_problems() { return std::move(problems_); }

 private:
  FileValue& add(JsonKind kind) {
    const Place place = cursor_.next();
    FileValue& value = tree_.values.emplace_back();
    value.kind = kind;
    value.line = place.line;
    value.column = place.column;
    value.offset = place.offset;
    if (open_.empty()) return value;
    FileValue& parent = *open_.back();
    value.parent = &parent;
    value.place = static_cast<std::uint32_t>(parent.children.size());
    if (parent.is(JsonKind::object)) {
      value.key = std::move(key_);
      value.key_line = key_place_.line;
      value.key_column = key_place_.column;
    }
    parent.children.push_back(&value);
    return value;
  }

  bool word(std::string_view text, JsonKind kind) {
    add(kind).text = text;
    cursor_.skip(text.size());
    return has_room();
  }

  bool number() {
    FileValue& value = add(JsonKind::number);
    value.text = cursor_.skip_number();
    return has_room();
  }

  bool open(JsonKind kind) {
    FileValue& value = add(kind);
    if (open_.size() >= limits_.record_depth) {
      report(ErrorCode::too_deep, {value.line, value.column, value.offset},
             "Arrays and objects are nested deeper than " + std::to_string(limits_.record_depth) +
                 " levels; the format needs far fewer.");
      return false;
    }
    open_.push_back(&value);
    cursor_.skip(1);
    return has_room();
  }

  /// A value takes far more memory in the tree than in the file ("0,"), so their number is bounded.
  bool has_room() {
    const std::size_t most = limits_.questionnaire_bytes / 16;
    if (tree_.values.size() <= most) return true;
    const FileValue& last = tree_.values.back();
    report(ErrorCode::too_large, {last.line, last.column, last.offset},
           "The file holds more than " + std::to_string(most) + " values.");
    return false;
  }

  bool close() {
    cursor_.next();
    cursor_.skip(1);
    open_.pop_back();
    return true;
  }

  void find_duplicates(const FileValue& object) {
    std::vector<const FileValue*> members = object.children;
    std::stable_sort(members.begin(), members.end(),
                     [](const FileValue* a, const FileValue* b) { return a->key < b->key; });
    for (std::size_t i = 1; i < members.size(); ++i) {
      if (members[i]->key != members[i - 1]->key) continue;
      report(ErrorCode::duplicate_key, {members[i]->key_line, members[i]->key_column, 0},
             "The key \"" + members[i]->key + "\" already stands in line " +
                 std::to_string(members[i - 1]->key_line) + "; keep one of the two.");
      problems_.back().pointer = pointer_to(*members[i]);
    }
  }

  void report(ErrorCode code, const Place& place, std::string message) {
    Problem& problem = problems_.emplace_back();
    problem.code = code;
    problem.message = std::move(message);
    problem.file = file_;
    problem.line = place.line;
    problem.column = place.column;
  }

  FileTree& tree_;
  std::string_view file_;
  const Limits& limits_;
  Cursor cursor_;
  std::vector<FileValue*> open_;
  std::string key_;
  Place key_place_;
  Problems problems_;
};

}  // namespace

const FileValue* FileValue::find(std::string_view name) const {
  for (const FileValue* child : children)
    if (child->key == name) return child;
  return nullptr;
}

std::string pointer_to(const FileValue& value) {
  std::vector<const FileValue*> way;
  for (const FileValue* at = &value; at->parent; at = at->parent) way.push_back(at);
  std::string pointer;
  for (std::size_t i = way.size(); i-- > 0;) {
    const bool element = way[i]->parent->is(JsonKind::array);
    json::append_pointer_step(pointer, element ? std::to_string(way[i]->place) : way[i]->key);
  }
  return pointer;
}

std::uint32_t column_within(const FileTree& tree, const FileValue& string, std::size_t byte) {
  std::size_t at = string.offset + 1;  // behind the quote
  for (std::size_t decoded = 0; decoded < byte && at < tree.text.size();) {
    if (tree.text[at] != '\\') {
      ++at;
      ++decoded;
      continue;
    }
    if (tree.text.substr(at + 1, 1) != "u") {
      at += 2;
      ++decoded;
      continue;
    }
    // \uXXXX stands for one to three bytes of UTF-8; a pair of surrogates for four.
    const std::string digits(tree.text.substr(at + 2, 4));
    const unsigned long unit = std::strtoul(digits.c_str(), nullptr, 16);
    const bool pair = unit >= 0xD800 && unit < 0xE000;
    decoded += pair ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
    at += pair ? 12 : 6;
  }
  return string.column + static_cast<std::uint32_t>(at - string.offset);
}

Result<FileTree> read_file(std::string_view text, std::string_view file, const Limits& limits) {
  if (text.size() > limits.questionnaire_bytes) {
    Problem problem;
    problem.code = ErrorCode::too_large;
    problem.message = "The file has " + std::to_string(text.size()) + " bytes; at most " +
                      std::to_string(limits.questionnaire_bytes) + " are read.";
    problem.file = file;
    return problem;
  }
  // nlohmann takes a NUL for the end of the text.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    const Place place = Cursor(text).move_to(nul);
    Problem problem;
    problem.code = ErrorCode::not_json;
    problem.message = "The file holds a NUL byte (U+0000) here; JSON is text.";
    problem.file = file;
    problem.line = place.line;
    problem.column = place.column;
    return problem;
  }
  FileTree tree;
  tree.text = text;
  TreeBuilder builder(tree, file, limits);
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  Problems problems = builder.take_problems();
  if (!problems.empty()) return problems;
  return tree;
}

}  // namespace fbss

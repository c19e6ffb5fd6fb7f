// SPDX-License-Identifier: Apache-2.0
// Values in, one by one, nodes out: a Document without text in between. The only way in is
// Document::build. The nodes are those that read.cpp would make of the same values as compact JSON,
// and the limits count the bytes of that text, escapes left out. The first refusal stands; what is
// told after it is ignored.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fbss/document.hpp>

#include "base/utf8.hpp"
#include "json/append.hpp"
#include "json/number.hpp"
#include "json/store.hpp"
#include "json/write.hpp"

namespace fbss {
namespace json {

class Builder {
 public:
  Builder(Store& store, const Limits& limits)
      : store_(store),
        nodes_(store),
        depth_(limits.record_depth),
        limit_(std::min(limits.record_bytes, largest_record)),
        bytes_left_(limit_) {
    store_.arena.reset();
  }

  bool ok() const { return !problem_; }

  void refuse(ErrorCode code, std::string message) {
    if (problem_) return;
    problem_ = Problem{.code = code, .message = std::move(message)};
    problem_->pointer = place();
  }
  void refuse(std::string message) { refuse(ErrorCode::not_json, std::move(message)); }

  void begin(JsonKind kind) {
    if (!may_stand(2)) return;
    if (nodes_.depth() >= depth_)
      return refuse(ErrorCode::too_deep, "The record is nested deeper than the limit of " +
                                             std::to_string(depth_) + " levels.");
    add(kind);
    nodes_.open();
  }

  void end(JsonKind kind) {
    if (!ok()) return;
    const bool object = kind == JsonKind::object;
    if (!nodes_.is_open() || innermost().kind != kind)
      return refuse(object ? "end_object() is called where no object is open: close what was begun "
                             "last first."
                           : "end_array() is called where no array is open: close what was begun "
                             "last first.");
    if (key_) return refuse("The object ends behind a name: give that name a value first.");
    nodes_.close();
  }

  void key(std::string_view name) {
    if (!ok()) return;
    if (!nodes_.is_open() || innermost().kind != JsonKind::object)
      return refuse("A name is given where no object is open: call begin_object() first.");
    if (key_) return refuse("Two names follow each other: give the first a value.");
    if (!spend(name.size() + 3) || !is_utf8(name)) return;
    key_ = keep(name);
  }

  void string(std::string_view text) {
    if (may_stand(text.size() + 2) && is_utf8(text)) add(JsonKind::string, keep(text));
  }

  void number(std::string_view digits) {
    if (!may_stand(digits.size())) return;
    auto* const text = static_cast<char*>(store_.arena.allocate(digits.size() + 1));
    digits.copy(text, digits.size());
    text[digits.size()] = '\0';
    if (end_of_number(text) != text + digits.size())
      return refuse(
          "This is not a JSON number: give digits with an optional minus, fraction and exponent, "
          "with no zero leading and digits on both sides of the point.");
    add(JsonKind::number, {text, digits.size()});
  }

  void boolean(bool value) {
    if (may_stand(value ? 4 : 5)) add(JsonKind::boolean).boolean = value;
  }

  void null() {
    if (may_stand(4)) add(JsonKind::null);
  }

  /// To be called once, at the end.
  Result<void> finish() && {
    if (nodes_.is_open())
      refuse(
          "The record ends within an array or object: call end_array() or end_object() for each "
          "that was begun.");
    else if (store_.built.empty())
      refuse("No value was given: give the record one.");
    if (problem_) return *std::move(problem_);
    nodes_.finish();
    return {};
  }

 private:
  Node& innermost() { return nodes_.innermost(); }

  // True where a value of that many bytes may stand here.
  bool may_stand(std::size_t bytes) {
    if (!ok()) return false;
    if (!nodes_.is_open()) {
      if (!store_.built.empty()) refuse("A second value follows: give a record one value.");
    } else if (innermost().kind == JsonKind::object && !key_) {
      refuse("A value stands in an object without a name: call key() before it.");
    } else if (innermost().text_length > 0) {
      ++bytes;  // the comma
    }
    return ok() && spend(bytes);
  }

  bool spend(std::size_t bytes) {
    if (bytes > bytes_left_)
      refuse(ErrorCode::too_large,
             "The record has more than the limit of " + std::to_string(limit_) + " bytes.");
    else
      bytes_left_ -= bytes;
    return ok();
  }

  bool is_utf8(std::string_view text) {
    if (!is_valid_utf8(text)) refuse("A text or a name is not UTF-8: convert it before.");
    return ok();
  }

  std::string_view keep(std::string_view text) {
    return text.empty() ? std::string_view("") : store_.arena.copy(text);
  }

  Node& add(JsonKind kind, std::string_view text = {}) {
    std::optional<Key> name;
    if (key_) name = Key(*std::exchange(key_, std::nullopt));
    return nodes_.add(kind, text, name);
  }

  // A JSON pointer to where the next value would stand.
  std::string place() const {
    std::string pointer;
    for (std::size_t i = 0; i < store_.open.size(); ++i) {
      const Node& container = store_.built[store_.open[i].node];
      const bool inner = i + 1 < store_.open.size();
      if (container.kind == JsonKind::array)
        append_pointer_step(pointer, std::to_string(container.text_length - (inner ? 1 : 0)));
      else if (inner)
        append_pointer_step(pointer, store_.built[store_.open[i + 1].node].key_view());
      else if (key_)
        append_pointer_step(pointer, *key_);
    }
    return pointer;
  }

  Store& store_;
  Appender nodes_;
  std::size_t depth_, limit_, bytes_left_;
  std::optional<std::string_view> key_;  // of the value that comes next
  std::optional<Problem> problem_;
};

}  // namespace json

DocumentBuilder& DocumentBuilder::begin_object() {
  builder_.begin(JsonKind::object);
  return *this;
}

DocumentBuilder& DocumentBuilder::end_object() {
  builder_.end(JsonKind::object);
  return *this;
}

DocumentBuilder& DocumentBuilder::begin_array() {
  builder_.begin(JsonKind::array);
  return *this;
}

DocumentBuilder& DocumentBuilder::end_array() {
  builder_.end(JsonKind::array);
  return *this;
}

DocumentBuilder& DocumentBuilder::key(std::string_view name) {
  builder_.key(name);
  return *this;
}

DocumentBuilder& DocumentBuilder::string(std::string_view text) {
  builder_.string(text);
  return *this;
}

DocumentBuilder& DocumentBuilder::number(std::string_view digits) {
  builder_.number(digits);
  return *this;
}

DocumentBuilder& DocumentBuilder::number(double value) {
  if (!std::isfinite(value))
    return refuse("JSON has no number for infinity or NaN: leave the member out, or give null.");
  // Numbers of everyday size are written without an exponent.
  const double size = std::abs(value);
  const auto format = size == 0 || (size >= 1e-5 && size < 1e15) ? std::chars_format::fixed
                                                                 : std::chars_format::scientific;
  char digits[32];  // the shortest that read back the same take at most 24
  char* end = std::to_chars(digits, digits + 24, value, format).ptr;
  // A double stays a decimal, also where its fraction is zero.
  const std::string_view text(digits, static_cast<std::size_t>(end - digits));
  if (text.find_first_of(".e") == std::string_view::npos) {
    *end++ = '.';
    *end++ = '0';
  }
  return number(std::string_view(digits, static_cast<std::size_t>(end - digits)));
}

DocumentBuilder& DocumentBuilder::signed_number(std::int64_t value) {
  char digits[20];
  const char* const end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  return number(std::string_view(digits, static_cast<std::size_t>(end - digits)));
}

DocumentBuilder& DocumentBuilder::unsigned_number(std::uint64_t value) {
  char digits[20];
  const char* const end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  return number(std::string_view(digits, static_cast<std::size_t>(end - digits)));
}

DocumentBuilder& DocumentBuilder::boolean(bool value) {
  builder_.boolean(value);
  return *this;
}

DocumentBuilder& DocumentBuilder::null() {
  builder_.null();
  return *this;
}

DocumentBuilder& DocumentBuilder::refuse(std::string message) {
  builder_.refuse(std::move(message));
  return *this;
}

bool DocumentBuilder::ok() const {
  return builder_.ok();
}

Result<void> Document::build(const std::function<void(DocumentBuilder&)>& fill,
                             const Limits& limits) {
  // During the call the Document is empty, so that whatever `fill` does to it touches no node.
  std::unique_ptr<json::Store> store = store_ ? std::move(store_) : std::make_unique<json::Store>();
  json::Builder builder(*store, limits);
  DocumentBuilder face(builder);
  if (fill) fill(face);
  Result<void> result = std::move(builder).finish();
  store_ = std::move(store);
  return result;
}

}  // namespace fbss

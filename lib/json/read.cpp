// SPDX-License-Identifier: Apache-2.0
// JSON text in, nodes out; the only way in is read(). simdjson's first stage (the only part used,
// and only here) checks the UTF-8 and finds where every token begins; one pass over those places
// then checks the grammar of RFC 8259 and fills the nodes, so that every number keeps its digits
// and every fault has its place. Strings stay where they lie in the Store's copy of the text;
// escapes are undone in place, which only ever makes a string shorter.
#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

#include "base/place_of.hpp"
#include "base/utf8.hpp"
#include "json/fault.hpp"
#include "json/number.hpp"
#include "json/store.hpp"

namespace fbss::json {

struct Scanner {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> implementation;
};

void ScannerDeleter::operator()(Scanner* scanner) const {
  delete scanner;
}

namespace {

// Where the tokens begin: every bracket, comma, colon, string and other scalar is one.
struct Tokens {
  const std::uint32_t* begin;
  std::size_t count;  // begin[count] is the length of the text
};

// The tokens of `text`, behind which SIMDJSON_PADDING bytes lie.
simdjson::error_code scan(Store& store, const char* text, std::size_t length, Tokens* tokens) {
  if (!store.scanner) store.scanner.reset(new Scanner);
  auto& implementation = store.scanner->implementation;
  simdjson::error_code error = simdjson::SUCCESS;
  if (!implementation) {
    error = simdjson::get_active_implementation()->create_dom_parser_implementation(
        std::max<std::size_t>(length, 4096), 1, implementation);
  } else if (implementation->capacity() < length) {
    error = implementation->allocate(std::max(length, 2 * implementation->capacity()), 1);
  }
  if (error) return error;
  error = implementation->stage1(reinterpret_cast<const std::uint8_t*>(text), length,
                                 simdjson::stage1_mode::regular);
  if (error) return error;
  std::uint32_t* const begin = implementation->structural_indexes.get();
  const std::size_t count = implementation->n_structural_indexes;
  begin[count] = static_cast<std::uint32_t>(length);  // simdjson leaves room behind the last
  *tokens = {begin, count};
  return simdjson::SUCCESS;
}

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

// Four hexadecimal digits, or -1.
int read_hex(const char* at) {
  int value = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = at[i];
    const int digit = is_digit(c)              ? c - '0'
                      : (c >= 'a' && c <= 'f') ? c - 'a' + 10
                      : (c >= 'A' && c <= 'F') ? c - 'A' + 10
                                               : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// The character of the escape \uXXXX (or the pair of them) whose first digit is at `*at`, which
// moves behind it; nothing for a half of a pair alone. Reads no further than the closing quote.
std::optional<char32_t> read_unicode_escape(const char** at) {
  const int first = read_hex(*at);
  if (first < 0 || (first >= 0xDC00 && first <= 0xDFFF)) return std::nullopt;
  *at += 4;
  if (first < 0xD800 || first > 0xDBFF) return static_cast<char32_t>(first);
  if ((*at)[0] != '\\' || (*at)[1] != 'u') return std::nullopt;
  const int second = read_hex(*at + 2);
  if (second < 0xDC00 || second > 0xDFFF) return std::nullopt;
  *at += 6;
  return static_cast<char32_t>(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
}

// The character that stands for itself or for a control character behind a backslash; 0: none.
char simple_escape(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return 0;
  }
}

class Reader {
 public:
  // `text` is the Store's copy of `original`, with padding; `original` stays for the messages.
  Reader(Arena& arena, std::string_view original, char* text, Tokens tokens, std::size_t depth)
      : original_(original),
        text_(text),
        end_(text + original.size()),
        token_(tokens.begin),
        last_token_(tokens.begin + tokens.count),
        depth_(std::min(depth, tokens.count)) {
    // Every node but the root has a token beside its own: the comma before it, or, for the first
    // one in a container, the closing bracket, which only containers still open may lack.
    next_ = arena.make_array<Node>((tokens.count + depth_) / 2 + 2);
    open_ = arena.make_array<Node*>(depth_ + 1);
    next_escape_ = find_escape(text_);
  }

  Node* run() {
    Node* const root = next_;
    return read_all() ? root : nullptr;
  }

  Problem&& problem() && { return std::move(*problem_); }

 private:
  // One turn of the loop reads a value and every bracket that closes behind it. The places in the
  // tokens, the nodes and the open containers are variables of this function, so that they stay in
  // registers.
  [[gnu::noinline]] bool read_all() {
    char* const text = text_;
    const std::uint32_t* token = token_;
    Node* next = next_;
    Node** open = open_;  // the containers around the innermost one
    Node** const last_open = open_ + depth_;
    Node* container = nullptr;  // the innermost one whose end was not seen yet
    Node* node = new (next++) Node();
    for (;;) {
      const char first = text[*token];
      if (first == '"') {
        const char* const begin = text + *token + 1;
        const char* const end = end_of_string(text, token);
        if (end == nullptr) return false;
        ++token;
        node->kind = JsonKind::string;
        node->text = begin;
        node->text_length = static_cast<std::uint32_t>(end - begin);
      } else if (first == '{' || first == '[') {
        if (open == last_open) return too_deep(*token, depth_);
        ++token;
        node->kind = first == '{' ? JsonKind::object : JsonKind::array;
        if (text[*token] != first + 2) {  // the closing bracket in ASCII
          node->text_length = 1;
          *open++ = container;
          container = node;
          node = new (next++) Node();
          if (first == '{' && !read_key(node, container, text, &token)) return false;
          continue;
        }
        ++token;
      } else {
        if (!read_word_or_number(node, container, *token, first)) return false;
        ++token;
      }

      for (;;) {
        if (container == nullptr) return token == last_token_ || fail(*token, Expected::nothing);
        const bool in_object = container->kind == JsonKind::object;
        const char c = text[*token];
        if (c == ',') {
          ++token;
          node->last = 0;
          ++container->text_length;
          node = new (next++) Node();
          if (in_object && !read_key(node, container, text, &token)) return false;
          break;
        }
        if (c != (in_object ? '}' : ']'))
          return fail(*token, in_object ? Expected::member_end : Expected::element_end);
        ++token;
        container->skip = static_cast<std::uint32_t>(next - container) & 0x7FFFFFFFu;
        container->last = 1;
        node = container;
        container = *--open;
      }
    }
  }

  // Key::signature_of() a name in the text, behind which there always are eight more bytes. Without
  // a branch: how long the next name is, nobody can foretell.
  static std::uint64_t signature(std::string_view name) {
    static constexpr std::uint64_t masks[] = {0,
                                              0xFF,
                                              0xFFFF,
                                              0xFFFFFF,
                                              0xFFFFFFFF,
                                              0xFFFFFFFFFF,
                                              0xFFFFFFFFFFFF,
                                              0xFFFFFFFFFFFFFF,
                                              0xFFFFFFFFFFFFFFFF};
    const std::size_t size = name.size(), eight = 8;
    const std::uint64_t head = load_eight(name.data()) & masks[std::min(size, eight)];
    const std::uint64_t tail = load_eight(name.data() + std::max(size, eight) - eight);
    return head ^ (tail * (size > eight ? spread : 0));
  }

  [[gnu::always_inline]] bool read_key(Node* node, Node* object, char* text,
                                       const std::uint32_t** token) {
    const std::uint32_t* const at = *token;
    const char* const begin = text + *at + 1;
    if (begin[-1] != '"')
      return fail(*at, object->text_length == 1 ? Expected::first_key : Expected::key);
    const char* const end = end_of_string(text, at);
    if (end == nullptr) return false;
    node->key = begin;
    node->key_length = static_cast<std::uint32_t>(end - begin);
    node->key_sign = signature({begin, static_cast<std::size_t>(end - begin)});
    if (*begin == '_') object->has_companions = true;  // of an empty name it is the quote
    if (text[at[1]] != ':') return fail(at[1], Expected::colon);
    *token = at + 2;
    return true;
  }

  [[gnu::noinline]] bool read_word_or_number(Node* node, const Node* container, std::size_t place,
                                             char first) {
    switch (first) {
      case 't':
        node->kind = JsonKind::boolean;
        node->boolean = true;
        return read_word("true", container, place);
      case 'f':
        node->kind = JsonKind::boolean;
        return read_word("false", container, place);
      case 'n':
        return read_word("null", container, place);
      default:
        return read_number(node, container, place, first);
    }
  }

  bool read_word(std::string_view word, const Node* container, std::size_t place) {
    const char* const at = text_ + place;
    if (std::memcmp(at, word.data(), word.size()) != 0 || !ends_scalar(at + word.size()))
      return fail(place, expected_in(container));
    return true;
  }

  bool read_number(Node* node, const Node* container, std::size_t place, char first) {
    if (first != '-' && !is_digit(first)) return fail(place, expected_in(container));
    const char* const at = text_ + place;
    const char* const end = end_of_number(at);
    if (end == nullptr || !ends_scalar(end)) return fail(place, Expected::number);
    node->kind = JsonKind::number;
    node->text = at;
    node->text_length = static_cast<std::uint32_t>(end - at);
    return true;
  }

  // What is missing where no value begins.
  static Expected expected_in(const Node* container) {
    if (container == nullptr || container->kind == JsonKind::object) return Expected::value;
    return container->text_length == 1 ? Expected::first_element : Expected::element;
  }

  // True where no further letter or digit is stuck to the scalar that ended here.
  bool ends_scalar(const char* at) const {
    return at == end_ || is_space(*at) || *at == ',' || *at == ']' || *at == '}' || *at == ':';
  }

  // Where the text of the string at a token ends, its escapes undone; null where one is bad.
  // Nothing but white space stands between its closing quote and the next token, so the quote is
  // found from there.
  [[gnu::always_inline]] char* end_of_string(char* text, const std::uint32_t* token) {
    char* end = text + token[1];
    while (*--end != '"') continue;
    return next_escape_ < end ? undo_escapes(end) : end;
  }

  [[gnu::noinline]] char* undo_escapes(char* end) {
    char* const unescaped_end = unescape(next_escape_, end);
    if (unescaped_end != nullptr) next_escape_ = find_escape(end);
    return unescaped_end;
  }

  // The next backslash, or the end of the text.
  char* find_escape(char* from) const {
    void* const found = std::memchr(from, '\\', static_cast<std::size_t>(end_ - from));
    return found == nullptr ? end_ : static_cast<char*>(found);
  }

  // Undoes the escapes from the first one on; the end of what is left, or null.
  char* unescape(char* first, char* end) {
    char* out = first;
    const char* at = first;
    while (at < end) {
      if (*at != '\\') {
        *out++ = *at++;
        continue;
      }
      const char* const escape = at++;
      if (*at == 'u') {
        ++at;
        const std::optional<char32_t> character = read_unicode_escape(&at);
        if (!character) return fail_escape(escape);
        out += encode_utf8(*character, out);
      } else if (const char character = simple_escape(*at)) {
        *out++ = character;
        ++at;
      } else {
        return fail_escape(escape);
      }
    }
    return out;
  }

  [[gnu::noinline]] bool fail(std::size_t offset, Expected expected) {
    problem_ = unexpected(original_, offset, expected);
    return false;
  }
  char* fail_escape(const char* at) {
    problem_ = bad_escape(original_, static_cast<std::size_t>(at - text_));
    return nullptr;
  }
  [[gnu::noinline]] bool too_deep(std::size_t offset, std::size_t depth) {
    problem_ = problem_at(
        ErrorCode::too_deep, original_, offset,
        "The input is nested deeper than the limit of " + std::to_string(depth) + " levels.");
    return false;
  }

  std::string_view original_;
  char* text_;
  char* end_;
  const std::uint32_t* token_;  // the first
  const std::uint32_t* last_token_;
  std::size_t depth_;  // so many containers may be open at once
  Node** open_;        // room for them
  Node* next_;         // room for the nodes
  char* next_escape_;  // the first backslash that was not read yet, or end_
  std::optional<Problem> problem_;
};

}  // namespace

Result<void> read(Store& store, std::string_view json, const Limits& limits) {
  store.root = nullptr;
  store.arena.reset();
  if (json.size() > std::min(limits.record_bytes, largest_record)) {
    return Problem{.code = ErrorCode::too_large,
                   .message = "The input has " + std::to_string(json.size()) +
                              " bytes; the limit is " + std::to_string(limits.record_bytes) + "."};
  }
  if (json.starts_with("\xEF\xBB\xBF")) json.remove_prefix(3);
  if (json.empty()) return not_scannable(json);

  auto* const text =
      static_cast<char*>(store.arena.allocate(json.size() + simdjson::SIMDJSON_PADDING));
  std::memcpy(text, json.data(), json.size());
  std::memset(text + json.size(), 0, simdjson::SIMDJSON_PADDING);

  Tokens tokens{};
  const simdjson::error_code error = scan(store, text, json.size(), &tokens);
  if (error == simdjson::MEMALLOC || error == simdjson::CAPACITY) {
    return Problem{.code = ErrorCode::too_large,
                   .message = "There is not enough memory to read the input."};
  }
  if (error) return not_scannable(json);

  Reader reader(store.arena, json, text, tokens, limits.record_depth);
  Node* const root = reader.run();
  if (root == nullptr) return std::move(reader).problem();
  store.finish(root);
  return {};
}

}  // namespace fbss::json

// SPDX-License-Identifier: Apache-2.0
// Files, standard input and output: everything that the program reads or writes goes through here.
// A failure is a Problem cannot_read or cannot_write that names the file, and makes the program end
// with exit code 4; a write that fails is never silent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/error.hpp>

namespace fbss::app {

/// A file to read from, or standard input where the name is "-".
class Input {
 public:
  static Result<Input> open(std::string_view name);
  Input(Input&& other) noexcept;
  Input& operator=(Input&&) = delete;
  ~Input();

  /// Reads at most `size` bytes; 0 at the end. After an interruption by a signal it goes on.
  Result<std::size_t> read(char* to, std::size_t size);

  /// Reads on, behind what the buffer holds; false at the end.
  Result<bool> append_to(std::string& buffer);

  /// What the first line begins with (all of it, unless it is very long), without a byte order
  /// mark; read() still gives it. To be called before anything is read.
  Result<std::string> first_line();

  const std::string& name() const { return name_; }  ///< for messages: "standard input" for "-"
  bool is_terminal() const;

 private:
  Input(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  Result<std::size_t> read_on(char* to, std::size_t size);

  int descriptor_;
  std::string name_;
  std::string ahead_;  // read from the file and not yet given out
  bool ended_ = false;
};

/// The whole file. Problems: cannot_read, and too_large where it has more bytes than the limit.
Result<std::string> read_whole(std::string_view name, std::size_t limit);

/// A line of an input without its line end; a longer one than the limit has no text.
struct Line {
  std::string_view text;  ///< valid until the next line is read
  std::uint64_t number = 0;
  bool too_long = false;
  bool at_end = false;  ///< there was no further line
};

/// Lines one by one in bounded memory. LF or CRLF end a line; a byte order mark at the start is no
/// part of the first.
class LineReader {
 public:
  LineReader(Input& input, std::size_t limit) : input_(input), limit_(limit) {}
  Result<Line> next();

 private:
  Input& input_;
  std::size_t limit_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::uint64_t number_ = 0;
};

/// Standard output (collected and written in large pieces) or standard error (written at once).
class Output {
 public:
  enum class Mode { collected, at_once };
  Output(int descriptor, Mode mode) : descriptor_(descriptor), mode_(mode) {}

  void write(std::string_view text);

  /// Writes what is collected; says whether all writing so far succeeded.
  Result<void> flush();

  bool is_terminal() const;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
  Mode mode_;
  std::string collected_;
  int error_ = 0;  // errno of the first write that failed
};

/// The two streams that a command writes to: data to `out`, everything else to `err`.
struct Console {
  Output out{1, Output::Mode::collected};
  Output err{2, Output::Mode::at_once};
};

/// Whether a written file has to survive a power cut (each costs a wait for the disk).
enum class Durable { no, yes };

/// Replaces the file in one step: readers see the old content or the new, never a part. A device or
/// pipe is written to directly.
Result<void> write_file(std::string_view name, std::string_view bytes, Durable durable);

/// Whether a file of that name with at least one byte is there.
bool has_content(std::string_view name);

/// Whether anything of that name is there, also a folder.
bool is_there(std::string_view name);

/// Says ahead of the work whether write_file() can do its part: no folder is in the way, and the
/// folder that the file belongs into is there and can be written to.
Result<void> can_be_written(std::string_view name);

/// Whether two names are of one file, also by way of links; "-" names none.
bool same_file(std::string_view one, std::string_view other);

/// Makes the folder unless it is there.
Result<void> make_folder(std::string_view name);

/// The names of the plain files in a folder, sorted by their bytes, hidden ones left out.
Result<std::vector<std::string>> files_in(std::string_view folder);

/// From now on Ctrl-C and a request to terminate remove a half-written file and end the program at
/// once with 128 + the signal's number (Ctrl-C: 130).
void end_cleanly_on_signals();

/// What the program says on standard error where it is interrupted. The text must live on.
void set_farewell(const std::string* text);

}  // namespace fbss::app

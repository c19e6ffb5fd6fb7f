// SPDX-License-Identifier: Apache-2.0
// Files, standard input and output; see io.hpp.
#include "io.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace fbss::app {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Signal handlers may read nothing else but lock-free atomics.
std::atomic<const char*> unfinished_file{nullptr};
std::atomic<const char*> farewell{nullptr};
static_assert(std::atomic<const char*>::is_always_lock_free);

std::string reason(int error) {
  switch (error) {
    case ENOENT:
      return "there is no such file or folder";
    case EACCES:
    case EPERM:
      return "permission is denied";
    case EISDIR:
      return "it is a folder, not a file";
    case ENOTDIR:
      return "a part of the path is no folder";
    case ENOSPC:
    case EDQUOT:
      return "the disk is full";
    case EPIPE:
      return "nobody reads it any longer";
    case EEXIST:
      return "a file of that name is in the way";
    default:
      return std::string("system error ") + std::to_string(error);
  }
}

Problem failed(ErrorCode code, std::string_view verb, const std::string& name, int error) {
  Problem problem;
  problem.code = code;
  problem.file = name;
  problem.message = "Cannot " + std::string(verb) + ' ' + name + ": " + reason(error) + '.';
  return problem;
}

Problem cannot_read(const std::string& name, int error) {
  return failed(ErrorCode::cannot_read, "read", name, error);
}

Problem cannot_write(const std::string& name, int error) {
  return failed(ErrorCode::cannot_write, "write", name, error);
}

// The errno of the first failure, or 0.
int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Where a name is a link to a file, that file is replaced and the link stays.
std::string behind_links(const std::string& name) {
  const std::unique_ptr<char, decltype(&std::free)> path(::realpath(name.c_str(), nullptr),
                                                         &std::free);
  return path ? std::string(path.get()) : name;
}

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

extern "C" void end_on_signal(int signal_number) {
  if (const char* file = unfinished_file.load()) ::unlink(file);
  if (const char* text = farewell.load()) {
    const ssize_t ignored = ::write(2, text, std::strlen(text));
    static_cast<void>(ignored);  // there is nobody left to tell
  }
  ::_exit(128 + signal_number);
}

}  // namespace

Result<Input> Input::open(std::string_view name) {
  if (name == "-") return Input(STDIN_FILENO, "standard input");
  std::string path(name);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return cannot_read(path, errno);
  Input input(descriptor, path);
  struct stat about {};
  if (::fstat(descriptor, &about) == 0 && S_ISDIR(about.st_mode)) return cannot_read(path, EISDIR);
  return input;
}

Input::Input(Input&& other) noexcept
    : descriptor_(other.descriptor_),
      name_(std::move(other.name_)),
      ahead_(std::move(other.ahead_)) {
  other.descriptor_ = -1;
}

Input::~Input() {
  if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
}

Result<std::size_t> Input::read(char* to, std::size_t size) {
  if (ahead_.empty()) return read_on(to, size);
  const std::size_t given = ahead_.copy(to, size);
  ahead_.erase(0, given);
  return given;
}

Result<bool> Input::append_to(std::string& buffer) {
  if (ended_) return false;
  constexpr std::size_t piece = 64 * 1024;
  const std::size_t had = buffer.size();
  buffer.resize(had + piece);
  const Result<std::size_t> got = read(buffer.data() + had, piece);
  buffer.resize(had + (got ? *got : 0));
  if (!got) return got.problems();
  ended_ = *got == 0;
  return !ended_;
}

Result<std::string> Input::first_line() {
  constexpr std::size_t longest = 64 * 1024;
  while (ahead_.size() < longest && ahead_.find('\n') == std::string::npos) {
    char piece[4096];
    const Result<std::size_t> got = read_on(piece, sizeof piece);
    if (!got) return got.problems();
    if (*got == 0) break;
    ahead_.append(piece, *got);
  }
  std::string line = ahead_.substr(0, ahead_.find('\n'));
  if (line.starts_with(byte_order_mark)) line.erase(0, byte_order_mark.size());
  return line;
}

Result<std::size_t> Input::read_on(char* to, std::size_t size) {
  while (true) {
    const ssize_t got = ::read(descriptor_, to, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return cannot_read(name_, errno);
  }
}

bool Input::is_terminal() const {
  return ::isatty(descriptor_) == 1;
}

Result<std::string> read_whole(std::string_view name, std::size_t limit) {
  Result<Input> input = Input::open(name);
  if (!input) return input.problems();
  std::string bytes;
  while (bytes.size() <= limit) {
    const Result<bool> more = input->append_to(bytes);
    if (!more) return more.problems();
    if (!*more) return bytes;
  }
  Problem problem;
  problem.code = ErrorCode::too_large;
  problem.file = input->name();
  problem.message =
      "This has more than " + std::to_string(limit) + " bytes, the most that is read.";
  return problem;
}

Result<Line> LineReader::next() {
  Line line;
  line.number = ++number_;
  std::size_t searched = begin_;
  std::size_t end = std::string::npos;
  while (true) {
    end = buffer_.find('\n', searched);
    if (end != std::string::npos) break;
    // Lines that were given out are let go of once a piece, not each by moving what follows.
    buffer_.erase(0, begin_);
    begin_ = 0;
    // A line that is too long is not kept: its bytes are let go until its end is found. Two more
    // than the limit are kept, which may be the line's carriage return and a byte too many.
    if (buffer_.size() > limit_ + 2) {
      line.too_long = true;
      buffer_.clear();
    }
    searched = buffer_.size();
    Result<bool> more = input_.append_to(buffer_);
    if (!more) return more.problems();
    if (!*more) break;
  }
  const std::size_t begin = begin_;
  if (end == std::string::npos) {
    line.at_end = buffer_.empty() && !line.too_long;
    begin_ = end = buffer_.size();
  } else {
    begin_ = end + 1;
  }
  if (end > begin && buffer_[end - 1] == '\r') --end;
  line.text = std::string_view(buffer_).substr(begin, end - begin);
  if (number_ == 1 && line.text.starts_with(byte_order_mark)) {
    line.text.remove_prefix(byte_order_mark.size());
  }
  if (line.too_long || line.text.size() > limit_) {
    line.too_long = true;
    line.text = {};
  }
  return line;
}

void Output::write(std::string_view text) {
  constexpr std::size_t piece = 64 * 1024;
  collected_ += text;
  if (mode_ == Mode::at_once || collected_.size() >= piece) static_cast<void>(flush().ok());
}

Result<void> Output::flush() {
  if (error_ == 0 && !collected_.empty()) error_ = write_all(descriptor_, collected_);
  collected_.clear();
  if (error_ == 0) return {};
  return cannot_write(descriptor_ == STDOUT_FILENO ? "standard output" : "standard error", error_);
}

bool Output::is_terminal() const {
  return ::isatty(descriptor_) == 1;
}

Result<void> write_file(std::string_view name, std::string_view bytes, Durable durable) {
  const std::string shown(name);
  const std::string path = behind_links(shown);
  struct stat about {};
  const bool exists = ::stat(path.c_str(), &about) == 0;
  if (exists && S_ISDIR(about.st_mode)) return cannot_write(shown, EISDIR);
  if (exists && !S_ISREG(about.st_mode)) {
    const int device = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (device < 0) return cannot_write(shown, errno);
    const int error = write_all(device, bytes);
    ::close(device);
    if (error != 0) return cannot_write(shown, error);
    return {};
  }

  // The temporary file stands in the same folder, because a rename cannot cross file systems.
  const std::string temporary = path + ".unfinished-" + std::to_string(::getpid());
  const int file =
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (file < 0) return cannot_write(shown, errno);
  unfinished_file = temporary.c_str();
  int error = 0;
  if (exists && ::fchmod(file, about.st_mode & 07777) != 0) error = errno;
  if (error == 0) error = write_all(file, bytes);
  if (error == 0 && durable == Durable::yes && ::fsync(file) != 0) error = errno;
  if (::close(file) != 0 && error == 0) error = errno;
  if (error == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) error = errno;
  unfinished_file = nullptr;
  if (error != 0) {
    ::unlink(temporary.c_str());
    return cannot_write(shown, error);
  }
  if (durable == Durable::yes) {
    const int folder = ::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
      ::fsync(folder);  // not every file system can; the content itself is safe already
      ::close(folder);
    }
  }
  return {};
}

bool has_content(std::string_view name) {
  struct stat about {};
  return ::stat(std::string(name).c_str(), &about) == 0 && S_ISREG(about.st_mode) &&
         about.st_size > 0;
}

bool is_there(std::string_view name) {
  struct stat about {};
  return ::stat(std::string(name).c_str(), &about) == 0;
}

Result<void> can_be_written(std::string_view name) {
  const std::string shown(name);
  const std::string path = behind_links(shown);
  struct stat about {};
  if (::stat(path.c_str(), &about) == 0) {
    if (S_ISDIR(about.st_mode)) return cannot_write(shown, EISDIR);
    if (!S_ISREG(about.st_mode)) return {};  // a device is written to where it is
  }
  // A file is replaced by a new one beside it: it is the folder that must be writable.
  if (::access(folder_of(path).c_str(), W_OK | X_OK) != 0) return cannot_write(shown, errno);
  return {};
}

bool same_file(std::string_view one, std::string_view other) {
  if (one == "-" || other == "-") return false;
  struct stat first {
  }, second{};
  return ::stat(std::string(one).c_str(), &first) == 0 &&
         ::stat(std::string(other).c_str(), &second) == 0 && S_ISREG(first.st_mode) &&
         first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

Result<void> make_folder(std::string_view name) {
  const std::string path(name);
  if (::mkdir(path.c_str(), 0777) == 0) return {};
  const int error = errno;
  struct stat about {};
  if (::stat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode)) return {};
  return cannot_write(path, error);
}

Result<std::vector<std::string>> files_in(std::string_view folder) {
  const std::string path(folder);
  const std::unique_ptr<DIR, CloseFolder> stream(::opendir(path.c_str()));
  if (!stream) return cannot_read(path, errno);
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    struct stat about {};
    const std::string file = path + '/' + std::string(name);
    if (name.starts_with('.') || ::stat(file.c_str(), &about) != 0) continue;
    if (S_ISREG(about.st_mode)) names.push_back(file);
  }
  std::sort(names.begin(), names.end());
  return names;
}

void end_cleanly_on_signals() {
  struct sigaction action {};
  action.sa_handler = end_on_signal;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  // The reader of a pipe that has seen enough ends the program quietly, also where the caller had
  // the signal switched off.
  ::signal(SIGPIPE, SIG_DFL);
}

void set_farewell(const std::string* text) {
  farewell = text ? text->c_str() : nullptr;
}

}  // namespace fbss::app

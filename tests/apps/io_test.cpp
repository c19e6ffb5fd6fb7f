// SPDX-License-Identifier: Apache-2.0
// Files: read whole, read by lines, replaced in one step.
#include "io.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "scratch.hpp"

using namespace fbss::app;
using fbss::ErrorCode;

namespace {

std::vector<std::string> lines_of(std::string_view bytes, std::size_t limit = 100) {
  const Scratch folder;
  auto input = Input::open(folder.write("lines", bytes));
  REQUIRE(input.ok());
  LineReader reader(*input, limit);
  std::vector<std::string> lines;
  while (true) {
    auto line = reader.next();
    REQUIRE(line.ok());
    if (line->at_end) return lines;
    CHECK(line->number == lines.size() + 1);
    lines.emplace_back(line->too_long ? std::string("(too long)") : std::string(line->text));
  }
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("io: lines") {
  CHECK(lines_of("") == Lines{});
  CHECK(lines_of("a\nb\n") == Lines{"a", "b"});
  CHECK(lines_of("a\nb") == Lines{"a", "b"});
  CHECK(lines_of("a\r\n\r\nb\r") == Lines{"a", "", "b"});
  CHECK(lines_of("\xEF\xBB\xBF"
                 "a\n\xEF\xBB\xBF"
                 "b\n") == Lines{"a",
                                 "\xEF\xBB\xBF"
                                 "b"});
}

TEST_CASE("io: lines that lie across the pieces that are read") {
  Lines lines;
  std::string bytes;
  for (std::size_t i = 0; i < 5000; ++i) {
    lines.push_back(std::string(i % 97, static_cast<char>('a' + i % 26)));
    bytes += lines.back() + (i % 3 == 0 ? "\r\n" : "\n");
  }
  CHECK(lines_of(bytes) == lines);
}

TEST_CASE("io: a line that is longer than the limit has no text, and the next one is whole") {
  const std::string fits(100, 'x');
  CHECK(lines_of(fits + "\nb\n") == Lines{fits, "b"});
  CHECK(lines_of(fits + "\r\nb\n") == Lines{fits, "b"});
  CHECK(lines_of(fits + "x\nb\n") == Lines{"(too long)", "b"});
  CHECK(lines_of(std::string(1'000'000, 'x') + "\nb\n") == Lines{"(too long)", "b"});
  CHECK(lines_of(std::string(1'000'000, 'x')) == Lines{"(too long)"});
}

TEST_CASE("io: what cannot be read is named") {
  const Scratch folder;
  const auto missing = read_whole(folder.path("none"), 10);
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.problems().front().code == ErrorCode::cannot_read);
  CHECK(missing.problems().front().message.find("there is no such file") != std::string::npos);
  const auto directory = read_whole(folder.folder(), 10);
  REQUIRE_FALSE(directory.ok());
  CHECK(directory.problems().front().message.find("it is a folder") != std::string::npos);
}

TEST_CASE("io: no more than the limit is read") {
  const Scratch folder;
  const std::string path = folder.write("large", std::string(300'000, 'x'));
  const auto too_large = read_whole(path, 299'999);
  REQUIRE_FALSE(too_large.ok());
  CHECK(too_large.problems().front().code == ErrorCode::too_large);
  CHECK(too_large.problems().front().file == path);
  CHECK(too_large.problems().front().message.find("more than 299999 bytes") != std::string::npos);
  CHECK(read_whole(path, 300'000)->size() == 300'000);
}

TEST_CASE("io: the first line is seen ahead, and everything is read still") {
  const Scratch folder;
  struct {
    std::string bytes, first;
  } const cases[] = {{"", ""},
                     {"a", "a"},
                     {"a\nb\n", "a"},
                     {"\xEF\xBB\xBF"
                      "a\nb",
                      "a"},
                     {std::string(10'000, 'x') + "\nb", std::string(10'000, 'x')}};
  for (const auto& [bytes, first] : cases) {
    auto input = Input::open(folder.write("lines", bytes));
    REQUIRE(input.ok());
    CHECK(*input->first_line() == first);
    Input moved = *std::move(input);
    std::string all;
    char piece[300];
    for (auto got = moved.read(piece, sizeof piece); *got > 0;
         got = moved.read(piece, sizeof piece)) {
      all.append(piece, *got);
    }
    CHECK(all == bytes);
  }
}

TEST_CASE("io: whether a file can be written is known ahead") {
  const Scratch folder;
  const std::string path = folder.write("file", "x");
  std::filesystem::create_symlink(path, folder.path("link"));
  for (const std::string& name : {path, folder.path("new"), folder.path("link")}) {
    CHECK(can_be_written(name).ok());
  }
  CHECK(can_be_written("/dev/null").ok());
  for (const std::string& name : {folder.folder(), folder.path("none/new"), path + "/new"}) {
    const auto possible = can_be_written(name);
    REQUIRE_FALSE(possible.ok());
    CHECK(possible.problems().front().code == ErrorCode::cannot_write);
  }
  CHECK(bytes_of(path) == "x");
}

TEST_CASE("io: one file by two names, and standard input is none") {
  const Scratch folder;
  const std::string path = folder.write("file", "x");
  std::filesystem::create_symlink(path, folder.path("symbolic"));
  std::filesystem::create_hard_link(path, folder.path("hard"));
  CHECK(same_file(path, folder.path("symbolic")));
  CHECK(same_file(folder.path("hard"), path));
  CHECK_FALSE(same_file(path, folder.write("other", "x")));
  CHECK_FALSE(same_file("-", "-"));
}

TEST_CASE("io: a file is replaced in one step") {
  const Scratch folder;
  const std::string path = folder.write("answers.json", "old");
  ::chmod(path.c_str(), 0640);
  struct stat before {
  }, after{};
  REQUIRE(::stat(path.c_str(), &before) == 0);

  REQUIRE(write_file(path, "new", Durable::yes).ok());
  CHECK(bytes_of(path) == "new");
  REQUIRE(::stat(path.c_str(), &after) == 0);
  CHECK(after.st_ino != before.st_ino);  // never written in place
  CHECK((after.st_mode & 0777) == 0640);

  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.folder())) {
    ++files;
  }
  CHECK(files == 1);  // nothing half-written stays behind
}

TEST_CASE("io: a link stays a link, and its file is replaced") {
  const Scratch folder;
  const std::string path = folder.write("real", "old");
  std::filesystem::create_symlink(path, folder.path("link"));
  REQUIRE(write_file(folder.path("link"), "new", Durable::no).ok());
  CHECK(std::filesystem::is_symlink(folder.path("link")));
  CHECK(bytes_of(path) == "new");
}

TEST_CASE("io: what cannot be written is named, and the old content stays") {
  const Scratch folder;
  const auto nowhere = write_file(folder.path("none/file"), "x", Durable::no);
  REQUIRE_FALSE(nowhere.ok());
  CHECK(nowhere.problems().front().code == ErrorCode::cannot_write);
  CHECK_FALSE(write_file(folder.folder(), "x", Durable::no).ok());
  CHECK(write_file("/dev/null", "x", Durable::yes).ok());
  CHECK_FALSE(write_file("/dev/full", "x", Durable::no).ok());
}

TEST_CASE("io: the plain files of a folder, sorted, without hidden ones") {
  const Scratch folder;
  for (const char* name : {"b.txt", "a.txt", ".hidden"}) folder.write(name, "x");
  std::filesystem::create_directory(folder.path("c"));
  const auto files = files_in(folder.folder());
  REQUIRE(files.ok());
  CHECK(*files == Lines{folder.path("a.txt"), folder.path("b.txt")});
  CHECK_FALSE(files_in(folder.path("none")).ok());
}

// SPDX-License-Identifier: Apache-2.0
// What every benchmark needs: CPU time, peak memory, a file's text, and numbers and texts as JSON.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include <fbss/error.hpp>

namespace bench {

/// CPU seconds of this thread: what else the machine does is not in them.
inline double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// Not getrusage(): its peak counts the process that this one was forked from.
inline double peak_mebibytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::atof(line.c_str() + 6) / 1024;
  return 0;
}

/// Calls a second, of the best of five windows of 0.25 CPU seconds.
template <class Call>
double best_rate(Call call) {
  constexpr double window = 0.25;
  double best = 0;
  std::size_t batch = 1;
  for (int i = 0; i < 5; ++i) {
    std::size_t calls = 0;
    const double start = cpu_seconds();
    double seconds = 0;
    while (seconds < window) {
      for (std::size_t n = 0; n < batch; ++n) call();
      calls += batch;
      seconds = cpu_seconds() - start;
      if (seconds < window / 100) batch *= 2;  // so that reading the clock costs nothing
    }
    best = std::max(best, static_cast<double>(calls) / seconds);
  }
  return best;
}

[[noreturn]] inline void fail(std::string_view message) {
  std::cerr << message << '\n';
  std::exit(1);
}

inline std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) fail("cannot read " + path);
  const auto size = static_cast<std::size_t>(in.tellg());
  std::string text;
  text.reserve(size + 64);  // room for a reader's padding, so that the text is in memory once
  text.resize(size);
  in.seekg(0).read(text.data(), static_cast<std::streamsize>(size));
  return text;
}

/// The value, or the end of the program with what went wrong.
template <class T>
T expect(fbss::Result<T> result) {
  if (!result) fail(result.problems().front().message);
  return *std::move(result);
}
inline void expect(const fbss::Result<void>& result) {
  if (!result) fail(result.problems().front().message);
}

}  // namespace bench

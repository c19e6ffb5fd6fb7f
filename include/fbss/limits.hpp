// SPDX-License-Identifier: Apache-2.0
// Every limit of the library in one struct: what it bounds, its unit and its default. No input of
// any kind may crash, hang or exhaust the process; whoever wants other bounds hands in another
// Limits.
#pragma once

#include <cstddef>
#include <cstdint>

namespace fbss {

struct Limits {
  std::size_t record_bytes = 1024 * 1024;  ///< one record, in bytes; beyond it: too_large
  std::size_t chart_bytes =
      16 * 1024 * 1024;  ///< one chart (a Bundle), in bytes; beyond it: too_large
  std::size_t record_depth =
      64;  ///< nesting of arrays and objects in a record; beyond it: too_deep
  std::size_t questionnaire_bytes =
      4 * 1024 * 1024;  ///< one questionnaire file, in bytes; beyond it: too_large
  std::size_t text_characters =
      120;  ///< a free-text answer, in Unicode characters; beyond it: too_long
  std::size_t expression_bytes =
      64 * 1024;                       ///< one expression, in bytes; beyond it: limit_exceeded
  std::size_t expression_depth = 128;  ///< nesting of an expression; beyond it: limit_exceeded
  std::uint64_t evaluation_steps =
      10'000'000;  ///< steps of one evaluation; beyond it: limit_exceeded
  std::size_t evaluation_bytes =
      64 * 1024 * 1024;  ///< memory of one evaluation, in bytes; beyond it: limit_exceeded
  std::size_t regex_bytes =
      1024 * 1024;  ///< memory of one regular expression, in bytes; beyond it: limit_exceeded. An
                    ///< expression keeps up to 64 of its own, a Workspace up to 8 out of records
  std::size_t form_instances = 100'000;  ///< occurrences of a form's items in one response, those
                                         ///< that it leaves out counted too; beyond it: too_large
  std::size_t interval_completions =
      20'000;  ///< completions of a response tried for a score's interval; beyond it, where
               ///< interval arithmetic does not do, the interval is not determined
  std::size_t interval_steps =
      500'000;  ///< steps of interval arithmetic a score; beyond it: not determined, or completions
  std::size_t trial_combinations =
      50'000;  ///< answer combinations tried per rule at load; above it a seeded sample
};

}  // namespace fbss

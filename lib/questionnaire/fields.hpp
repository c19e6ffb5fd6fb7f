// SPDX-License-Identifier: Apache-2.0
// Reads the members of one object strictly: what is asked for is known, everything else that the
// object holds is reported as unknown. In: a FileValue. Out: texts, flags, numbers; faults.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "questionnaire/faults.hpp"
#include "questionnaire/file_reader.hpp"

namespace fbss {

class Fields {
 public:
  /// `what` names the object in messages: "a question".
  Fields(Faults& faults, const FileValue& object, std::string_view what);

  /// The member, or null: it is missing or of another kind, which is reported.
  const FileValue* need(std::string_view key, JsonKind kind) { return get(key, kind, true); }
  const FileValue* may(std::string_view key, JsonKind kind) { return get(key, kind, false); }

  std::string text(std::string_view key);           ///< needed, and not empty
  std::string optional_text(std::string_view key);  ///< may be missing, but not empty
  std::string id(std::string_view key);             ///< needed, in snake_case, no reserved word
  std::string word(std::string_view key);           ///< needed, in snake_case
  bool flag(std::string_view key);                  ///< false where it is missing
  std::optional<std::int64_t> number(std::string_view key);
  /// The elements of an array; none where it is missing.
  std::vector<const FileValue*> list(std::string_view key, bool needed);

  /// Reports every member that nobody asked for.
  void done();

 private:
  const FileValue* get(std::string_view key, JsonKind kind, bool needed);

  Faults& faults_;
  const FileValue& object_;
  std::string_view what_;
  std::vector<std::string_view> known_;
};

/// Why a name cannot be used: it is not in snake_case (letter first, at most 64 characters); or,
/// for an id, it means something already. Empty where it can.
std::string why_no_word(std::string_view name);
std::string why_no_id(std::string_view name);

}  // namespace fbss

// SPDX-License-Identifier: Apache-2.0
// One block of records to one piece of output and its counts: what `fbss batch` does with every
// record. A Worker belongs to one thread at a time; its memory is reused from record to record.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/assessment.hpp>
#include <fbss/code_lists.hpp>
#include <fbss/document.hpp>
#include <fbss/fhir.hpp>
#include <fbss/prefill.hpp>
#include <fbss/response.hpp>

#include "batch_input.hpp"
#include "batch_lines.hpp"

namespace fbss::app {

enum class BatchForm { ndjson, full, csv, html };

/// What every record of a run shares.
struct BatchJob {
  Response empty;  ///< knows the questionnaire and the date
  BatchForm form;
  std::string folder;                ///< for HTML reports
  const CodeLists* lists = nullptr;  ///< set: every record is a Bundle
};

/// Whether a report could carry the name of this file.
bool may_be_report(std::string_view path);

/// What became of records.
struct BatchCounts {
  std::uint64_t ok = 0, refused = 0;
  std::map<ErrorCode, std::uint64_t> codes;           ///< records that were refused with it
  std::vector<std::array<std::uint64_t, 4>> by_rule;  ///< indexed by rule, then by Status
  /// Of Bundles: records by question, in question order, then by SuggestionKind; and the resources
  /// that were left out.
  std::vector<std::array<std::uint64_t, 3>> by_question;
  std::uint64_t ignored = 0;

  void add(const BatchCounts& other);
};

/// What one block became.
struct Piece {
  std::string out;
  BatchCounts counts;
  Problems failures;  ///< reports that could not be written
};

class BatchWorker {
 public:
  explicit BatchWorker(const BatchJob& job);
  Piece run(const Block& block);

 private:
  void add(Piece& piece, std::string_view text, const RawRecord& record);
  Problems evaluate(std::string_view text, RecordName& name);
  Problems evaluate_bundle(std::string_view text, RecordName& name);
  AssessOptions wanted() const;
  Suggestions suggestions() const { return job_.lists ? Suggestions::yes : Suggestions::no; }
  void count(BatchCounts& counts) const;
  void refuse(Piece& piece, const RecordName& name, const Problems& problems) const;
  void write_report(Piece& piece, const RecordName& name) const;

  const BatchJob& job_;
  Document document_;
  RecordReader reader_;
  std::optional<Prefill> prefill_;  // of Bundles
  Response response_;
  Assessment assessment_;
  CompactNdjson ndjson_;
};

}  // namespace fbss::app

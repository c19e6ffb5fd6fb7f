// SPDX-License-Identifier: Apache-2.0
// One block of records to one piece of output and its counts: what `fbss batch` does with every
// record. A Worker belongs to one thread at a time; its memory is reused from record to record.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/assessment.hpp>
#include <fbss/document.hpp>
#include <fbss/fhir.hpp>
#include <fbss/response.hpp>

#include "batch_input.hpp"
#include "batch_lines.hpp"

namespace fbss::app {

enum class BatchForm { ndjson, full, csv, html };

/// What every record of a run shares.
struct BatchJob {
  Response empty;  ///< knows the questionnaire and the date
  BatchForm form;
  std::string folder;  ///< for HTML reports
};

/// Whether a report could carry the name of this file.
bool may_be_report(std::string_view path);

/// What became of records.
struct BatchCounts {
  std::uint64_t ok = 0, refused = 0;
  std::map<ErrorCode, std::uint64_t> codes;           ///< records that were refused with it
  std::vector<std::array<std::uint64_t, 4>> by_rule;  ///< indexed by rule, then by Status

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
  void refuse(Piece& piece, const RecordName& name, const Problems& problems) const;
  void write_report(Piece& piece, const RecordName& name) const;

  const BatchJob& job_;
  Document document_;
  RecordReader reader_;
  Response response_;
  Assessment assessment_;
  CompactNdjson ndjson_;
};

}  // namespace fbss::app

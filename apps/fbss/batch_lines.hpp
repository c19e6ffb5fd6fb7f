// SPDX-License-Identifier: Apache-2.0
// The lines that `fbss batch` prints, one a record, as NDJSON or CSV. Their shapes are part of the
// contract with other programs. In: what became of a record; out: one line with its newline.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/assessment.hpp>

namespace fbss::app {

/// Where a record came from and who it is.
struct RecordName {
  std::uint64_t line = 0;
  std::string id;  ///< as the caller gave it; may be empty
  bool id_is_number = false;
};

/// {"line","id","status":"ok","findings":[…],"tallies":[…],"unanswered":[…]}. `unanswered` holds
/// the enabled questions that have no value. Of a chart follow "suggestions":[{"question",
/// "answer"}], and "ignored":[resources] where some were left out; "sample":true stands at the end
/// for sample data.
class CompactNdjson {
 public:
  explicit CompactNdjson(const Questionnaire& questionnaire);
  void append(std::string& out, const RecordName& name, const Assessment& assessment,
              const std::vector<const Item*>& unanswered) const;

 private:
  // Each rule's finding as JSON, by Status: these few texts are most of what is written.
  std::vector<std::array<std::string, 4>> findings_;
};

/// {"line","status":"ok", and everything that `fbss screen --format json` has}.
void append_full_ndjson(std::string& out, const RecordName& name, const Assessment& assessment);

/// {"line","id","status":"ok","file":…}, for a record whose report was written to a file.
void append_file_ndjson(std::string& out, const RecordName& name, std::string_view file);

/// {"line","id","status":"refused","problems":[{"code","question","pointer"}]}; with messages each
/// problem ends with "message".
enum class Messages { no, yes };
void append_refused_ndjson(std::string& out, const RecordName& name, const Problems& problems,
                           Messages messages);

/// line,id,status, a column a rule, six a tally, codes, sample; with suggestions a column
/// suggested_ID a question, empty where nothing is suggested.
enum class Suggestions { no, yes };
void append_csv_header(std::string& out, const Questionnaire& questionnaire,
                       Suggestions suggestions);
void append_ok_csv(std::string& out, const RecordName& name, const Assessment& assessment);
void append_refused_csv(std::string& out, const RecordName& name, const Problems& problems,
                        const Questionnaire& questionnaire, Suggestions suggestions);

}  // namespace fbss::app

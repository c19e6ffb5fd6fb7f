// SPDX-License-Identifier: Apache-2.0
// Codings, concepts and the meta of exported resources: see elements.hpp.
#include "fhir/elements.hpp"

namespace fbss::fhir {

using json::Writer;

void write_coding(Writer& out, std::string_view system, std::string_view code,
                  std::string_view display, std::string_view version) {
  out.begin_object().member("system", system);
  if (!version.empty()) out.member("version", version);
  out.member("code", code);
  if (!display.empty()) out.member("display", display);
  out.end_object();
}

void write_concept(Writer& out, std::string_view system, std::string_view code,
                   std::string_view display, std::string_view version, std::string_view text) {
  out.begin_object().key("coding").begin_array();
  write_coding(out, system, code, display, version);
  out.end_array();
  if (!text.empty()) out.member("text", text);
  out.end_object();
}

void write_test_data_label(Writer& out) {
  out.key("security").begin_array();
  write_coding(out, reason_system, test_data_code, "test health data");
  out.end_array();
}

void write_meta(Writer& out, const Questionnaire& questionnaire, const Names& names, bool sample) {
  out.key("meta").begin_object();
  if (sample) write_test_data_label(out);
  out.key("tag").begin_array();
  write_coding(out, names.content(), questionnaire.sha256(), {});
  out.end_array().end_object();
}

}  // namespace fbss::fhir

// SPDX-License-Identifier: Apache-2.0
// What an engine answers, in a form that can be compared: an error, or values by kind and text.
// Also the two engines: fhirpath.js in one process of node, and ours.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>

namespace differential {

struct Item {
  std::string kind;  // boolean number string date dateTime time quantity type json none
  std::string text;
  bool is_node = false;      // a part of the record
  bool is_extended = false;  // a primitive with id or extensions (only fhirpath.js says)
  std::string type = {};     // "code"; fhirpath.js says "FHIR.code"

  std::string text_with_kind() const;
  bool is_temporal() const { return kind == "date" || kind == "dateTime" || kind == "time"; }
};

struct Answer {
  bool is_error = false;
  std::string error;  // what the engine says
  std::vector<Item> items;

  bool is_empty() const { return !is_error && items.empty(); }
  bool is(std::string_view only_value) const {
    return !is_error && items.size() == 1 && items[0].text == only_value;
  }
  std::string text() const;
};

/// Errors agree with errors; values by kind: numbers by value, dates and times by text or instant,
/// quantities by number and unit, parts of the record as JSON.
bool agree(const Answer& ours, const Answer& peers);
bool agree(const Item& ours, const Item& peers);

/// Of two collections that do not agree: where they begin to differ.
std::string first_difference(const Answer& ours, const Answer& peers);

/// fhirpath.js. Where node or the package is missing, is_there() is false and why_not() says what.
class Peer {
 public:
  explicit Peer(const std::string& script);
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  bool is_there() const { return !version_.empty(); }
  const std::string& version() const { return version_; }
  const std::string& why_not() const { return why_not_; }

  void read(const std::string& resource);
  /// An expression that keeps it busy for seconds is an error, and it is started anew.
  Answer ask(const std::string& expression);

 private:
  void start();
  void stop();
  std::string exchange(const std::string& line);
  std::string read_line();

  std::string script_, resource_;
  int process_ = -1, to_ = -1, from_ = -1;
  std::string buffer_, version_, why_not_;
};

class Engine {
 public:
  void read(const std::string& resource);
  Answer ask(const std::string& expression);
  /// Whether a function of that name is refused because this version does not have it.
  static bool lacks(const std::string& function);

 private:
  fbss::Document document_;
  fbss::fhirpath::Workspace workspace_;
};

}  // namespace differential

// SPDX-License-Identifier: Apache-2.0
// Writes the items of a Questionnaire: what all kinds of items have, in FHIR's order. In: an
// ItemHead. Out: JSON.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/questionnaire.hpp>

#include "json/write.hpp"
#include "questionnaire/model.hpp"

namespace fbss::fhir {

/// An extension: its url, and what writes its value[x] with its key.
struct Extension {
  std::string url;
  std::function<void(json::Writer&)> value;
};

namespace extension {
Extension flag(std::string_view url, bool value);
Extension integer(std::string_view url, std::int64_t value);
Extension coding(std::string_view url, Coding coding);
/// FHIRPath; with a name where others refer to it.
Extension expression(std::string_view url, std::string text, std::string name = {});
Extension control(std::string_view code);  ///< SDC's itemControl
}  // namespace extension

/// What an item begins with.
struct ItemHead {
  std::string link;
  std::string_view type;  ///< as FHIR names it
  std::string text;
  std::vector<Extension> extensions = {};
  std::vector<Coding> codes = {};
  const Condition* enabled = nullptr;  ///< null: always
};

class ItemWriter {
 public:
  ItemWriter(json::Writer& out, const Questionnaire::Model& model,
             std::function<std::string(const Item&)> code_system)
      : out_(out), model_(model), code_system_(std::move(code_system)) {}

  /// Leaves the item open.
  json::Writer& begin(ItemHead head);

  /// A whole item of text only.
  void display(std::string link, std::string text, const Condition* enabled = nullptr);

  /// The text that an item shows on request; nothing where it is empty.
  void help(std::string_view of, std::string text);

 private:
  json::Writer& out_;
  const Questionnaire::Model& model_;
  std::function<std::string(const Item&)> code_system_;  // of a question's answers
};

void write_extensions(json::Writer& out, const std::vector<Extension>& extensions);
void write_coding(json::Writer& out, const Coding& coding);

}  // namespace fbss::fhir

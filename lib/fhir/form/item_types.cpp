// SPDX-License-Identifier: Apache-2.0
// The words of item types, of item_types.def.
#include <algorithm>
#include <array>

#include "fhir/form/loading.hpp"

namespace fbss::form {
namespace {

struct TypeRow {
  std::string_view code, answer;
};

constexpr std::array type_rows = {
#define FBSS_ITEM_TYPE(name, code, answer) TypeRow{code, answer},
#include "fhir/form/item_types.def"
#undef FBSS_ITEM_TYPE
};

}  // namespace

std::string_view type_word(ItemType type) {
  return type_rows[static_cast<std::size_t>(type)].code;
}

std::string_view answer_member(ItemType type) {
  return type_rows[static_cast<std::size_t>(type)].answer;
}

std::optional<ItemType> find_item_type(std::string_view word) {
  const auto* found = std::ranges::find(type_rows, word, &TypeRow::code);
  if (found == type_rows.end()) return std::nullopt;
  return static_cast<ItemType>(found - type_rows.begin());
}

}  // namespace fbss::form

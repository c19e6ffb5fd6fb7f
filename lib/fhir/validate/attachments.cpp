// SPDX-License-Identifier: Apache-2.0
// Attachments: their media type, their size. In: an answer that is an Attachment. Extensions
// mimeType and maxSize (in megabytes, 10^6 bytes).
#include <algorithm>

#include "base/utf8.hpp"
#include "fhir/validate/validation.hpp"

namespace fbss::form {
namespace {

// The bytes that base64 stands for.
std::int64_t decoded_size(std::string_view base64) {
  const auto letters = std::ranges::count_if(
      base64, [](char c) { return c != '=' && c != ' ' && c != '\t' && c != '\n' && c != '\r'; });
  return letters * 3 / 4;
}

// "text/plain" of "text/plain; charset=utf-8".
std::string base_type(std::string_view type) {
  std::string_view base = type.substr(0, type.find(';'));
  while (base.ends_with(' ')) base.remove_suffix(1);
  return to_lower(base);
}

// "image/*" allows all of "image/"; "*/*" allows all.
bool allows(std::string_view allowed, std::string_view type) {
  const std::string pattern = base_type(allowed), given = base_type(type);
  if (pattern == given || pattern == "*/*" || pattern == "*") return true;
  return pattern.ends_with("/*") &&
         given.starts_with(std::string_view(pattern).substr(0, pattern.size() - 1));
}

}  // namespace

void check_attachment(Validation& validation, std::uint32_t instance, const Answer& answer) {
  const Item& item = validation.state.item_of(instance);
  const JsonNode json = answer.json();
  const auto tell = [&](FormRule rule, std::string message) {
    validation.tell(rule, instance, answer.place, std::move(message));
  };
  const std::string_view type = json.find("contentType").text();
  const std::string_view data = json.find("data").text();
  if (type.empty() && !data.empty())
    tell(FormRule::invalidAttachmentType, "An attachment with data needs its contentType.");
  const bool is_allowed =
      item.mime_types.empty() ||
      std::ranges::any_of(item.mime_types, [&](std::string_view one) { return allows(one, type); });
  if (!type.empty() && !is_allowed) {
    std::string names;
    for (const std::string_view one : item.mime_types)
      names += (names.empty() ? "" : ", ") + std::string(one);
    tell(FormRule::invalidAttachmentType, "The attachment's media type is none of " + names + '.');
  }
  const auto stated = Decimal::parse(json.find("size").text());
  if (stated && !data.empty() && compare(*stated, Decimal(decoded_size(data))) != 0)
    tell(FormRule::attachmentSizeInconsistent, "The attachment is said to have " +
                                                   stated->to_text() + " bytes; its data has " +
                                                   std::to_string(decoded_size(data)) + '.');
  if (!item.max_size) return;
  const auto most = multiply(*item.max_size, Decimal(1'000'000));
  const auto size = !data.empty() ? std::optional(Decimal(decoded_size(data))) : stated;
  if (most && size && compare(*size, *most) > 0)
    tell(FormRule::invalidAttachmentSize,
         "The attachment is larger than " + item.max_size->to_text() + " MB.");
}

}  // namespace fbss::form

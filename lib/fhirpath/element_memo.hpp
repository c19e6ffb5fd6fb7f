// SPDX-License-Identifier: Apache-2.0
// What the FHIR model said about elements lately, so that a walk through thousands of records of
// one shape asks it once. One per Workspace. In: a type and an element's name. Out: what
// find_element() says, as navigation needs it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/place_of.hpp"
#include "base/same_bytes.hpp"
#include "fhirpath/types.hpp"
#include "json/node.hpp"

namespace fbss::fhirpath {

class ElementMemo {
 public:
  struct Known {
    ModelType type = 0;  // 0 where the value itself says what it is, or nothing does
    bool is_choice = false;
  };

  Known element(ModelType type, ModelName name) {
    const std::uint32_t question = (std::uint32_t{type} << 16) | name;
    Entry& entry = entries_[(question * 0x9E3779B1u) >> 26];
    if (entry.question != question) entry = {question, ask(type, name)};
    return entry.known;
  }

  /// The same for a member's name as a record has it: 0 also where it is no element's name.
  struct Member {
    ModelName name = 0;
    ModelType type = 0;
  };
  Member member(ModelType type, const json::Key& key) {
    const std::uint64_t question = key.signature ^ (std::uint64_t{type} << 40);
    Asked& asked = members_[place_of(question, 7)];
    const bool is_known =
        asked.type == type && asked.signature == key.signature && asked.length == key.name.size() &&
        (asked.length <= 8 || same_text(key.name, model_name_text(asked.member.name)));
    if (!is_known) {
      const ModelName name = find_model_name(key.name);
      asked = {key.signature,
               static_cast<std::uint32_t>(key.name.size()),
               type,
               {name, type != 0 && name != 0 ? ask(type, name).type : ModelType{0}}};
    }
    return asked.member;
  }

  /// The type that ends a choice element's name: `suffix` is Quantity of the key valueQuantity.
  ModelType choice(const json::Key& key, std::string_view suffix) {
    Choice& choice = choices_[place_of(key.signature, 5)];
    if (choice.type == 0 || choice.signature != key.signature || !ends(suffix, choice.type))
      choice = {key.signature, find_choice_type(suffix)};
    return choice.type;
  }

  /// The type of a resource by its name.
  ModelType resource(std::string_view name) {
    if (!same_text(name, model_type_name(last_resource_))) {
      const ModelType type = find_model_type(name);
      last_resource_ = is_resource(type) ? type : ModelType{0};
    }
    return last_resource_;
  }

 private:
  struct Entry {
    std::uint32_t question = 0;
    Known known;
  };

  struct Asked {
    std::uint64_t signature = 0;
    std::uint32_t length = ~0u;
    ModelType type = 0;
    Member member;
  };

  struct Choice {
    std::uint64_t signature = 0;
    ModelType type = 0;
  };

  // Whether the suffix is the type's name, but for the first letter's case.
  static bool ends(std::string_view suffix, ModelType type) {
    const std::string_view name = model_type_name(type);
    return !suffix.empty() && (suffix[0] | 0x20) == (name[0] | 0x20) && suffix[0] < 'a' &&
           same_text(suffix.substr(1), name.substr(1));
  }

  static Known ask(ModelType type, ModelName name) {
    const auto element = find_element(type, name);
    if (!element) return {};
    return {is_abstract_resource(element->type) ? ModelType{0} : element->type,
            !element->choices.empty()};
  }

  std::array<Entry, 64> entries_;
  std::array<Asked, 128> members_;
  std::array<Choice, 32> choices_;
  ModelType last_resource_ = 0;
};

}  // namespace fbss::fhirpath

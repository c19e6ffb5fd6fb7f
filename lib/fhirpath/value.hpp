// SPDX-License-Identifier: Apache-2.0
// What is inside a Value, for the engine only: makers and readers of every kind, and the way from a
// node of a record to the System value that it stands for.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include <fbss/fhirpath.hpp>

#include "base/arena.hpp"
#include "base/decimal.hpp"
#include "base/temporal.hpp"
#include "fhirpath/types.hpp"
#include "json/node.hpp"

namespace fbss::fhirpath {

/// A truth value of FHIRPath: a Boolean or the empty collection.
enum class Truth : std::uint8_t { no, yes, empty };

inline Truth truth(bool value) {
  return value ? Truth::yes : Truth::no;
}

struct Quantity {
  Decimal value;
  std::string_view unit = "1";  // a UCUM code, or a calendar word as written ("days")
  bool calendar = false;        // the unit is a calendar word
};

/// What type() gives.
struct TypeInfo {
  std::string_view space = {}, name = {}, base_type = {};
};

/// A primitive of a record comes in two members: `birthDate` and `_birthDate`, its companion, which
/// carries id and extensions. A node's Value holds both; where only the companion exists, the
/// primitive exists but has no value.
struct ValueAccess {
  static Value of_boolean(bool value) { return make(Type::boolean, value ? 1 : 0); }
  static Value of_integer(std::int32_t value) {
    return make(Type::integer, static_cast<std::uint64_t>(std::int64_t{value}));
  }
  static Value of_long(std::int64_t value) {
    return make(Type::long_integer, static_cast<std::uint64_t>(value));
  }
  static Value of_decimal(Decimal value) {
    const Int128 digits = value.coefficient();
    return make(Type::decimal, static_cast<std::uint64_t>(digits),
                static_cast<std::uint64_t>(digits >> 64), value.scale());
  }
  static Value of_string(std::string_view text) {
    return make(Type::string, address(text.data()), 0, text.size());
  }
  static Value of_temporal(const Temporal& value) {
    static_assert(sizeof(Temporal) <= 16);
    std::uint64_t halves[2] = {0, 0};
    std::memcpy(halves, &value, sizeof(value));
    const Type type = value.kind == TemporalKind::date   ? Type::date
                      : value.kind == TemporalKind::time ? Type::time
                                                         : Type::date_time;
    return make(type, halves[0], halves[1]);
  }
  static Value of_quantity(const Quantity* quantity) {  // borrows
    return make(Type::quantity, address(quantity));
  }
  static Value of_type_info(const TypeInfo* info) {  // borrows
    return make(Type::type_info, address(info));
  }
  static Value of_node(const json::Node* node, const json::Node* companion = nullptr,
                       ModelType type = 0) {
    return make(Type::node, address(node), address(companion), type);
  }

  static bool boolean(const Value& value) { return value.first_ != 0; }
  static std::int64_t integer(const Value& value) {
    return static_cast<std::int64_t>(value.first_);
  }
  static Decimal decimal(const Value& value) {
    const UInt128 digits = (static_cast<UInt128>(value.second_) << 64) | value.first_;
    return Decimal(static_cast<Int128>(digits), static_cast<std::uint8_t>(besides(value)));
  }
  static std::string_view string(const Value& value) {
    return {pointer<char>(value.first_), besides(value)};
  }
  static Temporal temporal(const Value& value) {
    const std::uint64_t halves[2] = {value.first_, value.second_};
    Temporal made;
    std::memcpy(&made, halves, sizeof(made));
    return made;
  }
  static const Quantity& quantity(const Value& value) { return *pointer<Quantity>(value.first_); }
  static const TypeInfo& type_info(const Value& value) { return *pointer<TypeInfo>(value.first_); }
  static const json::Node* node(const Value& value) { return pointer<json::Node>(value.first_); }
  static const json::Node* companion(const Value& value) {
    return pointer<json::Node>(value.second_);
  }
  static ModelType model_type(const Value& value) { return static_cast<ModelType>(besides(value)); }

 private:
  static Value make(Type type, std::uint64_t first, std::uint64_t second = 0,
                    std::uint64_t besides = 0) {
    Value made;
    made.head_ = static_cast<std::uint64_t>(type) | (besides << 8);
    made.first_ = first;
    made.second_ = second;
    return made;
  }
  static std::uint64_t besides(const Value& value) { return value.head_ >> 8; }
  static std::uint64_t address(const void* place) {
    return static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(place));
  }
  template <class T>
  static const T* pointer(std::uint64_t address) {
    return reinterpret_cast<const T*>(static_cast<std::uintptr_t>(address));
  }
};

inline bool is_node(const Value& value) {
  return value.type() == Type::node;
}
inline bool is_temporal(Type type) {
  return type == Type::date || type == Type::date_time || type == Type::time;
}
inline bool is_number(Type type) {
  return type == Type::integer || type == Type::long_integer || type == Type::decimal;
}

/// The value with all that it borrows in the arena; a node stays one of its record.
Value kept_in(Arena& arena, const Value& value);
Collection kept_in(Arena& arena, Collection values);

/// What FHIR type a node has: as told when it was reached, by its resourceType, or by the kind of
/// JSON value that it is; 0 where that tells nothing.
ModelType node_type(const Value& node);

/// The System value that a value stands for; a node that is no primitive stays a node; nothing
/// where there is no value (a primitive with extensions only, a number that does not fit).
/// `like` is the type of what it meets: the text of an untyped record is read as a date where it
/// meets a date.
std::optional<Value> system_value(const Value& value, Type like = Type::node);

/// The text of a String, or of a part of a record that JSON writes as text, whatever it means (a
/// date, a code): what functions on texts take. Nothing for any other value.
std::optional<std::string_view> text_value(const Value& value);

/// Two values that meet, each read in the light of the other.
struct SystemPair {
  std::optional<Value> a, b;
};
SystemPair system_values(const Value& a, const Value& b);

/// The number that an integer, long or decimal is.
Decimal to_decimal(const Value& number);

/// A System or FHIR quantity, or a number as a quantity of unit '1'; nothing for anything else.
std::optional<Quantity> to_quantity(const Value& value);

/// What FHIR converts by itself wherever it is used: a Quantity of a record with a code of UCUM and
/// no comparator. Nothing for anything else.
std::optional<Quantity> ucum_quantity(const Value& value);

/// Whether the value is of that type, or of one that inherits from it.
bool is_of_type(const Value& value, const TypeSpecifier& type);

/// Appends what to_text() gives.
void append_text(std::string& out, const Value& value);

}  // namespace fbss::fhirpath

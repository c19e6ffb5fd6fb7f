// SPDX-License-Identifier: Apache-2.0
// One function for primitives, one for what is made of parts. hl7.org/fhir/R4/datatypes.html.
#include "fhir/extract/element_value.hpp"

#include "fhir/form/values.hpp"
#include "fhirpath/quantity.hpp"
#include "fhirpath/value.hpp"

namespace fbss::extraction {
namespace {

using fhirpath::ModelType;
using fhirpath::Type;
using fhirpath::Value;
using fhirpath::ValueAccess;

class Making {
 public:
  Making(const Value& value, ModelType type, std::string& why)
      : value_(value),
        type_(type),
        wanted_(fhirpath::model_type_name(type)),
        why_(why),
        system_(fhirpath::system_value(value)) {
    why_.clear();
    if (fhirpath::is_node(value)) node_ = ValueAccess::node(value);
  }

  std::optional<Tree> run() {
    if (!system_) return std::nullopt;
    if (type_ == 0) return as_it_is();
    if (const auto system = fhirpath::system_type_of(type_)) return primitive(*system);
    return complex();
  }

 private:
  bool is_object() const { return node_ && node_->kind == JsonKind::object; }
  bool is_kind(std::string_view type) const {
    return is_object() &&
           fhirpath::is_kind_of(fhirpath::node_type(value_), fhirpath::find_model_type(type));
  }
  std::string_view member(std::string_view name) const { return JsonNode(node_).find(name).text(); }

  std::optional<Tree> misfit() const {
    const std::string_view type = fhirpath::type_name(value_);
    why_ = "A value of type " + std::string(type.empty() ? "unknown" : type) +
           " does not fit an element of type " + std::string(wanted_) + '.';
    return std::nullopt;
  }

  // As the record writes it, else as FHIRPath does.
  std::string text() const {
    return node_ && !node_->is_container() && node_->kind != JsonKind::boolean
               ? std::string(node_->text_view())
               : fhirpath::to_text(*system_);
  }

  std::optional<Tree> as_it_is() const {
    if (node_) return Tree::of(*node_);
    switch (system_->type()) {
      case Type::boolean:
        return Tree::boolean(ValueAccess::boolean(*system_));
      case Type::integer:
      case Type::long_integer:
      case Type::decimal:
        return Tree::number(text());
      case Type::quantity:
        return quantity();
      case Type::type_info:
        return misfit();
      default:
        return Tree::string(text());
    }
  }

  std::optional<Tree> primitive(Type wanted) const {
    const Type own = system_->type();
    switch (wanted) {
      case Type::boolean:
        return own == Type::boolean ? std::optional(Tree::boolean(ValueAccess::boolean(*system_)))
                                    : misfit();
      case Type::integer:
      case Type::long_integer: {
        const auto whole =
            fhirpath::is_number(own) ? fhirpath::to_decimal(*system_).to_int64() : std::nullopt;
        return whole ? std::optional(Tree::number(std::to_string(*whole))) : misfit();
      }
      case Type::decimal:
        return fhirpath::is_number(own) ? std::optional(Tree::number(text())) : misfit();
      case Type::date:
      case Type::date_time:
      case Type::time:
        return temporal(wanted);
      default:
        return characters();
    }
  }

  std::optional<Tree> temporal(Type wanted) const {
    std::string written = text();
    const bool is_text = system_->type() == Type::string;
    const auto read = [&](TemporalKind kind) {
      return is_text && Temporal::parse(written, kind).has_value();
    };
    const bool is_time =
        system_->type() == Type::time || (wanted == Type::time && read(TemporalKind::time));
    const bool is_date = system_->type() == Type::date || system_->type() == Type::date_time ||
                         (wanted != Type::time && read(TemporalKind::date_time));
    if (wanted == Type::time ? !is_time : !is_date) return misfit();
    if (wanted == Type::date && written.size() > 10) written.resize(10);
    if (written.ends_with('T')) written.pop_back();
    if (wanted == Type::time || wanted == Type::date) return Tree::string(written);
    const bool has_zone = written.ends_with('Z') || written.find_last_of("+-") > 10;
    const bool is_whole = written.size() >= 20 && has_zone;
    if (!is_whole && (wanted_ == "instant" || written.size() > 10)) {
      why_ = "A date-time without seconds or time zone does not fit an element of type " +
             std::string(wanted_) + '.';
      return std::nullopt;
    }
    return Tree::string(written);
  }

  // Of a code that is wanted, the code; of a text, what a person reads.
  std::optional<Tree> characters() const {
    if (is_kind("Coding")) {
      const bool is_text = wanted_ == "string" || wanted_ == "markdown";
      std::string_view found = member(is_text ? "display" : "code");
      if (found.empty()) found = member("code");
      return found.empty() ? misfit() : std::optional(Tree::string(found));
    }
    if (is_kind("Reference") && wanted_ != "code") {
      const std::string_view target = member("reference");
      return target.empty() ? misfit() : std::optional(Tree::string(target));
    }
    if (is_object() || system_->type() == Type::quantity || system_->type() == Type::type_info)
      return misfit();
    std::string written = text();
    if (system_->type() == Type::boolean) written = fhirpath::to_text(*system_);
    return written.empty() ? std::nullopt : std::optional(Tree::string(written));
  }

  std::optional<Tree> complex() const {
    const ModelType own = is_object() ? fhirpath::node_type(value_) : ModelType{0};
    if (is_object() && (own == 0 || fhirpath::is_kind_of(own, type_))) return Tree::of(*node_);
    const bool is_text = system_->type() == Type::string && !text().empty();
    if (wanted_ == "CodeableConcept") {
      if (is_kind("Coding")) return list_within("coding", Tree::of(*node_));
      if (is_text) return Tree::object("text", Tree::string(text()));
    } else if (wanted_ == "Coding") {
      const json::Node* codings = is_kind("CodeableConcept") ? node_->find("coding") : nullptr;
      if (codings && codings->first()) return Tree::of(*codings->first());
    } else if (wanted_ == "Reference") {
      if (is_text) return Tree::object("reference", Tree::string(text()));
      if (is_kind("Resource") && !member("id").empty())
        return Tree::object("reference", Tree::string(std::string(member("resourceType")) + '/' +
                                                      std::string(member("id"))));
    } else if (fhirpath::is_kind_of(type_, fhirpath::find_model_type("Quantity"))) {
      if (is_kind("Quantity")) return Tree::of(*node_);
      if (system_->type() == Type::quantity) return quantity();
      if (fhirpath::is_number(system_->type())) return Tree::object("value", Tree::number(text()));
    } else if (is_text) {
      // Types of which a text is the usual part.
      const std::string_view part = wanted_ == "Annotation" || wanted_ == "HumanName" ||
                                            wanted_ == "Address" || wanted_ == "Dosage"
                                        ? "text"
                                    : wanted_ == "Identifier" || wanted_ == "ContactPoint" ? "value"
                                                                                           : "";
      if (!part.empty()) return Tree::object(part, Tree::string(text()));
    }
    return misfit();
  }

  std::optional<Tree> quantity() const {
    const fhirpath::Quantity& given = ValueAccess::quantity(*system_);
    Tree made = Tree::object("value", Tree::number(given.value.to_text()));
    const std::string_view code = given.calendar ? fhirpath::ucum_code_of(given.unit) : given.unit;
    made.set("unit", Tree::string(code.empty() ? given.unit : code));
    if (code.empty()) return made;
    made.set("system", Tree::string("http://unitsofmeasure.org"));
    made.set("code", Tree::string(code));
    return made;
  }

  static Tree list_within(std::string_view name, Tree element) {
    Tree list = Tree::array();
    list.push(std::move(element));
    return Tree::object(name, std::move(list));
  }

  const Value& value_;
  ModelType type_;
  std::string_view wanted_;
  std::string& why_;
  std::optional<Value> system_;
  const json::Node* node_ = nullptr;
};

}  // namespace

std::optional<Tree> element_of(const Value& value, ModelType type, std::string& why) {
  return Making(value, type, why).run();
}

}  // namespace fbss::extraction

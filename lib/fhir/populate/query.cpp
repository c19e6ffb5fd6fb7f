// SPDX-License-Identifier: Apache-2.0
// Searching: the query is taken apart, each resource of the type is held against all conditions.
#include "fhir/populate/query.hpp"

#include <algorithm>
#include <array>

#include "base/temporal.hpp"
#include "fhirpath/reference_target.hpp"
#include "fhirpath/types.hpp"
#include "fhirpath/whereabouts.hpp"
#include "json/write.hpp"

namespace fbss::form {
namespace {

using fhirpath::text_member;
using json::Node;
using Resource = Sources::State::Resource;

enum class SearchKind : std::uint8_t { token, reference, date };

struct SearchParameter {
  std::string_view name;
  SearchKind kind;
  std::string_view elements;  // parted by spaces
};

constexpr std::array search_parameters = {
#define FBSS_SEARCH(name, kind, elements) SearchParameter{name, SearchKind::kind, elements},
#include "fhir/populate/search_parameters.def"
#undef FBSS_SEARCH
};

// What changes how a server answers, not what it finds.
constexpr std::array<std::string_view, 6> harmless = {"_format",   "_pretty", "_summary",
                                                      "_elements", "_total",  "_contained"};

template <class Visit>
void each_part(std::string_view text, char separator, Visit visit) {
  while (true) {
    const std::size_t end = text.find(separator);
    visit(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

// %41 and + as a URL has them.
std::string decoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto value = [&](char c) { return digits.find(static_cast<char>(c | 0x20)); };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && value(text[i + 1]) != std::string_view::npos &&
        value(text[i + 2]) != std::string_view::npos) {
      out += static_cast<char>(value(text[i + 1]) * 16 + value(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

// The members in which an element stands: `effective` is effectiveDateTime or effectivePeriod.
template <class Visit>
void each_value(const Node& resource, std::string_view element, Visit visit) {
  if (const std::size_t dot = element.find('.'); dot != std::string_view::npos) {
    if (const Node* outer = resource.find(element.substr(0, dot)))
      each_value(*outer, element.substr(dot + 1), visit);
    return;
  }
  for (const Node* member = resource.first(); member; member = member->next()) {
    if (!member->key_view().starts_with(element)) continue;
    const std::string_view rest = member->key_view().substr(element.size());
    if (!rest.empty() && fhirpath::find_choice_type(rest) == 0) continue;
    if (member->kind != JsonKind::array) {
      visit(*member);
      continue;
    }
    for (const Node* one = member->first(); one; one = one->next()) visit(*one);
  }
}

bool is_coding(const Node& coding, std::string_view system, bool any_system,
               std::string_view code) {
  if (!any_system && text_member(coding, "system") != system) return false;
  return code.empty() ? !any_system
                      : text_member(coding, "code") == code || text_member(coding, "value") == code;
}

bool has_token(const Node& value, std::string_view wanted) {
  const std::size_t bar = wanted.find('|');
  const bool any_system = bar == std::string_view::npos;
  const std::string_view system = any_system ? std::string_view{} : wanted.substr(0, bar);
  const std::string_view code = any_system ? wanted : wanted.substr(bar + 1);
  if (value.kind == JsonKind::boolean) return code == (value.boolean ? "true" : "false");
  if (value.kind == JsonKind::string) return value.text_view() == code;
  if (value.kind != JsonKind::object) return false;
  const Node* codings = value.find("coding");
  if (!codings) return is_coding(value, system, any_system, code);
  for (const Node* one = codings->first(); one; one = one->next())
    if (is_coding(*one, system, any_system, code)) return true;
  return false;
}

// The resource that a reference leads to has the type and id; where it is not at hand, they stand
// in the reference.
bool has_reference(const Sources::State& sources, const Node& value, std::string_view wanted,
                   std::string_view usual_type) {
  const std::string_view text = text_member(value, "reference");
  if (text.empty()) return false;
  std::string target = std::string(text);
  if (const auto* found = sources.find(text); found && !name_of(*found).empty())
    target = name_of(*found);
  const std::string full = wanted.find('/') == std::string_view::npos && !usual_type.empty()
                               ? std::string(usual_type) + '/' + std::string(wanted)
                               : std::string(wanted);
  return target == full || target.ends_with('/' + full) || full.ends_with('/' + target);
}

// hl7.org/fhir/R4/search.html#date, on the digits that both have: a resource whose date is less
// precise than the condition lies within it, or does not, by what it says.
bool has_date(const Node& value, std::string_view wanted) {
  std::string_view prefix = "eq";
  if (wanted.size() > 2 && wanted[0] >= 'a' && wanted[0] <= 'z') {
    prefix = wanted.substr(0, 2);
    wanted.remove_prefix(2);
  }
  const bool is_period = value.kind == JsonKind::object;
  const std::string_view start = is_period ? text_member(value, "start") : value.text_view();
  const std::string_view end = is_period ? text_member(value, "end") : value.text_view();
  const auto limit = Temporal::parse(wanted, TemporalKind::date_time);
  const auto order = [&](std::string_view text) -> std::optional<std::strong_ordering> {
    const auto date = Temporal::parse(text, TemporalKind::date_time);
    if (!date || !limit) return std::nullopt;
    // A day that is named without a time is the whole of it.
    if (text.starts_with(wanted)) return std::strong_ordering::equal;
    return compare(*date, *limit);
  };
  const auto from = order(start), until = order(end);
  if (prefix == "eq") return from && until && *from == 0 && *until == 0;
  if (prefix == "ne") return from && until && !(*from == 0 && *until == 0);
  if (prefix == "ge" || prefix == "gt")
    return until ? *until > 0 || (prefix == "ge" && *until == 0) : is_period && end.empty();
  return from ? *from < 0 || (prefix == "le" && *from == 0) : is_period && start.empty();
}

struct Condition {
  const SearchParameter* parameter;
  std::string values;  // alternatives, parted by commas
  bool is_negated = false;
};

struct Query {
  std::string_view type;
  std::vector<Condition> conditions;
  std::vector<std::pair<const SearchParameter*, bool>> sort;  // true: the greatest first
  std::vector<std::string> includes;
  std::size_t count = static_cast<std::size_t>(-1);
};

const SearchParameter* find_parameter(std::string_view name) {
  const auto* found = std::ranges::find(search_parameters, name, &SearchParameter::name);
  return found == search_parameters.end() ? nullptr : found;
}

// Whether the type has some element that the parameter looks at.
bool looks_at(const SearchParameter& parameter, fhirpath::ModelType type) {
  bool found = false;
  each_part(parameter.elements, ' ', [&](std::string_view element) {
    const std::string_view outer = element.substr(0, element.find('.'));
    if (fhirpath::find_element(type, fhirpath::find_model_name(outer))) found = true;
    if (const auto choice = fhirpath::find_choice_name(outer))
      if (fhirpath::find_element(type, choice->base)) found = true;
  });
  return found;
}

class Reading {
 public:
  Reading(std::string_view text, std::string& why) : text_(text), why_(why) {}

  std::optional<Query> run() {
    Query query;
    const std::size_t mark = text_.find('?');
    query.type = text_.substr(0, mark);
    type_ = fhirpath::find_model_type(query.type);
    if (!fhirpath::is_resource(type_)) {
      // Type/id reads one resource.
      const std::size_t slash = query.type.find('/');
      const std::string_view id =
          slash == std::string_view::npos ? "" : query.type.substr(slash + 1);
      query.type = query.type.substr(0, slash);
      type_ = fhirpath::find_model_type(query.type);
      if (id.empty() || mark != std::string_view::npos || !fhirpath::is_resource(type_)) {
        refuse("it names no type of resource");
        return std::nullopt;
      }
      query.conditions.push_back({find_parameter("_id"), std::string(id)});
      return query;
    }
    if (mark != std::string_view::npos)
      each_part(text_.substr(mark + 1), '&', [&](std::string_view part) {
        const std::size_t is = part.find('=');
        if (is == std::string_view::npos) return;
        read(query, decoded(part.substr(0, is)), decoded(part.substr(is + 1)));
      });
    if (!why_.empty()) return std::nullopt;
    return query;
  }

 private:
  void refuse(std::string what) {
    if (why_.empty()) why_ = std::move(what);
  }

  void read(Query& query, std::string name, std::string value) {
    if (std::ranges::find(harmless, name) != harmless.end()) return;
    if (name == "_count" || name == "_maxresults") {
      query.count = 0;
      for (const char c : value)
        if (c >= '0' && c <= '9')
          query.count = query.count * 10 + static_cast<std::size_t>(c - '0');
      return;
    }
    if (name == "_sort") return read_sort(query, value);
    if (name == "_include") return query.includes.push_back(std::move(value));
    const std::size_t colon = name.find(':');
    std::string modifier = colon == std::string::npos ? "" : name.substr(colon + 1);
    const SearchParameter* parameter = find_parameter(std::string_view(name).substr(0, colon));
    if (parameter && parameter->kind == SearchKind::reference && !modifier.empty() &&
        fhirpath::is_resource(fhirpath::find_model_type(modifier))) {
      value = modifier + '/' + value;  // subject:Patient=p1
      modifier.clear();
    }
    if (!parameter || !looks_at(*parameter, type_) || (!modifier.empty() && modifier != "not"))
      return refuse("its parameter " + name + " is not supported");
    query.conditions.push_back({parameter, std::move(value), modifier == "not"});
  }

  void read_sort(Query& query, std::string_view keys) {
    each_part(keys, ',', [&](std::string_view key) {
      const bool is_descending = key.starts_with('-');
      if (is_descending) key.remove_prefix(1);
      const SearchParameter* parameter = find_parameter(key);
      if (!parameter || parameter->kind != SearchKind::date || !looks_at(*parameter, type_))
        return refuse("it cannot be sorted by " + std::string(key));
      query.sort.emplace_back(parameter, is_descending);
    });
  }

  std::string_view text_;
  std::string& why_;
  fhirpath::ModelType type_ = 0;
};

class Searching {
 public:
  Searching(const Sources::State& sources, const Query& query) : sources_(sources), query_(query) {}

  Found run() const {
    Found found;
    for (const Resource& resource : sources_.resources) {
      if (resource.is_named_only || text_member(*resource.node, "resourceType") != query_.type)
        continue;
      if (std::ranges::all_of(query_.conditions, [&](const Condition& condition) {
            return holds(*resource.node, condition) != condition.is_negated;
          }))
        found.matches.push_back(&resource);
    }
    std::ranges::stable_sort(found.matches,
                             [&](const auto* a, const auto* b) { return comes_before(*a, *b); });
    if (found.matches.size() > query_.count) found.matches.resize(query_.count);
    for (const std::string& include : query_.includes) add_included(found, include);
    return found;
  }

 private:
  bool holds(const Node& resource, const Condition& condition) const {
    bool found = false;
    each_part(condition.parameter->elements, ' ', [&](std::string_view element) {
      each_value(resource, element, [&](const Node& value) {
        each_part(condition.values, ',', [&](std::string_view wanted) {
          if (!wanted.empty() && fits(value, wanted, *condition.parameter)) found = true;
        });
      });
    });
    return found;
  }

  bool fits(const Node& value, std::string_view wanted, const SearchParameter& parameter) const {
    switch (parameter.kind) {
      case SearchKind::token:
        return has_token(value, wanted);
      case SearchKind::reference: {
        const bool is_patient = parameter.name == "patient" || parameter.name == "subject";
        return has_reference(sources_, value, wanted, is_patient ? "Patient" : std::string_view{});
      }
      case SearchKind::date:
        return has_date(value, wanted);
    }
    return false;
  }

  static std::string_view date_of(const Node& resource, const SearchParameter& parameter) {
    std::string_view found;
    each_part(parameter.elements, ' ', [&](std::string_view element) {
      each_value(resource, element, [&](const Node& value) {
        if (!found.empty()) return;
        found = value.kind == JsonKind::object ? text_member(value, "start") : value.text_view();
        if (found.empty()) found = text_member(value, "end");
      });
    });
    return found;
  }

  // What has no date comes last.
  bool comes_before(const Resource& a, const Resource& b) const {
    for (const auto& [parameter, is_descending] : query_.sort) {
      const std::string_view left = date_of(*a.node, *parameter),
                             right = date_of(*b.node, *parameter);
      if (left.empty() != right.empty()) return right.empty();
      const auto x = Temporal::parse(left, TemporalKind::date_time),
                 y = Temporal::parse(right, TemporalKind::date_time);
      auto order = x && y ? compare(*x, *y) : std::nullopt;
      if (!order) order = left <=> right;
      if (*order != 0) return (*order < 0) != is_descending;
    }
    return false;
  }

  // "MedicationStatement:medication": what the matches refer to by an element of that name.
  void add_included(Found& found, std::string_view include) const {
    const std::size_t colon = include.find(':');
    if (colon == std::string_view::npos) return;
    std::string_view name = include.substr(colon + 1);
    name = name.substr(0, name.find(':'));
    const SearchParameter* parameter = find_parameter(name);
    const std::string_view elements = parameter ? parameter->elements : name;
    for (const Resource* match : found.matches)
      each_part(elements, ' ', [&](std::string_view element) {
        each_value(*match->node, element, [&](const Node& value) {
          const Resource* target = sources_.find(text_member(value, "reference"));
          if (target && std::ranges::find(found.included, target) == found.included.end())
            found.included.push_back(target);
        });
      });
  }

  const Sources::State& sources_;
  const Query& query_;
};

}  // namespace

std::optional<Found> search(const Sources::State& sources, std::string_view query,
                            std::string& why) {
  why.clear();
  const auto read = Reading(query, why).run();
  if (!read) return std::nullopt;
  return Searching(sources, *read).run();
}

std::string searchset(const Found& found) {
  std::string out;
  json::Writer json(out);
  json.begin_object().member("resourceType", "Bundle").member("type", "searchset");
  json.member("total", static_cast<std::int64_t>(found.matches.size()));
  const auto write = [&](const Resource& resource, std::string_view mode) {
    json.begin_object();
    const std::string_view url = text_member(*resource.entry, "fullUrl");
    if (!url.empty()) json.member("fullUrl", url);
    json.key("resource").node(*resource.node);
    json.key("search").begin_object().member("mode", mode).end_object();
    json.end_object();
  };
  if (!found.matches.empty()) {
    json.key("entry").begin_array();
    for (const Resource* resource : found.matches) write(*resource, "match");
    for (const Resource* resource : found.included) write(*resource, "include");
    json.end_array();
  }
  json.end_object();
  return out;
}

}  // namespace fbss::form

// SPDX-License-Identifier: Apache-2.0
// The walk over the syntax tree, variables, what is remembered, and cases.
#include "fhir/intervals/follow.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "fhirpath/failure.hpp"
#include "fhirpath/parser.hpp"
#include "fhirpath/value.hpp"

namespace fbss::form {
namespace {

using fhirpath::Collection;
using fhirpath::Syntax;
using fhirpath::SyntaxKind;
using fhirpath::Value;

// So many cases are gone through at one place.
constexpr std::size_t most_cases = 256;
// So deep may expressions lie within each other, through variables and calculated items.
constexpr std::size_t most_depth = 2000;

bool has_criterion(const Syntax& syntax) {
  static constexpr std::array names = {std::string_view("where"),  std::string_view("select"),
                                       std::string_view("all"),    std::string_view("exists"),
                                       std::string_view("repeat"), std::string_view("aggregate")};
  return std::ranges::find(names, syntax.name) != names.end();
}

// Whether the part gives the same for every response. `is_inner`: $this is a part of something that
// is so.
bool is_constant(const Syntax& syntax, bool is_inner) {
  const auto parts_are = [&](std::size_t from, bool inner) {
    return std::all_of(syntax.parts.begin() + static_cast<std::ptrdiff_t>(from), syntax.parts.end(),
                       [=](const auto& part) { return is_constant(*part, inner); });
  };
  switch (syntax.kind) {
    case SyntaxKind::variable:
      return syntax.name == "questionnaire";
    case SyntaxKind::this_value:
    case SyntaxKind::index_value:
    case SyntaxKind::total_value:
      return is_inner;
    case SyntaxKind::member:
      return syntax.parts.empty() ? is_inner : parts_are(0, is_inner);
    case SyntaxKind::function:
      if (syntax.name == "today" || syntax.name == "now" || syntax.name == "timeOfDay" ||
          syntax.name == "trace" || syntax.name == "defineVariable" || syntax.name == "iif")
        return false;
      if (!syntax.has_input) return is_inner && parts_are(0, true);
      return is_constant(*syntax.parts[0], is_inner) &&
             parts_are(1, is_inner || has_criterion(syntax));
    default:
      return parts_are(0, is_inner);
  }
}

void find_constants(const Syntax& syntax, std::unordered_set<const Syntax*>& found) {
  if (is_constant(syntax, false))
    found.insert(&syntax);
  else
    for (const auto& part : syntax.parts) find_constants(*part, found);
}

// Parts that depend on the same question are looked at apart from here on.
void note_shared(Possibles& result) {
  QuestionSet seen = result.more_of;
  for (const Possible& one : result.elements) {
    if (one.depends.meets(seen)) result.lost.merge(seen.shared_with(one.depends));
    seen.merge(one.depends);
  }
}

bool is_same(const Possibles& a, const Possibles& b) {
  if (a.has_more || b.has_more) return false;
  const auto is_same_bound = [](const Extended& x, const Extended& y) {
    return !(x < y) && !(y < x);
  };
  return std::ranges::equal(a.elements, b.elements, [&](const Possible& x, const Possible& y) {
    if (x.kind != y.kind || x.content != y.content || x.is_certain != y.is_certain ||
        x.instance != y.instance || x.place != y.place || x.node != y.node)
      return false;
    if (x.kind == Possible::Kind::anything || x.content == Possible::Kind::anything) return false;
    return std::ranges::equal(x.values, y.values, is_identical) &&
           is_same_bound(x.range.low, y.range.low) && is_same_bound(x.range.high, y.range.high);
  });
}

Possibles known(Collection values) {
  Possibles made;
  for (const Value& value : values) made.push(Possible::known(value));
  return made;
}

}  // namespace

Follower::Follower(Calculation::State& calculation, const Domains& domains)
    : calculation_(calculation),
      session_(calculation.session),
      domains_(domains),
      questions_(session_, domains),
      concrete_(session_, domains.samples()),
      converted_(session_.model, NewAnswers::Origin::calculation) {
  trees_.resize(session_.model.expressions.size());
  for (std::size_t i = 0; i < trees_.size(); ++i) {
    const Expression& expression = session_.model.expressions[i];
    if (!expression.program) continue;
    try {
      trees_[i] = fhirpath::parse(expression.text, session_.options.limits);
      find_constants(*trees_[i], constants_);
    } catch (const fhirpath::Failure&) {
      trees_[i] = nullptr;  // other limits than when it was loaded
    }
  }
}

void Follower::begin() {
  questions_.find();
  concrete_.forget();
  converted_.clear();
  entries_.clear();
  open_keys_.clear();
  reads_itself_from_ = nobody;
  looked_ = {};
}

void Follower::Looked::merge(const Looked& other) {
  touched.merge(other.touched);
  read.merge(other.read);
  met_many |= other.met_many;
  may_fail |= other.may_fail;
  fails_by.merge(other.fails_by);
  met_failure |= other.met_failure;
}

void Follower::note_failure(QuestionSet by) {
  looked_.may_fail = looked_.met_failure = true;
  looked_.fails_by.merge(by);
  looked_.fails_by.merge(questions_.all_assigned());
}

// A condition has to be a single Boolean.
Truths Follower::truths(const Possibles& condition) {
  const Truths found = truths_of(condition);
  if (found.yes && found.no && found.empty) note_failure(condition.depends());
  return found;
}

void Follower::touch_all() {
  for (std::uint32_t i = 0; i < questions_.count(); ++i) touch(i);
  for (std::uint32_t i = 0; i < session_.instances.size() && !looked_.met_many; ++i)
    looked_.met_many = may_be_more(i);
}

Possibles Follower::give_up() {
  has_given_up_ = true;
  touch_all();
  return Possibles::anything(looked_.touched);
}

// Where going through cases takes too long, it is done without.
Possibles Follower::follow_calculated(std::uint32_t instance) {
  Possibles found;
  for (const bool tells_cases : {true, false}) {
    tells_cases_ = tells_cases;
    looked_ = {};
    steps_ = 0;
    has_given_up_ = false;
    reads_itself_from_ = nobody;
    found = calculated(instance);
    if (!has_given_up_) break;
  }
  has_given_up_ = false;
  steps_ = 0;
  return found;
}

Possibles Follower::follow(const Syntax& syntax, const Scope& scope) {
  if (has_given_up_ || ++steps_ > session_.options.limits.interval_steps || depth_ > most_depth)
    return give_up();
  ++depth_;
  Possibles result = step(syntax, scope);
  note_shared(result);
  if (!result.lost.empty() && tells_cases_) result = by_cases(syntax, scope, std::move(result));
  --depth_;
  return result;
}

Possibles Follower::by_cases(const Syntax& syntax, const Scope& scope, Possibles result) {
  QuestionSet apart = result.lost.without(questions_.all_assigned());
  if (scope.focus) apart = apart.without(scope.focus->depends());
  if (scope.total) apart = apart.without(scope.total->depends());
  std::vector<std::uint32_t> questions = apart.list();
  std::erase_if(questions, [&](std::uint32_t question) {
    return !questions_.is_open(question) || !questions_.ways(question);
  });
  if (questions.empty() || !questions_.ways(questions, most_cases)) return result;

  std::vector<std::uint32_t> at(questions.size());
  std::vector<Possibles> cases;
  for (const std::uint32_t question : questions) questions_.assign(question, 0);
  for (bool is_done = false; !is_done && !has_given_up_;) {
    cases.push_back(step(syntax, scope));
    note_shared(cases.back());
    is_done = true;
    for (std::size_t i = 0; i < questions.size() && is_done; ++i) {
      at[i] = at[i] + 1 < *questions_.ways(questions[i]) ? at[i] + 1 : 0;
      is_done = at[i] == 0;
      questions_.assign(questions[i], at[i]);
    }
  }
  for (const std::uint32_t question : questions) questions_.release(question);
  if (has_given_up_) return give_up();
  const bool all_same =
      std::ranges::all_of(cases, [&](const Possibles& one) { return is_same(one, cases.front()); });
  Possibles joined = either_of(cases);
  if (all_same) return joined;
  QuestionSet decided;
  for (const std::uint32_t question : questions) decided.add(question);
  for (Possible& one : joined.elements)
    if (one.kind != Possible::Kind::values || one.values.size() != 1 || !one.is_certain)
      one.depends.merge(decided);
  if (joined.has_more) joined.more_of.merge(decided);
  note_shared(joined);
  return joined;
}

// Where it may raise an error, it may give nothing. A variable that does so makes what reads it
// give nothing too: the caller learns of it by what was looked at.
Possibles Follower::expression_at(std::uint32_t expression, std::uint32_t instance) {
  if (!trees_[expression]) {
    note_failure({});
    return session_.model.expressions[expression].program ? give_up() : Possibles::none();
  }
  Possible context;
  context.kind = Possible::Kind::item;
  context.instance = instance;
  const Possibles focus = Possibles::of(std::move(context));
  const Looked outer = std::exchange(looked_, {});
  Possibles found =
      follow(*trees_[expression], {&session_.model.expressions[expression], instance, &focus});
  if (looked_.may_fail) {
    QuestionSet by = looked_.fails_by.without(questions_.all_assigned());
    found.lost.merge(found.depends().shared_with(by));
    for (Possible& one : found.elements) {
      one.is_certain = false;
      one.depends.merge(by);
    }
  }
  looked_.merge(outer);
  return found;
}

std::string_view Follower::text_of(const Syntax& syntax, const Scope& scope) const {
  return scope.expression->text.substr(syntax.begin, syntax.end - syntax.begin);
}

Possibles Follower::source(const Syntax& syntax, const Scope& scope) {
  const auto values = concrete_.constant(text_of(syntax, scope));
  if (values) return known(*values);
  note_failure({});
  return Possibles::none();
}

Possibles Follower::step(const Syntax& syntax, const Scope& scope) {
  if (constants_.contains(&syntax)) return source(syntax, scope);
  switch (syntax.kind) {
    case SyntaxKind::variable:
      return variable_at(syntax, scope);
    case SyntaxKind::this_value:
      return *scope.focus;
    case SyntaxKind::index_value:
      return Possibles::of(Possible::unknown());
    case SyntaxKind::total_value:
      return scope.total ? *scope.total : Possibles::none();
    case SyntaxKind::member:
      if (!syntax.parts.empty()) return member(follow(*syntax.parts[0], scope), syntax.name);
      // The name of the type may stand for the response itself.
      if (syntax.name == "QuestionnaireResponse" && scope.focus->elements.size() == 1 &&
          scope.focus->elements[0].kind == Possible::Kind::item &&
          scope.focus->elements[0].instance == none)
        return *scope.focus;
      return member(*scope.focus, syntax.name);
    case SyntaxKind::function:
      return function(syntax, scope);
    case SyntaxKind::indexer:
      return index(syntax, scope);
    case SyntaxKind::is_type:
    case SyntaxKind::as_type:
      return typed(syntax, scope);
    default:
      return binary(syntax, scope);
  }
}

Possibles Follower::variable_at(const Syntax& syntax, const Scope& scope) {
  const Form::Model& model = session_.model;
  Possible item;
  item.kind = Possible::Kind::item;
  if (syntax.name == "resource" || syntax.name == "rootResource")
    return Possibles::of(std::move(item));
  if (syntax.name == "context") {
    item.instance = scope.instance;
    return Possibles::of(std::move(item));
  }
  for (const Name& name : scope.expression->names) {
    switch (name.kind) {
      case Name::Kind::questionnaire:
        break;  // a constant
      case Name::Kind::qitem:
        if (syntax.name == "qitem") {
          if (scope.expression->item == none) return Possibles::none();
          return Possibles::of(Possible::known(model.value_of(scope.expression->item)));
        }
        break;
      case Name::Kind::context:
        if (model.contexts[name.index].name == syntax.name)
          return known(session_.context(name.index));
        break;
      case Name::Kind::variable: {
        const Variable& variable = model.variables[name.index];
        if (variable.name != syntax.name) break;
        std::uint32_t at = scope.instance;
        while (at != none && session_.instances[at].item != variable.item)
          at = session_.instances[at].parent;
        return remembered(key_of(Kept::variable, name.index, at),
                          [&] { return expression_at(variable.expression, at); });
      }
    }
  }
  const auto values = concrete_.apply('%' + std::string(syntax.name), {});
  if (!values) note_failure({});
  return values ? known(*values) : Possibles::none();
}

// What was worked out before counts, unless it looked at what has been assigned otherwise since.
Possibles Follower::remembered(std::uint64_t key, const std::function<Possibles()>& compute) {
  for (const Entry& entry : entries_[key]) {
    const bool counts = entry.is_free ? !entry.looked.touched.meets(questions_.all_assigned())
                                      : entry.version == questions_.version();
    if (!counts) continue;
    looked_.merge(entry.looked);
    return entry.value;
  }
  if (std::ranges::find(open_keys_, key) != open_keys_.end()) return give_up();  // a circle
  open_keys_.push_back(key);
  Looked outer = std::exchange(looked_, {});
  Entry made;
  made.value = compute();
  if (key >> 62 == static_cast<std::uint64_t>(Kept::enabled)) looked_.read = {};
  if (key >> 62 != static_cast<std::uint64_t>(Kept::variable)) {
    looked_.may_fail = false;  // an error ends there
    looked_.fails_by = {};
  }
  made.looked = looked_;
  made.version = questions_.version();
  made.is_free = !made.looked.touched.meets(questions_.all_assigned());
  looked_.merge(outer);
  open_keys_.pop_back();
  if (has_given_up_) return give_up();
  if (reads_itself_from_ < open_keys_.size()) return std::move(made.value);
  reads_itself_from_ = nobody;
  std::vector<Entry>& entries = entries_[key];
  std::erase_if(entries, [&](const Entry& entry) { return entry.is_free == made.is_free; });
  entries.push_back(made);
  return std::move(made.value);
}

Possibles Follower::index(const Syntax& syntax, const Scope& scope) {
  const Possibles input = follow(*syntax.parts[0], scope);
  const Possibles place = follow(*syntax.parts[1], scope);
  const bool all_there =
      !input.has_more && std::ranges::all_of(input.elements, [&](const Possible& one) {
        return presence(one).is_only_yes();
      });
  if (all_there && place.is_known() && place.elements.size() == 1) {
    const auto own = fhirpath::system_value(place.elements[0].values[0]);
    if (own && own->type() == fhirpath::Type::integer) {
      const std::int64_t at = own->integer();
      if (at < 0 || static_cast<std::size_t>(at) >= input.elements.size()) return {};
      return Possibles::of(input.elements[static_cast<std::size_t>(at)]);
    }
  }
  if (auto exact = strictly("%a[%b]", {input, place})) return *exact;
  Possibles both = input;
  both.append(place);
  return unfollowed(both);
}

}  // namespace fbss::form

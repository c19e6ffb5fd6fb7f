// SPDX-License-Identifier: Apache-2.0
// Filling: a response while a person fills it in. In: answers, one place after another. Out: the
// response's text, always one that the session has read. A change is tried: the text with it is
// read and judged, and where the place itself has errors the text before is read again.
#include <algorithm>
#include <set>
#include <utility>

#include <fbss/calculation.hpp>
#include <fbss/filling.hpp>
#include <fbss/validate.hpp>

#include "fhir/fill/rewrite.hpp"
#include "fhir/fill/words.hpp"
#include "fhir/form/values.hpp"
#include "fhir/run/session.hpp"

namespace fbss {

using form::none;

struct Filling::State {
  State(Form form, FormSessionOptions options)
      : day(options.today), session(std::move(form), std::move(options)), calculation(session) {
    std::uint32_t next = 0;
    items = items_of(session.form());
    shown.assign(model().items.size(), nullptr);
    for (const form::Item& item : model().items)
      if (next < items.size() && items[next].question.id == item.link_id)
        shown[item.index] = &items[next++];
    for (const form::Item& item : model().items) {
      auto& answers = initial.emplace_back();
      std::string why;  // fbss lint tells what does not fit
      for (const fhirpath::Value& value : form::initial_values(item))
        if (auto answer = form::answer_of(model(), item, value, why))
          answers.push_back(*std::move(answer));
    }
    start();
  }

  const Form::Model& model() { return session.state().model; }
  FormSession::State& state() { return session.state(); }

  void start() { static_cast<void>(read(form::empty_response(session.form(), day)).ok()); }

  // Reads the text, fills in what is calculated, and drops answers that are not enabled. Each value
  // that comes or goes may take others with it.
  Result<void> read(std::string text) {
    if (auto done = session.read(text); !done) return done;
    response = std::move(text);
    for (std::size_t i = 0; i <= model().items.size(); ++i) {
      while (drop_one() || begin()) {
      }
      if (model().calculation_order.empty()) break;
      if (auto done = calculation.run(); !done) return done;
      response.clear();
      calculation.append_line(response);
      if (find_disabled() == none && find_beginnings().empty()) break;
    }
    find_places();
    return {};
  }

  // An instance with answers that is not enabled.
  std::uint32_t find_disabled() {
    const auto& instances = state().instances;
    const auto at = std::ranges::find_if(instances, [](const form::Instance& one) {
      return !one.is_enabled && one.answer_count > 0;
    });
    return at == instances.end() ? none : static_cast<std::uint32_t>(at - instances.begin());
  }

  // The enabled questions that are still to begin with their initial answers.
  std::vector<std::uint32_t> find_beginnings() {
    std::vector<std::uint32_t> found;
    if (is_resumed) return found;
    const auto& instances = state().instances;
    for (std::uint32_t i = 0; i < instances.size(); ++i) {
      const form::Instance& own = instances[i];
      if (initial[own.item].empty() || !own.is_enabled || own.answer_count > 0) continue;
      if (can_hold(own) && !begun.contains(path_of(i))) found.push_back(i);
    }
    return found;
  }

  // Below a question something stands only where that has a value.
  bool can_hold(const form::Instance& own) {
    return own.parent == none || state().item_of(own.parent).is_group() ||
           has_value(own.parent, own.parent_answer);
  }

  bool begin() {
    Change change;
    for (const std::uint32_t i : find_beginnings()) {
      const std::string path = path_of(i);
      begun.insert(path);
      untouched.insert(path);
      change.given.push_back({i, initial[state().instances[i].item]});
    }
    if (change.given.empty()) return false;
    response = form::rewritten(state(), change);
    return session.read(response).ok();
  }

  bool drop_one() {
    const std::uint32_t disabled = find_disabled();
    if (disabled == none) return false;
    const FormItem* item = shown[state().instances[disabled].item];
    if (item && item->is_asked()) dropped.push_back(item->question.text);
    response = form::rewritten(state(), {.given = {{disabled, {}}}});
    return session.read(response).ok();
  }

  void find_places() {
    places.clear();
    instance_of.clear();
    add_places(0, static_cast<std::uint32_t>(state().instances.size()), {});
  }

  // Those of the instances from `first` up to `last`, the children of one.
  void add_places(std::uint32_t first, std::uint32_t last, const std::string& above) {
    for (std::uint32_t i = first; i < last; i = state().instances[i].end) {
      const form::Instance& own = state().instances[i];
      const FormItem* item = shown[own.item];
      if (!own.is_enabled || !item || item->hidden) continue;
      if (!can_hold(own)) continue;
      const std::size_t at = places.size();
      instance_of.push_back(i);
      Place& place = places.emplace_back();
      place.item = item;
      place.path = path_of(above, own);
      place.repetition = own.repetition;
      place.can_follow = can_follow(i);
      for (const json::Node* answer = own.answers; answer; answer = answer->next())
        place.answers.push_back(form::answer_words(*answer));
      place.is_initial = !place.answers.empty() && untouched.contains(place.path);
      const std::string path = place.path;  // `place` moves
      add_places(i + 1, own.end, path);
      places[at].end = places.size();
      places[at].holds_answers =
          std::any_of(places.begin() + static_cast<std::ptrdiff_t>(at), places.end(),
                      [](const Place& one) { return !one.answers.empty(); });
    }
  }

  std::string path_of(std::uint32_t instance) {
    const form::Instance& own = state().instances[instance];
    return path_of(own.parent == none ? std::string() : path_of(own.parent), own);
  }

  std::string path_of(const std::string& above, const form::Instance& own) {
    const auto nth = [](std::uint32_t number) {
      return number == none || number == 0 ? "" : '[' + std::to_string(number) + ']';
    };
    std::string path = above;
    if (!path.empty()) path += nth(own.parent_answer) + '/';
    return path + std::string(model().items[own.item].link_id) + nth(own.repetition);
  }

  bool has_value(std::uint32_t instance, std::uint32_t answer) {
    if (answer == none) return false;
    const json::Node* node = state().instances[instance].answers;
    for (; node && answer > 0; --answer) node = node->next();
    return node && form::find_choice(*node, "value");
  }

  bool can_follow(std::uint32_t i) {
    const form::Instance& own = state().instances[i];
    const form::Item& item = state().item_of(i);
    if (!item.is_group() || !item.repeats) return false;
    if (item.max_occurs && own.repetition + 1 >= *item.max_occurs) return false;
    if (own.end >= state().instances.size()) return true;
    const form::Instance& next = state().instances[own.end];
    return next.item != own.item || next.parent != own.parent ||
           next.parent_answer != own.parent_answer;
  }

  std::uint32_t find(std::string_view path) const {
    for (std::size_t i = 0; i < places.size(); ++i)
      if (places[i].path == path) return instance_of[i];
    return none;
  }

  FormIssues give(std::string_view path, std::vector<form::Answer> answers) {
    const std::uint32_t instance = find(path);
    const std::string before = response;
    const bool was_untouched = untouched.erase(std::string(path)) > 0;
    const std::string link_id(state().item_of(instance).link_id);
    const Change change{.given = {{instance, std::move(answers)}}};
    FormIssues wrong;
    if (const auto done = session.read(form::rewritten(state(), change)); !done)
      wrong.push_back(refusal(link_id, done.problems().front().message));
    else
      wrong = errors_at(instance, link_id);
    dropped.clear();
    const auto done = read(wrong.empty() ? form::rewritten(state(), {}) : before);
    if (!done) wrong.push_back(refusal(link_id, done.problems().front().message));
    if (was_untouched && !wrong.empty()) {
      untouched.insert(std::string(path));
      find_places();
    }
    return wrong;
  }
  using Change = form::Change;

  static FormIssue refusal(std::string_view link_id, std::string message) {
    return {.rule = FormRule::invalidValue,
            .severity = Severity::error,
            .link_id = std::string(link_id),
            .message = std::move(message)};
  }

  // What the answers of one place break. How many there have to be is not asked before the end,
  // how many there may be is.
  FormIssues errors_at(std::uint32_t instance, std::string_view link_id) {
    const std::string path = state().path_of(instance);
    FormIssues wrong;
    for (FormIssue& issue : validate(session)) {
      const bool is_here = issue.link_id == link_id && issue.path.starts_with(path);
      const bool is_surplus = issue.rule == FormRule::repeats || issue.rule == FormRule::maxCount;
      if (is_here && (issue.severity <= Severity::error || is_surplus))
        wrong.push_back(std::move(issue));
    }
    return wrong;
  }

  std::string day;
  FormSession session;
  Calculation calculation;
  std::vector<FormItem> items;
  std::vector<const FormItem*> shown;  // by item of the model; null: the help of another
  std::string response;
  std::vector<Place> places;
  std::vector<std::uint32_t> instance_of;  // by place
  std::vector<std::string> dropped;
  std::vector<std::vector<form::Answer>> initial;  // by item of the model
  std::set<std::string> begun, untouched;          // paths of questions with initial answers
  bool is_resumed = false;
};

Filling::Filling(Form form, FormSessionOptions options)
    : state_(std::make_unique<State>(std::move(form), std::move(options))) {}
Filling::~Filling() = default;
Filling::Filling(Filling&&) noexcept = default;
Filling& Filling::operator=(Filling&&) noexcept = default;

Result<void> Filling::resume(std::string_view json) {
  State& own = *state_;
  FormSession::State& state = own.state();
  const bool was_resumed = std::exchange(own.is_resumed, true);
  const auto refuse = [&](Problem problem) -> Result<void> {
    own.is_resumed = was_resumed;
    own.begun.clear();
    own.start();
    return problem;
  };
  if (auto read = state.read(json); !read) return refuse(read.problems().front());
  const JsonNode root = state.document.root();
  const std::string_view canonical = root.find("questionnaire").text();
  const std::string_view url = canonical.substr(0, canonical.find('|'));
  if (!url.empty() && !state.form.url().empty() && url != state.form.url())
    return refuse({.code = ErrorCode::other_questionnaire,
                   .message = "The response answers another questionnaire than this form.",
                   .pointer = "/questionnaire"});
  if (state.status() == "entered-in-error" || state.status() == "stopped")
    return refuse({.code = ErrorCode::withdrawn,
                   .message = "The response is marked as stopped, or as entered in error.",
                   .pointer = "/status"});
  for (const FormIssue& issue : validate(own.session))
    if (issue.severity == Severity::fatal || issue.rule == FormRule::itemOrder)
      return refuse({.code = ErrorCode::bad_value,
                     .message = "The response does not fit the form: " + issue.path + ": " +
                                issue.message + " fbss validate tells all of it.",
                     .question = issue.link_id});
  own.dropped.clear();
  own.untouched.clear();
  return own.read(form::rewritten(state, {}));
}

std::span<const Place> Filling::places() const {
  return state_->places;
}

FormIssues Filling::answer(std::string_view path, std::span<const std::string> words) {
  State& own = *state_;
  const std::uint32_t instance = own.find(path);
  if (instance == none) return {State::refusal(path, "There is no such place now.")};
  const form::Item& item = own.state().item_of(instance);
  std::vector<form::Answer> answers;
  for (const std::string& word : words) {
    auto read = form::read_words(item, *own.shown[item.index], word);
    if (auto* message = std::get_if<std::string>(&read))
      return {State::refusal(item.link_id, std::move(*message))};
    answers.push_back(std::get<form::Answer>(std::move(read)));
  }
  return own.give(path, std::move(answers));
}

FormIssues Filling::answer(std::string_view path, std::initializer_list<std::string> words) {
  return answer(path, std::span(words.begin(), words.size()));
}

FormIssues Filling::answer(std::string_view path, NoValue reason) {
  State& own = *state_;
  const std::uint32_t instance = own.find(path);
  if (instance == none) return {State::refusal(path, "There is no such place now.")};
  return own.give(path, {form::without_value(own.state().item_of(instance), reason)});
}

bool Filling::retract(std::string_view path) {
  State& own = *state_;
  const std::uint32_t instance = own.find(path);
  if (instance == none || own.state().instances[instance].answer_count == 0) return false;
  own.dropped.clear();
  own.untouched.erase(std::string(path));
  return own.read(form::rewritten(own.state(), {.given = {{instance, {}}}})).ok();
}

void Filling::add_repetition(std::string_view path) {
  State& own = *state_;
  own.dropped.clear();
  static_cast<void>(own.read(form::rewritten(own.state(), {.repeated = own.find(path)})).ok());
}

const std::vector<std::string>& Filling::dropped() const {
  return state_->dropped;
}

FormIssues Filling::finish() {
  State& own = *state_;
  own.dropped.clear();
  FormIssues issues;
  const auto done =
      own.read(form::rewritten(own.state(), {.status = "completed", .drops_empty = true}));
  if (done) issues = validate(own.session);
  if (done && !has_errors(issues)) return issues;
  static_cast<void>(own.read(form::rewritten(own.state(), {.drops_empty = true})).ok());
  return issues;
}

const std::string& Filling::response() const {
  return state_->response;
}

const FormIssues& Filling::issues() const {
  return state_->session.issues();
}

}  // namespace fbss

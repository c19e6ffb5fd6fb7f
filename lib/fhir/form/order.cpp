// SPDX-License-Identifier: Apache-2.0
// What depends on what. In: compiled expressions with what each mentions. Out: for each what it
// reads through its variables too, and the order in which calculated values are worked out. Refused
// (dependency_cycle): variables, or calculated values, that depend on themselves.
//
// An expression depends on the calculated items whose linkIds it names. Where it names a group and
// no item within it, it may read all of the group; such a dependence gives way where it would close
// a circle, since the group may hold the item that sums it up.
#include <algorithm>
#include <iterator>

#include "fhir/form/loading.hpp"

namespace fbss::form {
namespace {

enum class Mark : std::uint8_t { fresh, open, done };

// How far a chain of dependences may reach: each link costs stack here and when it is run.
constexpr std::size_t longest_chain = 500;

void refuse_chain(Loading& loading, std::uint32_t item) {
  loading.refuse(ErrorCode::limit_exceeded, item,
                 "Expressions depend on each other in a chain of more than " +
                     std::to_string(longest_chain) + ".");
}

std::vector<std::uint32_t> merged(const std::vector<std::uint32_t>& a,
                                  const std::vector<std::uint32_t>& b) {
  std::vector<std::uint32_t> all;
  std::ranges::set_union(a, b, std::back_inserter(all));
  return all;
}

class Variables {
 public:
  explicit Variables(Loading& loading)
      : loading_(loading), model_(loading.model), marks_(model_.variables.size(), Mark::fresh) {}

  void run() {
    for (std::uint32_t i = 0; i < marks_.size(); ++i) visit(i, 0);
    if (!loading_.problems.empty()) return;
    for (Expression& expression : model_.expressions) absorb(expression);
  }

 private:
  void visit(std::uint32_t variable, std::size_t depth) {
    if (marks_[variable] != Mark::fresh) return;
    marks_[variable] = Mark::open;
    Expression& expression = model_.expressions[model_.variables[variable].expression];
    if (depth > longest_chain) return refuse_chain(loading_, expression.item);
    for (const Name& name : expression.names) {
      if (name.kind != Name::Kind::variable) continue;
      if (marks_[name.index] == Mark::open)
        loading_.refuse(ErrorCode::dependency_cycle, expression.item,
                        "The variable %" + std::string(model_.variables[name.index].name) +
                            " depends on itself: change one of the expressions that lead back "
                            "to it.");
      else
        visit(name.index, depth + 1);
    }
    absorb(expression);
    marks_[variable] = Mark::done;
  }

  // Takes over what the expression's variables read.
  void absorb(Expression& expression) {
    for (const Name& name : expression.names) {
      if (name.kind != Name::Kind::variable) continue;
      const Expression& read = model_.expressions[model_.variables[name.index].expression];
      expression.reads = merged(expression.reads, read.reads);
      expression.reads_context |= read.reads_context;
      expression.reads_resource |= read.reads_resource;
      if (read.program || !expression.program) continue;
      expression.program.reset();
      loading_.issue(FormRule::badExpression, expression.item, expression.path,
                     "The expression reads %" + std::string(model_.variables[name.index].name) +
                         ", which gives nothing; so does this one.");
    }
  }

  Loading& loading_;
  Form::Model& model_;
  std::vector<Mark> marks_;
};

class Calculations {
 public:
  explicit Calculations(Loading& loading)
      : loading_(loading), model_(loading.model), marks_(model_.items.size(), Mark::fresh) {}

  void run() {
    for (const Item& item : model_.items)
      if (item.calculated_expression != none) refuse_circles(item.index, 0);
    if (!loading_.problems.empty()) return;
    marks_.assign(marks_.size(), Mark::fresh);
    for (const Item& item : model_.items)
      if (item.calculated_expression != none) put_in_order(item.index, 0);
  }

 private:
  const Expression& expression_of(std::uint32_t item) const {
    return model_.expressions[model_.items[item].calculated_expression];
  }

  // Whether the expression names an item within this one, so that it is only passed on the way.
  static bool is_passed(const Form::Model& model, const Expression& expression,
                        std::uint32_t item) {
    return std::ranges::any_of(expression.reads, [&](std::uint32_t other) {
      return other != item && model.holds(item, other);
    });
  }

  template <class Visit>
  void each_named(std::uint32_t item, Visit visit) const {
    const Expression& expression = expression_of(item);
    for (const std::uint32_t read : expression.reads)
      if (model_.items[read].calculated_expression != none && !is_passed(model_, expression, read))
        visit(read);
  }

  template <class Visit>
  void each_within(std::uint32_t item, Visit visit) const {
    const Expression& expression = expression_of(item);
    for (const std::uint32_t read : expression.reads) {
      if (is_passed(model_, expression, read)) continue;
      for (std::uint32_t i = read + 1; i < model_.items[read].end; ++i)
        if (model_.items[i].calculated_expression != none) visit(i);
    }
  }

  void refuse_circles(std::uint32_t item, std::size_t depth) {
    if (marks_[item] != Mark::fresh) return;
    marks_[item] = Mark::open;
    if (depth > longest_chain) return refuse_chain(loading_, item);
    each_named(item, [&](std::uint32_t read) {
      if (marks_[read] == Mark::open)
        loading_.refuse(ErrorCode::dependency_cycle, read,
                        "The calculated value depends on itself: change one of the expressions "
                        "that lead back to it.");
      else
        refuse_circles(read, depth + 1);
    });
    marks_[item] = Mark::done;
  }

  // Dependences within groups may make longer chains; such an item comes where it stands.
  void put_in_order(std::uint32_t item, std::size_t depth) {
    if (marks_[item] != Mark::fresh) return;
    if (depth > 2 * longest_chain) return;
    marks_[item] = Mark::open;
    each_named(item, [&](std::uint32_t read) { put_in_order(read, depth + 1); });
    each_within(item, [&](std::uint32_t read) { put_in_order(read, depth + 1); });
    marks_[item] = Mark::done;
    model_.calculation_order.push_back(item);
  }

  Loading& loading_;
  Form::Model& model_;
  std::vector<Mark> marks_;
};

// Items that are enabled by each other in a circle. They run all the same: what is asked for while
// it is worked out counts as answered.
class Conditions {
 public:
  explicit Conditions(Loading& loading)
      : loading_(loading), model_(loading.model), marks_(model_.items.size(), Mark::fresh) {}

  void run() {
    for (const Item& item : model_.items) visit(item.index, 0);
  }

 private:
  void visit(std::uint32_t item, std::size_t depth) {
    if (marks_[item] != Mark::fresh) return;
    if (depth > longest_chain) return refuse_chain(loading_, item);
    marks_[item] = Mark::open;
    const Item& own = model_.items[item];
    if (own.parent != none) {
      if (marks_[own.parent] == Mark::open) tell(own.parent, own.link_id);
      visit(own.parent, depth + 1);
    }
    for (const EnableWhen& condition : own.enable_when) {
      if (condition.question == none || model_.holds(item, condition.question)) continue;
      if (marks_[condition.question] == Mark::open && !model_.holds(condition.question, item))
        tell(item, model_.items[condition.question].link_id);
      visit(condition.question, depth + 1);
    }
    marks_[item] = Mark::done;
  }

  void tell(std::uint32_t item, std::string_view by_way_of) {
    loading_.issue(FormRule::enableWhenCycle, item, model_.path_of(item),
                   "Whether the item is enabled depends on itself, by way of \"" +
                       std::string(by_way_of) + "\".");
  }

  Loading& loading_;
  Form::Model& model_;
  std::vector<Mark> marks_;
};

}  // namespace

void find_order(Loading& loading) {
  Conditions(loading).run();
  Variables(loading).run();
  if (loading.problems.empty()) Calculations(loading).run();
}

}  // namespace fbss::form

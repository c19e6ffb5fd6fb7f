// SPDX-License-Identifier: Apache-2.0
// A Form at work on one response: which occurrence of which item stands where (Instance), which are
// enabled, and expressions evaluated with their variables. In: a QuestionnaireResponse in JSON.
// Out: what validation, calculation, population and extraction read. Belongs to one thread and is
// reused: every vector keeps its memory from one response to the next.
//
//   read()      session.cpp    the response, its instances, what is enabled
//   instances   instances.cpp  matching the response's items with the form's
//   settle()    enable.cpp     which instances are enabled; the view that expressions see
//   evaluate()  evaluate.cpp   expressions, their variables
//
// What expressions see: the answers of items that are not enabled are hidden from them, in place
// (json/hide.hpp): the lists `answer` and `item` of such an item read as empty. Instances keep the
// lists as the response has them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fbss/document.hpp>
#include <fbss/fhirpath.hpp>
#include <fbss/form.hpp>

#include "base/arena.hpp"
#include "fhir/form/model.hpp"
#include "json/node.hpp"

namespace fbss::form {

/// An occurrence of an item: one that the response has, or one that it could have and leaves out
/// (`node` is nothing then). Every item has at least one, so that it can be asked whether it is
/// enabled; a repeating group has one for each repetition. They stand in the order of the form, an
/// instance's descendants behind it.
struct Instance {
  std::uint32_t item = none;
  std::uint32_t parent = none;         ///< the instance around it; none: at the root
  std::uint32_t parent_answer = none;  ///< below a question: which of its answers holds it
  std::uint32_t end = 0;               ///< the place behind its last descendant
  std::uint32_t place = 0;             ///< its index in the response's list
  std::uint32_t answer_count = 0;      ///< as the response has it, hidden or not
  std::uint32_t repetition = 0;        ///< how many instances of the item stand before it beside it
  const json::Node* node = nullptr;    ///< its item in the response; null: left out
  const json::Node* answers = nullptr;  ///< the first answer; null: none
  bool is_enabled = false;
  bool is_undecided =
      false;  ///< enabled because its enableWhenExpression gave no answer but an error

  bool is_present() const { return node != nullptr; }
};

/// An item of the response by the place where it stands: one that fits nowhere, since the form does
/// not have its linkId there, or one that is out of order.
struct Stray {
  std::uint32_t parent = none, parent_answer = none;  ///< the instance that holds it
  std::uint32_t place = 0;
  std::uint32_t item = none;  ///< the form's item, where it has one of that linkId elsewhere
  const json::Node* node = nullptr;
};

}  // namespace fbss::form

namespace fbss {

struct FormSession::State {
  State(Form given, FormSessionOptions chosen);

  // What there is.
  Form form;
  const Form::Model& model;
  FormSessionOptions options;
  Document document;  // the response as it was read
  JsonNode response;  // the response at work: that, or what calculating made of it
  std::vector<form::Instance> instances;
  std::vector<form::Stray> strays;
  std::vector<form::Stray> disordered;  // items behind one that the form has after them
  FormIssues issues;                    // what was told while this response was worked on
  bool is_read = false;                 // the last read() succeeded

  /// See FormSession::read().
  Result<void> read(std::string_view json);

  /// Goes on with another state of the response, made of parts of `document`: finds its instances
  /// and what is enabled. It has to live on. Problem too_large.
  Result<void> adopt(JsonNode other);

  /// Works out anew what is enabled, after answers were changed.
  void settle();

  /// Shows what is hidden from expressions, for whoever writes the response down; and hides it
  /// again. Nothing may be evaluated in between.
  void reveal();
  void conceal();

  /// Variables are worked out once a response; to be called when what they read has changed.
  void forget_variables();

  /// The instances of an item, in order; never empty.
  std::span<const std::uint32_t> instances_of(std::uint32_t item) const;

  const form::Item& item_of(std::uint32_t instance) const {
    return model.items[instances[instance].item];
  }
  /// "in-progress"; empty where the response has no status.
  std::string_view status() const;
  /// Whether the response is still being filled in: required answers may be missing.
  bool is_draft() const;

  /// "QuestionnaireResponse.item[0].answer[1].item[2]"; of an instance that the response leaves
  /// out, the path of what would hold it. With an answer: that answer's.
  std::string path_of(std::uint32_t instance, std::uint32_t answer = form::none) const;
  std::string path_of(const form::Stray& stray) const;

  /// The instance that an item at `from` means by an item's linkId: the nearest, within the
  /// smallest enclosing item that has one; before it rather than behind it. Never none.
  std::uint32_t nearest(std::uint32_t from, std::uint32_t item) const;

  /// Which answer of the one instance holds the other, which lies below it; none: no answer does.
  std::uint32_t answer_within(std::uint32_t outer, std::uint32_t inner) const;

  /// Evaluates an expression of the form at an instance (none: at the root), which is its %context.
  /// Its variables are worked out as needed. The values are valid until the next evaluate(). One
  /// that does not compile or raises an error, or whose variables do, gives nothing. Who hands in
  /// `failed` learns of it and may call tell_failure(); else an error is told in `issues`.
  fhirpath::Collection evaluate(std::uint32_t expression, std::uint32_t instance,
                                bool* failed = nullptr);

  /// The same, but begins at `focus` instead of the instance, which still tells the scope.
  fhirpath::Collection evaluate_at(std::uint32_t expression, std::uint32_t instance,
                                   const fhirpath::Value& focus, bool* failed = nullptr);

  /// Tells, once, that the expression evaluated last raised an error; nothing where it did not.
  void tell_failure(std::uint32_t expression, std::uint32_t instance);

  /// A variable's value at an instance in its scope; valid until forget_variables().
  fhirpath::Collection variable(std::uint32_t variable, std::uint32_t instance,
                                bool* failed = nullptr);

  /// What a context of the form (%patient, a query's Bundle) is for this response; the values have
  /// to live on. Forgotten by read().
  void set_context(std::uint32_t context, fhirpath::Collection values);
  fhirpath::Collection context(std::uint32_t context) const;

  /// A Bundle in which resolve() looks, besides the response; it has to live on.
  JsonNode bundle;

  // Worked with by evaluate.cpp: `focus` is null where the instance is the beginning.
  fhirpath::Collection evaluate_from(std::uint32_t expression, std::uint32_t instance,
                                     const fhirpath::Value* focus, bool* failed);

  void tell(FormRule rule, Severity severity, std::string path, std::string_view link_id,
            std::string message);

  // Worked with by the files of this folder only (work.hpp).
  struct Work;
  struct WorkDeleter {
    void operator()(Work* work) const;
  };
  std::unique_ptr<Work, WorkDeleter> work;
};

}  // namespace fbss

// SPDX-License-Identifier: Apache-2.0
// A questionnaire file's text -> a checked Questionnaire, or everything that is wrong with it. The
// passes in their order; each stands in a file of its own. Entered through load_questionnaire().
#include <memory>
#include <utility>

#include <fbss/questionnaire.hpp>

#include "base/sha256.hpp"
#include "questionnaire/canonical_form.hpp"
#include "questionnaire/draft.hpp"

namespace fbss {

Result<Questionnaire> load_questionnaire(std::string_view json, std::string_view file,
                                         const Limits& limits) {
  Result<FileTree> tree = read_file(json, file, limits);
  if (!tree) return std::move(tree).problems();
  Draft draft(std::move(*tree), file, limits);
  read_model(draft);
  if (draft.too_many) return draft.faults.take();

  compile_expressions(draft);
  compile_chart(draft);
  const bool ordered = !draft.model->stages.empty();
  if (draft.questions_sound && ordered) {
    // A question that could not be read, or a circle, would only make follow-up errors.
    check_logic(draft);
    check_guards(draft);
    check_numbers(draft);
  }
  if (draft.faults.count() == 0) try_out(draft);
  if (draft.faults.count() > 0) return draft.faults.take();

  draft.model->sha256 = sha256(canonical_form(draft.tree.root()));
  return Questionnaire(std::shared_ptr<const Questionnaire::Model>(std::move(draft.model)));
}

}  // namespace fbss

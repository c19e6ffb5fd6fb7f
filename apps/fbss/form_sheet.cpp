// SPDX-License-Identifier: Apache-2.0
// An FHIR Questionnaire on paper; see form_sheet.hpp.
#include "form_sheet.hpp"

#include <string>
#include <vector>

#include <fbss/filling.hpp>
#include <fbss/version.hpp>

namespace fbss::app {

namespace {

void add_sentence(std::string& text, const std::string& sentence) {
  if (!text.empty()) text += ' ';
  text += sentence;
}

std::string remark_of(const FormItem& item) {
  const Item& question = item.question;
  std::string remark;
  if (item.required && item.is_asked()) add_sentence(remark, "Has to be answered.");
  if (!question.asked_when.empty())
    add_sentence(remark, "Asked only when: " + question.asked_when + '.');
  if (question.several)
    add_sentence(remark, question.options.empty() ? "Several answers may be given."
                                                  : "Mark all that apply.");
  if (question.type == ItemType::choice && question.options.empty())
    add_sentence(remark, question.code_list.empty()
                             ? "The form offers nothing to choose from."
                             : "One of the codes of " + question.code_list + '.');
  if (!item.calculated.empty()) add_sentence(remark, "Worked out from other answers.");
  return remark;
}

class SheetMaker {
 public:
  explicit SheetMaker(const Form& form) : items_(items_of(form)) {}

  std::vector<SheetSection> sections() {
    for (const FormItem& item : items_) add(item);
    std::erase_if(sections_, [](const SheetSection& section) {
      return section.entries.empty() && section.remark.empty();
    });
    return std::move(sections_);
  }

 private:
  void add(const FormItem& item) {
    if (item.depth > hidden_depth_) return;
    hidden_depth_ = item.hidden ? item.depth : nothing_hidden;
    if (item.hidden) return;
    while (!around_.empty() && around_.back()->depth >= item.depth) {
      around_.pop_back();
      is_open_ = false;
    }
    if (item.question.type == ItemType::group) {
      around_.push_back(&item);
      open();
      std::string& remark = sections_.back().remark;
      remark = item.question.help;
      if (!item.question.asked_when.empty())
        add_sentence(remark, "Only when: " + item.question.asked_when + '.');
      if (item.question.several) add_sentence(remark, "Copy this part for each further one.");
      return;
    }
    if (!is_open_) open();
    sections_.back().entries.push_back({item.question, remark_of(item), item.is_asked()});
  }

  void open() {
    std::string heading;
    for (const FormItem* group : around_)
      heading += (heading.empty() ? "" : ": ") + group->question.text;
    if (heading.empty()) heading = sections_.empty() ? "Questions" : "Further questions";
    sections_.push_back({.id = std::to_string(sections_.size() + 1), .heading = heading});
    is_open_ = true;
  }

  static constexpr std::size_t nothing_hidden = SIZE_MAX;

  const std::vector<FormItem> items_;
  std::vector<SheetSection> sections_;
  std::vector<const FormItem*> around_;
  std::size_t hidden_depth_ = nothing_hidden;
  bool is_open_ = false;  // the last section is that of `around_`
};

}  // namespace

Sheet sheet_of(const Form& form) {
  const std::string name = form.title().empty() ? "FHIR Questionnaire" : std::string(form.title());
  const std::string url = form.url().empty() ? "none" : std::string(form.url());
  const std::string version = form.version().empty() ? "none" : std::string(form.version());
  Sheet sheet;
  sheet.title = name;
  sheet.kind = "Blank form, for the patient’s file";
  sheet.running = "Blank form, " + name + (form.version().empty() ? "" : ", version " + version);
  sheet.head = {
      {"Form", url}, {"Version", version}, {"Engine", "fbss " + std::string(fbss::version())}};
  sheet.before = {
      {"Whose form",
       "An FHIR Questionnaire that is no part of fbss: what it asks, and what follows "
       "from it, is its author’s."},
      {"How to fill in",
       "Mark one box for each question, unless it says that several may be marked. Unknown: asked, "
       "and not known. Declined: asked, and the patient declined. Without a mark a question counts "
       "as not asked. None of these is read as no. Conditions name questions by the codes that "
       "stand below them."}};
  std::string unsupported;
  for (const FormIssue& issue : form.issues())
    if (issue.rule == FormRule::notSupported) add_sentence(unsupported, issue.message);
  if (!unsupported.empty()) sheet.before.emplace_back("Not supported", unsupported);
  sheet.sections = SheetMaker(form).sections();
  return sheet;
}

}  // namespace fbss::app

// SPDX-License-Identifier: Apache-2.0
// An exercise card as rows, once for every report and for the handout. In: an Exercise. Out: what
// the source says in our own words, each statement with the words that it rests on. A quote without
// an origin stands at the place that the first row names.
#include <cstddef>
#include <optional>

#include "report/outline.hpp"

namespace fbss::report {
namespace {

class CardMaker {
 public:
  CardMaker(const Questionnaire& questionnaire, const Exercise& exercise)
      : questionnaire_(questionnaire), exercise_(exercise) {}

  Card make() {
    Card card{exercise_.id, exercise_.title, {}};
    Row named{"Source", {}};
    for (const Citation& cite : exercise_.cites)
      named.entries.push_back(
          {{Ink::quote, cite.phrase, {}}, {Ink::origin, origin(questionnaire_, cite), {}}});
    card.rows.push_back(std::move(named));
    card.rows.push_back(exercise_.position ? statement("Position", exercise_.position->text,
                                                       exercise_.position->cites)
                                           : silent("Position", "Not stated by the source."));
    card.rows.push_back(steps());
    card.rows.push_back(amount(repetitions_label, exercise_.repetitions));
    card.rows.push_back(amount(times_a_day_label, exercise_.times_a_day));
    Row cautions{exercise_.cautions.size() == 1 ? "Caution" : "Cautions", {}};
    for (const Statement& caution : exercise_.cautions)
      add_statement(cautions, caution.text, caution.cites);
    if (!cautions.entries.empty()) card.rows.push_back(std::move(cautions));
    for (const SourceConflict& conflict : exercise_.conflicts)
      card.rows.push_back(statement("Conflict " + conflict.name, conflict.text, conflict.cites));
    if (!exercise_.interpretation.empty())
      card.rows.push_back(silent("How we read it", exercise_.interpretation));
    return card;
  }

 private:
  /// The words of the source stand behind ours; with their place, where it is another than the
  /// card's.
  void add_statement(Row& row, const std::string& text, const std::vector<Citation>& cites) const {
    const Citation& home = exercise_.cites.front();
    Sentence words{{Ink::plain, text, {}}};
    std::vector<Sentence> elsewhere;
    for (const Citation& cite : cites) {
      const Piece quote{Ink::quote, cite.phrase, {}};
      if (cite.source == home.source && cite.heading == home.heading)
        words.push_back(quote);
      else
        elsewhere.push_back({quote, {Ink::origin, origin(questionnaire_, cite), {}}});
    }
    row.entries.push_back(std::move(words));
    for (Sentence& quote : elsewhere) row.entries.push_back(std::move(quote));
  }

  Row statement(std::string label, const std::string& text,
                const std::vector<Citation>& cites) const {
    Row row{std::move(label), {}};
    add_statement(row, text, cites);
    return row;
  }

  static Row silent(std::string label, std::string text) {
    return {std::move(label), {{{Ink::plain, std::move(text), {}}}}};
  }

  Row steps() const {
    if (exercise_.steps.empty())
      return silent("Steps", "The source names this exercise and gives no steps.");
    Row row{"Steps", {}};
    for (std::size_t i = 0; i < exercise_.steps.size(); ++i)
      add_statement(row, std::to_string(i + 1) + ". " + exercise_.steps[i].text,
                    exercise_.steps[i].cites);
    return row;
  }

  Row amount(std::string_view label, const std::optional<Amount>& amount) const {
    if (!amount) return silent(std::string(label), "Not stated by the source.");
    return statement(std::string(label), amount->text, amount->cites);
  }

  const Questionnaire& questionnaire_;
  const Exercise& exercise_;
};

}  // namespace

Card make_card(const Questionnaire& questionnaire, const Exercise& exercise) {
  return CardMaker(questionnaire, exercise).make();
}

}  // namespace fbss::report

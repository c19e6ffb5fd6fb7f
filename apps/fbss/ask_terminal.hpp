// SPDX-License-Identifier: Apache-2.0
// The terminal's side of a dialogue of `fbss ask`, whatever is asked: typed lines in, wrapped text
// out, the answers in their file, and what every stop has in common: the commands :b, :s, :q, :h,
// a yes or no, the end. What is asked is with those who derive from it: ask_dialogue.cpp and
// ask_form.cpp.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fbss/questionnaire.hpp>

#include "io.hpp"
#include "options.hpp"
#include "problems.hpp"

namespace fbss::app {

/// What is wrong with where ask reads from and writes to, and the file that answers go to: that of
/// -o, else the one that is resumed.
Result<std::string> save_file(const Options& options);

class AskTerminal {
 protected:
  AskTerminal(std::string file, std::string_view long_help, const Options& options,
              Console& console, Input& input);
  ~AskTerminal() { set_farewell(nullptr); }
  AskTerminal(const AskTerminal&) = delete;
  AskTerminal& operator=(const AskTerminal&) = delete;

  /// What the file is to hold now.
  virtual std::string record() = 0;
  /// The input has ended: whether nothing more was to be asked, so that the end is told already.
  virtual bool ends_with_input() = 0;
  /// Goes to the stop before; false where there is none.
  virtual bool steps_back() = 0;

  void say(std::string_view text, std::string_view first = {});
  void say_where_saved();
  void say_saved() { console_.err.write(saved_words()); }

  /// What a question offers: y and n, options with their numbers (at most so many, those alone
  /// marked so), or in which form to type.
  void show_choice(const Item& question, std::size_t most_options, bool marks_exclusive);
  void show_yes_or_no(std::string_view no);

  /// A line without spaces around it, or nothing where the dialogue is over. `loggable` says which
  /// part of it may stand in a log.
  std::optional<std::string> read_line(
      const std::function<std::string_view(std::string_view)>& loggable);

  /// The commands that every stop takes; true where the dialogue is over.
  bool leave_or_help(const std::string& typed);

  /// :b; false where there is no question before, which is told.
  bool back();

  /// Whether it is yes, and Enter is no. Nothing where the stop is left without an answer.
  std::optional<bool> read_yes_or_no();

  /// At the end: whether it is Enter. Else the stop is left.
  bool read_enter();

  /// Saves, where there is a file to save in; false where the dialogue ends because it failed.
  bool save();
  /// Answers that were resumed from another file are saved before anything else.
  bool save_resumed();

  void remember_farewell();

  /// ":w 2" is a command and what it is about.
  static std::pair<std::string, std::string> split(const std::string& typed);

  std::string file_;  // "": nowhere
  const Options& options_;
  Console& console_;
  std::size_t width_;
  std::optional<Exit> result_;  // set: the dialogue is over

 private:
  std::string resumed() const { return options_.value("resume"); }
  std::string saved_words() const;
  void end_of_input();
  bool save_and_leave(const std::string& file);

  std::string_view long_help_;
  LineReader lines_;
  bool echoes_;
  bool saved_ = false;
  std::string farewell_;
};

}  // namespace fbss::app

// SPDX-License-Identifier: Apache-2.0
// Expressions of the differential test: in a seed, the lines of grammar.txt and the schema; out a
// tree whose text is an expression. The tree is kept so that a disagreement can be followed down to
// the smallest part that disagrees.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "random.hpp"
#include "schema.hpp"

namespace differential {

struct Term {
  std::string name;                 // of the function or operator; "path", "literal"
  std::vector<std::string> pieces;  // what stands before, between and behind the parts
  std::vector<Term> parts;
  std::vector<bool> is_inner;  // of each part: it is evaluated for each item of the first part
  bool is_operator = false;    // needs parentheses where it is not an argument

  std::string text() const;
};

/// Where an expression stands: in what, and whether $this and $index are of an item.
struct Focus {
  std::string type;  // FHIR's or the grammar's; "any" where it is not known
  bool is_item = false;
};

class Grammar {
 public:
  /// Reads grammar.txt. A line that `is_refused` does not want is left out and counted.
  Grammar(const std::string& path, const Schema& schema,
          const std::function<bool(const std::string& function)>& is_refused);

  /// An expression about a resource of that type, nested so deep.
  Term expression(const std::string& resource_type, int depth, Random& random) const;

  std::size_t lines_left_out() const { return lines_left_out_; }
  std::string functions_left_out() const { return functions_left_out_; }

 private:
  struct Rule {
    std::string result = {}, items = {}, pattern = {}, name = {};
    bool is_operator = false;
  };
  struct Made {
    Term term;
    Focus items;  // what the values are
  };

  Made make(const std::string& kind, int depth, const Focus& focus, Random& random) const;
  Made follow(const Rule& rule, const std::string& wanted, int depth, const Focus& focus,
              Random& random) const;
  Made leaf(const std::string& kind, const Focus& focus, Random& random) const;
  Made path(const std::string& kind, const Focus& focus, Random& random) const;
  Made literal(const std::string& kind, Random& random) const;
  Made flat(Random& random) const;

  const Schema& schema_;
  std::map<std::string, std::vector<Rule>> rules_, literals_;
  std::size_t lines_left_out_ = 0;
  std::string functions_left_out_;
};

}  // namespace differential

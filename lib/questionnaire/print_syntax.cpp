// SPDX-License-Identifier: Apache-2.0
// Syntax -> FHIRPath text. Parts of operators that are operators themselves stand in parentheses:
// not always needed, always right. Entered through print_syntax().
#include "questionnaire/print_syntax.hpp"

namespace fbss {
namespace {

using fhirpath::Syntax;
using fhirpath::SyntaxKind;

void quote(std::string& out, std::string_view text, char mark) {
  out += mark;
  for (char c : text) {
    if (c == mark || c == '\\') out += '\\';
    out += c;
  }
  out += mark;
}

void name(std::string& out, std::string_view text) {
  const bool plain = !text.empty() && text.find_first_not_of(
                                          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                          "0123456789_") == std::string_view::npos;
  if (plain)
    out += text;
  else
    quote(out, text, '`');
}

bool is_operator(const Syntax& syntax) {
  return !operator_sign(syntax.kind).empty() || syntax.kind == SyntaxKind::plus ||
         syntax.kind == SyntaxKind::minus || syntax.kind == SyntaxKind::is_type ||
         syntax.kind == SyntaxKind::as_type;
}

void print(std::string& out, const Syntax& syntax);

/// A part of an operator, or what stands before a dot.
void part(std::string& out, const Syntax& syntax) {
  const bool brackets = is_operator(syntax);
  if (brackets) out += '(';
  print(out, syntax);
  if (brackets) out += ')';
}

void print(std::string& out, const Syntax& syntax) {
  if (const std::string_view sign = operator_sign(syntax.kind); !sign.empty()) {
    part(out, *syntax.parts[0]);
    out += ' ';
    out += sign;
    out += ' ';
    part(out, *syntax.parts[1]);
    return;
  }
  switch (syntax.kind) {
    case SyntaxKind::empty:
      out += "{}";
      return;
    case SyntaxKind::string:
      quote(out, syntax.text, '\'');
      return;
    case SyntaxKind::date:
    case SyntaxKind::date_time:
      out += '@' + syntax.text;
      return;
    case SyntaxKind::time:
      out += syntax.text.starts_with('T') ? "@" : "@T";
      out += syntax.text;
      return;
    case SyntaxKind::quantity:
      out += syntax.text + ' ';
      if (syntax.calendar_unit)
        out += syntax.name;
      else
        quote(out, syntax.name, '\'');
      return;
    case SyntaxKind::variable:
      out += '%';
      name(out, syntax.name);
      return;
    case SyntaxKind::this_value:
      out += "$this";
      return;
    case SyntaxKind::index_value:
      out += "$index";
      return;
    case SyntaxKind::total_value:
      out += "$total";
      return;
    case SyntaxKind::member:
      if (!syntax.parts.empty()) {
        part(out, *syntax.parts[0]);
        out += '.';
      }
      name(out, syntax.name);
      return;
    case SyntaxKind::function: {
      const std::size_t first = syntax.has_input ? 1 : 0;
      if (syntax.has_input) {
        part(out, *syntax.parts[0]);
        out += '.';
      }
      name(out, syntax.name);
      out += '(';
      for (std::size_t i = first; i < syntax.parts.size(); ++i) {
        if (i > first) out += ", ";
        print(out, *syntax.parts[i]);
        using fhirpath::SortOrder;
        if (syntax.parts[i]->sort_order == SortOrder::ascending) out += " asc";
        if (syntax.parts[i]->sort_order == SortOrder::descending) out += " desc";
      }
      out += ')';
      return;
    }
    case SyntaxKind::indexer:
      part(out, *syntax.parts[0]);
      out += '[';
      print(out, *syntax.parts[1]);
      out += ']';
      return;
    case SyntaxKind::plus:
    case SyntaxKind::minus:
      out += syntax.kind == SyntaxKind::plus ? '+' : '-';
      part(out, *syntax.parts[0]);
      return;
    case SyntaxKind::is_type:
    case SyntaxKind::as_type:
      part(out, *syntax.parts[0]);
      out += syntax.kind == SyntaxKind::is_type ? " is " : " as ";
      out += syntax.name;
      return;
    default:
      out += syntax.text;
      return;  // Booleans and numbers as written
  }
}

}  // namespace

std::string_view operator_sign(SyntaxKind kind) {
  switch (kind) {
    case SyntaxKind::multiply:
      return "*";
    case SyntaxKind::divide:
      return "/";
    case SyntaxKind::div:
      return "div";
    case SyntaxKind::mod:
      return "mod";
    case SyntaxKind::add:
      return "+";
    case SyntaxKind::subtract:
      return "-";
    case SyntaxKind::concatenate:
      return "&";
    case SyntaxKind::union_of:
      return "|";
    case SyntaxKind::less:
      return "<";
    case SyntaxKind::less_or_equal:
      return "<=";
    case SyntaxKind::greater:
      return ">";
    case SyntaxKind::greater_or_equal:
      return ">=";
    case SyntaxKind::equal:
      return "=";
    case SyntaxKind::equivalent:
      return "~";
    case SyntaxKind::not_equal:
      return "!=";
    case SyntaxKind::not_equivalent:
      return "!~";
    case SyntaxKind::in:
      return "in";
    case SyntaxKind::contains:
      return "contains";
    case SyntaxKind::logical_and:
      return "and";
    case SyntaxKind::logical_or:
      return "or";
    case SyntaxKind::logical_xor:
      return "xor";
    case SyntaxKind::implies:
      return "implies";
    default:
      return "";
  }
}

std::string print_syntax(const Syntax& syntax) {
  std::string text;
  print(text, syntax);
  return text;
}

}  // namespace fbss

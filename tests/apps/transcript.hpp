// SPDX-License-Identifier: Apache-2.0
// Runs commands with the built program and reads the transcripts in cases/*.txt, which say what
// each command must do.
//
// A transcript is a list of cases. A line that begins with # is a comment. An indented block
// belongs to the line above it; two spaces are its indent.
//
//     case: a missing file
//     file patient.json:           makes a file in the case's own folder
//       {"diabetes": "yes"}
//     run: fbss screen other.json  runs a line of shell there ($DATA is tests/apps/data)
//     stdin:                       what it reads
//       y
//     exit: 4                      its exit code; must stand under every run
//     out has: …                   standard output holds the text, wherever its lines are broken;
//                                  "err has" likewise
//     out lacks: …                 it does not
//     out is:                      it is exactly the block below, or nothing at all
//     file answers.json has: …     the file holds the text; "lacks" likewise
//     no file answers.json         there is no such file
#pragma once

#include <string>
#include <vector>

#include "scratch.hpp"

/// What a command gave back.
struct Ran {
  int exit = 0;  ///< 128 + the signal where one ended it
  std::string out, err;
};

/// Runs a line of shell in the folder, `fbss` being the built program.
Ran run_shell(const Scratch& folder, const std::string& line, const std::string& input = {});

/// The environment in which commands run, as execve() takes it.
std::vector<std::string> test_environment();

/// One line of a transcript with its block.
struct Instruction {
  int line = 0;
  std::string text;
  std::string block;
};

struct Case {
  std::string name;
  std::vector<Instruction> instructions;
};

std::vector<Case> read_transcript(const std::string& path);

/// Runs a case; every broken expectation is a doctest failure that names its place.
void run_case(const std::string& path, const Case& one);

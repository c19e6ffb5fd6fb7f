#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Plays walk.md in the terminal, for a lecture: each heading, each question to the class, and each command, which runs
# when you press Enter. Your notes between them stay in walk.md.
#   examples/classroom/walk.sh           play it (without a terminal as standard input: without waiting)
#   examples/classroom/walk.sh --write   print walk.md with what the commands print now; make.sh does this
# In walk.md a block marked "sh" holds commands; a block marked "text" behind it holds what they print, or the part
# that a comment <!-- shows: SCRIPT --> picks (a script of sed -n), "…" standing for the rest.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit
source fbss-path.sh
writes=false
if [[ ${1:-} == --write ]]; then writes=true; fi

# say TEXT: a line of walk.md, in --write alone.
say() { if $writes; then printf '%s\n' "$1"; fi; }

# show TEXT: a line for the screen, in the play alone.
show() { if ! $writes; then printf '%s\n' "$1"; fi; }

# pause WORDS: waits for Enter where somebody sits at the keyboard.
pause() { if ! $writes && [[ -t 0 ]]; then read -r -s -p "$1" && printf '\r\033[K'; fi; }

# run_commands COMMANDS: leaves what they print in $output. A refused record (1) is part of the lesson, else 0 is due.
run_commands() {
  pause '[Enter runs it]'
  output=$(bash -uo pipefail -c "$1" 2>&1)
  local code=$?
  if ((code > 1)); then
    printf 'exit code %d from:\n%s%s\n' "$code" "$1" "$output" >&2
    exit 1
  fi
}

# excerpt SCRIPT: the picked part of $output.
excerpt() {
  local part
  part=$(sed -n "$1" <<<"$output")
  if [[ -z $part ]]; then
    printf 'walk.md picks nothing with: %s\n' "$1" >&2
    exit 1
  fi
  if [[ ${part%%$'\n'*} != "${output%%$'\n'*}" ]]; then echo …; fi
  printf '%s\n' "$part"
  if [[ ${part##*$'\n'} != "${output##*$'\n'}" ]]; then echo …; fi
}

bold='' plain=''
if [[ -t 1 ]]; then bold=$'\033[1m' plain=$'\033[0m'; fi
block='' commands='' output='' script=p
while IFS= read -r line <&3; do
  if [[ $block == text && $line != '```' ]]; then continue; fi  # what was printed when it was written last
  case $block$line in
    '```sh') block=sh commands='' ;;
    'sh```')
      block=''
      run_commands "$commands" ;;
    sh*)
      commands+=$line$'\n'
      show "${bold}\$ $line$plain" ;;
    '```text')
      block=text
      say '```text'
      excerpt "$script" || exit
      show ''
      script=p
      pause '[Enter goes on]'
      continue ;;
    'text```') block='' ;;
    '<!-- shows: '*)
      script=${line#'<!-- shows: '}
      script=${script%' -->'} ;;
    '#'*) show "$bold${line##*# }$plain"$'\n' ;;
    '> '*) show "$(fold -s -w 76 <<<"${line#> }" | sed 's/^/  /')" ;;
    '') if [[ ${last:-} == '> '* ]]; then show ''; fi ;;
  esac
  last=$line
  say "$line"
done 3<walk.md

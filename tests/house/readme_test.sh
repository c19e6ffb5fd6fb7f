#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Runs what a README tells a reader to type. In: the project's folder, the folder of the built programs, the README
# within the project. Every ```sh block runs, in order, in one empty folder in which examples/ and questionnaires/ lie;
# where a ```text block follows, each of its lines must stand in what the command printed, in that order ("…" alone
# stands for any lines). Blocks marked ```shell (they build, or ask a person) are not run.
set -uo pipefail
project=$1 readme=$1/$3
export PATH=$2:$PATH
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ln -s "$project/examples" "$project/questionnaires" "$folder"
cd "$folder" || exit 1

failures=0 runs=0 kind='' block='' printed=''

run_block() {
  printed=$(bash -euo pipefail -c "$block" 2>&1)
  local code=$?
  runs=$((runs + 1))
  if ((code != 0)); then
    printf 'FAILED with exit code %d:\n%s\n%s\n' "$code" "$block" "$printed"
    failures=$((failures + 1))
  fi
}

# Holds the excerpt against the last command's output, line for line, blanks at line ends aside.
hold_excerpt() {
  local expected rest=$printed$'\n'
  while IFS= read -r expected; do
    if [[ -z ${expected// /} || $expected == … ]]; then continue; fi
    if [[ $'\n'$rest != *$'\n'"$expected"$'\n'* ]]; then
      printf 'NOT PRINTED (or not in this order):\n%s\nby:\n%s\nwhich gave:\n%s\n' \
        "$expected" "$last_block" "$printed"
      failures=$((failures + 1))
      return
    fi
    rest=${rest#*"$expected"$'\n'}
  done <<<"$block"
}

while IFS= read -r line; do
  case $line in
    '```')
      if [[ $kind == sh ]]; then run_block; last_block=$block; fi
      if [[ $kind == text && $runs -gt 0 ]]; then hold_excerpt; fi
      kind='' ;;
    '```'*) kind=${line#\`\`\`} block='' ;;
    *) if [[ -n $kind ]]; then block+=$line$'\n'; fi ;;
  esac
done <"$readme"

echo "$runs examples of $3 run, $failures failed"
((runs > 0 && failures == 0))

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Holds examples/classroom/ against the program. In: the project's folder, the folder of the built programs. The
# worksheet, its key and the outputs in walk.md are made again and must be as committed; each patient shows what the
# lecture says; the walk plays to its end; no text forecasts, grades or instructs.
set -uo pipefail
export LC_ALL=C.UTF-8  # quotation marks are one character each
classroom=$1/examples/classroom
export PATH=$2:$PATH
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0
fail() {
  printf 'FAILED: %s\n' "$1"
  failures=$((failures + 1))
}

"$classroom/make.sh" "$folder" 2>"$folder/log" || fail "make.sh: $(cat "$folder/log")"
for page in worksheet.md key.md walk.md; do
  diff "$classroom/$page" "$folder/$page" ||
    fail "$page is not what fbss prints now (<: committed, >: now). Run examples/classroom/make.sh and read the difference."
done

# patient COUNTS: present, absent, unknown and not applicable of the listed factors.
patient() {
  local counts
  counts=$(fbss screen --format json "$classroom/patients/$1.json" |
    fbss fhirpath "(sample).combine(tallies.present).combine(tallies.absent).combine(tallies.unknown)
      .combine(tallies.not_applicable).select(\$this.toString()).join(' ')" --input -)
  [[ $counts == "true $2" ]] || fail "patient $1 is \"$counts\", not \"true $2\""
}
patient a '0 8 0 1'
patient b '8 1 0 0'
patient c '0 1 8 0'
patient d '0 7 1 1'

# One answer of D's settles all that is open; nothing else settles anything.
decides=$(fbss screen --format json "$classroom/patients/d.json" |
  fbss fhirpath "unanswered.settles_most.select(question + ' ' + fewest.toString()).combine(
    findings.where(status = 'unknown').count().toString()).join(', ')" --input -)
[[ $decides == 'depression_treated 2, 2' ]] || fail "patient D hangs on: $decides"

# The plan that the walk shows: two cautions, a difference of numbers, an exercise without any.
plan=$(fbss screen -q rehab_plan --format json "$classroom/../patients/exercise-plan.json" |
  fbss fhirpath "findings.where(status = 'present').rule.join(' ')" --input -)
[[ $plan == 'caution_swimming_no_advice caution_head_off_pillow dose_abdominal_bracing dose_not_stated' ]] ||
  fail "exercise-plan.json shows: $plan"

played=$("$classroom/walk.sh" </dev/null 2>&1) || fail "walk.sh: $played"
for part in '$ fbss screen patients/d.json' 'Ask the class: ' '7. After the operation'; do
  [[ $played == *"$part"* ]] || fail "walk.sh does not show: $part"
done

# Our words only: what stands in quotation marks is a source's, and two sentences deny.
banned='[0-9] ?%|odds|percent|probab|likel|prognos|forecast|recommend|complian|stratif|low.risk|high.risk|\bscor(e|ing)s?\b|\border(s|ed)?\b'
if said=$(cd "$classroom" && cat README.md worksheet.md key.md walk.md | tr '\n' ' ' | sed 's/“[^”]*”//g; s/[Nn]ot an order//g; s/not a score//g' |
  grep -oEi ".{0,40}($banned).{0,20}"); then
  fail "wording: $said"
fi

echo "examples/classroom: $failures failed"
((failures == 0))

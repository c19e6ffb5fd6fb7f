#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Before a clinic day: which questions are still open, and in how many of the day's records. In: a table of records
# (CSV, question ids as header). Out: a line a question. Records that fbss refuses are left out; it tells of them on
# stderr.
#   examples/scripts/open-questions.sh examples/scripts/clinic.csv
set -u
records=${1:?usage: open-questions.sh TABLE.csv}

fbss batch --in csv --format ndjson "$records" |
  sed -n 's/.*"status":"ok".*"unanswered":\[\([^]]*\)\].*/\1/p' |
  tr ',' '\n' | tr -d '"' | sed '/^$/d' | sort | uniq -c |
  while read -r count question; do echo "$question: open in $count"; done
((PIPESTATUS[0] <= 1))  # 1: some records were refused

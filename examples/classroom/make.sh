#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Makes the worksheet, its key and the outputs in walk.md, all from the four patients and from what fbss prints. Run it
# after you changed a patient, a question of yours or walk.md; a test runs it too and compares.
#   examples/classroom/make.sh [FOLDER]     writes worksheet.md, key.md and walk.md there (default: beside this script)
set -euo pipefail
into=$(cd "${1:-$(dirname "${BASH_SOURCE[0]}")}" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")"
source fbss-path.sh
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# One document with the questionnaire and the four reports. Every table below is one FHIRPath expression over it.
all=$folder/all.json
{
  echo '{ "questionnaire":'
  fbss show --format json
  echo ', "reports": ['
  for patient in a b c d; do
    if [[ $patient != a ]]; then echo ,; fi
    fbss screen --format json "patients/$patient.json"
  done
  echo '] }'
} >"$all"
from_all() { fbss fhirpath "$1" --input "$all"; }

# page KIND: the worksheet ("worksheet": with room to write) or its key ("key": filled in).
page() {
  local kind=$1 word left right
  # filled TEXT: the answer, in the key alone.
  filled() { if [[ $kind == key ]]; then printf '%s' "$1"; fi; }
  key_only() { if [[ $kind == key ]]; then cat; else cat >/dev/null; fi; }
  worksheet_only() { if [[ $kind == key ]]; then cat >/dev/null; else cat; fi; }

  if [[ $kind == key ]]; then
    echo '# Key to the worksheet: unknown is not no'
  else
    echo '# Worksheet: unknown is not no'
  fi
  echo
  from_all "'**SAMPLE DATA: no such patients.** For teaching, not for care. Questionnaire \`' + questionnaire.id + '\` ' + questionnaire.version +
    ', content ' + questionnaire.sha256.substring(0, 12) + '.'"
  worksheet_only <<'END'

Date: ______________________  Group: ______________________
END
  cat <<'END'

## 1. Three values

An answer can be missing. Then a statement is neither true nor false but *unknown*: we would have to know more. Fill in what follows. It helps
to ask: could the missing answer still turn it?

END
  for word in and or; do
    echo "| **$word** | true | false | unknown |"
    echo '| :---: | :---: | :---: | :---: |'
    for left in true false '{}'; do
      printf '| **%s** |' "$(named "$left")"
      for right in true false '{}'; do
        printf ' %s |' "$(filled "$(named "$(fbss fhirpath "$left $word $right")")")"
      done
      echo
    done
    echo
  done
  cat <<'END'
## 2. Nine factors that a source lists

Each with its place in the source, the words that stand there, the rule, and how we read it.

END
  from_all "reports.first().findings.where(kind = 'factor').select(
    ('1. **' + title + '** (' + place + '): “' + citations.first().phrase + '”')
      .combine('   - ' + plain_words).combine('   - How we read it: ' + interpretation))"
  echo
  from_all "questionnaire.sources.select('The source: ' + publisher + ', “' + title + '”, ' + kind + ' (' + published + '); ' + evidence + '.').join(' ')"
  cat <<'END'

## 3. Four patients before a back operation

“unknown” was asked and is not known; “declined” was asked and not answered; “not asked” is missing; “–” does not
arise from the other answers.

| Question | A | B | C | D |
| --- | :---: | :---: | :---: | :---: |
END
  from_all "questionnaire.items.where(optional = false).items.select(defineVariable('asked', \$this).select(
    '| ' + %asked.text.split('?').first() + '? | ' + %context.reports.select(iif(answers.question contains %asked.id,
      answers.where(question = %asked.id).label, iif(unanswered.unknown contains %asked.id, '*unknown*',
      iif(unanswered.declined contains %asked.id, '*declined*',
      iif(unanswered.not_asked contains %asked.id, '*not asked*', '–'))))).join(' | ') + ' |'))"
  cat <<'END'

## 4. What the answers match

Write into each field: **present**, **absent**, **unknown** or **not applicable**. Only a recorded answer can make a factor absent or not applicable.

| Factor | A | B | C | D |
| --- | :---: | :---: | :---: | :---: |
END
  local status="''"
  if [[ $kind == key ]]; then status="findings.where(rule = %factor).status.replace('_', ' ')"; fi
  from_all "reports.first().findings.where(kind = 'factor').select(defineVariable('factor', rule).select(
    '| ' + title + ' | ' + %context.reports.select($status).join(' | ') + ' |'))"
  cat <<'END'

## 5. Counting

How many of the nine are present? Give the least and the most that the answers leave open.

| Patient | at least | at most |
| :---: | :---: | :---: |
END
  if [[ $kind == key ]]; then
    from_all "reports.select('| ' + 'ABCD'.substring(\$index, 1) + ' | ' + tallies.at_least.toString() +
      ' | ' + tallies.at_most.toString() + ' |')"
  else
    from_all "reports.select('| ' + 'ABCD'.substring(\$index, 1) + ' | | |')"
  fi
  key_only <<<"
fbss says it so, and adds each time: “$(from_all 'reports.first().tallies.statement')”

$(from_all "reports.select('- **' + 'ABCD'.substring(\$index, 1) + '** ' + tallies.sentence)")"
  cat <<'END'

What does the count of B say about how B will be after the operation?
END
  line_or 'Nothing: the source gives no figures. Ask who would use the count so all the same, and how a report can keep them from it.'
  cat <<'END'

A form reads every blank as “no”. Which patient would then look like A? What would be lost?
END
  line_or 'C: nothing would be present, and every question that is still open would be gone from sight.'
  cat <<'END'

## 6. One answer decides

Which single question is open for D and settles the most findings? What does each answer to it make of the factor?
END
  line_or "$(from_all "reports[3].unanswered.settles_most.first().select('“' +
    %context.questionnaire.items.items.where(id = %context.reports[3].unanswered.settles_most.first().question).text +
    '” It settles ' + most.toString() + ' findings: ' +
    %context.reports[3].findings.where(status = 'unknown').title.join('; ') + '.')")"
  key_only <<<"
\`\`\`text
$(for answer in yes no; do fbss screen --what-if "depression_treated=$answer" patients/d.json | sed -n '/before/,/^$/p'; done)
\`\`\`"
  cat <<'END'

For B, somebody strikes out the answer about treated depression. The factor “untreated depression” becomes unknown, the prevention step
“address depression or anxiety before surgery” does not. Why?
END
  line_or 'B’s anxiety is not treated: that alone makes the step present, and “true or unknown” is true. The factor has no second way to be present.'
  key_only <<<"
\`\`\`text
$(fbss screen --what-if depression_treated=unknown patients/b.json | sed -n '/before/,/^$/p')
\`\`\`"
  cat <<'END'

## 7. To talk about

1. The nine factors stand on six lines of the source. What becomes of the count if you count lines? Who decides that?
2. “Sedentary” and “extensive or complex” are not defined in the source. Whose answer is it? What would a number of minutes or levels add, and where
   would it come from?
3. D was never asked about treated anxiety. Why is that not an open question, but D’s treated depression is?
4. The source cites no studies. Why may a list still be of use before a visit, and what does whoever shows it owe the reader?
END
  key_only <<'END'

Notes for the teacher:

1. Neither is in the source; nine is a reading, and the report says so behind every count. That is a reason to show the list before the number.
2. The clinician’s. A number would be ours, not the source’s; the rule says what it leaves to judgement.
3. D has no anxiety, so the question does not arise; D has depression, so the other question does, and it was not known.
4. It reminds; it does not foretell. It owes the reader the place in the source, the reading, and what the source is worth.
END
}

# named VALUE: a value of FHIRPath in plain words; the empty collection is what unknown is there.
named() { case $1 in '' | '{}') echo unknown ;; *) echo "$1" ;; esac; }

# line_or TEXT: the answer in the key, room to write in the worksheet.
line_or() {
  echo
  if [[ $kind == key ]]; then echo "**$1**"; else printf '%s\n\n%s\n' "$line" "$line"; fi
}
line=$(printf '_%.0s' {1..90})

page worksheet >"$folder/worksheet.md"
page key >"$folder/key.md"
./walk.sh --write >"$folder/walk.md"
mv "$folder"/{worksheet,key,walk}.md "$into"
echo "worksheet.md, key.md and walk.md are up to date in $into" >&2

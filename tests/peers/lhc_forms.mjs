// SPDX-License-Identifier: Apache-2.0
// Our exports in LHC-Forms, an engine that shares no code with us. In: the program, and files of
// clinical cases (tests/content/cases/). Each case's answers become a QuestionnaireResponse, written
// here and not by us, which LHC-Forms loads into the exported form, enables and computes. Out: every
// item that it enables otherwise, every status and every count that the clinician did not expect.
//
//   FBSS_PEERS=FOLDER node lhc_forms.mjs build/release/bin/fbss tests/content/cases/preop_screen.json
//
// FOLDER holds LHC-Forms and what runs it (README.md); Debian's chromium, or what CHROMIUM names, must
// be there. Without them it says so and ends with 77, which is "skipped".
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const skip = why => { console.log(`skipped: ${why}`); process.exit(77); };
const folder = process.env.FBSS_PEERS ?? skip('FBSS_PEERS names no folder with LHC-Forms');
const oracle = path.join(path.resolve(folder), 'oracle.mjs');
if (!fs.existsSync(oracle)) skip(`there is no ${oracle}`);
for (const name of ['lforms', 'playwright-core'])
  if (!fs.existsSync(path.join(folder, 'node_modules', name)))
    skip(`the package ${name} is not in ${folder}`);
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!fs.existsSync(chromium)) skip(`there is no ${chromium}`);

const absentReason = 'data-absent-reason';
const absentCodes = { unknown: 'asked-unknown', declined: 'asked-declined' };

const [program, ...files] = process.argv.slice(2);
const fbss = (...words) => JSON.parse(execFileSync(program, words, { encoding: 'utf8' }));
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'fbss-lhc-'));

const forms = new Map();
function form(id) {
  if (!forms.has(id)) forms.set(id, fbss('export', '-q', id, '--as', 'fhir'));
  return forms.get(id);
}

// An answer as a record holds it, as FHIR holds it. Codes are looked for among the item's options.
function answers(item, value) {
  if (item.answerOption) {
    const codings = item.answerOption.map(option => option.valueCoding);
    return [value].flat().map(one => ({ valueCoding: codings.find(coding =>
      coding.system.endsWith(absentReason) ? coding.code === absentCodes[one]
        : coding.code === ({ true: 'yes', false: 'no' }[one] ?? one)) }));
  }
  if (value in absentCodes)
    return [{ extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
                            valueCode: absentCodes[value] }] }];
  const key = { integer: 'valueInteger', decimal: 'valueDecimal', date: 'valueDate', string: 'valueString' };
  return [{ [key[item.type]]: value }];
}

function response(questionnaire, record) {
  const sections = [];
  for (const group of questionnaire.item.filter(item => item.type === 'group')) {
    const item = group.item.filter(question => record[question.linkId] != null)
      .map(question => ({ linkId: question.linkId,
                          answer: answers(question, record[question.linkId]) }));
    if (item.length > 0) sections.push({ linkId: group.linkId, item });
  }
  return { resourceType: 'QuestionnaireResponse', status: 'in-progress', item: sections };
}

function* walk(items) {
  for (const item of items ?? []) {
    yield item;
    yield* walk(item.item);
    for (const answer of item.answer ?? []) yield* walk(answer.item);
  }
}

// What we say is enabled: questions that have a value or are open, remarks and notices that apply.
function enabled(record, id) {
  const file = path.join(scratch, 'record.json');
  fs.writeFileSync(file, JSON.stringify(record));
  const report = fbss('screen', '-q', id, '--format', 'json', file);
  const links = new Set([...report.answers.map(answer => answer.question),
                         ...Object.values(report.unanswered).flat(),
                         ...report.notices.map(notice => `fbss.notice.${notice.id}`)]);
  const items = new Map([...walk(form(id).item)].map(item => [item.linkId, item]));
  for (const finding of report.findings)
    for (const remark of items.get(finding.rule).item.filter(item => item.linkId.includes('.note')))
      if (finding.notes.some(note => remark.text.startsWith(note.text))) links.add(remark.linkId);
  return links;
}

const cases = files.flatMap(file => JSON.parse(fs.readFileSync(file, 'utf8')).cases
  .map(one => ({ ...one, name: `${path.basename(file, '.json')}: ${one.id}` })));
const jobs = cases.map(one => ({
  id: one.name, questionnaire: form(one.questionnaire),
  response: response(form(one.questionnaire), one.answers) }));
const jobsFile = path.join(scratch, 'jobs.json'), resultsFile = path.join(scratch, 'results.json');
fs.writeFileSync(jobsFile, JSON.stringify(jobs));
execFileSync('node', [oracle, jobsFile, resultsFile], { stdio: 'inherit', env: { ...process.env, CHROMIUM: chromium } });
const results = JSON.parse(fs.readFileSync(resultsFile, 'utf8'));

const total = { forms: 0, items: 0, statuses: 0, counts: 0 }, differ = { items: 0, statuses: 0, counts: 0 };
const differs = (what, name, text) => { ++differ[what]; console.log(`${name}: ${text}`); };
let broken = 0;
results.forEach((result, i) => {
  const one = cases[i], questionnaire = form(one.questionnaire);
  if (result.failed || result.errors.length > 0 || result.blocked.length > 0) {
    ++broken;
    console.log(`${one.name}: ${result.failed ?? ''} ${result.errors.join('; ')} ${result.blocked.join('; ')}`);
    if (result.failed) return;
  }
  ++total.forms;
  const disabled = new Set(result.disabled), asked = enabled(one.answers, one.questionnaire);
  for (const item of walk(questionnaire.item)) {
    if (!item.enableWhen && !item.extension?.some(each => /enableWhenExpression/.test(each.url))) continue;
    ++total.items;
    if (disabled.has(item.linkId) === asked.has(item.linkId))
      differs('items', one.name, `${item.linkId} is ${disabled.has(item.linkId) ? 'not ' : ''}enabled`);
  }
  const computed = new Map([...walk(result.response.item)].map(item => [item.linkId, item.answer?.[0]]));
  for (const [status, rules] of Object.entries(one.expect))
    for (const rule of rules) {
      ++total.statuses;
      const found = computed.get(rule)?.valueString;
      if (found !== status) differs('statuses', one.name, `${rule} is ${found}, not ${status}`);
    }
  for (const [part, count] of Object.entries(one.expect_count ?? {})) {
    if (part === 'listed') continue;
    ++total.counts;
    const found = computed.get(`fbss.tally.listed_factors.${part}`)?.valueInteger;
    if (found !== count) differs('counts', one.name, `${part} is ${found}, not ${count}`);
  }
});
fs.rmSync(scratch, { recursive: true });
console.log(`${total.forms} of ${cases.length} forms; items with a condition: ${total.items - differ.items} of ` +
  `${total.items} alike; statuses: ${total.statuses - differ.statuses} of ${total.statuses}; ` +
  `counts: ${total.counts - differ.counts} of ${total.counts}; with errors: ${broken}`);
const all = Object.values(differ).reduce((sum, count) => sum + count, 0);
process.exit(all === 0 && broken === 0 && total.forms === cases.length && total.forms > 0 ? 0 : 1);

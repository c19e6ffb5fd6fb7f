// SPDX-License-Identifier: Apache-2.0
// The calculated values of forms.json with fhirpath.js: the same expressions, compiled once, each
// with its variables, in the order of the form; each value is put into the response before the
// next. In: the form, a file of one response a line; PEERS names the folder with node_modules. Out:
// what bench_forms prints.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(path.join(path.resolve(process.env.PEERS), 'package.json'));
const fhirpath = require('fhirpath'), model = require('fhirpath/fhir-context/r4');

const [formFile, file] = process.argv.slice(2);
const form = JSON.parse(fs.readFileSync(formFile, 'utf8'));

const isCalculated = extension => extension.url.endsWith('-calculatedExpression');
const isVariable = extension => extension.url.endsWith('/variable');
const compiled = extension => fhirpath.compile(
    { base: 'QuestionnaireResponse.item', expression: extension.valueExpression.expression }, model);

// Each calculated item with the group around it, its variables and its expression.
const steps = [];
function collect(items, group, variables) {
  for (const item of items) {
    const extensions = item.extension ?? [];
    const own = [...variables, ...extensions.filter(isVariable).map(extension =>
        ({ name: extension.valueExpression.name, holder: item.linkId, run: compiled(extension) }))];
    for (const extension of extensions.filter(isCalculated))
      steps.push({ item, group, variables: own, run: compiled(extension) });
    collect(item.item ?? [], item, own);
  }
}
collect(form.item, undefined, []);

const member = { decimal: 'valueDecimal', integer: 'valueInteger', boolean: 'valueBoolean' };
const find = (items, linkId) => items.find(item => item.linkId === linkId);

function calculate(response) {
  for (const { item, group, variables, run } of steps) {
    const holder = group ? find(response.item, group.linkId) : response;
    const environment = { resource: response, questionnaire: form, qitem: item };
    for (const variable of variables)
      environment[variable.name] = variable.run(find(response.item, variable.holder) ?? {}, environment);
    const [value] = run({}, environment);
    if (value === undefined) continue;
    holder.item.push({ linkId: item.linkId, text: item.text, answer: [{ [member[item.type]]: value }] });
  }
  return JSON.stringify(response);
}

const sums = { total: 0, bmi: 0, answered: 0 };
function addUp(items) {
  for (const item of items) {
    if (item.linkId in sums)
      for (const answer of item.answer) sums[item.linkId] += Number(Object.values(answer)[0]);
    addUp(item.item ?? []);
  }
}

const lines = fs.readFileSync(file, 'utf8').split('\n').filter(line => line !== '');
for (const line of lines.slice(0, 500)) calculate(JSON.parse(line));  // warm
let seconds = 0;
for (const line of lines) {
  const start = process.cpuUsage();
  const made = calculate(JSON.parse(line));
  const { user, system } = process.cpuUsage(start);
  seconds += (user + system) / 1e6;
  addUp(JSON.parse(made).item);
}
console.log(JSON.stringify({ responses: lines.length, per_cpu_s: lines.length / seconds,
                             peak_MiB: process.resourceUsage().maxRSS / 1024, sums }));

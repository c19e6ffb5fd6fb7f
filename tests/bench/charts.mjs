// SPDX-License-Identifier: Apache-2.0
// The chart's and the screen's expressions in fhirpath.js. In: what to do ("parse": JSON.parse alone; "prefill"; "screen": with the
// screen's conditions over a record); what bench_charts prints as "bundle", "rules" and "members"; PEERS names the folder with
// node_modules. Out: JSON with Bundles per CPU second, how many resources each chart rule found, and how each rule came out. The Bundle
// is parsed each time; whose the resources are, memberOf() and resolve() are a few lines over a Map, made as cheap as they can be; what
// a variable gives is kept for the rules, as ours is.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const [what, bundleFile, rulesFile, membersFile] = process.argv.slice(2);
const need = createRequire(path.join(process.env.PEERS, 'package.json'));
const fhirpath = need('fhirpath');
const model = need('fhirpath/fhir-context/r4');

const text = fs.readFileSync(bundleFile, 'utf8');
const rules = JSON.parse(fs.readFileSync(rulesFile, 'utf8'));
const members = new Map(Object.entries(JSON.parse(fs.readFileSync(membersFile, 'utf8')))
  .map(([list, codes]) => [list, new Set(codes)]));

let resources = new Map(); // of the Bundle at hand, by "Type/id"

const isMember = (list, coding) => list.has(`${coding.system}|${coding.code}`);
const userInvocationTable = {
  memberOf: {
    fn: (values, url) => {
      if (values.length !== 1) return [];
      const list = members.get(url);
      const value = values[0];
      return list === undefined ? [] : value.coding ? value.coding.some(one => isMember(list, one)) : isMember(list, value);
    },
    arity: { 1: ['String'] },
  },
  resolve: {
    fn: values => values.map(value => resources.get(value.reference)).filter(found => found !== undefined),
    arity: { 0: [] },
  },
};
const compile = expression => fhirpath.compile(expression, model, { userInvocationTable, resolveInternalTypes: false });
const variables = rules.variables.map(({ name, expression }) => ({ name, evaluate: compile(expression) }));
const finds = rules.finds.map(({ id, expression }) => ({ id, evaluate: compile(expression) }));

const conditions = new Map(rules.conditions.map(expression => [expression, compile(expression)]));

function screen() {
  const outcomes = new Map();
  for (const [expression, evaluate] of conditions) outcomes.set(expression, evaluate({}, rules.answers)[0]);
  const statuses = {};
  for (const { id, applies_when: applies, present_when: present } of rules.rules) {
    const gate = applies === '' ? true : outcomes.get(applies);
    const outcome = gate === true ? outcomes.get(present) : undefined;
    statuses[id] = gate === false ? 'not_applicable' : outcome === undefined ? 'unknown' : outcome ? 'present' : 'absent';
  }
  return statuses;
}

function prefill() {
  const bundle = JSON.parse(text);
  const environment = { chart: [], resource: bundle };
  resources = new Map();
  for (const { resource } of bundle.entry) {
    resources.set(`${resource.resourceType}/${resource.id}`, resource);
    const subject = resource.subject ?? resource.patient;
    if (subject?.reference === 'Patient/p1') environment.chart.push(resource);
  }
  for (const { name, evaluate } of variables) environment[name] = evaluate(bundle, environment);
  const found = {};
  for (const { id, evaluate } of finds) found[id] = evaluate(bundle, environment).length;
  return found;
}

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const run = { parse: () => JSON.parse(text), prefill, screen: () => [prefill(), screen()] }[what];
let best = 0;
for (let window = 0; window < 5; ++window) {
  let runs = 0;
  const start = cpuSeconds();
  do { run(); ++runs; } while (cpuSeconds() - start < 1);
  best = Math.max(best, runs / (cpuSeconds() - start));
}
console.log(JSON.stringify({ per_cpu_s: Number(best.toFixed(2)), found: prefill(), statuses: screen() }));

// SPDX-License-Identifier: Apache-2.0
// The other side of the differential test: fhirpath.js with its R4 model and exact decimals. In,
// line by line: {"resource": …}, which the lines behind it are about, or {"expression": "…"}. Out,
// a line for each: {"version": "…"} at the start, {} for a resource, and {"error": "…"} or
// {"items": [{"kind", "text", "type", "node", "extended"}]} for an expression.
// FBSS_PEERS names a folder whose node_modules holds the package; without it node looks where it
// always does.
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';

process.env.TZ = 'UTC';  // fhirpath.js reads the machine's zone
const home = process.env.FBSS_PEERS;
const need = createRequire(home ? path.join(path.resolve(home), 'package.json') : import.meta.url);
const say = answer => process.stdout.write(JSON.stringify(answer) + '\n');
console.log = console.warn = console.error = () => {};  // the package's own words are no answers

let fhirpath, model;
try {
  fhirpath = need('fhirpath');
  model = need('fhirpath/fhir-context/r4');
  say({ version: fhirpath.version });
} catch (error) {
  say({ missing: String(error.code ?? error.message) });
  process.exit(0);
}

const options = { resolveInternalTypes: false, preciseMath: true, traceFn: () => {} };
const kinds = {
  Date: 'date', DateTime: 'dateTime', Instant: 'dateTime', Time: 'time', Quantity: 'quantity',
};
let resource = null;

function item(value, type) {
  const node = value?.constructor?.name === 'ResourceNode';
  const data = node ? value.data : value;
  const extended = node && value._data != null;
  const made = (kind, text) =>
    ({ kind, text: String(text).toWellFormed(), type: type ?? '', node, extended });
  if (data === null || data === undefined) return made('none', '');
  if (typeof data === 'boolean') return made('boolean', data);
  if (typeof data === 'number' || typeof data === 'bigint') return made('number', data);
  if (typeof data === 'string') return made('string', data);
  const name = data.constructor?.name ?? '';
  if (name.startsWith('FP_Decimal')) return made('number', data.value.toFixed());
  if (name.startsWith('FP_')) return made(kinds[name.slice(3)] ?? name, data);
  if (name === 'TypeInfo') return made('type', data);
  const plain = (key, part) => typeof part === 'bigint' ? String(part) : part;
  return made('json', JSON.stringify(data, plain));
}

createInterface({ input: process.stdin }).on('line', line => {
  const asked = JSON.parse(line);
  if (asked.resource) {
    resource = asked.resource;
    return say({});
  }
  try {
    const program = fhirpath.compile(asked.expression, model, options);
    const found = program(resource, { resource, rootResource: resource });
    const types = fhirpath.types(found);
    say({ items: found.map((value, i) => item(value, types[i])) });
  } catch (error) {
    say({ error: String(error?.message ?? error).slice(0, 200).toWellFormed() });
  }
});

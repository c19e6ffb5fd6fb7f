// SPDX-License-Identifier: Apache-2.0
// The single expressions in a peer engine. In: engines.mjs (the peers behind one interface), the
// engine's name, single.txt, the folder of the suite's inputs; PEERS names the folder with
// node_modules. Out: what bench_single prints; a line without rate where the engine throws.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [engines, name, expressions, inputs] = process.argv.slice(2);
const { load } = await import(pathToFileURL(path.resolve(engines)));
const fast = await load(name, { plain: true });  // as its users get it
const exact = await load(name);                  // whose results can be compared

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

function bestRate(call) {
  let best = 0, batch = 1;
  for (let i = 0; i < 5; ++i) {
    let calls = 0, seconds = 0;
    for (const start = cpuSeconds(); seconds < 0.25; seconds = cpuSeconds() - start) {
      const before = seconds;
      for (let n = 0; n < batch; ++n) call();
      calls += batch;
      if (cpuSeconds() - start - before < 0.0025) batch *= 2;
    }
    best = Math.max(best, calls / seconds);
  }
  return best;
}

const records = new Map();
for (const line of fs.readFileSync(expressions, 'utf8').split('\n')) {
  if (line === '' || line.startsWith('#')) continue;
  const [id, record, expression] = line.split('\t');
  if (!records.has(record)) {
    const file = path.join(inputs, `${record}-example.json`);
    records.set(record, JSON.parse(fs.readFileSync(file, 'utf8')));
  }
  try {
    const values = exact.norm(exact.run(exact.compile(expression), exact.input(records.get(record))));
    const program = fast.compile(expression), input = fast.input(records.get(record));
    const rate = bestRate(() => fast.run(program, input));
    console.log([id, Math.round(rate), values.map(value => value.text).join(';')].join('\t'));
  } catch {
    console.log([id, '', ''].join('\t'));
  }
}

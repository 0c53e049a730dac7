import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = 'docs/conformity';

/** Judged elsewhere, or not there yet. */
const others = [
  [
    'C.SE.1.2',
    'missing',
    'a notification on a second channel after filing: the portal has the personal area only',
  ],
  ['C.SE.2.2', 'missing', 'booking an appointment from each service'],
  ['C.SE.5.1', 'deployment', 'valid https: of the installation'],
  ['C.SE.5.2', 'deployment', 'a subdomain `servizi.`: of the installation'],
];

/** The pictures of a run, which take the place of those in docs/conformity once the run is over. */
export async function evidenceIn(dataDir) {
  const taken = join(dataDir, 'conformity');
  await mkdir(taken, { recursive: true });
  return {
    keep: (criterion, page) =>
      page.screenshot({ path: join(taken, `${criterion}.jpg`), type: 'jpeg', quality: 60 }),
    async publish() {
      await mkdir(folder, { recursive: true });
      for (const name of await readdir(taken)) await copyFile(join(taken, name), join(folder, name));
    },
  };
}

/** Writes docs/conformity.md and docs/conformity.json, and what publiccode.yml says of them, from a run of all tests. */
export async function writeReport(results) {
  const tested = results.map(({ criterion, name, isMet, figures }) => ({
    criterion,
    result: isMet ? 'met' : 'failed',
    what: figures === undefined ? name : `${name}: ${figures}`,
    evidence: `conformity/${criterion}.jpg`,
  }));
  const untested = others.map(([criterion, result, what]) => ({ criterion, result, what, evidence: null }));
  const rows = [...untested, ...tested].sort((a, b) =>
    a.criterion.localeCompare(b.criterion, 'en', { numeric: true }),
  );
  const isConform = rows.every(({ result }) => result === 'met' || result === 'deployment');
  await writeFile('docs/conformity.json', `${JSON.stringify({ isConform, criteria: rows }, null, 2)}\n`);
  await writeFile('docs/conformity.md', pageOf(rows, isConform));
  const publiccode = await readFile('publiccode.yml', 'utf8');
  await writeFile('publiccode.yml', publiccode.replace(/(lineeGuidaDesign: )\w+/, `$1${isConform}`));
}

function pageOf(rows, isConform) {
  const lines = rows.map(({ criterion, result, what, evidence }) => {
    const seen = evidence === null ? '' : `[picture](${evidence})`;
    return `| ${criterion} | ${result} | ${what} | ${seen} |`;
  });
  return `# Conformity of the portal

The criteria for digital services of Italian municipalities, as \`npm run test:browser\` judges them in Chromium against a
running demo. A run of all tests to its end writes this page, [conformity.json](conformity.json), the pictures and \`lineeGuidaDesign\` of
\`publiccode.yml\`, which is ${isConform}: it is true once every criterion is met.

| criterion | result | what the test shows, or what is missing | evidence |
|---|---|---|---|
${lines.join('\n')}
`;
}

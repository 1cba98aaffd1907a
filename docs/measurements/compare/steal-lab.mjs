// Real steal: is the cause named, and does the wall time without steal hold the undisturbed one?
//
//   npm run build && node docs/measurements/compare/steal-lab.mjs DIR
//
// DIR holds what steal_lab.py collected: idle-1.json, hog-other-1.json and so on. Prints parts, walls and the statement, and ends with
// 1 where something is not as it should be.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge, print, range, runsByCase } from './judge.mjs';

const folder = process.argv[2] ?? '.';
const reports = (scenario) =>
  readdirSync(folder)
    .filter((name) => name.startsWith(`${scenario}-`) && name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
const truths = (scenario) =>
  readdirSync(folder)
    .filter((name) => name.startsWith(`${scenario}-`) && name.endsWith('.truth'))
    .map((name) => Number(readFileSync(join(folder, name), 'utf8')));
const SCENARIOS = ['idle', 'hog-other'];
for (const [i, scenario] of SCENARIOS.entries()) {
  const shares = truths(scenario).map((share) => `${(100 * share).toFixed(1)} %`);
  console.log(
    `${i === 0 ? 'undisturbed' : 'with a spinner on another virtual CPU'}, stolen by Xen's count: ${shares.join(', ')}`,
  );
}
const [idle, hog] = SCENARIOS.map((scenario) => runsByCase(reports(scenario)));
let wrong = 0;
for (const [id, runs] of idle) {
  const judged = judge(id, runs, hog.get(id) ?? []);
  print(id, judged, ['undisturbed', 'under steal']);
  for (const problem of problems(judged)) {
    wrong++;
    console.log(`\nNOT AS IT SHOULD BE: ${problem}`);
  }
}
process.exitCode = wrong === 0 ? 0 : 1;

function problems({ explained, quiet, other }) {
  const found = [];
  if (explained.mainCause !== 'steal') found.push(`the main cause is ${explained.mainCause}, not steal`);
  const meets = (own, alone) => own.low <= alone.high && own.high >= alone.low;
  if (!meets(other.corrected, quiet.wall))
    found.push(`medians without steal of ${range(other.corrected)} µs do not hold the undisturbed wall`);
  const { low, high } = other.correctedMean;
  if (!meets(other.correctedWallMean, quiet.correctedWallMean))
    found.push(
      `means without steal of ${range({ low, high })} µs do not meet ${range(quiet.correctedMean)} µs`,
    );
  return found;
}

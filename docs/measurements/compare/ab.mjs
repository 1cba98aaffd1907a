// Compares this machine with itself, again and again, and with a kernel that is slower by a known amount: how often `guestmark
// compare` finds what is there, and how often what is not.
//
//   node docs/measurements/compare/ab.mjs FOLDER [repetitions=20] [runs=10] [separate]
//
// Runs of both sides alternate, one process each into a report of its own; with `separate` one side is collected before the other.
// Side b of every repetition is measured twice: by the same kernel, and by one that does 5 % more. Writes all reports into FOLDER,
// prints one line per comparison. Needs `npm run build` before, and nothing else that computes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [folder, repetitions = '20', runs = '10', order = 'interleaved'] = process.argv.slice(2);
if (folder === undefined) throw new Error('Cannot measure: no folder is named; see the head of this file');

const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const TURNS = 4000;

/** One dependent chain of additions and multiplications per invocation: time is proportional to its length. */
const kernel = (turns) => `#version 450
layout(local_size_x = 64) in;
layout(set = 0, binding = 0) buffer Y { float y[]; };
void main() {
  float x = float(gl_GlobalInvocationID.x);
  for (int i = 0; i < ${turns}; i++) x = fma(x, 0.999, 1.0);
  y[gl_GlobalInvocationID.x] = x;
}
`;

const KERNELS = { same: TURNS, slower: TURNS * 1.05 };
for (const [name, turns] of Object.entries(KERNELS)) {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'chain.comp'), kernel(turns));
}

// Two workers of lavapipe on one CPU take twice as long, for a whole process: that would be the spread between runs.
const ENVIRONMENT = { ...process.env, LP_NUM_THREADS: '1' };

const guestmark = (...args) =>
  execFileSync(process.execPath, [CLI, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28, env: ENVIRONMENT });

function measure(kernelName, path) {
  const shader = join(folder, kernelName, 'chain.comp');
  const options = ['--axis', 'n=4096', '--runs', '1', '--min-time', '30ms', '--max-time', '60ms'];
  guestmark('run', shader, 'empty-submit', ...options, '--out', path);
}

/** `[side, kernel]` in the order in which they are measured. */
function plan() {
  const sides = [
    ['a', 'same'],
    ['b', 'same'],
    ['slow', 'slower'],
  ];
  const count = Number(runs);
  const turns = Array.from({ length: count }, (_, run) =>
    sides.map(([side, name]) => ({ side, name, run: run + 1 })),
  );
  const flat = turns.flat();
  return order === 'separate' ? flat.sort((x, y) => x.side.localeCompare(y.side) || x.run - y.run) : flat;
}

const counts = { same: {}, slower: {} };
for (let repetition = 1; repetition <= Number(repetitions); repetition++) {
  const home = join(folder, String(repetition));
  for (const side of ['a', 'b', 'slow']) mkdirSync(join(home, side), { recursive: true });
  for (const { side, name, run } of plan()) measure(name, join(home, side, `${run}.json`));
  for (const [kind, side] of [
    ['same', 'b'],
    ['slower', 'slow'],
  ]) {
    const { cases } = JSON.parse(guestmark('compare', join(home, 'a'), '--with', join(home, side), '--json'));
    for (const one of cases) {
      const key = `${one.benchmark}: ${one.verdict}`;
      counts[kind][key] = (counts[kind][key] ?? 0) + 1;
      const { ratio } = one.metrics.find(({ id }) => id === one.judgedBy);
      const interval = [ratio.value, ratio.low, ratio.high].map((value) => value.toFixed(4));
      console.log([repetition, kind, one.benchmark, one.judgedBy, ...interval, one.verdict].join('\t'));
    }
  }
}
console.log(JSON.stringify(counts, null, 2));

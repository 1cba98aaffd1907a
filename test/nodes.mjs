// Runs the tests under several versions of Node. Each comes as a package that holds the program and nothing to run at
// installation: npm fetches it, its hash must be the one recorded here, and it is kept in the cache folder,
// apart from the dependencies. Knows nothing of what is tested.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../dist/setup/cache-folder.js';

/** The oldest Node that is supported, and the two lines that are maintained after it. */
const NODES = {
  20: {
    version: '20.20.2',
    x64: 'sha512-PeHQM8wAdmHtZA1mBocygZxs5LiUWtsJezQTkBd0iY987KpGrD1O2tVEydvMZiuXceRanxt7rjTnDEBwOPujoQ==',
    arm64: 'sha512-LCXJnNTFiyGuYBw2gZSI5OBFMbkjAPt8sqD/NKrWoE2QmDgSubTqFng6GaNJ9EJ8HpxBMGcWWpbbcs4Vo+CnGg==',
  },
  22: {
    version: '22.23.3',
    x64: 'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
    arm64: 'sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==',
  },
  24: {
    version: '24.21.0',
    x64: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    arm64: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
};

const OWN = process.versions.node.split('.')[0];

/** A supported version that is not the one that runs this: the newest, or the oldest where the newest runs. */
export const OTHER = OWN === '24' ? '20' : '24';

/** Splits `20 24 test/suite` into versions, all where none is named, and what is for vitest. */
export function splitArguments(args) {
  const end = args.findIndex((arg) => !/^v?\d[\d.]*$/.test(arg));
  const [majors, rest] = end < 0 ? [args, []] : [args.slice(0, end), args.slice(end)];
  const unknown = majors.find((major) => NODES[major] === undefined);
  if (unknown !== undefined) {
    throw new Error(`Cannot test under Node ${unknown}: known are ${Object.keys(NODES).join(', ')}`);
  }
  return { majors: majors.length === 0 ? Object.keys(NODES) : majors, rest };
}

/**
 * The path of a Node of that major version: the one that runs this, where it is such a one, else the one that is recorded here,
 * which is fetched unless it is in the cache folder.
 *
 * @param bootstrap What bootstrap.mjs lends: `run` and `npm`.
 * @throws Error that says why there is none.
 */
export async function bringNode(major, { run, npm, say }) {
  if (major === OWN) return process.execPath;
  const { version, [process.arch]: integrity } = NODES[major];
  const folder = join(cacheFolder(process.env), `node-${version}-${process.arch}`);
  const program = join(folder, 'bin', 'node');
  if (fs.existsSync(program)) return program;
  if (process.platform !== 'linux' || integrity === undefined) {
    throw new Error(
      `Cannot bring Node ${version}: its hash for ${process.platform} ${process.arch} is not recorded`,
    );
  }
  say(`Bringing Node ${version}`);
  fs.mkdirSync(cacheFolder(process.env), { recursive: true });
  const unfinished = fs.mkdtempSync(`${folder}-`);
  try {
    const packed = await pack(`node-linux-${process.arch}@${version}`, unfinished, { run, npm });
    if (hashOf(packed) !== integrity)
      throw new Error(`Cannot use Node ${version}: its package has another hash`);
    const wanted = ['package/bin/node', 'package/LICENSE'];
    execFileSync('tar', ['xzf', packed, '-C', unfinished, '--strip-components=1', ...wanted]);
    fs.rmSync(packed);
    if (!fs.existsSync(program)) fs.renameSync(unfinished, folder);
  } finally {
    fs.rmSync(unfinished, { recursive: true, force: true });
  }
  return program;
}

async function pack(name, folder, { run, npm }) {
  const args = ['pack', name, '--pack-destination', folder, '--ignore-scripts', '--loglevel=error'];
  const code = await run(...npm(...args), { stdio: ['ignore', 'ignore', 'inherit'] });
  const file = fs.readdirSync(folder).find((entry) => entry.endsWith('.tgz'));
  if (code !== 0 || file === undefined)
    throw new Error(`Cannot bring ${name}: npm pack failed (exit ${code})`);
  return join(folder, file);
}

function hashOf(path) {
  return `sha512-${createHash('sha512').update(fs.readFileSync(path)).digest('base64')}`;
}

/**
 * Runs vitest under each version, one after the other, and prints what came of each. Returns 0 where all passed, else the exit code
 * of the first that failed.
 */
export async function testUnderNodes(majors, args, bootstrap) {
  const outcomes = [];
  for (const major of majors) {
    const node = await bringNode(major, bootstrap);
    outcomes.push(await testUnder(node, args, bootstrap));
  }
  bootstrap.say(tableOf(outcomes));
  return outcomes.find(({ code }) => code !== 0)?.code ?? 0;
}

async function testUnder(node, args, { run, tool, env, say }) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
  say(`Tests under Node ${version}: vitest run ${args.join(' ')}`.trimEnd());
  fs.mkdirSync(cacheFolder(process.env), { recursive: true });
  const results = join(fs.mkdtempSync(join(cacheFolder(process.env), 'results-')), 'vitest.json');
  const [, [vitest]] = tool('vitest', 'vitest');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const startMs = performance.now();
  try {
    // Programs that tests start by name find this Node first.
    const path = [join(node, '..'), env.PATH].join(':');
    const code = await run(node, [vitest, 'run', ...args, ...reporters], { env: { ...env, PATH: path } });
    return { version, code, seconds: (performance.now() - startMs) / 1e3, counts: countsIn(results) };
  } finally {
    fs.rmSync(join(results, '..'), { recursive: true });
  }
}

/** The counts that vitest wrote; none where it ended before. */
function countsIn(path) {
  if (!fs.existsSync(path)) return ['?', '?', '?'];
  const found = JSON.parse(fs.readFileSync(path, 'utf8'));
  return [found.numPassedTests, found.numFailedTests, found.numPendingTests];
}

function tableOf(outcomes) {
  const rows = outcomes.map(({ version, code, seconds, counts }) => [
    version,
    ...counts.map(String),
    `${seconds.toFixed(0)} s`,
    code === 0 ? 'ok' : `failed (exit ${code})`,
  ]);
  return [['Node', 'passed', 'failed', 'skipped', 'time', ''], ...rows]
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd([10, 8, 8, 8, 8, 0][index]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

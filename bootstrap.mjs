// What `npm start`, `npm test` and `npm run nodes` run: from a fresh clone to a result in one command. Plain JavaScript
// that needs nothing installed; written so that a Node too old for the rest still reads it (no `??`, no
// `?.`, no top-level await) and can say so.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const MINIMUM_NODE = [20, 19];
const EXIT = { failed: 1, usage: 2, environment: 3 };
const root = fileURLToPath(new URL('.', import.meta.url));
const at = (...names) => join(root, ...names);
const readJson = (path) => JSON.parse(fs.readFileSync(path, 'utf8'));
const say = (line) => process.stderr.write(`${line}\n`);

async function main([command, ...rest]) {
  if (!isNodeNewEnough(process.versions.node)) {
    say(
      `Cannot run guestmark on Node ${process.versions.node}: it needs Node ${MINIMUM_NODE.join('.')} or newer`,
    );
    return EXIT.usage;
  }
  const commands = { start, test, nodes };
  if (!Object.hasOwn(commands, command)) {
    say('Cannot bootstrap: say "npm start" or "npm test" (node bootstrap.mjs start|test|nodes)');
    return EXIT.usage;
  }
  process.chdir(root);
  const unready = (await install()) || (await build());
  if (unready) return unready;
  const env = await setUp(command);
  if (env === undefined) return EXIT.environment;
  return commands[command](rest, env);
}

function isNodeNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1]);
}

// ---- dependencies ----------------------------------------------------------------------------------

/** Installs the dependencies unless those of this lock file are there. Returns an exit code, 0 if ready. */
async function install() {
  const stamp = at('node_modules', '.guestmark.json');
  const wanted = JSON.stringify({
    lock: createHash('sha256')
      .update(fs.readFileSync(at('package-lock.json')))
      .digest('hex'),
    platform: `${process.platform}-${process.arch}`,
  });
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return 0;
  if (!isInstalled()) {
    say('Installing dependencies (npm ci)');
    const code = await run(...npm('ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'), {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (code !== 0) return code;
  }
  fs.writeFileSync(stamp, wanted);
  return 0;
}

/** Whether someone installed just these packages already: what is there agrees with the lock file. */
function isInstalled() {
  const hidden = at('node_modules', '.package-lock.json');
  if (!fs.existsSync(hidden)) return false;
  const there = readJson(hidden).packages;
  return Object.entries(readJson(at('package-lock.json')).packages).every(([path, wanted]) => {
    if (path === '' || (there[path] === undefined && mayBeAbsent(wanted))) return true;
    return there[path] !== undefined && there[path].integrity === wanted.integrity;
  });
}

/** Whether npm may have left a package out: one for another platform, or needed only by such a one. */
function mayBeAbsent({ optional = false, os = [], cpu = [], libc }) {
  const isForThis = os.includes(process.platform) && cpu.includes(process.arch) && libc === undefined;
  return optional && !isForThis;
}

/** The npm that started us, else the one on PATH. */
function npm(...args) {
  const path = process.env.npm_execpath || '';
  return basename(path) === 'npm-cli.js' ? [process.execPath, [path, ...args]] : ['npm', args];
}

// ---- build -----------------------------------------------------------------------------------------

/** Compiles what changed. `dist` afterwards holds the output of the sources that exist, and no other. */
async function build() {
  const projects = ['tsconfig.json', 'bench/tsconfig.json', 'src/page/client/tsconfig.json'];
  removeOrphans();
  const code = await run(...tool('typescript', 'tsc', '-b', ...projects));
  if (code !== 0 || sources().every((source) => fs.existsSync(outputOf(source)))) return code;
  // Outputs were removed by hand while the compiler's own notes still call them up to date.
  return run(...tool('typescript', 'tsc', '-b', '--force', ...projects));
}

/** The TypeScript sources that have an output. */
function sources() {
  return ['src', 'bench'].flatMap((folder) =>
    filesBelow(folder).filter((path) => /(?<!\.d)\.ts$/.test(path)),
  );
}

/** `src/cli.ts` → `dist/cli.js`, `bench/copy.ts` → `dist/bench/copy.js`. */
function outputOf(source) {
  const path = source.startsWith('src/') ? relative('src', source) : source;
  return join('dist', path.replace(/\.ts$/, '.js'));
}

/** Removes the outputs of sources that are gone: a stale module could still be imported. */
function removeOrphans() {
  const wanted = new Set(sources().map((source) => outputOf(source).replace(/\.js$/, '')));
  for (const path of filesBelow('dist')) {
    const match = /^(.*?)(\.d\.ts|\.js)(\.map)?$/.exec(path);
    if (match !== null && !wanted.has(match[1])) fs.rmSync(path);
  }
}

function filesBelow(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

// ---- set-up ----------------------------------------------------------------------------------------

/** Brings a Vulkan driver where there is none. Returns the environment for children, if there is one. */
async function setUp(command) {
  const { ensureDriver } = await import('./dist/setup/index.js');
  const { describeError } = await import('./dist/base/errors.js');
  try {
    const purpose = command === 'start' ? 'run' : 'tests';
    const { environment } = await ensureDriver({ purpose, say });
    return { ...process.env, ...environment };
  } catch (error) {
    say(describeError(error));
    return undefined;
  }
}

// ---- start and test --------------------------------------------------------------------------------

function start(args, env) {
  return run(process.execPath, ['dist/cli.js', 'run', '--suite', 'quick', ...args], { env });
}

/** The checks in order, cheapest first; stops at the first that fails. Returns its exit code. */
async function test(args, env) {
  const steps = [
    ['types', tool('typescript', 'tsc', '-p', 'test/tsconfig.json')],
    ['lint', tool('@biomejs/biome', 'biome', 'ci', '.')],
    ['unused', tool('knip', 'knip')],
    ['package', tool('publint', 'publint', '--strict')],
    ['tests', tool('vitest', 'vitest', 'run', ...args)],
  ];
  for (const [index, [name, [file, fileArgs]]] of steps.entries()) {
    const label = `[${index + 1}/${steps.length}] ${name}`;
    say(`${label}: ${basename(fileArgs[0])} ${fileArgs.slice(1).join(' ')}`.trimEnd());
    const startMs = performance.now();
    const code = await run(file, fileArgs, { env });
    say(
      `${label}: ${code === 0 ? 'ok' : `failed (exit ${code})`}, ${((performance.now() - startMs) / 1e3).toFixed(1)} s`,
    );
    if (code !== 0) return code;
  }
  return args.length === 0 ? underAnotherNode(env) : 0;
}

/** The tests under several versions of Node: `20 24`, default all that are supported; what follows is for vitest. */
async function nodes(args, env) {
  if (args[0] === '--help' || args[0] === '-h') {
    console.log('Usage: npm run nodes -- [20] [22] [24] [what vitest shall run, and its options]');
    return 0;
  }
  const { splitArguments, testUnderNodes } = await import('./test/nodes.mjs');
  try {
    const { majors, rest } = splitArguments(args);
    return await testUnderNodes(majors, rest, { run, npm, tool, say, env });
  } catch (error) {
    say(error.message);
    return EXIT.environment;
  }
}

/** Where most of what differs between versions of Node is used: add-ons, forked processes, threads, sockets. */
const NODE_TESTS = ['external', 'isolation', 'program', 'vulkan'].map((folder) => `test/${folder}/`);

/** Under another Node, what depends on Node most. `npm run nodes` runs all tests under all versions. */
async function underAnotherNode(env) {
  const { OTHER } = await import('./test/nodes.mjs');
  return nodes([OTHER, '--project', 'logic', '--project', 'children', ...NODE_TESTS], env);
}

// ---- processes -------------------------------------------------------------------------------------

/** The command line of a tool that a package in node_modules brings, run by this same Node. */
function tool(packageName, name, ...args) {
  const folder = join('node_modules', packageName);
  const { bin } = readJson(join(folder, 'package.json'));
  return [process.execPath, [join(folder, typeof bin === 'string' ? bin : bin[name]), ...args]];
}

/**
 * Runs a program to its end, in the foreground. Ctrl-C reaches it by itself, since the terminal sends it
 * to every process of the group; this process only waits for its end. Returns its exit code.
 */
function run(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: 'inherit', ...options });
    let interrupted = false;
    const forward = (signal) => {
      interrupted = true;
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    const end = (code) => {
      for (const signal of signals) process.off(signal, forward);
      resolve(code === 0 && interrupted ? endedBy('SIGINT') : code);
    };
    child.on('error', (error) => {
      say(`Cannot start ${file}: ${error.message}`);
      end(EXIT.failed);
    });
    child.on('exit', (code, signal) => end(code === null ? endedBy(signal) : code));
  });
}

/** The exit code by which shells report a signal. */
function endedBy(signal) {
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };
  return 128 + (numbers[signal] || 0);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    say(`Cannot bootstrap: ${error.message}`);
    process.exitCode = EXIT.failed;
  },
);

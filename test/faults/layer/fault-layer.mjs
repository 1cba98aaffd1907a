// Builds the fault layer, and gives what a process needs to be struck by it. Used by tests and by the programs of
// docs/measurements/reliability, hence plain JavaScript on the build.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandTable } from '../../../dist/vulkan/registry/commands.js';
import { layerCommands } from './layer-commands.mjs';

const NAME = 'VK_LAYER_GUESTMARK_faults';
/** Faults, allocated and freed bytes. */
const HEADER = 3;

/** Whether the layer can be built here. */
export function hasCompiler() {
  return spawnSync('cc', ['--version']).status === 0;
}

/** Builds the layer in a folder that goes away. */
export function buildFaultLayer() {
  const folder = mkdtempSync(join(tmpdir(), 'guestmark-faults-'));
  const { source, names, objects } = layerCommands(commandTable);
  writeFileSync(join(folder, 'commands.inc'), source);
  copyFileSync(fileURLToPath(new URL('fault-layer.c', import.meta.url)), join(folder, 'fault-layer.c'));
  const library = join(folder, 'libfault-layer.so');
  execFileSync('cc', [
    '-O1',
    '-Wall',
    '-Werror',
    '-shared',
    '-fPIC',
    '-o',
    library,
    join(folder, 'fault-layer.c'),
  ]);
  writeFileSync(join(folder, 'faults.json'), JSON.stringify(manifest(library)));
  let states = 0;
  return {
    commands: names,
    strike: (plan) => {
      const state = join(folder, `state-${states++}`);
      const places = HEADER + names.length + 2 * objects.length;
      writeFileSync(state, new Uint8Array(places * 8));
      return {
        environment: {
          VK_INSTANCE_LAYERS: NAME,
          VK_ADD_LAYER_PATH: folder,
          GUESTMARK_FAULT_STATE: state,
          GUESTMARK_FAULT_PLAN: plan,
          GUESTMARK_FAULT_FLIPS: `${state}-flips`,
        },
        counts: () => countsIn(state, names, objects),
        flips: () => flipsIn(`${state}-flips`),
      };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function manifest(library) {
  return {
    file_format_version: '1.1.2',
    layer: {
      name: NAME,
      type: 'GLOBAL',
      library_path: library,
      api_version: '1.3.239',
      implementation_version: '1',
      description: 'Makes a driver misbehave on purpose, in tests',
    },
  };
}

/** The bits that were flipped, in order. */
function flipsIn(path) {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [pid, allocation, bytes, byte, fence, submission] = line.split(' ').map(Number);
      return { pid, allocation, bytes, byte, fence, submission };
    });
}

function countsIn(state, names, objects) {
  const bytes = readFileSync(state);
  const at = (index) => Number(bytes.readBigUInt64LE(index * 8));
  const first = HEADER + names.length;
  return {
    faults: at(0),
    allocatedBytes: at(1),
    freedBytes: at(2),
    calls: Object.fromEntries(names.map((name, index) => [name, at(HEADER + index)])),
    objects: Object.fromEntries(
      objects.map((object, index) => [
        object,
        { made: at(first + 2 * index), gone: at(first + 2 * index + 1) },
      ]),
    ),
  };
}

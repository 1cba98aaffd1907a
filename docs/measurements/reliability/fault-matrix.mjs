// Fails the n-th call of every command of Vulkan that a suite makes, once for each of four errors, one run of the suite for
// each; n is drawn. Prints a line a run, and at the end one JSON line with the counts.
//
//   node docs/measurements/reliability/fault-matrix.mjs [--suite quick] [--runs 2] [--codes -4,-2,-1,-3 | --codes turn] [--seed 1]
//     (after `npm run build`; default: a dozen small cases, all four codes; turn: one code a command, in turn)
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../../dist/base/random.js';
import { commandTable } from '../../../dist/vulkan/registry/commands.js';
import { buildFaultLayer } from '../../../test/faults/layer/fault-layer.mjs';
import { judgeStruck, strikeRun } from '../../../test/faults/layer/strike-run.mjs';

const CODES = {
  '-4': 'VK_ERROR_DEVICE_LOST',
  '-2': 'VK_ERROR_OUT_OF_DEVICE_MEMORY',
  '-1': 'VK_ERROR_OUT_OF_HOST_MEMORY',
  '-3': 'VK_ERROR_INITIALIZATION_FAILED',
};
const SMALL = [
  'copy[n=4Ki]',
  'submit-dispatch',
  'image-copy-rgba8[size=256]',
  'completion-fence-poll[pin=0,load=0]',
  'completion-queue-idle[pin=0,load=0]',
  'completion-timeline-wait[pin=0,load=0]',
  'completion-timeline-poll[pin=0,load=0]',
  'event-host',
  'event-device[count=10]',
  'timeline-signal',
  'semaphore-chain[count=4]',
  'pipeline-creation[size=0,dispatch=0]',
  'create-device',
  'create-instance',
  'enumerate-devices',
  'sparse-bind[bytes=64Ki]',
];
/** On a machine that does other work too. */
const LIMIT_MS = 900_000;

const { values } = parseArgs({
  options: {
    suite: { type: 'string' },
    runs: { type: 'string', default: '2' },
    codes: { type: 'string', default: Object.keys(CODES).join(',') },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const runs = Number(values.runs);
const args = [...(values.suite ? ['--suite', values.suite] : SMALL), '--runs', values.runs];
const random = seededRandom(Number(values.seed));
const folder = mkdtempSync(join(tmpdir(), 'guestmark-matrix-'));
const layer = buildFaultLayer();
const totals = {
  commands: 0,
  injected: 0,
  survived: 0,
  harmless: 0,
  refused: 0,
  failedCases: 0,
  lostResults: 0,
};
try {
  const control = await strikeRun(layer, { plan: '', args, folder, limitMs: LIMIT_MS });
  const cases = control.report.results.length;
  const quiet = judgeStruck(control, { cases, runs });
  if (quiet.problems.length > 0 || quiet.failures.length > 0) throw new Error(`control: ${quiet.problems}`);
  const commands = Object.keys(control.calls).filter(
    (name) => commandTable[name].returns === 'VkResult' && control.calls[name] > 0,
  );
  let turn = 0;
  for (const name of commands.filter((one) => !values.only || one === values.only)) {
    totals.commands++;
    const codes = values.codes === 'turn' ? [Object.keys(CODES)[turn++ % 4]] : values.codes.split(',');
    for (const code of codes) {
      // Some cases call as often as they have time for: the first half of the calls is always made.
      const n = 1 + Math.floor((random() * control.calls[name]) / 2);
      const struck = await strikeRun(layer, {
        plan: `${name}@${n}=${code}`,
        args,
        folder,
        limitMs: LIMIT_MS,
      });
      const verdict = judgeStruck(struck, { cases, runs });
      count(verdict, struck);
      const [failure] = verdict.failures;
      console.log(
        `${name}@${n}/${control.calls[name]} ${CODES[code]} exit ${struck.exitCode}, faults ${struck.faults}, ${
          verdict.refused
            ? struck.stderr.trim().split('\n').at(-1)
            : failure
              ? `${failure.id}: ${failure.failure.message}`
              : 'harmless'
        }${verdict.problems.map((problem) => ` PROBLEM: ${problem}`).join('')}`,
      );
    }
  }
  console.log(
    JSON.stringify({
      suite: values.suite ?? 'small',
      cases,
      runs,
      seed: Number(values.seed),
      ...totals,
    }),
  );
} finally {
  layer[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = totals.survived === totals.injected ? 0 : 1;

function count({ problems, failures, lost, refused }, { faults }) {
  totals.injected += faults;
  if (problems.length === 0) totals.survived += faults;
  if (refused) totals.refused++;
  else if (failures.length === 0) totals.harmless++;
  totals.failedCases += failures.length;
  totals.lostResults += lost;
}

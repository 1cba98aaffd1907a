// `guestmark/system` and `guestmark/counters` as a program imports them: the built files, by the package's own name, in a
// process of its own.
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const PROGRAM = `
import { readFileSync } from 'node:fs';
import { describeSystem, recordedMachine, thisMachine } from 'guestmark/system';
import { counterChanges, openCounters } from 'guestmark/counters';

const machine = thisMachine();
const here = describeSystem(machine, { exitCost: false });
const recorded = describeSystem(recordedMachine('test/fixtures/machines/hyper-v/root'));
const counters = openCounters({ machine, devices: [] }, 'quiet');
const described = counters.records.flatMap(({ counters }) => (counters.available ? counters.value : []));
const before = counters.read();
let sum = 0;
for (let i = 0; i < 2e7; i++) sum += Math.sqrt(i);
const changes = counterChanges(described, before, counters.read());
console.log(JSON.stringify({
  here: here.virtualization.virtual,
  recorded: recorded.virtualization.hypervisor,
  cpuTime: changes.find(({ name }) => name === 'process:cpu_time'),
  vulkan: readFileSync('/proc/self/maps', 'utf8').match(/.*(vulkan|nvk|lvp).*/gi),
}));
`;

it('guestmark/system and guestmark/counters describe machines and count without Vulkan', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const { here, recorded, cpuTime, vulkan } = JSON.parse(stdout);
  expect(here).toMatchObject({ available: expect.any(Boolean) });
  expect(recorded).toMatchObject({ available: true, value: { id: 'hyper-v' } });
  expect(cpuTime.change.value).toBeGreaterThan(1e6);
  expect(vulkan).toBeNull();
});

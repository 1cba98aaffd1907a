import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unavailable, valueOrUndefined } from '../../src/base/availability.ts';
import { MANIFEST_FILE } from '../../src/virt/manifest.ts';
import { recordedMachine } from '../../src/virt/open-machine.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';
import { gpu } from './attachment-fixture.ts';

const CLEAR = '\u001b[2J';

it('what a stranger wrote into a manifest can be shown', () => {
  using folder = temporaryFolder();
  const manifest = {
    architecture: `arm64${CLEAR}`,
    unreadable: { '/a': `EACCES${CLEAR}`, CPUID: `CPUID: denied${CLEAR}` },
    devices: [gpu({ name: `GPU${CLEAR}`, pciAddress: unavailable(`gone${CLEAR}`) })],
  };
  writeFileSync(join(folder.path, MANIFEST_FILE), JSON.stringify(manifest));
  const machine = recordedMachine(folder.path);
  expect(machine.architecture).toBe('arm64 [2J');
  expect(machine.files.read('/a')).toEqual(unavailable('/a: EACCES [2J'));
  expect(machine.cpuid).toEqual(unavailable('CPUID: denied [2J'));
  expect(valueOrUndefined(machine.devices)).toMatchObject([
    { name: 'GPU [2J', pciAddress: { reason: 'gone [2J' } },
  ]);
});

it('says that nobody looked for devices', () => {
  using folder = temporaryFolder();
  expect(recordedMachine(folder.path).devices).toEqual(
    unavailable('nobody looked when the recording was made'),
  );
});

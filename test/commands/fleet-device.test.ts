import { describe, expect, it } from 'vitest';
import { givenDevice } from '../../src/commands/fleet-device.ts';

const UUID = '5f9d0c1e-0000-1111-2222-333344445555';
const PLAN = { unit: 'gpu', runArguments: ['copy'] } as const;
const KNOWN = ['--id=1', `--id=GPU-${UUID}`];
const smi = async (_: string, args: readonly string[]) => ({
  exit: args.some((arg) => KNOWN.includes(arg)) ? 0 : 6,
  stdout: args.some((arg) => KNOWN.includes(arg)) ? '00000000:9B:00.0\n' : 'No devices were found\n',
  stderr: '',
});

describe('givenDevice()', () => {
  it.each(['1', '1,2', `GPU-${UUID}`])(
    'is the first GPU of %s, by its place on the PCI bus',
    async (CUDA_VISIBLE_DEVICES) => {
      expect((await givenDevice(PLAN, { CUDA_VISIBLE_DEVICES }, smi)).arguments).toEqual([
        '--device',
        '0000:9b:00.0',
      ]);
    },
  );

  it.each([
    [PLAN, {}],
    [PLAN, { CUDA_VISIBLE_DEVICES: '0' }],
    [PLAN, { CUDA_VISIBLE_DEVICES: 'MIG-x' }],
    [{ unit: 'node', runArguments: [] } as const, { CUDA_VISIBLE_DEVICES: '1' }],
    [{ unit: 'gpu', runArguments: ['--device=2'] } as const, { CUDA_VISIBLE_DEVICES: '1' }],
  ])('is left to the run for %j under %j', async (plan, env) => {
    expect((await givenDevice(plan, env, smi)).arguments).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { SampledRun } from '../../src/report/case-samples.ts';
import { counterWarnings } from '../../src/report/counter-warnings.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';
import { caseRun } from './sample-report.ts';

type Changes = Readonly<Record<string, number | null>>;

function run(moved: Changes | null): SampledRun {
  const changes = Object.entries(moved ?? {}).map(([name, value]) => ({
    name,
    change: value === null ? unavailable('it was set back') : available(value),
    flags: [],
  }));
  const counters: CaseRun['counters'] =
    moved === null ? unavailable('none') : available({ spanNs: 1e9, costNs: 1e5, changes });
  return caseRun({ counters }) as SampledRun;
}

const NVML = 'gpu-nvml:0000:01:00.0';

describe('counterWarnings()', () => {
  it('has nothing to say of counters that are no errors, or are not known', () => {
    const runs = [run(null), run({ 'net:eth0:rx:errors': 5, [`${NVML}:pcie:replays`]: null })];
    expect(counterWarnings(runs)).toEqual([]);
  });

  it('adds errors of a kind up over runs and devices', () => {
    const runs = [
      run({ [`${NVML}:pcie:replays`]: 3, 'gpu-amdgpu:0000:02:00.0:pcie:replays': 4 }),
      run({}),
      run({ [`${NVML}:pcie:replays`]: 1, [`${NVML}:ecc:corrected`]: 2 }),
    ];
    expect(counterWarnings(runs).map(({ id, message }) => `${id}: ${message}`)).toEqual([
      'device-errors: in 2 of 3 runs 8 packets were sent again on the PCIe link',
      "device-errors: in 1 of 3 runs 2 errors of the device's memory were corrected",
    ]);
  });
});

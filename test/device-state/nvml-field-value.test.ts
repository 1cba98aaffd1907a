// The layout against that of a C compiler, by a library compiled here that answers with each type of number.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Available, unavailable } from '../../src/base/availability.ts';
import { readField } from '../../src/device-state/nvml-field-value.ts';
import { loadNvml } from '../../src/device-state/nvml-library.ts';
import { hasCompiler, libraryFolder } from '../fixtures/compiled-library.ts';

describe.skipIf(!hasCompiler('nvml-field-value'))('readField()', () => {
  const folder = libraryFolder('device-state/nvml.c');
  let ask: (id: number, scope?: number) => Available<number> = () => unavailable('it is not loaded');
  beforeAll(() => {
    const nvml = loadNvml(folder.build('libnvidia-ml.so.1'));
    if (!nvml.available) throw new Error(nvml.reason);
    nvml.value.init();
    const handle: [unknown] = [null];
    nvml.value.handleByPciBusId('0000:41:00.0', handle);
    ask = (id, scope = 0) => readField(nvml.value, handle[0], { name: 'FIELD', id, scope });
  });
  afterAll(() => folder[Symbol.dispose]());

  it('reads each type of number of nvml.h', () => {
    const values = [0, 1, 2, 3, 4, 5, 6].map((type) => ask(1000 + type));
    expect(values.map((value) => (value.available ? value.value : value.reason))).toEqual([
      0.25,
      4_000_000_000,
      2 ** 40,
      2 ** 41,
      -(2 ** 42),
      -7,
      65_535,
    ]);
  });

  it('takes no type for another', () => {
    expect(ask(1007)).toEqual({
      available: false,
      reason: 'NVML: FIELD: it has a type of number that nvml.h did not know',
    });
  });

  it('passes the scope on, and gives what NVML says of a single field', () => {
    expect(ask(138, 0xffff_ffff)).toEqual({ available: true, value: 5 * 2 ** 32 });
    expect(ask(138, 0)).toEqual({ available: false, reason: 'NVML: FIELD: Not Supported' });
  });
});

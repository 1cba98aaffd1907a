import { expect, test } from 'vitest';
import { parseInterrupts } from '../../src/device-state/interrupt-lines.ts';

test('parseInterrupts() takes rows with a whole number for each CPU, and their last words', () => {
  const { cpus, lines } = parseInterrupts(
    '     CPU0   CPU7\n 44:  1  2  PCI-MSI 524288-edge  nvidia\nTLB: 3 4 TLB shootdowns\nERR: 0\nBAD: 1 -2 x\nBAD: 1 0x2 x\n',
  );
  expect(cpus).toEqual(['0', '7']);
  expect(lines).toEqual([
    { irq: '44', counts: [1, 2], source: 'nvidia' },
    { irq: 'TLB', counts: [3, 4], source: 'TLB shootdowns' },
  ]);
});

test.each([
  ['nothing', ''],
  ['no CPU', ' 44: nvidia\n\n'],
  ['megabytes of a line', `CPU0\n${'x'.repeat(4e6)}`],
])('parseInterrupts() finds no row in %s', (_, text) => {
  expect(parseInterrupts(text).lines).toEqual([]);
});

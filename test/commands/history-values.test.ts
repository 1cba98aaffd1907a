import { expect, it } from 'vitest';
import { sinceMs } from '../../src/commands/history-values.ts';

it.each([
  ['2026-01-31', '2026-01-31T00:00:00.000Z'],
  ['2026-01-31T18:30', '2026-01-31T18:30:00.000Z'],
  ['2026-01-31 18:30:05.5', '2026-01-31T18:30:05.500Z'],
  ['2026-01-31T18:30:00Z', '2026-01-31T18:30:00.000Z'],
  ['2026-01-31T18:30+02:00', '2026-01-31T16:30:00.000Z'],
])('sinceMs() reads %s', (text, iso) => {
  expect(new Date(sinceMs(text)).toISOString()).toBe(iso);
});

it.each(['', 'yesterday', '31.1.2026', '2026', '2026-13-01', '2026-01-31T25:00', '1767225600000', '-1'])(
  'sinceMs() refuses "%s"',
  (text) => {
    expect(() => sinceMs(text)).toThrow('It is no day or time such as');
  },
);

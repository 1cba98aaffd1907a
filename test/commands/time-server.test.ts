import { expect, it } from 'vitest';
import { describeCounts, isLoopback } from '../../src/commands/time-server.ts';

it.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.127.1', false],
])('isLoopback(%s) is %s', (address, is) => {
  expect(isLoopback(address)).toBe(is);
});

it('describeCounts() says what was dropped and why', () => {
  expect(describeCounts({ answered: 5, dropped: {}, socketErrors: 0 })).toBe(
    'Answered 5 requests, dropped 0.',
  );
  expect(describeCounts({ answered: 5, dropped: { length: 2, 'source-rate': 1 }, socketErrors: 1 })).toBe(
    'Answered 5 requests, dropped 3 (2 length, 1 source-rate); 1 socket errors.',
  );
});

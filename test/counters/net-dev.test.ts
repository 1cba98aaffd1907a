import { expect, test } from 'vitest';
import { parseNetDev } from '../../src/counters/net-dev.ts';

const NUMBERS = '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16';
const SIXTEEN = Array.from({ length: 16 }, (_, index) => index + 1);

test.each([
  ['eth0', `  eth0: ${NUMBERS}`],
  ['eth0 of an old kernel', `  eth0:${NUMBERS}`],
  ['an alias', `eth0:1: ${NUMBERS}`],
  ['odd characters', `wg-ü.7@x: ${NUMBERS}`],
])('parseNetDev() reads %s', (_, line) => {
  const head = 'Inter-|   Receive  |  Transmit\n face |bytes    packets errs|bytes\n';
  const name = line.slice(0, line.lastIndexOf(':')).trim();
  expect([...parseNetDev(`${head}${line}\n`, 9)]).toEqual([[name, SIXTEEN]]);
});

test.each([
  ['no name', `: ${NUMBERS}`],
  ['a number too few', `eth0: ${NUMBERS.slice(0, -3)}`],
  ['a word', `eth0: ${NUMBERS.replace('7', 'x')}`],
  ['a line without end', `eth0: ${' 1'.repeat(100_000)}`],
  ['no colon', NUMBERS],
])('parseNetDev() leaves out %s', (_, line) => {
  expect(parseNetDev(line, 9).size).toBe(0);
});

test('parseNetDev() takes so many interfaces and no more', () => {
  const text = Array.from({ length: 300 }, (_, index) => `veth${index}: ${NUMBERS}`).join('\n');
  expect(parseNetDev(text, 256).size).toBe(256);
});

import { expect, it } from 'vitest';
import { TEMPORARY_NAME, temporaryName } from '../../src/base/temporary-name.ts';

it('temporaryName() is another one each time, and tells the process that made it', () => {
  const names = Array.from({ length: 50 }, temporaryName);
  expect(new Set(names).size).toBe(50);
  for (const name of names) expect(TEMPORARY_NAME.exec(name)?.[1]).toBe(String(process.pid));
});

it.each([
  '.guestmark-0-01234567.tmp',
  '.guestmark-12-0123456.tmp',
  'x.guestmark-12-01234567.tmp',
  '.guestmark-12-01234567.tmp~',
])('TEMPORARY_NAME does not know %s', (name) => {
  expect(TEMPORARY_NAME.test(name)).toBe(false);
});

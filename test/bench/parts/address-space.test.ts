// The limit on the address space: in force while its scope lives, and gone with it, as the kernel tells.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { limitAddressSpace } from '../../../bench/parts/address-space.ts';
import { Scope } from '../../../src/base/scope.ts';
import { openLibc } from '../../../src/timing/libc.ts';

/** Far more than this test takes. */
const MORE_BYTES = 16 * 2 ** 30;

function softLimit(): string | undefined {
  return /^Max address space +(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
}

it('limitAddressSpace() limits until the scope ends, and then as before', () => {
  const libc = openLibc();
  if (!libc.available) throw new Error(libc.reason);
  const before = softLimit();
  const scope = new Scope();
  limitAddressSpace({ libc: () => libc.value, scope } as never, MORE_BYTES);
  const limited = Number(softLimit());
  scope[Symbol.dispose]();
  expect(limited).toBeGreaterThan(MORE_BYTES);
  expect(limited).toBeLessThan(2 ** 47);
  expect(softLimit()).toBe(before);
});

// That the kernel keeps the promise is shown where it matters: test/e2e/run.test.ts kills a parent whose
// child does not listen.
import { expect, it } from 'vitest';
import { dieWithParent } from '../../src/timing/die-with-parent.ts';
import { openLibc } from '../../src/timing/libc.ts';

it('dieWithParent() is accepted by the kernel wherever the C library can be called', () => {
  expect(dieWithParent()).toBe(openLibc().available);
});

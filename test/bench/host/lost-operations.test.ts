// Operations of the memory paths that are counted and do not take place: each verification must notice one.
import { afterAll, describe, expect, it } from 'vitest';
import { Scope } from '../../../src/base/scope.ts';
import type { Operation } from '../../../src/suite/operation.ts';
import { openDevice } from '../../../src/vulkan/open-device.ts';
import { hostContextOn } from '../host-context-on.ts';
import { casesOf } from '../on-device.ts';

const opened = openDevice({ match: 'llvmpipe' });
afterAll(() => opened[Symbol.dispose]());

async function prepare(selector: string, scope: Scope): Promise<Operation> {
  const [one] = casesOf(selector);
  if (one?.benchmark.operation === undefined) throw new Error(`${selector} is no operation`);
  return one.benchmark.operation(one.axes, hostContextOn(opened, one, scope));
}

function operate({ run, wait, reset }: Operation): void {
  run();
  wait?.();
  reset?.();
}

describe.each([
  'staged-h2d[bytes=64Ki]',
  'staged-d2h[bytes=64Ki]',
  'copy-both-ways[queues=1,bytes=64Ki]',
  'mapped-write[type=0,bytes=64Ki]',
  'mapped-read[type=0,bytes=64Ki]',
  'mapped-write-latency[type=0]',
  'mapped-read-latency[type=0,bytes=4Ki]',
  'first-touch-cpu[touch=1,bytes=64Ki]',
  'first-touch-cpu[touch=2,bytes=64Ki]',
  'first-touch-gpu[touch=1,bytes=64Ki]',
  'first-touch-gpu[touch=2,bytes=64Ki]',
])('%s', (selector) => {
  it('is right, and wrong once an operation is lost', async () => {
    using scope = new Scope();
    const operation = await prepare(selector, scope);
    operate(operation);
    operate(operation);
    expect(operation.verify(2)).toMatchObject({ ok: true });
    operation.reset?.();
    expect(operation.verify(3)).toMatchObject({ ok: false });
  });
});

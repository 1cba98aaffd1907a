import { describe, expect, it } from 'vitest';
import { functionsInForce } from '../../src/definition/functions-in-force.ts';
import type { ModuleFunctions } from '../../src/definition/module-functions.ts';
import { binding, defined, kernelOf, push, said } from './interfaces.ts';

const functions: ModuleFunctions = {
  flops: () => 1,
  bytes: () => 1,
  items: () => 1,
  elements: { y: () => 1 },
  fill: { y: 'zero' },
  set: { a: () => 1 },
  verify: () => ({ ok: true, checked: 1 }),
};
const WORDS = ['flops 2', 'bytes 2', 'items 64', 'elements y = 2', 'fill y = 2', 'set a = 2', 'expect y = 2'];
const kernel = kernelOf({ bindings: [binding('y')], pushConstants: [push('a')] });

describe('functionsInForce()', () => {
  it.each(['pragma', 'module'] as const)('keeps all that only a %s speaks of', (kind) => {
    expect(functionsInForce(defined(kernel, [said(kind, ...WORDS)]), functions)).toEqual(functions);
  });

  it.each(['suite file', 'command line'] as const)('keeps only verify() of what a %s says', (kind) => {
    const rest = functionsInForce(defined(kernel, [said(kind, ...WORDS)]), functions);
    expect(rest).toEqual({ elements: {}, fill: {}, set: {}, verify: functions.verify });
  });
});

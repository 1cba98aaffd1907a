import { expect, it } from 'vitest';
import { networkProblem } from '../../src/external/network-problem.ts';

it('networkProblem() has words for what happens, and keeps the code of what is rare', () => {
  const coded = (code: string): Error => Object.assign(new Error('connect failed'), { code });
  expect(networkProblem(coded('ENETUNREACH'))).toBe('no network leads there');
  expect(networkProblem(coded('EPROTO'))).toBe('EPROTO');
  expect(networkProblem(new Error('Port should be > 0'))).toBe('Port should be > 0');
});

import { expect, it } from 'vitest';
import { askOnce, cpuidOnce } from '../../src/virt/ask-once.ts';

it('askOnce() asks each question once, and keeps the answers where the caller sees them', () => {
  const asked: string[] = [];
  const answers = new Map<string, number>();
  const ask = askOnce((question) => asked.push(question), answers);
  expect([ask('one'), ask('two'), ask('one')]).toEqual([1, 2, 1]);
  expect([asked, [...answers]]).toEqual([
    ['one', 'two'],
    [
      ['one', 1],
      ['two', 2],
    ],
  ]);
});

it('cpuidOnce() tells leaves and subleaves apart', () => {
  const leaves = new Map();
  const read = cpuidOnce(
    (leaf, subleaf = 0) => ({ eax: leaf, ebx: subleaf, ecx: 0, edx: leaves.size }),
    leaves,
  );
  expect([read(1), read(1, 1), read(1)].map(({ eax, ebx, edx }) => [eax, ebx, edx])).toEqual([
    [1, 0, 0],
    [1, 1, 1],
    [1, 0, 0],
  ]);
  expect([...leaves.keys()]).toEqual(['0x00000001', '0x00000001.1']);
});

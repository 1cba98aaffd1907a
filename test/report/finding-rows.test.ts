import { expect, it } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { findingRow } from '../../src/report/finding-rows.ts';
import { certain, claimed } from '../../src/virt/finding.ts';

it("the kernel's answers are told in words, each of a reason", () => {
  const reason = '/etc/os-release: ENOENT; /proc/1/environ: EACCES: only root may';
  expect(findingRow(['a', unavailable(reason)], true).cells[2]).toEqual({
    text: '/etc/os-release: not there; /proc/1/environ: not readable without more rights: only root may',
    style: 'quiet',
  });
  expect(findingRow(['a', unavailable('the product is EMULATED: EIO')], false).cells[1]).toMatchObject({
    text: '– the product is EMULATED: EIO',
  });
});

it('what is certain goes without saying so', () => {
  expect(findingRow(['a', certain('b', 'c')], false).cells).toEqual(['a', 'b']);
  expect(findingRow(['a', claimed('b', 'c')], false).cells).toMatchObject([
    'a',
    { text: 'b (claimed, by c)' },
  ]);
});

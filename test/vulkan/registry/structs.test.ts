import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as constants from '../../../src/vulkan/registry/constants.ts';
import { structTable } from '../../../src/vulkan/registry/structs.ts';
import { type CLayout, measureCLayout } from './c-layout.ts';

const fixture = new URL('../../fixtures/c-layout.json', import.meta.url);
const recorded = (): CLayout => JSON.parse(readFileSync(fixture, 'utf8')) as CLayout;

const measured = measureCLayout();
if (!measured.available) console.warn(`c-layout.json is not measured again: ${measured.reason}`);

it.skipIf(!measured.available)('c-layout.json is what the C compiler of this machine says', async () => {
  // `vitest run --update` records it anew.
  const text = `${JSON.stringify(measured.available ? measured.value : null, null, 1)}\n`;
  await expect(text).toMatchFileSnapshot(fixture.pathname);
});

it('structTable has the size, the offsets and the sType of every struct in C', () => {
  const tables = Object.entries(structTable).map(([name, { size, sType, members }]) => {
    const offsets = Object.fromEntries(
      Object.entries(members).map(([member, { offset }]) => [member, offset]),
    );
    return [name, { size, ...(sType === undefined ? {} : { sType }), offsets }];
  });
  expect(Object.fromEntries(tables)).toEqual(recorded().structs);
});

it('constants.ts has the value of every constant in C', () => {
  const values = Object.entries(constants).filter(([, value]) => ['number', 'bigint'].includes(typeof value));
  expect(Object.fromEntries(values.map(([name, value]) => [name, String(value)]))).toEqual(
    recorded().constants,
  );
});

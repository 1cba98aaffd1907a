import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generateRegistry } from '../../../src/vulkan/registry/generate.ts';
import { installedRegistry } from './c-layout.ts';

const xml = installedRegistry();
if (!xml.available) console.warn(`the committed tables are not generated again: ${xml.reason}`);

it.skipIf(!xml.available)('generateRegistry() of the installed vk.xml gives the committed files', () => {
  const { files } = generateRegistry(xml.available ? xml.value : '');
  for (const [name, text] of Object.entries(files)) {
    const committed = readFileSync(new URL(`../../../src/vulkan/registry/${name}`, import.meta.url), 'utf8');
    // Compared as booleans: a difference of 100 kB helps nobody.
    expect({ name, same: text === committed }).toEqual({ name, same: true });
  }
});

// docs/host-paths.md says of every benchmark of the host side what its figure means; one that it does not mention would be
// a number without a meaning.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadBenchmarks } from '../../src/suite/load.ts';

const DOCUMENT = readFileSync('docs/host-paths.md', 'utf8');
const NAMES = (await loadBenchmarks([]))
  .filter(({ category }) => category === 'host')
  .map(({ name }) => name);

describe('docs/host-paths.md', () => {
  test('is about some fifty benchmarks', () => {
    expect(NAMES.length).toBeGreaterThan(40);
  });

  test.each(NAMES)('says what %s means', (name) => {
    expect(DOCUMENT).toContain(`\`${name}\``);
  });

  test('names no benchmark that is not there', () => {
    const bold = [...DOCUMENT.matchAll(/\*\*[^*]*`[^*]*\*\*/g)].flatMap(([text]) =>
      [...text.matchAll(/`([a-z][a-z0-9-]*)`/g)].map(([, name]) => name),
    );
    const all = (NAMES as readonly string[]).concat('zero-copy');
    expect(bold.filter((name) => !all.includes(name as string))).toEqual([]);
  });
});

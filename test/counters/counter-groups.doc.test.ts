// docs/counters.md is held to the list of groups: a group without a row, or a row without a group, fails here.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COUNTER_GROUPS } from '../../src/counters/counter-groups.ts';
import { ROOT } from '../structure/project-files.ts';

const TEXT = readFileSync(join(ROOT, 'docs/counters.md'), 'utf8');

/** The text below a heading, up to the next one. */
function section(heading: string): string {
  const [, after = ''] = TEXT.split(`\n## ${heading}\n`);
  return after.split('\n## ')[0] as string;
}

/** The cells of the rows of the first table in a text. */
function rows(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));
}

describe('docs/counters.md', () => {
  const groups = rows(section('All groups'));

  it('has one row for each group, and no other', () => {
    const named = groups.map(([name = '']) => name.replaceAll('`', ''));
    expect([...named].sort()).toEqual(COUNTER_GROUPS.map(({ id }) => id).sort());
  });

  it('says of each what, how, where from, when not, and what it means', () => {
    for (const cells of groups) {
      expect(cells, cells[0]).toHaveLength(6);
      for (const cell of cells) expect(cell, cells[0]).not.toBe('');
    }
  });

  it('names beside PAPI only groups that there are, or retires the component', () => {
    const ids = COUNTER_GROUPS.map(({ id }) => id);
    for (const cells of rows(section('Beside PAPI'))) {
      const here = cells[3] ?? '';
      const named = [...here.matchAll(/`([^`]+)`/g)].map(([, id]) => id as string);
      expect(
        here === 'retired' || (named.length > 0 && named.every((id) => ids.includes(id))),
        cells[0],
      ).toBe(true);
    }
  });
});

// SECURITY.md claims nothing without a test: each defence names files, and these have tests.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../structure/project-files.ts';

const TEXT = readFileSync(`${ROOT}SECURITY.md`, 'utf8');
const [, DEFENCES = ''] = TEXT.split('\n## What it keeps out\n');
const ROWS = (DEFENCES.split('\n## ')[0] ?? '').match(/^\| .*\|$/gm)?.slice(2) ?? [];

const FILES = [...TEXT.matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path as string);

describe('SECURITY.md', () => {
  it('names a test for each defence', () => {
    expect(ROWS.length).toBeGreaterThan(10);
    expect(ROWS.filter((row) => !/`test\/[^`]+\.test\.ts`/.test(row.split('|').at(-2) ?? ''))).toEqual([]);
  });

  it.each([...new Set(FILES)])('names %s, which tests something', (path) => {
    expect(readFileSync(ROOT + path, 'utf8')).toMatch(/\b(it|test)(\.each|\.skipIf)?\b/);
  });

  it('links to pages that are there', () => {
    const links = [...TEXT.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map(([, path]) => path as string);
    expect(links.filter((path) => !existsSync(ROOT + path))).toEqual([]);
  });
});

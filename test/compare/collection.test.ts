import { expect, test } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { collectionOf } from '../../src/compare/collection.ts';
import { side } from './sample-sides.ts';

const at = (...processStartsMs: number[]) => side([], { processStartsMs });

test('runs that alternate are interleaved', () => {
  expect(collectionOf(at(1, 3, 5, 7), at(2, 4, 6, 8)).kind).toBe('interleaved');
  expect(collectionOf(at(1, 4, 5, 8), at(2, 3, 6, 7)).kind).toBe('interleaved');
});

test('runs that follow each other are separate, whichever came first', () => {
  expect(collectionOf(at(1, 2, 3), at(4, 5, 6)).kind).toBe('separate');
  expect(collectionOf(at(4, 5, 6), at(1, 2, 3)).kind).toBe('separate');
  expect(collectionOf(at(1), at(2)).kind).toBe('separate');
  // One block within the other does not alternate either.
  expect(collectionOf(at(1, 2, 3, 9, 10, 11), at(4, 5, 6, 7, 8)).kind).toBe('separate');
});

test('machines of different names cannot alternate', () => {
  const here = side([], { processStartsMs: [1, 3] });
  const there = side([], { processStartsMs: [2, 4], hostname: { available: true, value: 'metal-1' } });
  expect(collectionOf(here, there).kind).toBe('different-machines');
});

test('what is not known is told with its reason', () => {
  const nameless = side([], { hostname: unavailable('hidden') });
  expect(collectionOf(nameless, at(1))).toMatchObject({
    kind: 'unknown',
    statement: expect.stringContaining('does not name its machine'),
  });
  expect(collectionOf(at(), at(1)).statement).toContain('when its runs began');
});

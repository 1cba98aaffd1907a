import { expect, it } from 'vitest';
import { createFutexFile, mapFutexWords, WORD } from '../../src/guest/futex-words.ts';
import { openLibc } from '../../src/timing/libc.ts';

it('a word that is handed over is taken once, through either mapping, and nobody waits for ever', () => {
  const libc = openLibc();
  if (!libc.available) throw new Error(libc.reason);
  const file = createFutexFile(libc.value);
  if (!file.available) throw new Error(file.reason);
  const [here, there] = [mapFutexWords(libc.value, file.value), mapFutexWords(libc.value, file.value)];
  libc.value.close(file.value);
  if (!here.available || !there.available) throw new Error('the words cannot be mapped');
  here.value.hand(WORD.request);
  expect(there.value.take(WORD.request)).toBe(true);
  const startMs = performance.now();
  expect(there.value.take(WORD.request)).toBe(false);
  expect(performance.now() - startMs).toBeGreaterThan(90);
  there.value.hand(WORD.answer);
  expect([here.value.take(WORD.answer), Atomics.load(here.value.words, WORD.answered)]).toEqual([true, 0]);
  for (const { value } of [here, there]) value.unmap();
});

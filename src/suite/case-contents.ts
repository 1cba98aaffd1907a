// Initial contents of a case's buffers and images: the same seed gives the same bytes on every machine. Knows no device.
import { derivedSeed, type Random, seededRandom } from '../base/random.ts';
import type { Elements, ElementType } from './benchmark.ts';
import { callBenchmark } from './call-benchmark.ts';
import type { Case } from './case-id.ts';
import { newElements } from './element-types.ts';
import type { SizedBinding } from './sized-bindings.ts';

/** What a buffer or image holds before the first iteration. */
export function contentsOf(
  { id, axes }: Case,
  { name, plan, elements }: SizedBinding,
  seed: number,
): Elements {
  const random = seededRandom(derivedSeed(seed, `${id}/${name}`));
  return callBenchmark(id, `filling buffer "${name}"`, () => {
    const into = newElements(plan.type, elements);
    if (typeof plan.fill === 'function') plan.fill(into, axes, random);
    else if (plan.fill === 'random') fillRandom(plan.type, into, random);
    else if (plan.fill === 'poison') fillPoison(into);
    return into;
  });
}

/** Large buffers repeat their first values; the period is a prime, so no power-of-two stride meets it. */
const RANDOM_PERIOD = 1_048_573;

function fillRandom(type: ElementType, elements: Elements, random: Random): void {
  const isFloat = type === 'f32' || type === 'f64';
  // A narrower integer array keeps the low bits, which are as random as all of them.
  const draw = isFloat ? () => 2 * random() - 1 : () => Math.floor(random() * 2 ** 32);
  const drawn = Math.min(RANDOM_PERIOD, elements.length);
  for (let i = 0; i < drawn; i++) elements[i] = draw();
  for (let filled = drawn; filled < elements.length; filled += drawn) elements.copyWithin(filled, 0, drawn);
}

/** Twice in a word: NaN as float16, float32 and float64, and no small integer. */
const POISON = Uint8Array.of(0xba, 0xff);

/** What a kernel should have written, and has not, then equals no expected value. */
function fillPoison({ buffer, byteOffset, byteLength }: Elements): void {
  Buffer.from(buffer, byteOffset, byteLength).fill(POISON);
}

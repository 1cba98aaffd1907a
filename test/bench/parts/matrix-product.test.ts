// The check of a matrix product on the CPU: it accepts the product, and notices what kernels get wrong.
import { describe, expect, it } from 'vitest';
import {
  compareProduct,
  compareRow,
  freivalds,
  type MatrixProduct,
} from '../../../bench/parts/matrix-product.ts';
import { fillIntegers } from '../../../bench/parts/small-integers.ts';
import { seededRandom } from '../../../src/base/random.ts';

const SHAPE = { m: 5, n: 9, k: 12 };

function product(change: (c: Float32Array) => void = () => {}): MatrixProduct {
  const { m, n, k } = SHAPE;
  const random = seededRandom(7);
  const [a, b, c] = [new Float32Array(m * k), new Float32Array(k * n), new Float32Array(m * n)];
  const fill = fillIntegers(-3, 3);
  fill(a, {}, random);
  fill(b, {}, random);
  for (let i = 0; i < c.length; i++) {
    for (let j = 0; j < k; j++) {
      c[i] = (c[i] as number) + (a[Math.floor(i / n) * k + j] as number) * (b[j * n + (i % n)] as number);
    }
  }
  change(c);
  return { ...SHAPE, a, b, c };
}

describe('compareProduct', () => {
  it('accepts a product and says how much was compared', () => {
    expect(compareProduct(product())).toEqual({ ok: true, checked: SHAPE.m + 4 * SHAPE.n });
  });

  it.each([
    ['one element', 17, 18],
    ['the last element', SHAPE.m * SHAPE.n - 1, 0],
  ])('notices that %s differs', (_, one, other) => {
    const changed = product((c) => {
      [c[one], c[other]] = [(c[other] as number) + 0.5, c[one] as number];
    });
    expect(compareProduct(changed).ok).toBe(false);
  });
});

describe('freivalds', () => {
  it('notices two elements of a row in each other’s place', () => {
    const swapped = product((c) => {
      const other = c.findIndex((value, i) => i > 18 && value !== c[18]);
      [c[18], c[other]] = [c[other] as number, c[18] as number];
    });
    expect(freivalds(swapped).ok).toBe(false);
  });

  it('notices what is no number', () => {
    const poisoned = product((c) => {
      c[20] = Number.NaN;
    });
    expect(freivalds(poisoned)).toMatchObject({ ok: false, mismatches: 1, first: { index: 2 } });
  });

  it('is exact where the sums of weights would leave 2^53', () => {
    const large = { m: 2, n: 3, k: 2, a: [2e6, 1, 0, 2e6], b: [2e6, 1, 3, 2e6, 5, 7] };
    const c = [4e12 + 2e6, 2e6 + 5, 6e6 + 7, 4e12, 1e7, 1.4e7];
    expect(freivalds({ ...large, c }).ok).toBe(true);
    expect(freivalds({ ...large, c: c.with(4, 1e7 + 1) }).ok).toBe(false);
  });
});

describe('compareRow', () => {
  it('names the row and the column', () => {
    const changed = product((c) => {
      c[2 * SHAPE.n + 3] = 99;
    });
    expect(compareRow(changed, 2)).toMatchObject({
      ok: false,
      first: { what: 'C row 2', index: 3, actual: 99 },
    });
  });
});

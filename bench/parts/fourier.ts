// The discrete Fourier transform in double precision, fast and by its definition: what those of kernels are held against.
// Complex numbers lie interleaved, real part first; transforms are forward (a negative exponent) and not scaled.

/** The roots of unity exp(−2πi k/n) for k from 0 to n − 1, interleaved. */
export function rootsOfUnity(n: number): Float64Array {
  const roots = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    roots[2 * k] = Math.cos((2 * Math.PI * k) / n);
    roots[2 * k + 1] = -Math.sin((2 * Math.PI * k) / n);
  }
  return roots;
}

/**
 * Transforms in place (J. W. Cooley and J. W. Tukey, 1965; radix 2).
 *
 * @param values As many complex numbers as `roots` has, a power of two.
 */
export function transformInPlace(values: Float64Array, roots: Float64Array): void {
  const n = values.length / 2;
  reverseBits(values);
  for (let half = 1; half < n; half *= 2) {
    const step = n / half;
    for (let start = 0; start < n; start += 2 * half) butterflies(values, roots, start, half, step);
  }
}

function butterflies(
  values: Float64Array,
  roots: Float64Array,
  start: number,
  half: number,
  step: number,
): void {
  for (let k = 0; k < half; k++) {
    const [a, b, w] = [2 * (start + k), 2 * (start + k + half), k * step];
    const [re, im] = [values[b] as number, values[b + 1] as number];
    const [wRe, wIm] = [roots[w] as number, roots[w + 1] as number];
    const [x, y] = [re * wRe - im * wIm, re * wIm + im * wRe];
    values[b] = (values[a] as number) - x;
    values[b + 1] = (values[a + 1] as number) - y;
    values[a] = (values[a] as number) + x;
    values[a + 1] = (values[a + 1] as number) + y;
  }
}

function reverseBits(values: Float64Array): void {
  const n = values.length / 2;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    for (const part of [0, 1]) {
      const kept = values[2 * i + part] as number;
      values[2 * i + part] = values[2 * j + part] as number;
      values[2 * j + part] = kept;
    }
  }
}

/** One complex number of the transform, summed as its definition says. */
export function directBin(
  values: ArrayLike<number>,
  roots: Float64Array,
  bin: number,
): readonly [number, number] {
  const n = values.length / 2;
  let [re, im] = [0, 0];
  for (let i = 0; i < n; i++) {
    const w = 2 * ((i * bin) % n);
    const [x, y] = [values[2 * i] as number, values[2 * i + 1] as number];
    const [wRe, wIm] = [roots[w] as number, roots[w + 1] as number];
    re += x * wRe - y * wIm;
    im += x * wIm + y * wRe;
  }
  return [re, im];
}

/** Sum of the squares: of all parts of complex numbers, their energy. */
export function energyOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2;
  return sum;
}

// Draws from the normal and gamma distributions, for the bootstrap. Seeded by whoever passes `random`;
// knows nothing of samples.
import type { Random } from '../base/random.ts';

/** Draws from the standard normal distribution (Box and Muller 1958, one of the pair). */
export function randomNormal(random: Random): number {
  // 1 − u lies in (0, 1], so the logarithm is finite.
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * Draws from the gamma distribution with scale 1: Marsaglia and Tsang, "A Simple Method for Generating Gamma
 * Variables" (ACM TOMS 26, 2000).
 *
 * @param shape At least 1.
 */
export function randomGamma(shape: number, random: Random): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = randomNormal(random);
    const cubeRoot = 1 + c * x;
    if (cubeRoot <= 0) continue;
    const v = cubeRoot * cubeRoot * cubeRoot;
    const u = 1 - random();
    // The squeeze accepts nearly all candidates without a logarithm.
    if (u < 1 - 0.0331 * x * x * x * x) return d * v;
    if (Math.log(u) < x * x * 0.5 + d * (1 - v + Math.log(v))) return d * v;
  }
}

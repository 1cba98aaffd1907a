// The words that sort benchmarks, and the roofs that they are held against: one list for the types, the check of a
// benchmark's shape and the order in which they are shown. The schema of a report has its own: it knows no suite.

/** What a benchmark is about: the folders of `bench/`, and the order in which they are shown. */
export const CATEGORIES = [
  'arithmetic',
  'matrix',
  'memory',
  'synchronization',
  'patterns',
  'models',
  'host',
] as const;
export type Category = (typeof CATEGORIES)[number];

/**
 * An arithmetic type whose peak rate is a roof of the roofline model. Matrix units have roofs of their own, by the bits of
 * their inputs: they are several times as fast as the multiply-adds of the same type.
 */
export const ROOF_TYPES = ['f64', 'f32', 'f16', 'matrix16', 'matrix8'] as const;
export type RoofType = (typeof ROOF_TYPES)[number];

// Shapes that several parts of the report's schema share. Loads zod: reached only through schema.ts,
// which is imported dynamically.
import { z } from 'zod';
import type { Available } from '../base/availability.ts';
import type { Fact } from '../timing/fact.ts';
import type { Tier } from '../timing/ledger-rules.ts';
import type { Finding } from '../virt/finding.ts';

/** A value or the reason why there is none. */
export function availableSchema<T>(value: z.ZodType<T>): z.ZodType<Available<T>> {
  const obtained = z.strictObject({ available: z.literal(true), value });
  const missing = z.strictObject({ available: z.literal(false), reason: z.string().min(1) });
  return z.discriminatedUnion('available', [obtained, missing]) as unknown as z.ZodType<Available<T>>;
}

/** A count or an index. */
export const countSchema: z.ZodType<number> = z.int().nonnegative();

/** Numbers by name. */
export const namedNumbersSchema: z.ZodType<Record<string, number>> = z.record(z.string(), z.number());

const scalar: z.ZodType<string | number | boolean> = z.union([z.string(), z.number(), z.boolean()]);

/** A probed fact with its evidence, or the reason why it is unknown. */
export const factSchema: z.ZodType<Fact<string | number | boolean>> = z.discriminatedUnion('available', [
  z.strictObject({ available: z.literal(true), value: scalar, source: z.string() }),
  z.strictObject({ available: z.literal(false), reason: z.string().min(1) }),
]);

/** What was found out, with the evidence and how sure it is, or the reason why nobody knows. */
export function findingSchema<T>(value: z.ZodType<T>): z.ZodType<Finding<T>> {
  const found = z.strictObject({
    available: z.literal(true),
    value,
    source: z.string(),
    confidence: z.enum(['certain', 'likely', 'claimed']),
  });
  const missing = z.strictObject({ available: z.literal(false), reason: z.string().min(1) });
  return z.discriminatedUnion('available', [found, missing]) as unknown as z.ZodType<Finding<T>>;
}

/** A tier of the timing ledger. */
export const tierSchema: z.ZodType<Tier> = z.enum(['A', 'B', 'C', 'D', 'E']);

// Shapes that several parts of the report's schema share. Loads zod: reached only through schema.ts,
// which is imported dynamically.
import { z } from 'zod';
import type { Available } from '../base/availability.ts';

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

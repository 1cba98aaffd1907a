// What every kernel with a trip count of its own asks of it.
import { firstOf, positiveInteger } from './workgroup.ts';

/** llvmpipe silently ends all loops of an invocation after 65,535 iterations: no kernel goes near that. */
export const MOST_LOOPS = 60_000;

/** Why a trip count makes no sense, or null. */
export function tripCount(name: string, loops: number, most: number = MOST_LOOPS): string | null {
  return firstOf(
    positiveInteger(name, loops),
    loops <= most ? null : `${name} is more than ${most}, and a driver that ends long loops would look fast`,
  );
}

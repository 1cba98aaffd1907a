// Axes with their values as they are typed: `n=1Mi,16Mi WORKGROUP_SIZE=256`. For lists and tables of
// benchmarks.
import { formatQuantity } from '../base/units.ts';

/** One word an axis; `no axes` where there is none. */
export function axesText(axes: Readonly<Record<string, readonly number[]>>): string {
  const parts = Object.entries(axes).map(
    ([axis, values]) => `${axis}=${values.map(formatQuantity).join(',')}`,
  );
  return parts.length === 0 ? 'no axes' : parts.join(' ');
}

// Benchmarks that were swept over an axis, and the roofline: figures over several cases. Missing where nothing was swept and
// nothing lies under a roof.
import { roofline } from './draw-roofline.ts';
import { sweepFigure } from './draw-sweep.ts';
import type { Markup } from './markup.ts';
import type { PageData } from './page-data.ts';
import { pageSection } from './page-document.ts';
import { PAGE_IDS } from './page-elements.ts';
import { sweepsOf } from './page-sweeps.ts';

/** The section; null where there is nothing to show. */
export function sweepsSection(data: PageData): Markup | null {
  const roofs = roofline(data);
  const sweeps = sweepsOf(data);
  if (roofs === null && sweeps.length === 0) return null;
  return pageSection(PAGE_IDS.sweeps, 'Across cases', roofs, sweeps.map(sweepFigure));
}

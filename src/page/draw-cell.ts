// The small drawing in a row of the overview: device time, raw wall and corrected wall of one case as intervals on an axis of
// its own from 0, so that the host's share and what steal may be of it are seen at once.
import { formatNsRange } from '../base/units.ts';
import type { Markup } from './markup.ts';
import type { PageCase } from './page-data.ts';
import { estimateOf, type PageGroup } from './page-groups.ts';
import { linearScale } from './plot-scale.ts';
import { dot, drawing, line } from './svg-plot.ts';

const HEIGHT = 26;
const TRACKS = [
  ['gpuTime', 'device', 'device'],
  ['wallTime', 'wall', 'raw wall'],
  ['correctedWallTime', 'corrected', 'corrected wall'],
] as const;

/** The drawing of a case; null where it has no times. */
export function intervalsCell(page: PageCase, group: PageGroup): Markup | null {
  const tracks = TRACKS.flatMap(([id, colour, words]) => {
    const estimate = estimateOf(page, group, id);
    return estimate === null ? [] : [{ colour, words, estimate }];
  });
  if (tracks.length === 0) return null;
  const scale = linearScale(0, Math.max(...tracks.map(({ estimate }) => estimate[2])) * 1.02);
  const title = tracks
    .map(({ words, estimate: [, low, high] }) => `${words} ${formatNsRange(low, high)}`)
    .join(', ');
  return drawing(
    HEIGHT,
    { title },
    line('baseline', 0, 0, 0, HEIGHT),
    tracks.map(({ colour, estimate: [value, low, high] }, index) => {
      const y = 5 + index * 8;
      return [
        line('grid', 0, y, scale.at(low), y),
        line(`interval stroke-${colour}`, scale.at(low), y, scale.at(high), y),
        dot(`mark fill-${colour}`, scale.at(value), y, 3),
      ];
    }),
  );
}

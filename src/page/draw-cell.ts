// The small drawing in a row of the overview: device time, raw wall and corrected wall of one case as intervals on an axis of
// its own from 0, so that the host's share and what steal may be of it are seen at once.
import { formatNsRange } from '../base/units.ts';
import type { Markup } from './markup.ts';
import type { PageCase, PageEstimate } from './page-data.ts';
import { estimateOf, type PageGroup } from './page-groups.ts';
import { linearScale, type Scale } from './plot-scale.ts';
import { dot, drawing, line } from './svg-plot.ts';

const HEIGHT = 26;
const TRACKS = [
  ['gpuTime', 'device', 'device'],
  ['wallTime', 'wall', 'raw wall'],
  ['correctedWallTime', 'corrected', 'corrected wall'],
] as const;

/** One interval with its colour. */
interface Track {
  readonly colour: string;
  readonly words: string;
  readonly estimate: PageEstimate;
}

/** The drawing of a case for each group, on one axis; null for a group that has no times. */
export function intervalsCell(page: PageCase, groups: readonly PageGroup[]): readonly (Markup | null)[] {
  const all = groups.map((group) => tracksOf(page, group));
  const ends = all.flatMap((tracks) => tracks.map(({ estimate }) => estimate[2]));
  const scale = linearScale(0, Math.max(0, ...ends) * 1.02);
  return all.map((tracks, index) =>
    tracks.length === 0 ? null : tracksDrawing(tracks, scale, groups[index]?.name ?? 'all'),
  );
}

function tracksOf(page: PageCase, group: PageGroup): readonly Track[] {
  return TRACKS.flatMap(([id, colour, words]) => {
    const estimate = estimateOf(page, group, id);
    return estimate === null ? [] : [{ colour, words, estimate }];
  });
}

function tracksDrawing(tracks: readonly Track[], scale: Scale, name: PageGroup['name']): Markup {
  const told = tracks
    .map(({ words, estimate: [, low, high] }) => `${words} ${formatNsRange(low, high)}`)
    .join(', ');
  const title = name === 'all' ? told : `${name}: ${told}`;
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

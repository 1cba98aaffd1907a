// The first dispatches of a case on one axis of time, in three rows: the host (submitting, waiting), the device, and what was
// withheld. Without a script the first few; with one all that the page holds, to move and zoom in.
import { formatNs } from '../base/units.ts';
import type { Content, Markup } from './markup.ts';
import type { PageCase, PageDispatch } from './page-data.ts';
import { FIGURES } from './page-elements.ts';
import { figure, figureRow, swatch } from './page-figure.ts';
import { type PageGroup, resultsOf } from './page-groups.ts';
import { tickNs } from './page-words.ts';
import { linearScale, type Scale } from './plot-scale.ts';
import { axisDrawing, bar, drawing, gridLines } from './svg-plot.ts';

/** So many are told apart on a screen. */
const SHOWN = 12;
const HEIGHT = 26;

/** The figure; null where the page holds no dispatches of this case. */
export function timeline(page: PageCase, index: number, groups: readonly PageGroup[]): Markup | null {
  const tracks = groups.flatMap((group) => {
    const dispatches = resultsOf(page, group).find((result) => result.timeline.length > 0)?.timeline ?? [];
    return dispatches.length === 0 ? [] : [{ group, dispatches: dispatches.slice(0, SHOWN) }];
  });
  if (tracks.length === 0) return null;
  const ends = tracks.map(({ dispatches }) => endNs(dispatches));
  const scale = linearScale(0, Math.max(...ends) * 1.005);
  return figure(
    {
      figure: FIGURES.timeline,
      case: index,
      title: 'Dispatches in time',
      caption: [
        `The first ${Math.max(...tracks.map(({ dispatches }) => dispatches.length))} submissions of the first run. `,
        swatch('submit', 'submit'),
        swatch('wait', 'waiting'),
        swatch('device', 'on the device'),
        swatch('steal', 'steal: solid at least, pale at most'),
        swatch('run-queue', 'run-queue wait'),
        ' Withheld time is known by amount and not by place: it is drawn from the end of its submission backwards. What is blank lies between submissions.',
      ],
    },
    ...tracks.flatMap(({ group, dispatches }) => trackRows(group, dispatches, scale)),
    figureRow('', '', axisDrawing(scale, tickNs, '')),
  );
}

function endNs(dispatches: readonly PageDispatch[]): number {
  return Math.max(
    1,
    ...dispatches.map(({ startNs, wallNs, deviceStartNs, gpuNs }) =>
      Math.max(startNs + wallNs, (deviceStartNs ?? 0) + (gpuNs ?? 0)),
    ),
  );
}

function trackRows(
  { name }: PageGroup,
  dispatches: readonly PageDispatch[],
  scale: Scale,
): readonly Markup[] {
  const of = name === 'all' ? '' : `, ${name}`;
  const onDevice = dispatches.filter(({ gpuNs, deviceStartNs }) => gpuNs !== null && deviceStartNs !== null);
  const known = dispatches.some(({ stealHighNs, runQueueNs }) => stealHighNs !== null || runQueueNs !== null);
  return [
    figureRow(
      `host${of}`,
      '',
      track(
        'Host: submitting and waiting',
        dispatches.map((one) => hostBars(one, scale)),
        scale,
      ),
    ),
    figureRow(
      `device${of}`,
      onDevice.length === 0 ? 'unknown' : '',
      track(
        'Device: at work',
        onDevice.map((one) => deviceBar(one, scale)),
        scale,
      ),
    ),
    figureRow(
      `withheld${of}`,
      known ? '' : 'unknown',
      track(
        'Steal and run-queue wait',
        dispatches.map((one) => withheldBars(one, scale)),
        scale,
      ),
    ),
  ];
}

function track(title: string, bars: readonly Content[], scale: Scale): Markup {
  return drawing(HEIGHT, { title }, gridLines(scale, HEIGHT), bars);
}

function hostBars({ startNs, wallNs, submitNs }: PageDispatch, scale: Scale): Content {
  const [from, to] = [scale.at(startNs), scale.at(startNs + wallNs)];
  return [
    bar('fill-wait', from, to, 6, HEIGHT - 12, `wall ${formatNs(wallNs)}`),
    submitNs !== null &&
      bar('fill-submit', from, scale.at(startNs + submitNs), 6, HEIGHT - 12, `submit ${formatNs(submitNs)}`),
  ];
}

function deviceBar({ deviceStartNs, gpuNs }: PageDispatch, scale: Scale): Content {
  const [start, ns] = [deviceStartNs ?? 0, gpuNs ?? 0];
  return bar('fill-device', scale.at(start), scale.at(start + ns), 6, HEIGHT - 12, `device ${formatNs(ns)}`);
}

function withheldBars(
  { startNs, wallNs, stealLowNs, stealHighNs, runQueueNs }: PageDispatch,
  scale: Scale,
): Content {
  const end = startNs + wallNs;
  const back = (ns: number): number => scale.at(Math.max(startNs, end - ns));
  const queueNs = runQueueNs ?? 0;
  const shown = (ns: number | null): ns is number => ns !== null && ns > 0;
  return [
    shown(stealHighNs) &&
      bar(
        'fill-steal pale',
        back(queueNs + stealHighNs),
        back(queueNs),
        6,
        HEIGHT - 12,
        `steal, at most ${formatNs(stealHighNs)}`,
      ),
    shown(stealLowNs) &&
      bar(
        'fill-steal',
        back(queueNs + stealLowNs),
        back(queueNs),
        6,
        HEIGHT - 12,
        `steal, at least ${formatNs(stealLowNs)}`,
      ),
    shown(runQueueNs) &&
      bar(
        'fill-run-queue',
        back(runQueueNs),
        scale.at(end),
        6,
        HEIGHT - 12,
        `run-queue wait ${formatNs(runQueueNs)}`,
      ),
  ];
}

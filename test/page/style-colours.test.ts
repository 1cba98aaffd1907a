import { describe, expect, it } from 'vitest';
import { colourStyle } from '../../src/page/style-colours.ts';

const STYLE = colourStyle();

/** Colours by name, as the rule has them that begins so. */
function coloursOf(rule: string): ReadonlyMap<string, string> {
  const body = STYLE.slice(STYLE.indexOf(rule)).replace(/\}[\s\S]*/, '');
  return new Map(
    [...body.matchAll(/--([\w-]+):(#\w{6})/g)].map(([, name = '', colour = '']) => [name, colour]),
  );
}

/** Contrast ratio of WCAG 2.2: of relative luminances. */
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [one, other].map(luminance).sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const TEXTS = ['text', 'quiet', 'accent', 'faster', 'slower', 'same', 'unclear'];
const NO_MARKS = ['background', 'surface', 'line', 'wait', 'unexplained', ...TEXTS];

describe.each([
  ['light', ':root{'],
  ['dark', ':root.theme-dark{'],
])('the %s theme', (_, rule) => {
  const colours = coloursOf(rule);
  const [background = '', surface = ''] = [colours.get('background'), colours.get('surface')];
  const least = (name: string): number =>
    Math.min(
      contrast(colours.get(name) ?? background, background),
      contrast(colours.get(name) ?? surface, surface),
    );

  it.each(TEXTS)('shows text in the colour %s with at least 4.5:1', (name) => {
    expect(least(name)).toBeGreaterThanOrEqual(4.5);
  });

  it('shows every mark with at least 3:1', () => {
    const marks = [...colours.keys()].filter((name) => !NO_MARKS.includes(name));
    expect(marks.length).toBeGreaterThan(15);
    expect(marks.filter((name) => least(name) < 3).map((name) => [name, least(name)])).toEqual([]);
  });
});

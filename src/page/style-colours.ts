// The colours of the page: a clock or part keeps its colour in every drawing, light and dark. Text on its background has at
// least 4.5:1, marks 3:1 (WCAG 2.2); neighbours in a layered bar differ in lightness, for eyes without colours and for paper.

/** Custom properties with their light and their dark value. */
const COLOURS: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  background: ['#f6f6f3', '#11151a'],
  surface: ['#ffffff', '#191f26'],
  text: ['#1a2129', '#e8ebee'],
  quiet: ['#59636e', '#9ba6b2'],
  line: ['#dfe1e0', '#2d353e'],
  accent: ['#0b5a86', '#79bbe8'],
  device: ['#2a6bb0', '#5da7e6'],
  wall: ['#454d57', '#c3cad2'],
  corrected: ['#0d8a6a', '#43c79d'],
  undisturbed: ['#8461a8', '#b99fe0'],
  cpu: ['#94702c', '#d0b06c'],
  submit: ['#b97c00', '#efbd45'],
  queue: ['#7d8894', '#8b97a4'],
  'wake-up': ['#4292c6', '#93cdf2'],
  copy: ['#a3592a', '#db976c'],
  call: ['#66782f', '#adc26d'],
  steal: ['#c63f1a', '#ff7d55'],
  'run-queue': ['#a83a78', '#f07fb2'],
  throttling: ['#6e3a22', '#c78f70'],
  unexplained: ['#9aa2ab', '#6b7681'],
  wait: ['#c3c9ce', '#4a545f'],
  faster: ['#0b6b4f', '#4fd1a5'],
  slower: ['#b02f0e', '#ff8a66'],
  same: ['#4d5761', '#a9b3bd'],
  unclear: ['#7a5800', '#e3b64c'],
  'series-0': ['#2a6bb0', '#5da7e6'],
  'series-1': ['#c63f1a', '#ff7d55'],
  'series-2': ['#0d8a6a', '#43c79d'],
  'series-3': ['#b97c00', '#efbd45'],
  'series-4': ['#8461a8', '#b99fe0'],
  'series-5': ['#454d57', '#c3cad2'],
  'series-6': ['#a83a78', '#f07fb2'],
  'series-7': ['#66782f', '#adc26d'],
};

/** All of them as rules: of the system's theme, of the chosen one, of paper; and a class for every fill, stroke and chip. */
export function colourStyle(): string {
  const light = properties(0);
  const dark = properties(1);
  const classes = Object.keys(COLOURS).map(
    (name) =>
      `.fill-${name}{fill:var(--${name})}.stroke-${name}{stroke:var(--${name})}.chip-${name}{background:var(--${name})}`,
  );
  return [
    `:root{color-scheme:light dark;${light}}`,
    `@media (prefers-color-scheme:dark){:root:not(.theme-light){${dark}}}`,
    `:root.theme-dark{color-scheme:dark;${dark}}`,
    ':root.theme-light{color-scheme:light}',
    `@media print{:root,:root.theme-dark,:root:not(.theme-light){color-scheme:light;${light}}}`,
    ...classes,
  ].join('\n');
}

function properties(which: 0 | 1): string {
  return Object.entries(COLOURS)
    .map(([name, values]) => `--${name}:${values[which]};`)
    .join('');
}

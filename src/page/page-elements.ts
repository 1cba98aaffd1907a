// What the page and its script agree on: the names of elements, classes, attributes and colours. The script is compiled on its
// own and loads nothing; it takes these by type (`typeof import('../page-elements.ts').PAGE_IDS`), so that a typo is an error.

/** Ids of elements. Those marked "filled" are empty until the script fills them; the others the page has filled. */
export const PAGE_IDS = {
  /** `<script type="application/json">` with the PageData. */
  data: 'page-data',
  /** `<button>` with the class onlyScripted: light, dark, as the system. The script sets its text and aria-pressed. */
  theme: 'theme-toggle',
  /** `<div>` above the table of cases, class onlyScripted, filled: search, category, verdict, sorting, which report. */
  caseControls: 'case-controls',
  /** `<p role="status">` for how many cases are shown, filled. */
  caseCount: 'case-count',
  /** `<table>` of the overview: a `<tr data-case="INDEX">` in its tbody for each case, index into PageData.cases. */
  caseTable: 'case-table',
  /** `<section>` with one `<details class="case" data-case="INDEX" id="case-INDEX">` for each case that is static. */
  cases: 'cases',
  /** `<div>` at the end of it, filled with the `<details>` of cases that have none, when their row is chosen. */
  caseDetail: 'case-detail',
  /** `<section>`s of the page, targets of the navigation. */
  overview: 'overview',
  comparison: 'comparison',
  sweeps: 'sweeps',
  environment: 'environment',
  warnings: 'warnings',
  about: 'about',
  /** `<div role="status" class="visually-hidden">` for what the script says to screen readers. */
  announcer: 'announcer',
} as const;

/** `case-3`: the details of a case; rows of the overview link to it. */
export const CASE_ID_PREFIX = 'case-';

/** Classes. */
export const PAGE_CLASSES = {
  /** On `<html>`, by the script as its first act: shows what only it can serve. */
  scripted: 'scripted',
  /** On `<html>`, by the script: overrides prefers-color-scheme. Neither: as the system. */
  dark: 'theme-dark',
  light: 'theme-light',
  /** Hidden while `<html>` lacks `scripted`. */
  onlyScripted: 'only-scripted',
  /** Hidden in the overview by a filter. */
  filtered: 'filtered',
  /** `<figure class="figure" data-figure="…" data-case="INDEX">`: a static SVG in it has the class `static`. */
  figure: 'figure',
  static: 'static',
  /** `<div class="live">` in a figure, empty: the script may draw here and put `has-live` on the figure, which hides `static`. */
  live: 'live',
  hasLive: 'has-live',
  /** Text for screen readers only. */
  visuallyHidden: 'visually-hidden',
  /** A box that scrolls sideways, around tables and wide drawings. */
  scrolls: 'scrolls',
  /** Buttons and choices, so that they look alike: `<button class="control">`, `<select class="control">`, `<input class="control">`. */
  control: 'control',
  /** A row of them. */
  controls: 'controls',
  /** A box that floats beside the pointer; `position: fixed`, placed by the script with `element.style`. */
  tooltip: 'tooltip',
} as const;

/** Attributes. Those of `<td>` hold the number that the cell shows, unrounded, for sorting; none where it shows –. */
export const PAGE_ATTRIBUTES = {
  case: 'data-case',
  report: 'data-report',
  figure: 'data-figure',
  value: 'data-value',
  /** On the `<tr>` of the overview: a verdict or a status, for filters. */
  verdict: 'data-verdict',
  /** On the `<th>` of the overview: `text` or `number`; what cannot be sorted has none. */
  sort: 'data-sort',
} as const;

/** `data-figure` of the figures; those of the sweeps carry `data-benchmark` in place of a case. */
export const FIGURES = {
  distributions: 'distributions',
  adjusted: 'adjusted',
  parts: 'parts',
  timeline: 'timeline',
  /** Samples over the course of a run: only the script draws it; its `static` says what it shows. */
  course: 'course',
  sweep: 'sweep',
  roofline: 'roofline',
  ratios: 'ratios',
} as const;

/**
 * Keys of `PageResult.clocks`, in the order in which they are shown; all are thinned alike, so that the same index of a run is
 * the same sample (NaN is written as null where a sample lacks a clock).
 */
export const PAGE_CLOCKS = [
  'gpuTime',
  'wallTime',
  'correctedWallLow',
  'correctedWallHigh',
  'undisturbedWallLow',
  'undisturbedWallHigh',
  'cpuTime',
  'submitTime',
  'queueTime',
  'wakeUpTime',
] as const;

/**
 * Custom properties with the colours of the theme, on `:root`: read them with getComputedStyle after the theme has changed.
 * Clocks and parts keep their colour everywhere.
 */
export const COLOUR_PROPERTIES = {
  background: '--background',
  surface: '--surface',
  text: '--text',
  quiet: '--quiet',
  line: '--line',
  accent: '--accent',
  gpuTime: '--device',
  wallTime: '--wall',
  correctedWall: '--corrected',
  undisturbedWall: '--undisturbed',
  cpuTime: '--cpu',
  submitTime: '--submit',
  queueTime: '--queue',
  wakeUpTime: '--wake-up',
  copy: '--copy',
  call: '--call',
  steal: '--steal',
  runQueue: '--run-queue',
  throttling: '--throttling',
  faster: '--faster',
  slower: '--slower',
  same: '--same',
  unclear: '--unclear',
} as const;

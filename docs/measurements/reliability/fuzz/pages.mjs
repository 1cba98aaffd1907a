// A page of a report whose names are anybody's: its data can be read, and nothing in it ends a script or begins a comment.
import { pageBuilder } from '../../../../dist/page/build-page-data.js';
import { renderPage } from '../../../../dist/page/render-page.js';
import { require } from './oracle.mjs';

/** Scripts and styles that are as awkward as may be, and small. */
const ASSETS = {
  plotScript: 'void "</script><!--";',
  plotStyle: 'i::after{content:"</style>"}',
  script: 'void 0;\n',
};
const SCRIPT = /<script([^>]*)>([\s\S]*?)<\/script>/g;
/** What a page of ours has none of, however it is written. */
const STRANGE = /<(?:img|iframe|object|embed|base|form)\b|<[a-z]+[^>"']*\son[a-z]+=|<script(?![ >])/i;

export function requirePage(report, evidence, path) {
  const builder = pageBuilder();
  builder.add(report, path, evidence.cases);
  const frame = {
    tool: { name: 'guestmark', version: '0.0.0' },
    title: path,
    refused: [{ path, message: path }],
    comparison: null,
  };
  const html = renderPage(builder.finish(frame), ASSETS);
  const scripts = [...html.matchAll(SCRIPT)];
  require(scripts.length === 3, () => `the page has ${scripts.length} scripts`);
  for (const [, attributes, text] of scripts) {
    require(!/<!--|<script/i.test(text) || /void/.test(text), 'a script begins a comment or a script');
    if (attributes.includes('json')) JSON.parse(text);
  }
  const rest = html.replace(SCRIPT, '').replace(/<style[\s\S]*?<\/style>/g, '');
  const found = STRANGE.exec(rest);
  require(found === null, () => `the page holds ${rest.slice(found.index, found.index + 100)}`);
  require(!/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u.test(rest), 'the page holds control characters');
}

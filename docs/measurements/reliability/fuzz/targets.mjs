// What is fuzzed, where it is found, and its share of the inputs: what is tried in microseconds gets many, what describes a whole
// machine or draws a page few. Each module gives, by default export, targets of the form
//   { name, open(): { make(random, index), attempt(input), show(input), mostCpuMs?(input), close?() } }
// where attempt() gives 'accepted' or 'refused', or throws what is judged by oracle.mjs.

const at = (file) => new URL(file, import.meta.url).href;

export const TARGETS = [
  { name: 'run-report', module: at('reports.mjs'), weight: 3.5 },
  { name: 'time-report', module: at('reports.mjs'), weight: 15 },
  { name: 'hyperfine', module: at('reports.mjs'), weight: 15 },
  { name: 'report-files', module: at('report-files.mjs'), weight: 20 },
  { name: 'report-folders', module: at('report-files.mjs'), weight: 0.5 },
  { name: 'suite-yaml', module: at('suites.mjs'), weight: 12 },
  { name: 'suite-json', module: at('suites.mjs'), weight: 20 },
  { name: 'words', module: at('words.mjs'), weight: 130 },
  { name: 'shader-text', module: at('shaders.mjs'), weight: 8 },
  { name: 'spirv', module: at('shaders.mjs'), weight: 40 },
  { name: 'machine-texts', module: at('machines.mjs'), weight: 4 },
  { name: 'machine-manifest', module: at('machines.mjs'), weight: 5 },
  { name: 'machine-tree', module: at('machine-trees.mjs'), weight: 0.5 },
  { name: 'counter-files', module: at('machines.mjs'), weight: 1 },
  { name: 'packets', module: at('packets.mjs'), weight: 700 },
  { name: 'server-socket', module: at('sockets.mjs'), weight: 25 },
  { name: 'client-socket', module: at('sockets.mjs'), weight: 0.5 },
  { name: 'page', module: at('reports.mjs'), weight: 0.5 },
];

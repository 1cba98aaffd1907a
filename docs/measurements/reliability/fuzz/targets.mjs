// What is fuzzed, where it is found, and its share of the inputs: what is tried in microseconds gets many, what describes a whole
// machine or draws a page few. Each module gives, by default export, targets of the form
//   { name, open(): { make(random, index), attempt(input), show(input), mostCpuMs?(input), close?() } }
// where attempt() gives 'accepted' or 'refused', or throws what is judged by oracle.mjs.

const at = (file) => new URL(file, import.meta.url).href;

export const TARGETS = [
  { name: 'run-report', module: at('reports.mjs'), weight: 1.5 },
  { name: 'time-report', module: at('reports.mjs'), weight: 5 },
  { name: 'hyperfine', module: at('reports.mjs'), weight: 6 },
  { name: 'report-files', module: at('report-files.mjs'), weight: 8 },
  { name: 'report-folders', module: at('report-files.mjs'), weight: 0.3 },
  { name: 'suite-yaml', module: at('suites.mjs'), weight: 4 },
  { name: 'suite-json', module: at('suites.mjs'), weight: 7 },
  { name: 'words', module: at('words.mjs'), weight: 80 },
  { name: 'shader-text', module: at('shaders.mjs'), weight: 2.5 },
  { name: 'spirv', module: at('shaders.mjs'), weight: 12 },
  { name: 'machine-texts', module: at('machines.mjs'), weight: 1.2 },
  { name: 'machine-manifest', module: at('machines.mjs'), weight: 1.2 },
  { name: 'machine-tree', module: at('machine-trees.mjs'), weight: 0.2 },
  { name: 'counter-files', module: at('machines.mjs'), weight: 0.3 },
  { name: 'packets', module: at('packets.mjs'), weight: 845 },
  { name: 'server-socket', module: at('sockets.mjs'), weight: 25 },
  { name: 'client-socket', module: at('sockets.mjs'), weight: 0.3 },
  { name: 'page', module: at('reports.mjs'), weight: 0.3 },
];

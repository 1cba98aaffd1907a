// What this program is, for everything that it writes to a file. The only reader of the version besides
// cli.ts.
import { createRequire } from 'node:module';
import type { Report } from '../report/report.ts';

/** Name and version of the package, and of Node. */
export function toolRecord(): Report['tool'] {
  const { name, version } = createRequire(import.meta.url)('../../package.json') as {
    name: string;
    version: string;
  };
  return { name, version, node: process.version };
}

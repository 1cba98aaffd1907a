// Which program wrote a report: name and version of this package, and the Node that ran it.
import { createRequire } from 'node:module';
import type { Report } from '../report/report.ts';

/** What this program is, for the report. */
export function toolRecord(): Report['tool'] {
  const { name, version } = createRequire(import.meta.url)('../../package.json') as {
    name: string;
    version: string;
  };
  return { name, version, node: process.version };
}

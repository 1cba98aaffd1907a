// Script: writes bench/README.md from the definitions (`npm run benchmarks`). Silent when all is well; an error ends it with a
// stack trace, which is what its one reader, a developer, wants.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { benchTable } from './bench-table.ts';

const [file = fileURLToPath(new URL('../../bench/README.md', import.meta.url))] = process.argv.slice(2);
writeFileSync(file, await benchTable());

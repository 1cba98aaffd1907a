// Script: writes docs/schemas from the validators (`npm run schemas`). Silent when all is well; an error ends it with a stack
// trace, which is what its one reader, a developer, wants.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PUBLICATIONS, schemaFileName, schemaText } from './published-schemas.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const [folder = join(root, 'docs/schemas')] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const publication of PUBLICATIONS)
  writeFileSync(join(folder, schemaFileName(publication)), await schemaText(publication, root));

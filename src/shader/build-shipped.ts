// Script: rebuilds the committed SPIR-V from its sources (`npm run shaders`). Needs glslang. Silent when
// all is well; an error ends it with a stack trace, which is what its one reader, a developer, wants.
// Given two folders (sources, SPIR-V) it builds those instead, such as the bad kernels of the tests.
// With --prebuilt it builds what needs a newer compiler than distributions have: shaders/prebuilt/README.md.
import { fileURLToPath } from 'node:url';
import { buildKernels } from './build-kernels.ts';

const shaders = fileURLToPath(new URL('../../shaders', import.meta.url));
const words = process.argv.slice(2);
const [sourceFolder = shaders, spirvFolder = `${shaders}/spirv`] = words.filter(
  (word) => word !== '--prebuilt',
);
await buildKernels(sourceFolder, spirvFolder, words.includes('--prebuilt') ? 'prebuilt' : 'others');

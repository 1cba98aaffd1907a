// Script: rebuilds the committed SPIR-V from its sources (`npm run shaders`). Needs glslang. Silent when
// all is well; an error ends it with a stack trace, which is what its one reader, a developer, wants.
// Given two folders (sources, SPIR-V) it builds those instead, such as the bad kernels of the tests.
import { fileURLToPath } from 'node:url';
import { buildKernels } from './build-kernels.ts';

const shaders = fileURLToPath(new URL('../../shaders', import.meta.url));
const [sourceFolder = shaders, spirvFolder = `${shaders}/spirv`] = process.argv.slice(2);
await buildKernels(sourceFolder, spirvFolder);

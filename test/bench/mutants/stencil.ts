// Mistakes in the kernels of stencils and of the convolution.
import type { Mutant } from '../mutant.ts';

const plain = { kernel: 'stencil-2d', caught: 'stencil-2d[size=100,POINTS=9,ROWS=3,WORKGROUP_X=16]' };
const tiled = {
  kernel: 'stencil-2d-tiled',
  caught: 'stencil-2d-tiled[size=100,POINTS=9,ROWS=3,WORKGROUP_X=16]',
};
const cube = { kernel: 'stencil-3d', caught: 'stencil-3d[size=30,DEPTH=4,WORKGROUP_X=16]' };
const image = { kernel: 'conv-2d', caught: 'conv-2d[size=100,FILTER=5,WORKGROUP_X=8,WORKGROUP_Y=4]' };
const widest = { ...image, caught: 'conv-2d[size=100,FILTER=7,WORKGROUP_X=8,WORKGROUP_Y=4]' };

const mutants: readonly Mutant[] = [
  { ...plain, replace: ['(above.y + below.y)', '(above.y + here.y)'] },
  { ...plain, replace: ['y < size - 1u', 'y < size'] },
  { ...tiled, replace: ['barrier();', ''] },
  { ...tiled, replace: ['lane.x < 2u', 'lane.x < 1u'] },
  { ...cube, replace: ['step < DEPTH', 'step < DEPTH - 1u'] },
  { ...cube, replace: ['z > 0u && z < last', 'z < last'] },
  { ...image, replace: ['barrier();', ''] },
  { ...image, replace: ['row < size + RADIUS', 'row < size + RADIUS - 1u'] },
  { ...image, replace: ['vec4(z.x), vec4(b.zw, c.xy)', 'vec4(z.x), vec4(b.zw, c.yx)'] },
  { ...widest, replace: ['row < FILTER + RESULTS - 1u', 'row < FILTER + RESULTS - 2u'] },
];
export default mutants;

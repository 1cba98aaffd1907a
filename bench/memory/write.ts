// Writing alone: by a kernel, and by the command that a driver has for it.
import { compareElements, defineBenchmark } from 'guestmark';
import { STREAM_LIMIT, STREAM_METHOD, stream, streamProblem } from '../parts/stream.ts';
import { multipleOf } from '../parts/workgroup.ts';

const MI = 2 ** 20;
/** Any pattern that is neither poison nor compresses to a byte. */
const KEY = 0x5a3c_96e1;

const write = defineBenchmark({
  name: 'write',
  summary: 'Memory bandwidth of writing n 32-bit words, over 4 n bytes',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method: `Every invocation writes UNROLL = 4 pieces of width words, made of their own index. ${STREAM_METHOD}`,
    limit: STREAM_LIMIT,
    verification: 'Every word, exactly; all hold poison before.',
    sources: ['ProjectPhysX OpenCL-Benchmark, coalesced write'],
  },
  axes: { n: [16 * MI], width: [4], WORKGROUP_SIZE: [256] },
  suites: {
    standard: { n: [32 * MI] },
    full: { n: [MI, 32 * MI, 256 * MI], width: [1, 2, 4, 8], WORKGROUP_SIZE: [64, 256] },
  },
  requires: (axes) => streamProblem(axes),
  buffers: { y: { type: 'u32', elements: ({ n }) => n, fill: 'poison' } },
  work: (axes) => [stream('write', axes, { key: KEY })],
  bytes: ({ n }) => 4 * n,
  verify: ({ width }, { outputs }) =>
    compareElements('y', outputs.y as Uint32Array, (i) => (Math.floor(i / width) ^ KEY) >>> 0),
});

const fill = defineBenchmark({
  name: 'fill',
  summary: 'Memory bandwidth of vkCmdFillBuffer, over the bytes that it writes',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method: 'One vkCmdFillBuffer over the whole buffer, in device memory.',
    limit:
      'On a GPU the memory, or the engine or internal kernel that the driver gives the command to. On a software device the CPU that sets its own memory: it is the one figure for writing there that generated code does not limit.',
    verification: 'Every word, exactly; all hold poison before.',
    sources: ['Vulkan specification, vkCmdFillBuffer'],
  },
  axes: { bytes: [64 * MI] },
  suites: {
    standard: { bytes: [128 * MI] },
    full: { bytes: [64 * 2 ** 10, MI, 16 * MI, 128 * MI, 2 ** 30] },
  },
  requires: ({ bytes }) => multipleOf('bytes', bytes, 4),
  buffers: { y: { type: 'u32', elements: ({ bytes }) => bytes / 4, fill: 'poison' } },
  work: () => [{ op: 'fill', buffer: 'y', value: KEY }],
  bytes: ({ bytes }) => bytes,
  verify: (_, { outputs }) => compareElements('y', outputs.y as Uint32Array, () => KEY),
});

const copyBuffer = defineBenchmark({
  name: 'copy-buffer',
  summary: 'Memory bandwidth of vkCmdCopyBuffer within device memory, over the bytes read and written',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method: 'One vkCmdCopyBuffer of the whole buffer to another, both in device memory.',
    limit:
      'On a GPU the memory, or the engine or internal kernel that the driver gives the command to: what the copy kernel is held against. On a software device the CPU that copies its own memory, which is the memory of this machine and not generated code.',
    verification: 'Every word of the copy equals its original, bit for bit; all hold poison before.',
    sources: ['Vulkan specification, vkCmdCopyBuffer', 'vkpeak, copy-d2d'],
  },
  axes: { bytes: [64 * MI] },
  suites: {
    standard: { bytes: [128 * MI] },
    full: { bytes: [64 * 2 ** 10, MI, 16 * MI, 128 * MI, 2 ** 30] },
  },
  requires: ({ bytes }) => multipleOf('bytes', bytes, 4),
  buffers: {
    x: { type: 'u32', elements: ({ bytes }) => bytes / 4, fill: 'random' },
    y: { type: 'u32', elements: ({ bytes }) => bytes / 4, fill: 'poison' },
  },
  work: () => [{ op: 'copy', from: 'x', to: 'y' }],
  bytes: ({ bytes }) => 2 * bytes,
  verify: (_, { inputs, outputs }) => {
    const x = inputs.x as Uint32Array;
    return compareElements('y', outputs.y as Uint32Array, x);
  },
});

export default [write, fill, copyBuffer];

// The programs that are compared, each with the command that makes it print one figure and the way to read it there. Which of a
// peer's shapes counts is its best one: a peer is never shown slower than it can be.
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const GIBI = 2 ** 30;
const SCALE = { '': 1, k: 1e3, M: 1e6, G: 1e9 };

/** What is measured, in the order of the table; `unit` belongs to the figures. */
export const METRICS = [
  { id: 'fp32', what: 'fp32 multiply-add', unit: 'GFLOP/s' },
  { id: 'fp64', what: 'fp64 multiply-add', unit: 'GFLOP/s' },
  { id: 'fp16', what: 'fp16 multiply-add', unit: 'GFLOP/s' },
  { id: 'int32', what: 'int32 multiply-add', unit: 'Gop/s' },
  { id: 'int16', what: 'int16 multiply-add', unit: 'Gop/s' },
  { id: 'int64', what: 'int64 multiply-add', unit: 'Gop/s' },
  { id: 'copy', what: 'copy of a storage buffer by a shader', unit: 'GB/s' },
  { id: 'read', what: 'read of a storage buffer by a shader', unit: 'GB/s' },
  { id: 'copyBuffer', what: 'vkCmdCopyBuffer, device to device', unit: 'GB/s' },
  { id: 'shared', what: 'shared memory', unit: 'GB/s' },
  { id: 'image', what: 'image load', unit: 'GB/s' },
  { id: 'sgemm', what: 'SGEMM 1024³', unit: 'GFLOP/s' },
];

/** Everything that gives a figure: `measure()` runs the program once. */
export function toolsOf({ guestmark, clpeak, vkpeak, uvkcompute }) {
  return [
    ...(guestmark === undefined ? [] : guestmarkTools(guestmark)),
    ...(clpeak === undefined ? [] : clpeakTools(clpeak)),
    ...(vkpeak === undefined ? [] : vkpeakTools(vkpeak)),
    ...(uvkcompute === undefined ? [] : uvkcomputeTools(uvkcompute)),
  ];
}

function output(program, args) {
  const options = {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 28,
    timeout: 300e3,
  };
  return execFileSync(program, args, options);
}

/** The largest of the numbers that a pattern finds; its last group may be a prefix of the unit. */
function best(text, pattern) {
  const found = [...text.matchAll(pattern)].map(([, number, prefix = '']) => Number(number) * SCALE[prefix]);
  if (found.length === 0) throw new Error(`nothing in the output is like ${pattern}`);
  return Math.max(...found);
}

const OURS = {
  fp32: ['fma-f32', 'arithmetic'],
  fp64: ['fma-f64', 'arithmetic'],
  fp16: ['fma-f16', 'arithmetic'],
  int32: ['mad-i32', 'itemRate'],
  int16: ['mad-i16', 'itemRate'],
  int64: ['mad-i64', 'itemRate'],
  copy: ['copy', 'bandwidth', '--axis', 'n=4Mi,8Mi', '--axis', 'width=8'],
  read: ['read', 'bandwidth', '--axis', 'n=4Mi,8Mi', '--axis', 'width=8'],
  copyBuffer: ['copy-buffer', 'bandwidth'],
  shared: ['shared-bandwidth-*', 'bandwidth'],
  image: ['image-load-*', 'bandwidth'],
  sgemm: ['sgemm-subgroup[size=1Ki]', 'arithmetic'],
};

function guestmarkTools(cli) {
  return Object.entries(OURS).map(([metric, [selector, id, ...axes]]) => ({
    tool: 'guestmark',
    metric,
    command: ['guestmark run', `'${selector}'`, '--suite standard --runs 1', ...axes].join(' '),
    measure: () => {
      const args = [
        cli,
        'run',
        selector,
        '--suite',
        'standard',
        '--runs',
        '1',
        '--json',
        '--out',
        join(tmpdir(), 'guestmark-beside-peers.json'),
      ];
      const { results } = JSON.parse(output(process.execPath, args));
      const values = results.flatMap(({ metrics }) => metrics.filter((one) => one.id === id));
      return Math.max(...values.map(({ value }) => value)) / 1e9;
    },
  }));
}

const CLPEAK = {
  fp32: ['--single-precision-compute', /float\d? +: ([\d.]+)/g],
  fp64: ['--double-precision-compute', /double\d? +: ([\d.]+)/g],
  fp16: ['--half-precision-compute', /half\d? +: ([\d.]+)/g],
  int32: ['--integer-compute', /int\d? +: ([\d.]+)/g],
  read: ['--global-memory-bandwidth', /float\d* +: ([\d.]+)/g],
  shared: ['--local-memory-bandwidth', /float\d* +: ([\d.]+)/g],
  image: ['--image-memory-bandwidth', /: ([\d.]+)\s*$/gm],
};

function clpeakTools(program) {
  return Object.entries(CLPEAK).map(([metric, [flag, pattern]]) => ({
    tool: 'clpeak',
    metric,
    command: `clpeak --vulkan --max-time 250 -w 1 ${flag}`,
    measure: () => {
      const text = output(program, ['--vulkan', '--max-time', '250', '-w', '1', flag]);
      return best(text.slice(text.indexOf('VRAM')).replace(/^.*\n/, ''), pattern);
    },
  }));
}

const VKPEAK = {
  fp32: ['fp32-scalar,fp32-vec4', /fp32-\w+ += ([\d.]+)/g],
  fp64: ['fp64-scalar,fp64-vec4', /fp64-\w+ += ([\d.]+)/g],
  fp16: ['fp16-scalar,fp16-vec4', /fp16-\w+ += ([\d.]+)/g],
  int32: ['int32-scalar,int32-vec4', /int32-\w+ += ([\d.]+)/g],
  int16: ['int16-scalar,int16-vec4', /int16-\w+ += ([\d.]+)/g],
  int64: ['int64-scalar,int64-vec4', /int64-\w+ += ([\d.]+)/g],
  copyBuffer: ['copy-d2d', /copy-d2d += ([\d.]+)/g],
};

function vkpeakTools(program) {
  return Object.entries(VKPEAK).map(([metric, [scenarios, pattern]]) => ({
    tool: 'vkpeak',
    metric,
    command: `vkpeak 0 ${scenarios}`,
    measure: () => best(output(program, ['0', scenarios]), pattern),
  }));
}

const RATE = /FLOps=([\d.]+)([kMG]?)/g;
const BYTES = /bytes_per_second=([\d.]+)([kMG]?)/g;
const MODE = '--latency_measure_mode=gpu_timestamp';

/** Google Benchmark writes bytes in powers of 1024. */
const UVKCOMPUTE = [
  ['fp32', 'compute/mad_throughput', 'mad_throughput_f32', RATE, 1e-9],
  ['fp16', 'compute/mad_throughput', 'mad_throughput_f16', RATE, 1e-9],
  ['copy', 'memory/copy_storage_buffer', 'vector/PerThread.(4|16).', BYTES, GIBI / 1e18],
  ['sgemm', 'matmul/matmul_tiled_mali_valhall', 'fp32->fp32/Tile.32x(128|64)x(4|8)', RATE, 1e-9],
];

function uvkcomputeTools(folder) {
  return UVKCOMPUTE.map(([metric, program, filter, pattern, scale]) => ({
    tool: 'uVkCompute',
    metric,
    command: `${program.split('/')[1]} ${MODE} --benchmark_filter='${filter}'`,
    measure: () => {
      const args = [MODE, `--benchmark_filter=${filter}`, '--benchmark_min_time=0.1'];
      return best(output(join(folder, 'benchmarks', program), args), pattern) * scale;
    },
  }));
}

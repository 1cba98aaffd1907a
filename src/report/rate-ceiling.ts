// The rates that no device reaches. A rate beyond them is no fast device but a kernel whose work was left out or a clock
// that is wrong, so it is not printed. Every ceiling is far above what is known, because a true figure must never be refused.
import type { MetricId } from './metric-units.ts';
import type { CaseResult } from './report.ts';

/** Where a case ran. */
export interface RateMachine {
  /** Whether the device computes on this machine's CPUs. */
  readonly software: boolean;
  readonly cpuCount: number;
}

type RatedCase = Pick<CaseResult, 'category' | 'flopType' | 'itemName'>;

/** No CPU has a higher clock for longer than a record takes. */
const CPU_HZ = 6e9;
/**
 * Two fused multiply-adds of 512 bits a cycle (AVX-512): 2 × lanes × 2. AVX512-FP16 has 32 lanes of f16. Matrix units of a
 * CPU (AMX) multiply 16 × 16 × 32 of 16 bits, or twice as many of 8, in 16 cycles.
 */
const CPU_FLOPS_A_CYCLE = { f64: 32, f32: 64, f16: 128, matrix16: 1024, matrix8: 2048 } as const;
/** Two VPDPBUSD of 512 bits a cycle (AVX512-VNNI), each of 64 multiplications and as many additions. */
const CPU_INTEGER_OPERATIONS_A_CYCLE = 256;
/** The level-1 cache of a core with AVX-512 takes two loads and one store of 64 bytes a cycle; nothing is behind it. */
const CPU_BYTES_A_CYCLE = 192;

/**
 * Above 60 times the single-precision rate of the largest GPU (AMD MI300X: 163 TFLOP/s by its data sheet); half precision and
 * packed integers are two to four times that.
 */
const GPU_OPERATIONS = 1e16;
/** Matrix units are ten times as fast: NVIDIA B200 has 2.3 PFLOP/s of dense f16 and 4.5 of 8-bit types. */
const GPU_MATRIX_OPERATIONS = 1e17;
/** Above the shared memory of all units together: MI300X has 304 × 128 B × 2.1 GHz = 82 TB/s, ten times its memory. */
const GPU_BYTES = 1e15;

/** The highest rate that could be true, per second; null where nothing is known of what the items are. */
export function rateCeiling(id: MetricId, one: RatedCase, machine: RateMachine): number | null {
  const { software, cpuCount } = machine;
  const cpus = (perCycle: number): number => cpuCount * CPU_HZ * perCycle;
  const gpu = one.category === 'matrix' ? GPU_MATRIX_OPERATIONS : GPU_OPERATIONS;
  if (id === 'bandwidth') return software ? cpus(CPU_BYTES_A_CYCLE) : GPU_BYTES;
  if (id === 'arithmetic') return software ? cpus(CPU_FLOPS_A_CYCLE[one.flopType]) : gpu;
  if (id !== 'itemRate' || one.itemName !== 'ops') return null;
  return software ? cpus(CPU_INTEGER_OPERATIONS_A_CYCLE) : gpu;
}

// Is what the ledger charges to threads consistent with what /proc/stat counts for their CPUs? One thread per CPU,
// pinned there, computes for a minute under the ledger. It never sleeps, so whatever is stolen from its CPU hits it
// while it runs (S), or others while it waits (inside R), or is dropped by the kernel (inside C):
//
//     S(thread) ≤ Δ(CPU) + tick   and   Δ(CPU) ≤ S(thread) + R(thread) + tick + what the kernel dropped
//
// The second is judged with nothing dropped: a shortfall is told. Real steal is needed; other load makes R.
//
//   node docs/measurements/steal-consistency.mjs [SECONDS]   (after `npm run build`)
import { parentPort, Worker, workerData } from 'node:worker_threads';
import {
  allowedCpus,
  openSnapshotClock,
  probeTiming,
  readCpuSteal,
  segment,
  tickLength,
} from 'guestmark/timing';
import koffi from 'koffi';
import { systemFiles } from '../../dist/base/system-files.js';

const { tickNs } = tickLength();
/** Places in the memory that the threads share. */
const [READY, GO, END, DONE, STOP] = [0, 1, 2, 3, 4];

if (workerData) spin(workerData);
else await compare(Number(process.argv[2] ?? 60));

/** Pins this thread, waits for the others, computes, and goes on computing until the counters were read. */
function spin({ cpu, shared }) {
  const mask = new Uint8Array(new ArrayBuffer(128));
  mask[cpu >> 3] = 1 << (cpu & 7);
  const setAffinity = koffi
    .load(null)
    .func('int sched_setaffinity(int thread, size_t bytes, uintptr_t mask)');
  if (setAffinity(0, mask.length, Number(koffi.address(mask.buffer))) !== 0)
    throw new Error(`CPU ${cpu} refuses`);
  const { clock } = openSnapshotClock();
  const from = clock.newSnapshot();
  const to = clock.newSnapshot();
  const reached = (slot) => {
    // No allocation: a collection of garbage would let this thread sleep.
    while (Atomics.load(shared, slot) === 0);
  };
  Atomics.add(shared, READY, 1);
  reached(GO);
  clock.take(from);
  reached(END);
  clock.take(to);
  Atomics.add(shared, DONE, 1);
  reached(STOP);
  const part = segment(from, to, clock, probeTiming().verdict);
  parentPort.postMessage({ cpu, clock: clock.name, part });
}

async function compare(seconds) {
  const files = systemFiles();
  const cpus = allowedCpus(files).value;
  const shared = new Int32Array(new SharedArrayBuffer(20));
  const results = cpus.map(
    (cpu) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(new URL(import.meta.url), { workerData: { cpu, shared } });
        worker.once('message', resolve).once('error', reject);
      }),
  );
  const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const reached = async (slot) => {
    while (Atomics.load(shared, slot) < cpus.length) await sleep(20);
  };
  await reached(READY);
  const before = readCpuSteal(files).value;
  Atomics.store(shared, GO, 1);
  await sleep(seconds * 1e3);
  Atomics.store(shared, END, 1);
  await reached(DONE);
  // The kernel books steal at ticks, and the threads compute on.
  await sleep(50);
  const after = readCpuSteal(files).value;
  Atomics.store(shared, STOP, 1);
  const threads = await Promise.all(results);
  print(threads, (cpu) => (after.get(cpu) - before.get(cpu)) * tickNs);
}

function print(threads, countedNs) {
  const { verdict } = probeTiming();
  console.log(`tier ${verdict.tier}, ${verdict.title}: ${verdict.reason}; clock ${threads[0].clock}\n`);
  console.log(
    '| CPU | W | C | R | S of the thread | /proc/stat | S ≤ Δ + tick | Δ ≤ S + R + tick | S / Δ | (W − R) / W |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|');
  let [sumNs, sumCountedNs] = [0, 0];
  for (const { cpu, part } of threads) {
    const [s, r, c] = [part.stealAndBlockedNs.value, part.runQueueNs.value, part.cpuNs.value];
    const counted = countedNs(cpu);
    sumNs += s;
    sumCountedNs += counted;
    const within = [s <= counted + tickNs + part.boundNs, counted <= s + r + tickNs + part.boundNs];
    const cells = [
      ms(part.wallNs),
      ms(c),
      ms(r),
      ms(s),
      ms(counted),
      ...within.map((ok) => (ok ? 'yes' : 'NO')),
    ];
    console.log(
      `| ${[cpu, ...cells, counted > 0 ? (s / counted).toFixed(2) : '–', (1 - r / part.wallNs).toFixed(2)].join(' | ')} |`,
    );
  }
  for (const { cpu } of threads.filter(({ part }) => part.blocked !== 'no')) {
    console.log(`\nCPU ${cpu}: the thread slept; that is within its S`);
  }
  console.log(
    `\nall: threads ${ms(sumNs)} ms, /proc/stat ${ms(sumCountedNs)} ms, tick ${ms(tickNs)} ms per CPU`,
  );
}

function ms(ns) {
  return (ns / 1e6).toFixed(1);
}

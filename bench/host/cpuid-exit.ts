// The price of leaving to the hypervisor and coming back: the smallest exit there is, which no setting of a guest avoids.
import { allOf, compareElements, defineHostBenchmark } from 'guestmark';
import { openCpuid, openCpuidLoop } from 'guestmark/timing';
import { guestLibc, required } from '../parts/guest-machine.ts';
import { quantileOf, recentValues } from '../parts/recent-values.ts';

/** Of one call: then the call itself is a small part, and a sample no longer than a time slice. */
const EXITS = 16;
/** The vendor's name in EBX, EDX and ECX; the same on every CPU of a machine. */
const VENDOR_LEAF = 0;

export default defineHostBenchmark({
  name: 'cpuid-exit',
  summary: 'Time of one CPUID instruction, for which a guest always leaves to its hypervisor',
  category: 'host',
  explanation: {
    method: `CPUID with leaf 0, ${EXITS} times in a loop of machine code; the figure is the time of one. The cycles are those of the time stamp counter around the loop, without the call into it.`,
    limit:
      'On bare metal it takes 100 to 200 cycles. In a guest every one is an exit to the hypervisor, of 1,000 to 3,000 cycles where the processor virtualizes in hardware and nothing is nested, and of ten times as many in a nested guest. Every trapped access of a device costs at least as much.',
    verification:
      'EBX, which holds the first letters of the vendor, is added up over all executions and equals their number times the letters; a fresh reading of the whole name before and after the timing is the same.',
    sources: [
      'Intel SDM, volume 3, 26.1.2: CPUID causes VM exits unconditionally',
      'AMD APM, volume 2, 15.9',
    ],
  },
  axes: {},
  suites: { latency: {}, host: {} },
  items: () => EXITS,
  itemName: 'exits',
  showsItemTime: true,
  operation: (_, host) => {
    guestLibc(host);
    const { run, cycles, sumOfEbx } = required('cpuid-exit', openCpuidLoop());
    const cpuid = required('cpuid-exit', openCpuid());
    const vendor = (): readonly number[] => {
      const { ebx, ecx, edx } = cpuid(VENDOR_LEAF);
      return [ebx, ecx, edx];
    };
    const expected = vendor();
    const sum = Math.imul(EXITS, expected[0] as number) >>> 0;
    const perExit = recentValues();
    let others = 0;
    return {
      calls: 1,
      run: () => {
        run(EXITS, VENDOR_LEAF);
        if (sumOfEbx() !== sum) others++;
        perExit.add(cycles() / EXITS);
      },
      verify: (count) =>
        allOf(
          compareElements('vendor', vendor(), expected),
          compareElements('loops', [perExit.count()], [count]),
          compareElements('loops with another vendor', [others], [0]),
        ),
      figures: () => [
        {
          id: 'exitCyclesP50',
          label: 'TSC cycles of an exit, median',
          unit: 'count',
          estimate: quantileOf(perExit.sorted(), 0.5),
          method: `the time stamp counter around ${EXITS} executions, by ${EXITS}`,
        },
        {
          id: 'exitCyclesP95',
          label: 'TSC cycles of an exit, 95th percentile',
          unit: 'count',
          estimate: quantileOf(perExit.sorted(), 0.95),
          method: `the time stamp counter around ${EXITS} executions, by ${EXITS}`,
        },
      ],
    };
  },
});

// The quick suite again and again, in one measuring process for each binding, with many dispatches among it: nothing grows. An hour
// of it, at the suite's own sizes, is in docs/measurements/reliability. Niced, so that it takes little of what the tests beside it need.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { hasCompiler } from '../fixtures/compiled-library.ts';

const SECONDS = Number(process.env.GUESTMARK_SOAK_SECONDS ?? 300);
/** `auto` calls through both packages; `GUESTMARK_SOAK_BINDINGS=auto,koffi,nvk` soaks each by itself too. */
const BINDINGS = (process.env.GUESTMARK_SOAK_BINDINGS ?? 'auto').split(',');
const MIB = 2 ** 20;
/** Four rounds are made in any case, which takes longer where the CPUs have much else to do. */
const MOST_MS = SECONDS * 1e3 + 600e3;

interface Range {
  readonly least: number;
  readonly most: number;
}

interface Growth {
  readonly first: number;
  readonly last: number;
}

/** What docs/measurements/reliability/soak-summary.mjs gives. */
interface Summary {
  readonly rounds: number;
  readonly ok: number;
  readonly failed: number;
  readonly submissions: number;
  readonly madeObjects: number;
  readonly anonymousBytes: Growth;
  readonly heapBytes: Growth;
  readonly liveObjects: readonly Readonly<Record<string, number>>[];
  readonly liveBytes: Range;
  readonly fds: Range;
  readonly threads: Range;
  readonly end: unknown;
}

const present = hasCompiler('test/faults/soak');
const grown = ({ first, last }: Growth): number => (last - first) / MIB;
const sameAs = ({ least }: Range): Range => ({ least, most: least });

describe.skipIf(!present)('a soak of the quick suite', () => {
  it.each(BINDINGS)(
    'leaves memory, file descriptors, threads and Vulkan objects flat under %s',
    async (binding) => {
      const soak = 'docs/measurements/reliability/soak.mjs';
      const args = [soak, String(SECONDS / BINDINGS.length), '--small', '--dispatches', '10'];
      const niced = ['-n', '10', process.execPath, ...args, '--binding', binding];
      const { stdout } = await promisify(execFile)('nice', niced);
      const found = JSON.parse(stdout) as Summary;
      expect(found.end).toEqual({ how: 'done', failures: [], liveObjects: {}, liveBytes: 0 });
      expect(found.failed).toBe(0);
      expect(found.ok).toBeGreaterThan(found.rounds * 40);
      expect(found.submissions).toBeGreaterThan(found.rounds * 1000);
      expect(found.madeObjects).toBeGreaterThan(found.rounds * 500);
      // Between two rounds there is the session's device and nothing else.
      expect(found.liveObjects).toEqual([
        { VkCommandPool: 1, VkDevice: 1, VkInstance: 1, VkPipelineCache: 1 },
      ]);
      expect(found.liveBytes).toEqual({ least: 0, most: 0 });
      expect(found.fds).toEqual(sameAs(found.fds));
      expect(found.threads).toEqual(sameAs(found.threads));
      // Measured: within 2 MiB. 200 bytes a dispatch would be 5 MiB in the least of rounds, and a buffer kept by each case 2 MiB.
      expect(grown(found.anonymousBytes)).toBeLessThan(8);
      expect(grown(found.heapBytes)).toBeLessThan(4);
    },
    MOST_MS,
  );
});

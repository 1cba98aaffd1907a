// A control group whose limit of memory a case breaks: the kernel ends the process of the case, which is the largest and the
// first on its list, and never the one with the results.
import { expect, it } from 'vitest';
import { temporaryFolder } from '../e2e/guestmark.ts';
import { watchLeftovers } from './leftovers.ts';
import { memoryGroup } from './memory-group.ts';
import { runWorst } from './worst-children.ts';

const MIB = 2 ** 20;
/** Room for the parent and a case that is no harm: 85 and 110 MiB here. */
const LIMIT_BYTES = 512 * MIB;

const group = memoryGroup(LIMIT_BYTES);
if (!group.available) console.warn(`test/faults/cgroup-memory: skipping, because ${group.reason}`);

it.skipIf(!group.available)(
  'a case that breaks the limit of its control group fails by that name; the rest is measured',
  async () => {
    if (!group.available) return;
    await using _ = watchLeftovers();
    using made = group.value;
    using folder = temporaryFolder();
    const cases = ['good', 'native', 'good-too'];
    const run = await runWorst(folder.path, cases, [], `echo $$ > ${made.membersFile}`);
    expect(run.code).toBe(1);
    expect(run.outcomes).toMatchObject({ good: 'ok', 'good-too': 'ok' });
    expect(run.outcomes.native).toMatch(
      /^crash: .*was ended by SIGKILL, by the kernel, because its control group had no memory left/,
    );
    expect(run.outcomes.native).toContain('a lower size axis of the benchmark takes less memory');
    expect(made.kills()).toBe(1);
  },
  120_000,
);

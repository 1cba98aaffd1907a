import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { INFINIBAND } from '../../src/counters/infiniband.ts';
import { openCounters } from '../../src/counters/open-counters.ts';
import { counterGroupSchema } from '../../src/report/schema-counters.ts';
import { contextOf } from '../counters/snapshots.ts';
import { ROOT } from '../structure/project-files.ts';

describe('counterGroupSchema', () => {
  it('takes descriptions with every property that one may have', () => {
    const files = systemFiles(join(ROOT, 'test/fixtures/fabric'));
    using counters = openCounters(contextOf(files), 'all', [INFINIBAND]);
    const [group] = counters.records;
    expect(JSON.stringify(group)).toContain('"sticks":true');
    expect(counterGroupSchema.parse(JSON.parse(JSON.stringify(group)))).toEqual(group);
  });
});

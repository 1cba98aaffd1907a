// The list of all groups of counters, in the order in which they are shown. A new group is one line here.
import type { CounterGroupDefinition } from './counter.ts';
import { INFINIBAND } from './infiniband.ts';
import { SLINGSHOT } from './slingshot.ts';

export const COUNTER_GROUPS: readonly CounterGroupDefinition[] = [INFINIBAND, SLINGSHOT];

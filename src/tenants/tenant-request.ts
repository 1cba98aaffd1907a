// What a tenant's process is asked to do: one case, sampled for a span at the same time as others. Pure.
import type { ShaderDefinition } from '../definition/definition.ts';
import type { RendezvousRequest, RunRequest } from '../isolation/protocol.ts';
import type { Case } from '../suite/case-id.ts';
import { builtInModules } from '../suite/load.ts';
import type { TierVerdict } from '../timing/index.ts';
import type { TenantsCommand } from './tenants-report.ts';

/** A job of a process that meets others. */
export interface TenantRequest extends RunRequest {
  readonly rendezvous: RendezvousRequest;
}

/** What all tenants of a command share. */
export interface TenantSources {
  readonly command: TenantsCommand;
  /** Modules with benchmarks beside the built-in ones, as file URLs. */
  readonly modules: readonly string[];
  /** Benchmarks made of shaders. */
  readonly definitions: readonly ShaderDefinition[];
}

/** The request of a tenant with one case, which samples for `spanNs`. */
export function tenantRequest(
  { command, modules, definitions }: TenantSources,
  { id, benchmark, axes }: Case,
  {
    round,
    spanNs,
    verdict,
  }: { readonly round: number; readonly spanNs: number; readonly verdict: TierVerdict | null },
): TenantRequest {
  const { device, queueFamily, binding, validate, seed, timeoutNs } = command;
  return {
    device: {
      ...{ device, queueFamily, binding, validate },
      robustBufferAccess: false,
      pin: 'none',
      stalls: false,
      // What all tenants would count is the same machine's.
      counters: 'none',
    },
    options: {
      run: round,
      minTimeNs: spanNs,
      maxTimeNs: spanNs,
      // To be ready, to sample, and to verify afterwards.
      timeoutNs: 2 * timeoutNs + spanNs,
      seed,
      wait: 'auto',
      ledger: true,
      verify: 'around',
      memoryLimitBytes: command.memoryLimitBytes,
      dumpFolder: null,
    },
    external: null,
    processMemoryBytes: command.processMemoryBytes,
    verdict,
    cases: [{ id, benchmark: benchmark.name, axes, expected: null }],
    modules,
    builtInModules: builtInModules([benchmark.name]),
    definitions,
    progress: false,
    rendezvous: { spanNs },
  };
}

// What would help against an error that says that memory ran out, in whoever's code: its text alone names neither the cause
// nor a way out.

/** V8's words where it gets no memory for the content of a typed array. */
const NO_MEMORY = /^Array buffer allocation failed$/;

/** The hint; undefined for errors of other kinds. */
export function memoryHint(error: unknown): string | undefined {
  if (!(error instanceof RangeError && NO_MEMORY.test(error.message))) return undefined;
  return 'memory ran out: lower the size axis of the benchmark, or raise --process-memory';
}

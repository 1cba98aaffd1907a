// What a kernel's code does with the variables of its module: which it refers to at all, which it reads and
// which it writes. Follows calls and chains of pointers; gives up on a pointer that goes through a call, a
// phi or a select, and says so. Does not know what is bound where.
import type { SpirvModule } from './spirv-module.ts';
import { OP } from './spirv-numbers.ts';
import { cannotReflect, type Instruction, operand, spirvInstructions } from './spirv-words.ts';

/** What code does with one variable; all false where it only refers to it (an array's length). */
export interface VariableUse {
  reads: boolean;
  writes: boolean;
  /** Whether its pointer went where it is not followed. */
  escapes: boolean;
}

/**
 * The variables that an entry point's code refers to, by id.
 *
 * @throws GuestmarkError (usage) when a function that is called is not in the module.
 */
export function variableUse(module: SpirvModule, functionId: number): ReadonlyMap<number, VariableUse> {
  const tracking: Tracking = {
    uses: new Map(),
    roots: new Map(module.variables.map(({ id }) => [id, id])),
    handles: handleVariables(module),
  };
  const known = new Set([functionId]);
  // The set grows while it is gone through: recursion, which shaders must not have, ends all the same.
  for (const id of known) {
    const code = module.functions.get(id);
    if (code === undefined) throw cannotReflect(`the function %${id} is not in the module`);
    for (const instruction of spirvInstructions(module.words, code.from, code.to)) {
      if (instruction.opcode === OP.FunctionCall) known.add(operand(instruction, 2));
      follow(tracking, instruction);
    }
  }
  return tracking.uses;
}

interface Tracking {
  readonly uses: Map<number, VariableUse>;
  /** Variable that a pointer or an image comes from, by the id of either. */
  readonly roots: Map<number, number>;
  /** Variables that hold handles (images, samplers): loading one reads no data. */
  readonly handles: ReadonlySet<number>;
}

function handleVariables(module: SpirvModule): ReadonlySet<number> {
  const holdsHandle = (typeId: number): boolean => {
    const pointer = module.types.get(typeId);
    let type = pointer?.kind === 'pointer' ? pointer.target : undefined;
    while (type?.kind === 'array') type = type.element;
    return type !== undefined && ['image', 'sampled-image', 'sampler'].includes(type.kind);
  };
  return new Set(module.variables.filter(({ typeId }) => holdsHandle(typeId)).map(({ id }) => id));
}

type Effect = 'read' | 'write' | 'read-write' | 'refer' | 'escape';

/** Operands (from 0) of an instruction that are pointers or images, with what happens to each. */
type Effects = readonly (readonly [index: number, effect: Effect])[];

const READ: Effects = [[2, 'read']];
const WRITE: Effects = [[0, 'write']];
const READ_WRITE: Effects = [[2, 'read-write']];
const REFER: Effects = [[2, 'refer']];
const COPY: Effects = [
  [0, 'write'],
  [1, 'read'],
];

/** Opcodes from one to another, both inclusive. */
function each(first: number, last: number, effects: Effects): [number, Effects][] {
  return Array.from({ length: last - first + 1 }, (_, index) => [first + index, effects]);
}

const EFFECTS: ReadonlyMap<number, Effects> = new Map<number, Effects>([
  [60, READ_WRITE], // ImageTexelPointer
  [61, READ], // Load
  [62, [...WRITE, [1, 'escape']]], // Store
  [63, COPY], // CopyMemory
  [64, COPY], // CopyMemorySized
  ...each(65, 67, REFER), // AccessChain, InBoundsAccessChain, PtrAccessChain
  [68, REFER], // ArrayLength
  [70, REFER], // InBoundsPtrAccessChain
  [83, REFER], // CopyObject
  [86, [...REFER, [3, 'read']]], // SampledImage
  ...each(87, 98, READ), // ImageSample…, ImageFetch, ImageGather, ImageRead
  [99, WRITE], // ImageWrite
  ...each(100, 107, REFER), // Image, ImageQuery…
  [227, READ], // AtomicLoad
  [228, WRITE], // AtomicStore
  ...each(229, 242, READ_WRITE), // Atomic…
  ...each(305, 315, READ), // ImageSparse…
  [318, READ_WRITE], // AtomicFlagTestAndSet
  [319, WRITE], // AtomicFlagClear
  [320, READ], // ImageSparseRead
  ...each(401, 403, [...REFER, [3, 'refer']]), // PtrEqual, PtrNotEqual, PtrDiff
  [4457, READ], // CooperativeMatrixLoadKHR
  [4458, WRITE], // CooperativeMatrixStoreKHR
  [5302, READ], // CooperativeVectorLoadNV
  [5303, WRITE], // CooperativeVectorStoreNV
  [5359, READ], // CooperativeMatrixLoadNV
  [5360, WRITE], // CooperativeMatrixStoreNV
  [5367, READ], // CooperativeMatrixLoadTensorNV
  [5368, WRITE], // CooperativeMatrixStoreTensorNV
  [5398, REFER], // RawAccessChainNV
  [5614, READ_WRITE], // AtomicFMinEXT
  [5615, READ_WRITE], // AtomicFMaxEXT
  [6035, READ_WRITE], // AtomicFAddEXT
]);

/** Results that are again a pointer into, or an image of, what operand 2 comes from; Load only of a handle. */
const DERIVING: ReadonlySet<number> = new Set([60, 61, 65, 66, 67, 70, 83, 86, 100, 5398]);
const LOAD = 61;

/**
 * Core instructions that can take a pointer where it is not followed, with the first operand that may be one:
 * ExtInst, FunctionCall, CompositeConstruct, ConvertPtrToU, Bitcast, Select, Phi, ReturnValue.
 */
const ESCAPES: ReadonlyMap<number, number> = new Map([
  [12, 4],
  [57, 3],
  [80, 2],
  [117, 2],
  [124, 2],
  [169, 3],
  [245, 2],
  [254, 0],
]);

/** Opcodes from here on are extensions: of those not listed, any operand may be a pointer. */
const FIRST_EXTENSION = 4096;

function follow(tracking: Tracking, instruction: Instruction): void {
  const { opcode, operands } = instruction;
  const effects = EFFECTS.get(opcode);
  if (effects !== undefined) {
    const isHandle = opcode === LOAD && isHandleOf(tracking, operands[2]);
    for (const [index, effect] of isHandle ? REFER : effects) apply(tracking, operands[index], effect);
    if (DERIVING.has(opcode)) derive(tracking, instruction);
    return;
  }
  const from = ESCAPES.get(opcode) ?? (opcode >= FIRST_EXTENSION ? 0 : operands.length);
  for (const id of operands.subarray(from)) apply(tracking, id, 'escape');
}

/** Whether an id is a pointer to an image or sampler: loading that reads no data. */
function isHandleOf({ roots, handles }: Tracking, id: number | undefined): boolean {
  const root = id === undefined ? undefined : roots.get(id);
  return root !== undefined && handles.has(root);
}

function apply({ uses, roots }: Tracking, id: number | undefined, effect: Effect): void {
  const root = id === undefined ? undefined : roots.get(id);
  if (root === undefined) return;
  const use = uses.get(root) ?? { reads: false, writes: false, escapes: false };
  uses.set(root, use);
  if (effect === 'escape') use.escapes = true;
  if (effect === 'read' || effect === 'read-write') use.reads = true;
  if (effect === 'write' || effect === 'read-write') use.writes = true;
}

function derive(tracking: Tracking, { opcode, operands }: Instruction): void {
  const [, result, base] = operands;
  const root = base === undefined ? undefined : tracking.roots.get(base);
  if (root === undefined || result === undefined) return;
  if (opcode !== LOAD || tracking.handles.has(root)) tracking.roots.set(result, root);
}

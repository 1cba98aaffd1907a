// Gathers the declarations of a SPIR-V module in one pass, and where its functions lie. Types and constants
// are resolved where they are declared, from what precedes them, so no cycle can arise and nothing is
// computed twice. Does not know what a kernel's interface is, nor what code does.

import { plainName } from './plain-names.ts';
import { declareComputed } from './spirv-constant-ops.ts';
import { declareConstant, declareNull, declareSwitch } from './spirv-constants.ts';
import { declaredId, type MemberNotes, type SpirvModule } from './spirv-module.ts';
import { OP } from './spirv-numbers.ts';
import { declareForwardPointer, declareType } from './spirv-types.ts';
import {
  cannotReflect,
  type Instruction,
  idBound,
  literalString,
  operand,
  spirvInstructions,
  spirvVersion,
  spirvWords,
} from './spirv-words.ts';

/**
 * Parses the declarations of a module.
 *
 * @throws GuestmarkError (usage) when the bytes are not well-formed SPIR-V.
 */
export function parseModule(bytes: Uint8Array): SpirvModule {
  const words = spirvWords(bytes);
  const module = emptyModule(words);
  let open: { readonly id: number; readonly from: number } | undefined;
  for (const instruction of spirvInstructions(words)) {
    if (instruction.opcode === OP.Function) {
      if (open !== undefined) throw cannotReflect(`the function %${open.id} has no end`);
      open = { id: declaredId(module, instruction, 1), from: instruction.at };
    } else if (instruction.opcode === OP.FunctionEnd) {
      if (open === undefined) throw cannotReflect(`no function ends at word ${instruction.at}`);
      module.functions.set(open.id, { from: open.from, to: instruction.at });
      open = undefined;
    } else if (module.functions.size === 0 && open === undefined) {
      DECLARE.get(instruction.opcode)?.(module, instruction);
    }
  }
  if (open !== undefined) throw cannotReflect('the module ends inside a function');
  if (module.functions.size === 0) throw cannotReflect('the module has no function');
  return module;
}

function emptyModule(words: Uint32Array): SpirvModule {
  return {
    words,
    version: spirvVersion(words),
    idBound: idBound(words),
    capabilities: new Set(),
    extensions: new Set(),
    entryPoints: [],
    executionModes: [],
    names: new Map(),
    decorations: new Map(),
    members: new Map(),
    types: new Map(),
    constants: new Map(),
    composites: new Map(),
    variables: [],
    functions: new Map(),
    declaredIds: new Set(),
  };
}

type Declare = (module: SpirvModule, instruction: Instruction) => void;

/** Types that no buffer holds; arrays of them may be declared all the same. */
const OPAQUE_TYPES: readonly number[] = [
  OP.TypeVoid,
  OP.TypeOpaque,
  OP.TypeFunction,
  OP.TypeTensorArm,
  OP.TypeCooperativeMatrix,
  OP.TypeCooperativeMatrixNv,
  OP.TypeCooperativeVectorNv,
  OP.TypeRayQuery,
  OP.TypeHitObject,
  OP.TypeHitObjectNv,
  OP.TypeTensorLayoutNv,
  OP.TypeTensorViewNv,
];

const DECLARE: ReadonlyMap<number, Declare> = new Map<number, Declare>([
  [OP.Capability, declareCapability],
  [OP.Extension, declareExtension],
  [OP.Name, (module, at) => module.names.set(operand(at, 0), literalString(at, 1).text)],
  [OP.MemberName, nameMember],
  [OP.EntryPoint, declareEntryPoint],
  [OP.ExecutionMode, (module, at) => declareExecutionMode(module, at, false)],
  [OP.ExecutionModeId, (module, at) => declareExecutionMode(module, at, true)],
  [OP.Decorate, decorate],
  [OP.MemberDecorate, decorateMember],
  [OP.TypeForwardPointer, declareForwardPointer],
  ...[
    OP.TypeBool,
    OP.TypeInt,
    OP.TypeFloat,
    OP.TypeVector,
    OP.TypeMatrix,
    OP.TypeImage,
    OP.TypeSampler,
    OP.TypeSampledImage,
    OP.TypeArray,
    OP.TypeRuntimeArray,
    OP.TypeStruct,
    OP.TypePointer,
    OP.TypeAccelerationStructure,
    ...OPAQUE_TYPES,
  ].map((opcode): [number, Declare] => [opcode, declareType]),
  [OP.Constant, declareConstant],
  [OP.SpecConstant, declareConstant],
  [OP.ConstantNull, declareNull],
  [OP.ConstantTrue, declareSwitch],
  [OP.ConstantFalse, declareSwitch],
  [OP.SpecConstantTrue, declareSwitch],
  [OP.SpecConstantFalse, declareSwitch],
  [OP.SpecConstantOp, declareComputed],
  [OP.ConstantComposite, declareComposite],
  [OP.SpecConstantComposite, declareComposite],
  [OP.Variable, declareVariable],
  [OP.UntypedVariable, refuseUntyped],
  [OP.GroupDecorate, refuseGroups],
  [OP.GroupMemberDecorate, refuseGroups],
]);

// There are fewer than 300 of either in the registry, and every one of them is shown.
const MAX_DISTINCT = 1024;

function declareCapability(module: SpirvModule, instruction: Instruction): void {
  module.capabilities.add(operand(instruction, 0));
  if (module.capabilities.size > MAX_DISTINCT) {
    throw cannotReflect(`it has more than ${MAX_DISTINCT} capabilities`);
  }
}

function declareExtension(module: SpirvModule, instruction: Instruction): void {
  const { text } = literalString(instruction, 0);
  if (plainName(text) === null) throw cannotReflect('the name of an extension is no identifier');
  module.extensions.add(text);
  if (module.extensions.size > MAX_DISTINCT)
    throw cannotReflect(`it has more than ${MAX_DISTINCT} extensions`);
}

function refuseUntyped(): never {
  throw cannotReflect('it has untyped pointers', 'compile it without SPV_KHR_untyped_pointers');
}

function refuseGroups(): never {
  throw cannotReflect('it has decoration groups', 'run spirv-opt --flatten-decorations on it');
}

function nameMember(module: SpirvModule, instruction: Instruction): void {
  const notes = memberNotes(module, operand(instruction, 0), operand(instruction, 1));
  notes.name = literalString(instruction, 2).text;
}

function declareEntryPoint(module: SpirvModule, instruction: Instruction): void {
  const { text, next } = literalString(instruction, 2);
  module.entryPoints.push({
    model: operand(instruction, 0),
    functionId: operand(instruction, 1),
    name: text,
    interfaceIds: [...instruction.operands.subarray(next)],
  });
}

function declareExecutionMode(module: SpirvModule, instruction: Instruction, ids: boolean): void {
  module.executionModes.push({
    functionId: operand(instruction, 0),
    mode: operand(instruction, 1),
    ids,
    operands: [...instruction.operands.subarray(2)],
  });
}

function decorate(module: SpirvModule, instruction: Instruction): void {
  const id = operand(instruction, 0);
  const decorations = module.decorations.get(id) ?? new Map<number, number>();
  module.decorations.set(id, decorations.set(operand(instruction, 1), instruction.operands[2] ?? 0));
}

function decorateMember(module: SpirvModule, instruction: Instruction): void {
  const { decorations } = memberNotes(module, operand(instruction, 0), operand(instruction, 1));
  decorations.set(operand(instruction, 2), instruction.operands[3] ?? 0);
}

function declareComposite(module: SpirvModule, instruction: Instruction): void {
  module.composites.set(declaredId(module, instruction, 1), [...instruction.operands.subarray(2)]);
}

function declareVariable(module: SpirvModule, instruction: Instruction): void {
  module.variables.push({
    typeId: operand(instruction, 0),
    id: declaredId(module, instruction, 1),
    storageClass: operand(instruction, 2),
  });
}

function memberNotes(module: SpirvModule, structId: number, member: number): MemberNotes {
  const members = module.members.get(structId) ?? new Map<number, MemberNotes>();
  module.members.set(structId, members);
  const notes = members.get(member) ?? { name: undefined, decorations: new Map<number, number>() };
  members.set(member, notes);
  return notes;
}

// Gathers the declarations of a SPIR-V module in one pass up to its first function. Types and constants
// are resolved where they are declared, from what precedes them, so no cycle can arise and nothing is
// computed twice. Does not know what a kernel's interface is.
import { declareConstant, declareSwitch } from './spirv-constants.ts';
import type { MemberNotes, SpirvModule } from './spirv-module.ts';
import { OP } from './spirv-numbers.ts';
import { declareForwardPointer, declareType } from './spirv-types.ts';
import {
  cannotReflect,
  type Instruction,
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
  const module = emptyModule(spirvVersion(words));
  for (const instruction of spirvInstructions(words)) {
    if (instruction.opcode === OP.Function) return module;
    DECLARE.get(instruction.opcode)?.(module, instruction);
  }
  throw cannotReflect('the module has no function');
}

function emptyModule(version: string): SpirvModule {
  return {
    version,
    capabilities: [],
    entryPoints: [],
    executionModes: [],
    names: new Map(),
    decorations: new Map(),
    members: new Map(),
    types: new Map(),
    constants: new Map(),
    composites: new Map(),
    variables: [],
  };
}

type Declare = (module: SpirvModule, instruction: Instruction) => void;

const DECLARE: ReadonlyMap<number, Declare> = new Map<number, Declare>([
  [OP.Capability, (module, at) => module.capabilities.push(operand(at, 0))],
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
  ].map((opcode): [number, Declare] => [opcode, declareType]),
  [OP.Constant, declareConstant],
  [OP.SpecConstant, declareConstant],
  [OP.SpecConstantTrue, declareSwitch],
  [OP.SpecConstantFalse, declareSwitch],
  [OP.ConstantComposite, declareComposite],
  [OP.SpecConstantComposite, declareComposite],
  [OP.Variable, declareVariable],
]);

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
  module.composites.set(operand(instruction, 1), [...instruction.operands.subarray(2)]);
}

function declareVariable(module: SpirvModule, instruction: Instruction): void {
  module.variables.push({
    typeId: operand(instruction, 0),
    id: operand(instruction, 1),
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

import type { CommandSignature } from '../../../src/vulkan/registry/layout.ts';

/** By the name of the command. */
export type CommandTable = Readonly<Record<string, CommandSignature>>;

/** The generated part of the layer. */
export interface LayerCommands {
  readonly source: string;
  /** The commands that are counted, in the order of their counters. */
  readonly names: readonly string[];
  /** The types of objects that are counted; each has two counters, made and gone. */
  readonly objects: readonly string[];
}

export function layerCommands(table: CommandTable): LayerCommands;

// How large a dispatch is at a point of the axes: local size, invocations, workgroups. Pure; limits of a device are not
// its business.
import { GuestmarkError } from '../base/errors.ts';
import { ownValue } from '../base/own-value.ts';
import { constantName } from '../shader/constant-name.ts';
import type { KernelInterface } from '../shader/kernel-interface.ts';
import type { ShaderDefinition } from './definition.ts';
import { evaluate, type Scope } from './expression.ts';

export type Triple = readonly [number, number, number];

/**
 * The local size, where axes set its specialization constants.
 *
 * @throws GuestmarkError (usage) for what is no whole number of 1 or more.
 */
export function localSizeAt({ localSize, constants }: KernelInterface, axes: Scope): Triple {
  const [x, y, z] = localSize.map(({ value, constantId }) => {
    const constant = constants.find(({ id }) => id === constantId);
    if (constant === undefined) return value;
    const name = constantName(constant);
    return requireCount('local size', name, ownValue(axes, name) ?? value);
  });
  return [x, y, z] as Triple;
}

/**
 * Workgroups along each axis: those given, or as many as hold the invocations. One number of invocations is counted over
 * the whole workgroup, along x.
 *
 * @throws GuestmarkError (usage) for what is no whole number of 1 or more.
 */
export function workgroupsAt(
  { of, along }: ShaderDefinition['size']['value'],
  kernel: KernelInterface,
  axes: Scope,
): Triple {
  const counts = along.map((expression) => requireCount(of, expression.text, evaluate(expression, axes)));
  const [x = 1, y = 1, z = 1] = counts;
  if (of === 'groups') return [x, y, z];
  const local = localSizeAt(kernel, axes);
  if (counts.length === 1) return [Math.ceil(x / (local[0] * local[1] * local[2])), 1, 1];
  return [Math.ceil(x / local[0]), Math.ceil(y / local[1]), Math.ceil(z / local[2])];
}

/** Invocations that do work: those asked for, or all of the workgroups. */
export function itemsAt(
  size: ShaderDefinition['size']['value'],
  kernel: KernelInterface,
  axes: Scope,
): number {
  const product = (factors: readonly number[]): number => factors.reduce((all, factor) => all * factor, 1);
  if (size.of === 'items') return product(size.along.map((expression) => evaluate(expression, axes)));
  return product(workgroupsAt(size, kernel, axes)) * product(localSizeAt(kernel, axes));
}

function requireCount(of: 'items' | 'groups' | 'local size', text: string, count: number): number {
  if (count >= 1 && Number.isInteger(count)) return count;
  throw new GuestmarkError(
    'usage',
    `Cannot dispatch: ${of} = ${text} is ${count} and no whole number of 1 or more`,
    {
      hint: 'choose other axis values',
    },
  );
}

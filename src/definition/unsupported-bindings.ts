// Bindings that guestmark cannot make, on whatever device: named before anything runs, and by
// `guestmark check`. Pure.
import type { BindingInterface } from '../shader/kernel-interface.ts';
import { bindingObstacles } from '../vulkan/kernel-bindings.ts';

/** What is wrong with a binding and what would help. */
export interface UnsupportedBinding {
  readonly state: string;
  readonly hint: string;
}

const SUPPORTED =
  'use storage buffers, uniform buffers and storage images of 1, 2 or 3 dimensions, one a binding';

/** Why a binding cannot be made; nothing where it can. */
export function unsupportedBinding(binding: BindingInterface): readonly UnsupportedBinding[] {
  const states = bindingObstacles([binding]).map((state) => `${state} is not supported`);
  const { name, image } = binding;
  if (states.length > 0 || image === null || image.format !== null)
    return states.map((state) => ({ state, hint: SUPPORTED }));
  const state = `image "${name}" declares no format, so its size is not known`;
  return [{ state, hint: 'declare one, such as rgba32f' }];
}

// What the kernel's scheduler leaves out of a thread's run time: steal, interrupts, or nothing. Build
// options, unless the command line of the kernel overrules them.
import { type Available, mapAvailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { type Fact, fact } from './fact.ts';
import { isBuiltIn, type KernelConfig } from './kernel-config.ts';

/** CONFIG_PARAVIRT_TIME_ACCOUNTING is in force: the run time of a thread excludes steal. */
export function paravirtTimeAccounting(files: SystemFiles, config: Available<KernelConfig>): Fact<boolean> {
  if (hasParameter(files, 'no-steal-acc')) return fact(false, '/proc/cmdline: no-steal-acc');
  return isBuiltIn(config, 'CONFIG_PARAVIRT_TIME_ACCOUNTING');
}

/** CONFIG_IRQ_TIME_ACCOUNTING is built in: the run time of a thread excludes interrupts. */
export function irqTimeAccounting(files: SystemFiles, config: Available<KernelConfig>): Fact<boolean> {
  if (hasParameter(files, 'tsc=noirqtime')) return fact(false, '/proc/cmdline: tsc=noirqtime');
  return isBuiltIn(config, 'CONFIG_IRQ_TIME_ACCOUNTING');
}

function hasParameter(files: SystemFiles, parameter: string): boolean {
  const words = mapAvailable(files.read('/proc/cmdline'), (text) => text.trim().split(/\s+/));
  return words.available && words.value.includes(parameter);
}

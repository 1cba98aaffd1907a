// The guest's kernel, as far as it decides what time means: its release, its clocks, what its accounts leave out, and how it
// was booted.
import { unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { Fact } from '../timing/fact.ts';
import { readKernelConfig } from '../timing/kernel-config.ts';
import { irqTimeAccounting, paravirtTimeAccounting } from '../timing/probe-accounting.ts';
import { tellingParameters } from './boot-parameters.ts';
import { certain, type Finding, likely } from './finding.ts';
import type { Machine } from './machine.ts';
import { plainText } from './plain-text.ts';
import { plainly, readInteger, readText } from './read-finding.ts';
import type { KernelInfo } from './system-info.ts';

const CLOCKSOURCE = '/sys/devices/system/clocksource/clocksource0';

/** Describes the kernel. */
export function describeKernel({ files, root }: Machine): KernelInfo {
  const config = readKernelConfig(files, root);
  return {
    release: readText(files, '/proc/sys/kernel/osrelease'),
    distribution: distribution(files),
    clocksource: readText(files, `${CLOCKSOURCE}/current_clocksource`),
    availableClocksources: words(files, `${CLOCKSOURCE}/available_clocksource`),
    paravirtTimeAccounting: sure(paravirtTimeAccounting(files, config)),
    irqTimeAccounting: sure(irqTimeAccounting(files, config)),
    bootParameters: bootParameters(files),
    perfEventParanoid: readInteger(files, '/proc/sys/kernel/perf_event_paranoid'),
  };
}

function sure(fact: Fact<boolean>): Finding<boolean> {
  return plainly(fact.available ? certain(fact.value, fact.source) : fact);
}

function words(files: SystemFiles, path: string): Finding<readonly string[]> {
  const text = readText(files, path);
  return text.available ? certain(text.value.split(/\s+/), path) : text;
}

/** In the order of os-release(5). */
const RELEASE_FILES = ['/etc/os-release', '/usr/lib/os-release'];
/** The file has some twenty lines. */
const MOST_CHARACTERS = 65_536;

/** What the root file system says of itself: in a container that is the image's distribution, not the kernel's. */
function distribution(files: SystemFiles): Finding<string> {
  const reasons: string[] = [];
  for (const path of RELEASE_FILES) {
    const text = files.read(path);
    const name = text.available ? prettyName(text.value.slice(0, MOST_CHARACTERS)) : '';
    if (name !== '') return likely(name, `${path}: PRETTY_NAME`);
    reasons.push(text.available ? `${path}: no PRETTY_NAME` : text.reason);
  }
  return unavailable(reasons.join('; '));
}

/** A value of the shell: `"Debian GNU/Linux 12 (bookworm)"`, with quotes and backslashes. */
function prettyName(text: string): string {
  const value = /^PRETTY_NAME=(.*)$/m.exec(text)?.[1] ?? '';
  return plainText(value.replace(/^(["'])(.*)\1\s*$/, '$2').replace(/\\(["$`\\])/g, '$1'));
}

const COMMAND_LINE = '/proc/cmdline';

function bootParameters(files: SystemFiles): Finding<readonly string[]> {
  const text = files.read(COMMAND_LINE);
  return text.available
    ? certain(tellingParameters(text.value), `${COMMAND_LINE}, only what concerns timing or virtualization`)
    : text;
}

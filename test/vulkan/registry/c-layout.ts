// Asks the C compiler what the generated tables claim: sizes and offsets of structs, sTypes and the
// values of constants. Needs cc and Vulkan headers of the version the tables were generated from.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Available, available, unavailable } from '../../../src/base/availability.ts';
import * as constants from '../../../src/vulkan/registry/constants.ts';
import { type Registry, readRegistry } from '../../../src/vulkan/registry/generate-registry.ts';
import { structTable } from '../../../src/vulkan/registry/structs.ts';

/** Where libvulkan-dev put its files; set-up says so where it had to unpack them. */
const REGISTRY_FILE = process.env.GUESTMARK_VULKAN_REGISTRY ?? '/usr/share/vulkan/registry/vk.xml';
const HEADERS = process.env.GUESTMARK_VULKAN_HEADERS ?? '/usr/include';

/** What C says; 64-bit values as text. */
export interface CLayout {
  headerVersion: number;
  structs: Record<string, { size: number; sType?: number; offsets: Record<string, number> }>;
  constants: Record<string, string>;
}

/** vk.xml, if it is the version that the tables were generated from. */
export function installedRegistry(): Available<string> {
  let xml: string;
  try {
    xml = readFileSync(REGISTRY_FILE, 'utf8');
  } catch {
    return unavailable(`${REGISTRY_FILE} is not installed`);
  }
  const version = Number(/VK_HEADER_VERSION<\/name>\s+(\d+)/.exec(xml)?.[1]);
  if (version === constants.VK_HEADER_VERSION) return available(xml);
  return unavailable(`${REGISTRY_FILE} is version ${version}, the tables are ${constants.VK_HEADER_VERSION}`);
}

/** The layout by the C compiler of this machine. */
export function measureCLayout(): Available<CLayout> {
  const xml = installedRegistry();
  if (!xml.available) return xml;
  const folder = mkdtempSync(join(tmpdir(), 'guestmark-c-layout-'));
  try {
    const source = join(folder, 'layout.c');
    const program = join(folder, 'layout');
    writeFileSync(source, writeProgram(readRegistry(xml.value)));
    execFileSync('cc', ['-w', `-I${HEADERS}`, '-o', program, source], { stdio: 'pipe' });
    return available(JSON.parse(execFileSync(program, { encoding: 'utf8' })) as CLayout);
  } catch (error) {
    return unavailable(`cc: ${(error as Error).message.split('\n')[0]}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeProgram(registry: Registry): string {
  const structs = Object.entries(structTable).map(([name, { members }]) => {
    const offsets = Object.keys(members).map((member) => `FIELD(${name}, ${member})`);
    const sType = registry.types.get(name)?.members.find((member) => member.values !== undefined)?.values;
    const head = `  printf("\\"${name}\\":{\\"size\\":%zu,", sizeof(${name}));`;
    const type = sType === undefined ? '' : `\n  printf("\\"sType\\":%d,", ${sType});`;
    return `${head}${type}\n  printf("\\"offsets\\":{");\n  ${offsets.join('\n  printf(",");\n  ')}\n  printf("}}");`;
  });
  const values = Object.entries(constants)
    .filter(([, value]) => typeof value === 'number' || typeof value === 'bigint')
    .map(
      ([name, value]) =>
        `  printf("\\"${name}\\":\\"%ll${(value as number) < 0 ? 'd' : 'u'}\\"", (long long)${name});`,
    );
  const comma = '\n  printf(",");\n';
  return `#define VK_ENABLE_BETA_EXTENSIONS
#include <stddef.h>
#include <stdio.h>
#include <vulkan/vulkan.h>
#define FIELD(type, member) printf("\\"" #member "\\":%zu", offsetof(type, member));
int main(void) {
  printf("{\\"headerVersion\\":%d,\\"structs\\":{", VK_HEADER_VERSION);
${structs.join(comma)}
  printf("},\\"constants\\":{");
${values.join(comma)}
  printf("}}");
  return 0;
}
`;
}

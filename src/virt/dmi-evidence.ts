// What DMI (SMBIOS) says of the machine, without root as far as the kernel lets everybody read it. Knows how the table of texts
// is asked; what the texts mean is written there.
import { type Available, mapAvailable, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { DMI_FIELDS, DMI_ROWS, type DmiField, type DmiRow, type DmiTexts } from './dmi-table.ts';
import type { Evidence } from './evidence.ts';
import type { Machine } from './machine.ts';
import { plainText } from './plain-text.ts';

const DMI_FOLDER = '/sys/class/dmi/id';
/** SMBIOS structure type 0, BIOS information; the kernel keeps it for root. */
export const SMBIOS_BIOS_TABLE = '/sys/firmware/dmi/entries/0-0/raw';

/** The texts, as far as they can be read; why there are none is told by the first field. */
export function dmiTexts(files: SystemFiles): Available<DmiTexts> {
  const read = DMI_FIELDS.map((field) => [field, files.read(`${DMI_FOLDER}/${field}`)] as const);
  const texts = read.flatMap(([field, text]) => (text.available ? [[field, plainText(text.value)]] : []));
  const first = read[0]?.[1];
  if (texts.length > 0 || first === undefined || first.available)
    return { available: true, value: Object.fromEntries(texts) };
  return unavailable(first.reason);
}

/** Signs of DMI, in the order of the table. */
export function dmiEvidence({ files }: Machine): readonly Evidence[] {
  const texts = dmiTexts(files);
  const named = texts.available ? DMI_ROWS.flatMap((row) => rowEvidence(row, texts.value) ?? []) : [];
  return [...named, ...bitEvidence(files, texts.available ? texts.value : {})];
}

function rowEvidence(row: DmiRow, texts: DmiTexts): Evidence | undefined {
  const field = row.fields.find((name) => matches(row, texts[name]));
  if (field === undefined || row.when?.(texts) === false) return undefined;
  return {
    source: `${DMI_FOLDER}/${field}`,
    found: foundIn(field, row, texts),
    says: withProduct(row, texts),
    confidence: row.confidence ?? 'likely',
  };
}

function matches({ prefix, pattern }: DmiRow, text: string | undefined): boolean {
  if (text === undefined || text === '') return false;
  return prefix === undefined ? (pattern?.test(text) ?? false) : text.startsWith(prefix);
}

/** Of an asset tag no more than the constant: the rest may be its owner's number. */
function foundIn(field: DmiField, { prefix }: DmiRow, texts: DmiTexts): string {
  return (field === 'chassis_asset_tag' ? prefix : texts[field]) ?? '';
}

function withProduct({ says, product }: DmiRow, texts: DmiTexts): Evidence['says'] {
  const name = product === undefined ? undefined : texts[product];
  return name === undefined || name === '' ? says : { ...says, product: name };
}

/** "BIOS Characteristics Extension Byte 2", bit 4: "SMBIOS table describes a virtual machine" (DMTF DSP0134, 7.1.2.2). */
const EXTENSION_BYTE = 0x13;
const VIRTUAL_MACHINE_BIT = 1 << 4;

/** Whether the bit is set, where root may read it. */
export function smbiosVirtualBit(files: SystemFiles): Available<boolean> {
  const table = files.read(SMBIOS_BIOS_TABLE, 'latin1');
  if (table.available && (table.value.charCodeAt(0) !== 0 || table.value.charCodeAt(1) <= EXTENSION_BYTE))
    return unavailable(`${SMBIOS_BIOS_TABLE}: no BIOS information with that byte`);
  return mapAvailable(table, (bytes) => (bytes.charCodeAt(EXTENSION_BYTE) & VIRTUAL_MACHINE_BIT) !== 0);
}

/** A clear bit says something on EC2 alone, where every guest has it set (systemd issue 18929); elsewhere many forget it. */
function bitEvidence(files: SystemFiles, texts: DmiTexts): readonly Evidence[] {
  const bit = smbiosVirtualBit(files);
  const isEc2 = texts.sys_vendor?.startsWith('Amazon EC2') === true;
  if (!bit.available || !(bit.value || isEc2)) return [];
  const found = `SMBIOS virtual machine bit ${bit.value ? 'set' : 'clear'}`;
  return [{ source: SMBIOS_BIOS_TABLE, found, says: { virtual: bit.value }, confidence: 'likely' }];
}

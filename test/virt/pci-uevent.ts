// What the kernel tells of a PCI function in one file, for tests of who reads it.

/** The `uevent` of a PCI function. */
export function pciUevent(
  id: string,
  classCode: string,
  { driver, subsystem = '0000:0000' }: { readonly driver?: string; readonly subsystem?: string } = {},
): string {
  const upper = (text: string): string => text.toUpperCase();
  const lines = [`PCI_CLASS=${upper(classCode)}`, `PCI_ID=${upper(id)}`, `PCI_SUBSYS_ID=${upper(subsystem)}`];
  return `${[...(driver === undefined ? [] : [`DRIVER=${driver}`]), ...lines].join('\n')}\n`;
}

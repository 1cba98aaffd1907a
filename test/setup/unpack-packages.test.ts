import { describe, expect, it } from 'vitest';
import { withPython } from '../../src/setup/unpack-packages.ts';

const DPKG =
  'Package: dpkg\nEssential: yes\nStatus: install ok installed\nArchitecture: arm64\nVersion: 1.21\n';

describe('withPython()', () => {
  it('adds Python for the architecture of the machine, as a paragraph of its own', () => {
    const status = withPython(`${DPKG}\n`);
    const paragraphs = status.trim().split('\n\n');
    expect(paragraphs[0]).toBe(DPKG.trim());
    expect(paragraphs[1]).toContain('Package: python3\nStatus: install ok installed\n');
    expect(paragraphs[1]).toContain('Architecture: arm64\nMulti-Arch: allowed\n');
  });

  it('keeps a Python that is installed', () => {
    const status = `${DPKG}\nPackage: python3\nStatus: install ok installed\nVersion: 3.11\n`;
    expect(withPython(status)).toBe(status);
  });
});

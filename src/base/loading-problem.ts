// Why this program's own files cannot be loaded. Node opens dozens of them at once, more than a low limit
// allows. Knows nothing of what is in them.
import { GuestmarkError } from './errors.ts';

/** What a user can do something about; undefined for a defect. */
export function problemOfLoading(error: unknown): GuestmarkError | undefined {
  const { code, path } = Object(error) as NodeJS.ErrnoException;
  if (code !== 'EACCES') return problemOfOpenFiles(error);
  const hint = 'install it where every user may read it';
  return new GuestmarkError('environment', `Cannot load guestmark: ${path}: permission denied`, {
    hint,
    cause: error,
  });
}

/** Where the limit of open files was met, whoever's module was being loaded; undefined for anything else. */
export function problemOfOpenFiles(error: unknown): GuestmarkError | undefined {
  const { code } = Object(error) as NodeJS.ErrnoException;
  if (code !== 'EMFILE' && code !== 'ENFILE') return undefined;
  return new GuestmarkError('environment', 'Cannot load guestmark: too many files are open', {
    hint: 'raise the limit to 256 or more (ulimit -n)',
    cause: error,
  });
}

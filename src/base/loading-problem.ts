// Why this program's own files cannot be loaded. Node opens about a hundred of them at once, more than a low limit
// allows. Knows nothing of what is in them.
import { GuestmarkError } from './errors.ts';

/** What a user can do something about; undefined for a defect. */
export function problemOfLoading(error: unknown): GuestmarkError | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code !== 'EMFILE' && code !== 'ENFILE' && code !== 'EACCES') return undefined;
  const [state, hint] =
    code === 'EACCES'
      ? [`${path}: permission denied`, 'install it where every user may read it']
      : ['too many files are open', 'raise the limit to 256 or more (ulimit -n)'];
  return new GuestmarkError('environment', `Cannot load guestmark: ${state}`, { hint, cause: error });
}

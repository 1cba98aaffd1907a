// What `guestmark history` is told besides what other verbs share, from the strings of the command line.
import { InvalidArgumentError } from 'commander';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * A day or a time as ISO 8601 has them, in ms since 1970; in UTC where no zone is given, as everything that is printed. Words such
 * as "yesterday" would make the same command give another history every day.
 */
export function sinceMs(text: string): number {
  const said = text.trim().replace(' ', 'T');
  const isLocal = TIME.test(said) && !/(Z|[+-]\d{2}:\d{2})$/.test(said);
  const ms = DAY.test(said) || TIME.test(said) ? Date.parse(isLocal ? `${said}Z` : said) : Number.NaN;
  if (Number.isFinite(ms)) return ms;
  throw new InvalidArgumentError('It is no day or time such as 2026-01-31 or 2026-01-31T18:00');
}

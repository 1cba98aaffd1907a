// What commander says of a wrong command line, in the words of all other messages of this program. Text only.

/**
 * `error: option '--runs <count>' argument 'x' is invalid. It is not …` as
 * `guestmark: Cannot read --runs "x": it is not …; --help lists the options`.
 */
export function usageMessage(text: string): string {
  const said = text
    .trim()
    .replace(/^error: /, '')
    .replaceAll('\n', ' ');
  const option = /^option '(?:-\w, )?(--[\w-]+)[^']*' argument '(.*)' is invalid\. (.*)$/s.exec(said);
  const [, name, value, reason = ''] = option ?? [];
  const message =
    name === undefined
      ? `Cannot read the command line: ${said.replace('. Expected', ', expected').replace(/\.$/, '')}`
      : `Cannot read ${name} "${value}": ${lowered(reason).replace(/\.$/, '')}`;
  return `guestmark: ${message}; --help lists the options\n`;
}

/** A sentence as the part of one. */
function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

// What commander says of a wrong command line, in the words of all other messages of this program. Text only.

/**
 * `error: option '--runs <count>' argument 'x' is invalid. It is not …` as
 * `guestmark: Cannot read --runs "x": it is not …; --help lists the options`.
 */
export function usageMessage(text: string): string {
  return `guestmark: ${usageReason(text)}; --help lists the options\n`;
}

/** The same without who says it, and without what would help. */
export function usageReason(text: string): string {
  const said = text
    .trim()
    .replace(/^error: /, '')
    .replaceAll('\n', ' ');
  return optionMessage(said) ?? argumentMessage(said) ?? otherMessage(said);
}

function optionMessage(said: string): string | null {
  const option = /^option '(?:-\w, )?(--[\w-]+)[^']*' argument '(.*)' is invalid\. (.*)$/s.exec(said);
  return option === null ? null : `Cannot read ${option[1]} "${option[2]}": ${reasonOf(option[3])}`;
}

function argumentMessage(said: string): string | null {
  const argument = /^command-argument value '(.*)' is invalid for argument '([\w-]+)'\. (.*)$/s.exec(said);
  return argument === null
    ? null
    : `Cannot read the ${argument[2]} "${argument[1]}": ${reasonOf(argument[3])}`;
}

function otherMessage(said: string): string {
  return `Cannot read the command line: ${said.replace('. Expected', ', expected').replace(/\.$/, '')}`;
}

/** A sentence as the part of one. */
function reasonOf(text = ''): string {
  return (text.charAt(0).toLowerCase() + text.slice(1)).replace(/\.$/, '');
}

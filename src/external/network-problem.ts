// What an error of a socket or of a look-up means, in words that a user can act on. Knows nothing of what was sent.

const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EADDRINUSE: 'the port is in use',
  EADDRNOTAVAIL: 'this machine has no such address',
  EAFNOSUPPORT: 'this machine does not have that version of IP',
  EAI_AGAIN: 'the name cannot be looked up now, no name server answers',
  ECONNREFUSED: 'nobody listens there',
  EHOSTUNREACH: 'no way leads there',
  EMFILE: 'too many files are open; raise the limit (ulimit -n)',
  ENETDOWN: 'the network is down',
  ENETUNREACH: 'no network leads there',
  ENOTFOUND: 'no machine of that name is known',
  EPERM: 'a packet filter of this machine forbids it',
};

/** `nobody listens there`; the code of an error that has no words here. */
export function networkProblem(error: Error): string {
  const code = (error as NodeJS.ErrnoException).code ?? error.message;
  return PROBLEMS[code] ?? code;
}

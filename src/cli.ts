#!/usr/bin/env node
// The entry of the command line. All else is loaded from here on, so that a machine on which not even that is possible
// gets a message instead of a stack trace.
import { problemOfLoading } from './base/loading-problem.ts';

try {
  await import('./commands/main.ts');
} catch (error) {
  const problem = problemOfLoading(error);
  if (problem === undefined) throw error;
  process.stderr.write(`guestmark: ${problem.message}; ${problem.hint}\n`);
  process.exitCode = 3;
}

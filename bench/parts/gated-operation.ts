// Operations that let a waiting device go: a submission is made beforehand, untimed, and waits on the device until the CPU
// releases it, which is what is timed. Nothing else can be submitted to the queue while it waits.
import { allOf, compareElements, type HostContext, type Operation } from 'guestmark';

/** A submission that waits for the CPU. */
export interface Gate {
  /** Submits. */
  readonly submit: () => void;
  /** Timed: one native call that lets the device go. */
  readonly release: () => void;
  /** Timed: one native call that returns when the submission is done. */
  readonly wait: () => void;
  /** Whether the submission is still not done after a millisecond without release. */
  readonly isHeld: () => boolean;
  /** What the CPU can count while nothing is pending, and what it should be after so many releases. */
  readonly counts: (releases: number) => readonly { readonly found: number; readonly expected: number }[];
}

/** The operation of a gate; it is released for the last time when the scope ends, ahead of what it was made from. */
export function gatedOperation({ scope, vulkan }: HostContext, gate: Gate): Operation {
  const device = vulkan();
  let isPending = false;
  let releases = 0;
  let checks = 0;
  const arm = (): void => {
    gate.submit();
    isPending = true;
  };
  const disarm = (): void => {
    isPending = false;
    releases++;
  };
  const letGo = (): void => {
    gate.release();
    gate.wait();
    disarm();
  };
  scope.defer(() => {
    if (isPending && !device.abandoned) letGo();
  });
  arm();
  return {
    calls: 2,
    run: gate.release,
    wait: gate.wait,
    reset: () => {
      disarm();
      arm();
    },
    verify: (times) => {
      const isHeld = gate.isHeld();
      letGo();
      checks++;
      const counts = gate.counts(releases);
      arm();
      return allOf(
        compareElements('submissions that waited', [isHeld ? 1 : 0], [1]),
        compareElements('releases', [releases], [times + checks]),
        compareElements(
          'counts',
          counts.map(({ found }) => found),
          counts.map(({ expected }) => expected),
        ),
      );
    },
  };
}

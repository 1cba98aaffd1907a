#!/usr/bin/env python3
"""guestmark inside the steal lab: its statements about steal against the truth of the hypervisor.

  check.py time         every scenario and kernel: `guestmark time` with 10 repetitions a boot
  check.py vulkan       a Vulkan benchmark on lavapipe, undisturbed and under steal
  check.py latency      round trips beside a spinner on the same vCPU, and on another one
  check.py device-wait  a timer as device: steal that delays nobody must not be subtracted

Needs `npm run build`, Python 3.8, a C compiler and the steal lab (STEAL_LAB or --lab names it). Prints tables in
Markdown; exits with 1 when a requirement is not met.
"""
import argparse
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import device_wait
import guest
import latency_run
import time_command
import vulkan_run


def say(text):
    print("check: " + text, file=sys.stderr, flush=True)


def print_table(header, rows):
    print("| " + " | ".join(header) + " |\n|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |", flush=True)
    print()


class Boots:
    """Makes the boots that a check asks for, or reads the ones that an earlier check saved."""

    def __init__(self, args):
        self.args = args
        self.lab = None if args.load else guest.load_lab(args.lab)

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="guestmark-payload-")
        if self.lab:
            guest.pack(self.folder.name)
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def all(self, jobs):
        """Boots of (scenario, kernel, command, options), in that order, as they come."""
        args = self.args
        names = ["%s-%s-%s.json" % (args.verb, scenario, kernel) for scenario, kernel, _, _ in jobs]
        if args.load:
            yield from (guest.Boot.load(os.path.join(args.load, name)) for name in names)
            return

        def boot(index):
            scenario, kernel, command, options = jobs[index]
            host_cpu = args.host_cpu if args.host_cpu is None else args.host_cpu + index % args.jobs
            done = guest.Boot.run(self.lab, scenario, kernel, command, self.folder.name, host_cpu=host_cpu, **options)
            say("%s on %s: %.0f s" % (scenario, kernel, done.seconds))
            if args.save:
                done.save(os.path.join(args.save, names[index]))
            return done
        with ThreadPoolExecutor(args.jobs) as pool:
            yield from pool.map(boot, range(len(jobs)))


def check_time(args, boots):
    pairs = [(s, k) for k in args.kernel.split(",") for s in args.scenario.split(",")]
    command = time_command.command(args.runs, args.rounds)
    rows, found, reasons, repetitions = [], [], {}, {}
    for (scenario, kernel), boot in zip(pairs, boots.all([(s, k, command, dict(timeout=900)) for s, k in pairs])):
        tier, reps, _ = time_command.read(boot)
        rows.append(time_command.row(scenario, kernel, tier, reps))
        found += ["%s, %s: %s" % (scenario, kernel, p) for p in time_command.problems(scenario, kernel, tier, reps)]
        for rep in reps:
            reasons.setdefault(time_command.wording(rep.reason), []).append((scenario, kernel))
        repetitions.setdefault(kernel, {})[scenario] = reps
    print_table(time_command.HEADER, rows)
    print_table(["reason given", "repetitions of"],
                [(reason, ", ".join("%s %s (%d)" % (*key, keys.count(key)) for key in sorted(set(keys))))
                 for reason, keys in reasons.items()])
    for kernel, scenarios in repetitions.items():
        if "idle" in scenarios:
            print_table(time_command.COMPARED, time_command.compared(kernel, scenarios))
    return found


def check_vulkan(args, boots):
    jobs = [(s, "pta", vulkan_run.COMMAND, dict(lavapipe=True, timeout=900)) for s in vulkan_run.SCENARIOS]
    rows, found = vulkan_run.judge(dict(zip(vulkan_run.SCENARIOS, boots.all(jobs))))
    print_table(vulkan_run.HEADER, rows)
    return found


def check_latency(args, boots):
    jobs = [(s, "pta", latency_run.COMMAND, dict(lavapipe=True, timeout=900)) for s in latency_run.SCENARIOS]
    rows, found = latency_run.judge(dict(zip(latency_run.SCENARIOS, boots.all(jobs))))
    print_table(latency_run.HEADER, rows)
    return found


def check_device_wait(args, boots):
    jobs = [(s, "pta", device_wait.COMMAND, dict(timeout=900)) for s in device_wait.SCENARIOS]
    rows, found = device_wait.judge(dict(zip(device_wait.SCENARIOS, boots.all(jobs))))
    print_table(device_wait.HEADER, rows)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["time", "vulkan", "latency", "device-wait"])
    parser.add_argument("--lab", default=os.environ.get("STEAL_LAB"), help="the lab's folder (default: STEAL_LAB)")
    parser.add_argument("--scenario", default=",".join(time_command.SCENARIOS), help="of time: NAME,NAME (all)")
    parser.add_argument("--kernel", default=",".join(time_command.KERNELS), help="of time: pta,stock (both)")
    parser.add_argument("--runs", type=int, default=10, help="of time: repetitions a boot (10)")
    parser.add_argument("--rounds", type=int, default=600_000_000, help="of time: the work (about 1.5 s there)")
    parser.add_argument("--host-cpu", type=int, metavar="N", help="bind the emulator to CPU N (and the ones after it)")
    parser.add_argument("--jobs", type=int, default=1, help="boots at a time; more than there are idle CPUs spoils them")
    parser.add_argument("--save", metavar="DIR", help="keep what every boot gave")
    parser.add_argument("--load", metavar="DIR", help="judge what was kept instead of booting")
    args = parser.parse_args()
    if not args.load and not args.lab:
        parser.error("the lab is not part of the repository: name it by --lab or STEAL_LAB")
    if args.save:
        os.makedirs(args.save, exist_ok=True)
    check = {"time": check_time, "vulkan": check_vulkan, "latency": check_latency,
             "device-wait": check_device_wait}[args.verb]
    with Boots(args) as boots:
        found = check(args, boots)
    print("\n".join("NOT MET: " + text for text in found) or "All requirements are met.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

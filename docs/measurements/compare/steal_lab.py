#!/usr/bin/env python3
"""Collects reports for steal-lab.mjs: the same cases with and without a hypervisor that steals half of the CPU.

  steal_lab.py --lab PATH-TO/steal-lab --save DIR [--rounds 3] [--runs 1]

Boots the steal lab again and again, undisturbed (`idle`) and with a spinner on another virtual CPU (`hog-other`) in turn, runs
`guestmark run` on lavapipe inside, and leaves DIR/idle-1.json, DIR/hog-other-1.json, …, with what Xen says was stolen
in idle-1.truth and so on. Files that are there are kept. Needs `npm run build`, Python 3.8, a C compiler and the lab (../steal-lab/README.md says
what that is). A boot takes one to two minutes, four beside other work; one at a time, because two would take the CPU from each
other.
"""
import argparse
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "steal-lab"))
sys.dont_write_bytecode = True
import guest  # noqa: E402 - beside the other programs of the lab

SCENARIOS = ["idle", "hog-other"]
ATTEMPTS = 3
CASES = ["triad[n=262144]"]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--lab", default=os.environ.get("STEAL_LAB"), required="STEAL_LAB" not in os.environ)
    options.add_argument("--save", required=True, help="folder for the reports")
    options.add_argument("--rounds", type=int, default=3, help="boots of each scenario")
    options.add_argument("--runs", type=int, default=1, help="processes a boot")
    options.add_argument("--max-time", default="6s", help="sampling time of a case")
    args = options.parse_args()
    os.makedirs(args.save, exist_ok=True)
    lab = guest.load_lab(args.lab)
    # One worker: two on one virtual CPU would wait for each other, and steal in such a wait is run-queue wait to Linux.
    command = ["env", "LP_NUM_THREADS=1", "node", "dist/cli.js", "run", *CASES, "--runs", str(args.runs), "--binding", "koffi", "--pin", "0", "--wait", "block",
               "--max-time", args.max_time, "--timeout", "300s", "--out", "/tmp/report.json", "--json"]
    with tempfile.TemporaryDirectory(prefix="guestmark-payload-") as payload:
        guest.pack(payload)
        give_time(os.path.join(payload, "dist", "isolation", "run-process.js"))
        for round_ in range(1, args.rounds + 1):
            for scenario in SCENARIOS:
                name = os.path.join(args.save, "%s-%d.json" % (scenario, round_))
                for _ in range(ATTEMPTS):
                    if os.path.exists(name) or collect(lab, scenario, command, payload, name):
                        break


def give_time(path):
    """Lets a driver open for ten minutes in the payload's copy: half of an emulated CPU beside other work needs more than the
    minute after which guestmark takes a driver to hang."""
    with open(path) as file:
        text = file.read()
    if "OPEN_LIMIT_NS = 60e9" not in text:
        raise SystemExit("Cannot find the limit for opening a device in %s" % path)
    with open(path, "w") as file:
        file.write(text.replace("OPEN_LIMIT_NS = 60e9", "OPEN_LIMIT_NS = 600e9"))


def collect(lab, scenario, command, payload, name):
    """One boot; False where it left no complete report, as when the emulator was too slow for the driver's time limit."""
    boot = guest.Boot.run(lab, scenario, "pta", command, payload, lavapipe=True, timeout=900)
    print("%s: ended with %d, %.0f s, Xen: v0 stolen %.1f %%" % (
        name, boot.code, boot.seconds, 100 * boot.whole["true_steal_v0"]), file=sys.stderr, flush=True)
    if boot.code != 0:
        print("  no report: %s %s" % (boot.stdout[:500], boot.stderr[-500:]), file=sys.stderr, flush=True)
        return False
    with open(name, "w") as file:
        file.write(boot.stdout)
    # What Xen says was stolen from v0, as a share of the whole boot's wall time.
    with open(name.replace(".json", ".truth"), "w") as file:
        file.write("%r\n" % boot.whole["true_steal_v0"])
    return True


main()

#!/usr/bin/env python3
"""Collects reports for steal-lab.mjs: the same cases with and without a hypervisor that steals half of the CPU.

  steal_lab.py --lab PATH-TO/steal-lab --save DIR [--rounds 3] [--runs 2]

Boots the steal lab again and again, undisturbed (`idle`) and with a spinner on another virtual CPU (`hog-other`) in turn, runs
`guestmark run` on lavapipe inside, and leaves DIR/idle-1.json, DIR/hog-other-1.json, … and truth.json with what Xen says was
stolen. Needs `npm run build`, Python 3.8, a C compiler and the lab (../steal-lab/README.md says what that is). A boot takes
one to two minutes; one at a time, because two would take the CPU from each other.
"""
import argparse
import json
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "steal-lab"))
sys.dont_write_bytecode = True
import guest  # noqa: E402 - beside the other programs of the lab

SCENARIOS = ["idle", "hog-other"]
CASES = ["triad[n=262144]"]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--lab", default=os.environ.get("STEAL_LAB"), required="STEAL_LAB" not in os.environ)
    options.add_argument("--save", required=True, help="folder for the reports")
    options.add_argument("--rounds", type=int, default=3, help="boots of each scenario")
    options.add_argument("--runs", type=int, default=1, help="processes a boot")
    options.add_argument("--max-time", default="8s", help="sampling time of a case")
    args = options.parse_args()
    os.makedirs(args.save, exist_ok=True)
    lab = guest.load_lab(args.lab)
    command = ["node", "dist/cli.js", "run", *CASES, "--runs", str(args.runs), "--binding", "koffi", "--pin", "0", "--wait", "block",
               "--max-time", args.max_time, "--timeout", "300s", "--out", "/tmp/report.json", "--json"]
    truth = {}
    with tempfile.TemporaryDirectory(prefix="guestmark-payload-") as payload:
        guest.pack(payload)
        for round_ in range(1, args.rounds + 1):
            for scenario in SCENARIOS:
                name = "%s-%d" % (scenario, round_)
                boot = guest.Boot.run(lab, scenario, "pta", command, payload, lavapipe=True, timeout=900)
                print("%s: ended with %d, %.0f s, Xen: v0 stolen %.1f %%" % (
                    name, boot.code, boot.seconds, 100 * boot.whole["true_steal_v0"]), file=sys.stderr, flush=True)
                if not boot.stdout.startswith("{"):
                    raise SystemExit("guestmark run gave no report: %s%s" % (boot.stdout[-500:], boot.stderr[-500:]))
                report = json.loads(boot.stdout)
                for result in report["results"]:
                    for run in result["runs"]:
                        if run["status"] != "ok":
                            print("  %s: %s" % (result["id"], run["failure"] or run["skipReason"]), file=sys.stderr, flush=True)
                with open(os.path.join(args.save, name + ".json"), "w") as file:
                    file.write(boot.stdout)
                truth[name] = boot.whole["true_steal_v0"]
                with open(os.path.join(args.save, "truth.json"), "w") as file:
                    json.dump(truth, file, indent=1)


main()

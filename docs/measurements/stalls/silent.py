#!/usr/bin/env python3
"""Does `guestmark stalls` find what no counter shows? In a virtual machine that its host stops for a known list of
moments, it must report every one of 1 ms and more, at the right time, as an unattributed stall, and no steal.

    npm run build && python3 docs/measurements/stalls/silent.py PATH-TO/steal-lab/lab [SEED...]     (default: 1 to 5)

The lab is not part of this repository; $STEAL_LAB can name it instead. Prints one row per seed; the exit code is 1
where a claim does not hold.
"""
import importlib.machinery
import importlib.util
import json
import os
import shutil
import sys
import tempfile

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "../../.."))
MODULES = ["commander", "koffi", "@koromix"]
SECONDS = 10
# One line on standard error tells that the watch has begun. Node still compiles then, on threads that in a machine of
# one CPU compete with the watch; a pulse while it waits for them is within its run-queue wait. So there are none of them,
# and the rest of the process has two seconds.
SETTLE_SECONDS = 2
WATCH_SECONDS = SETTLE_SECONDS + SECONDS + 2
GUEST = r"""
node --single-threaded dist/cli.js stalls --seconds %g --json 2>&1 >/tmp/stalls.json | while read -r line; do
  echo "$line" >&2
  case "$line" in *watching*) sleep %g; echo LAB-READY ;; esac
done
cat /tmp/stalls.json
""" % (WATCH_SECONDS, SETTLE_SECONDS)


def load_lab(path):
    loader = importlib.machinery.SourceFileLoader("steal_lab", path)
    spec = importlib.util.spec_from_loader("steal_lab", loader)
    lab = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    loader.exec_module(lab)
    return lab


def payload(folder):
    """The built package with what it needs at run time, and nothing of Vulkan's."""
    for name in ("dist", "package.json"):
        source, target = os.path.join(ROOT, name), os.path.join(folder, name)
        if os.path.isdir(source):
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.map", "*.d.ts", "*.tsbuildinfo"))
        else:
            shutil.copy(source, target)
    for name in MODULES:
        source = os.path.realpath(os.path.join(ROOT, "node_modules", name))
        # koffi carries its documentation and the libraries of musl.
        skip = shutil.ignore_patterns("vendor", "doc", "musl_*")
        shutil.copytree(source, os.path.join(folder, "node_modules", name), ignore=skip)


def undisturbed():
    """A host that has other work to do stops the machine too, and no list tells when. Where it may, the lab gets the CPU
    before others do: by the weight of its session, where sessions have one, and by its own."""
    try:
        os.setsid()
    except OSError:
        pass
    try:
        os.nice(-20)
        with open("/proc/self/autogroup", "w") as weight:
            weight.write("-20")
    except OSError:
        pass


def watch(lab, folder, seed):
    text = bytearray()

    def out(data, newline, stream):
        if stream == b"o":
            text.extend(data + (b"\n" if newline else b""))

    run = lab.Run("silent", ["sh", "-c", GUEST], SECONDS, node=True, payload=folder, seed=seed, out=out)
    if run.rc != 0:
        raise lab.LabError("guestmark failed in the guest (exit code %d): %s" % (run.rc, bytes(text[-500:])))
    return run.json(), json.loads(text)


def clock_offset(pulses, stalls):
    """Guest clock of a stall minus that of its pulse, ms. The lab knows the guest's clock only through its console, which is
    late by up to some ms; the value on which most long pulses agree with a stall takes that out, as in the lab's self-test."""
    near = [start - p["guest_start_ms"] for p in pulses if p["length_ms"] > 15 for start, length, _ in stalls
            if abs(length - p["length_ms"]) < 8 and abs(start - p["guest_start_ms"]) < 60] or [0.0]
    agreed = max(near, key=lambda one: sum(abs(x - one) < 0.1 for x in near))
    close = sorted(x for x in near if abs(x - agreed) < 0.1)
    return close[len(close) // 2]


def match(pulses, stalls):
    """(planned ms, true ms, stall or None, onset error ms) for each pulse."""
    offset = clock_offset(pulses, stalls)
    rows = []
    for p in pulses:
        start, length = p["guest_start_ms"] + offset, p["length_ms"]
        hit = next((s for s in stalls if min(s[0] + s[1], start + length) - max(s[0], start) > 0.5 * length), None)
        rows.append((p["planned_ms"], length, hit, None if hit is None else hit[0] - start))
    return rows


def judge(seed, truth, record):
    stalls = [(s["startNs"] / 1e6, s["durationNs"] / 1e6, s["cause"]) for s in record["stalls"]]
    rows = match(truth["pulses"], stalls)
    long = [r for r in rows if r[0] >= 1]
    found = [r for r in long if r[2] is not None]
    named = [r for r in found if r[2][2] == "unattributed"]
    # Where something else stopped the machine just before or after a pulse there is one longer stall, which began when it
    # began: its onset says nothing of the pulse's.
    alone = [r for r in found if r[2][1] - r[1] < 1]
    onsets = sorted(abs(r[3]) for r in alone)
    lengths = sorted(abs(r[2][1] - r[1]) for r in alone)
    covered = all(r[3] < 1 and r[3] + r[2][1] > r[1] - 1 for r in found)
    sums = {s["cause"]: s for s in record["sums"]}
    hit = {id(r[2]) for r in rows}
    span = [truth["pulses"][i]["guest_start_ms"] for i in (0, -1)]
    others = [s for s in stalls if s[2] == "unattributed" and s[1] >= 1 and id(s) not in hit and span[0] <= s[0] <= span[1]]
    excess = sum(r[2][1] - r[1] for r in found if r not in alone)
    # The virtual CPU's thread on the host: neither running nor stopped by a pulse.
    off_cpu = truth["host"]["lost_ms"] - truth["pulse_sum_ms"]
    short = [r for r in rows if r[0] < 1]
    steal = record["cpuSteal"]
    counted = steal["value"]["stealNs"] / 1e6 if steal["available"] else None
    ok = (len(found) == len(long) == len(named) and len(long) > 20 and covered and onsets[-1] < 1
          and sums["steal"]["count"] == 0 and counted == 0 and record["dropped"] == 0)
    cells = [
        seed, len(long), len(found), len(named),
        "%.3f / %.3f" % (onsets[len(onsets) // 2], onsets[-1]), "%.2f / %.2f" % (lengths[len(lengths) // 2], lengths[-1]),
        len(found) - len(alone), "%d of %d" % (sum(r[2] is not None for r in short), len(short)),
        "%d, %s ms" % (sums["steal"]["count"], "?" if counted is None else "%g" % counted),
        "%.0f + %.0f ms; %.0f ms" % (sum(s[1] for s in others), excess, off_cpu),
        "%.0f, %.0f" % (record["calibration"]["thresholdNs"] / 1e3, record["calibration"]["interruptNs"] / 1e3),
        "ok" if ok else "FAILED",
    ]
    print("| %s |" % " | ".join(map(str, cells)), flush=True)
    if not ok:
        for r in long:
            if r[2] is None or r[2][2] != "unattributed" or abs(r[3]) >= 1:
                print("    pulse of %g ms: %s" % (r[1], r[2:]), file=sys.stderr)
    return ok


HEAD = ["seed", "pulses ≥ 1 ms", "found", "unattributed", "onset error, ms: median / worst", "length error, ms: median / worst",
        "beside another stall", "pulses < 1 ms found", "steal: stalls, /proc/stat",
        "other unattributed ≥ 1 ms + beside pulses; off its host's CPU besides pulses", "threshold, interrupts, µs", ""]


def main():
    arguments = sys.argv[1:]
    path = os.environ.get("STEAL_LAB") or (arguments.pop(0) if arguments else None)
    if path is None:
        sys.exit(__doc__)
    seeds = [int(one) for one in arguments] or [1, 2, 3, 4, 5]
    undisturbed()
    lab = load_lab(path)
    print("| %s |\n|%s" % (" | ".join(HEAD), "---|" * len(HEAD)), flush=True)
    with tempfile.TemporaryDirectory(prefix="stalls-") as folder:
        payload(folder)
        held = [judge(seed, *watch(lab, folder, seed)) for seed in seeds]
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()

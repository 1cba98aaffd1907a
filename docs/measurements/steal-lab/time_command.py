"""`guestmark time` inside the lab: does Xen's truth lie in every printed interval?

One boot a scenario. The command runs a fixed amount of work again and again and prints, for every repetition, the
instants between which it measured; the truth is read for exactly that span.
"""
import json
import re
from statistics import median

SCENARIOS = ["idle", "hog-other", "hog-other-30", "hog-same", "hog-both", "two-others", "hog-wake", "quota"]
KERNELS = ["pta", "stock"]
# Another vCPU is busy and nothing is woken across vCPUs: the scheduler's own charge is nearly complete.
CHARGED = ["hog-other", "hog-other-30", "two-others"]
# Nothing but steal makes the same work take longer than in idle.
COMPARABLE = ["idle"] + CHARGED + ["hog-wake"]
NO_STEAL = ["idle", "hog-same", "quota"]
HEADER = ["scenario", "kernel", "inside", "wall", "truth", "±", "low", "high", "low / truth", "low / share",
          "within 3 %", "R", "T", "C", "tier"]


def command(runs, rounds):
    return ["node", "dist/cli.js", "time", "--json", "--runs", str(runs), "--warmup", "1", "--", "./work", str(rounds)]


def value(reading):
    """A field of the JSON that may be unavailable: its value, or None."""
    if not isinstance(reading, dict) or "available" not in reading:
        return reading
    return reading["value"] if reading["available"] else None


class Repetition:
    """One repetition beside the truth. Times in ms."""

    def __init__(self, boot, run):
        start, end = int(run["startNs"]), int(run["endNs"])
        # By CLOCK_MONOTONIC_RAW, read next to the other: its stamps may be apart by an interruption.
        self.wall = run["wallNs"] / 1e6
        self.least, self.most = (ns / 1e6 for ns in boot.stolen(start, end))
        self.idle = [ns / 1e6 for ns in boot.idle(start, end)]
        self.truth, self.error = (self.least + self.most) / 2, (self.most - self.least) / 2
        self.includes = run["cpuIncludesSteal"]
        steal = value(run["stealNs"]) or {}
        self.low, self.high = (steal.get(k, float("nan")) / 1e6 for k in ("lowNs", "highNs"))
        corrected = value(run["correctedWallNs"]) or {}
        self.corrected = tuple(corrected.get(k, float("nan")) / 1e6 for k in ("lowNs", "highNs"))
        self.reason = steal.get("reason") or run["stealNs"].get("reason", "")
        self.cpu, self.queue, self.throttled = (
            (lambda ns: float("nan") if ns is None else ns / 1e6)(value(run.get(k)))
            for k in ("cpuNs", "runQueueNs", "throttledNs"))
        # Steal that hit v0 while the program queued is within R: guestmark itself runs on v0 too, and hog-both has
        # a competitor there. The program's share of the truth, as if steal came evenly.
        self.share = self.truth * (1 - self.queue / self.wall)
        self.share_least = self.least * (1 - self.queue / self.wall)

    def inside(self):
        """The truth is known to ± error: the interval must reach what it can be."""
        steal = self.low <= self.most and self.least <= self.high
        corrected = self.corrected[0] <= self.wall - self.least and self.wall - self.most <= self.corrected[1]
        return steal and corrected

    def complete(self):
        """The lower end is within 3 % of what of the truth was the program's."""
        return self.low >= 0.97 * self.share_least


def problems(scenario, kernel, tier, reps):
    """What the requirements of this scenario do not find, in words."""
    found = ["repetition %d: the truth %.1f ± %.1f is outside of %.1f to %.1f" % (i + 1, r.truth, r.error, r.low, r.high)
             for i, r in enumerate(reps) if not r.inside()]

    def require(ok, text):
        if not ok:
            found.append(text)
    keys = ("wall", "truth", "share", "low", "high", "cpu", "queue", "throttled")
    mid = {k: median(getattr(r, k) for r in reps) for k in keys}
    reasons = " ".join({r.reason for r in reps})
    wide = mid["high"] - mid["low"] > 0.1 * mid["truth"]
    if kernel == "stock":
        require(tier == "B", "tier %s is not B" % tier)
        require("CPU time" in reasons, "no reason says that CPU time contains the steal")
        require(all(r.includes for r in reps), "C is not labelled as containing steal")
        require(scenario in NO_STEAL or wide, "the interval is narrow, and cannot be")
    else:
        require(tier == "A", "tier %s is not A" % tier)
        if scenario in CHARGED:
            unexplained = [r for r in reps if not r.complete() and "/proc/stat" not in r.reason]
            require(mid["low"] >= 0.97 * mid["share"], "the median lower end is more than 3 % below the share of the truth")
            require(not unexplained, "%d lower ends are more than 3 %% below and do not say why" % len(unexplained))
        if scenario == "hog-wake":
            require(wide, "the interval is narrow, and cannot be")
            require("/proc/stat" in reasons, "no reason says why it is wide")
        if scenario == "hog-both":
            require(mid["truth"] <= mid["low"] + mid["queue"], "low + R do not cover the truth")
            require(abs(mid["low"] / mid["share"] - 1) < 0.1, "the program's share of the steal is not what it is charged")
        if scenario == "idle":
            require(mid["truth"] - mid["low"] < 0.01 * mid["wall"], "more than 1 % of the time is missing")
    if scenario in NO_STEAL:
        require(mid["low"] <= mid["truth"] + 0.01 * mid["wall"], "guest contention or throttling is called steal")
    if scenario == "hog-same":
        require(abs(mid["queue"] / mid["wall"] - 0.5) < 0.05, "R is not half of the wall time")
    if scenario == "quota":
        told, idle = sum(r.throttled for r in reps), sum(sum(r.idle) / 2 for r in reps)
        require(abs(told / idle - 1) < 0.05, "T is %.0f ms, and v0 had nothing to run for %.0f ms" % (told, idle))
    return found


def wording(reason):
    """A reason without its figures."""
    return re.sub(r"\d+(\.\d+)? (%|ns)", r"N \2", reason)


def row(scenario, kernel, tier, reps):
    charged = scenario in CHARGED and kernel != "stock"

    def mid(key):
        return median(getattr(r, key) for r in reps)

    def ratio(key):
        return "" if scenario in NO_STEAL else "%.3f" % median(r.low / getattr(r, key) for r in reps)

    def count(method):
        return "%d of %d" % (sum(method(r) for r in reps), len(reps))
    return ([scenario, kernel, count(Repetition.inside), "%.0f" % mid("wall")]
            + ["%.1f" % mid(key) for key in ("truth", "error", "low", "high")]
            + [ratio("truth"), ratio("share"), count(Repetition.complete) if charged else ""]
            + ["%.1f" % mid(key) for key in ("queue", "throttled", "cpu")] + [tier])


def read(boot):
    """(tier, repetitions, the command's whole JSON) of a boot."""
    if boot.code != 0:
        raise SystemExit("guestmark time failed with %d in the guest:\n%s" % (boot.code, boot.stderr[-2000:]))
    told = json.loads(boot.stdout)
    return told["tier"], [Repetition(boot, run) for run in told["runs"]], told


COMPARED = ["scenario", "kernel", "wall, ms", "corrected wall, ms", "idle wall, ms", "the two overlap"]


def compared(kernel, scenarios):
    """The same work undisturbed: its wall times against the corrected ones under steal."""
    idle = [r.wall for r in scenarios["idle"]]
    rows = []
    for scenario in [s for s in COMPARABLE if s in scenarios]:
        reps = scenarios[scenario]
        low, high = (median(r.corrected[i] for r in reps) for i in (0, 1))
        overlap = sum(r.corrected[0] <= max(idle) and min(idle) <= r.corrected[1] for r in reps)
        rows.append([scenario, kernel, "%.0f" % median(r.wall for r in reps), "%.0f to %.0f" % (low, high),
                     "%.0f to %.0f" % (min(idle), max(idle)), "%d of %d" % (overlap, len(reps))])
    return rows

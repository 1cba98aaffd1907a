"""A timer as device inside the lab: is the truth in the corrected interval, and where does naive correction end?

The truth is the wall time without the steal that delayed something: all steal before the device started, and what
the vCPU lacked between the device's end and the wait's return. device-wait.mjs reads Xen's counters of its vCPU at the
boundaries of every dispatch; only the device's end lies between two readings.
"""
import json

SCENARIOS = ["idle", "hog-other", "two-others"]
COMMAND = ["node", "--single-threaded", "device-wait.mjs", "5"]
HEADER = ["scenario", "pass", "wall", "device busy", "truth", "corrected", "inside", "by the charge", "steal of v0",
          "of all CPUs", "wall − v0", "wall − all"]


class Pass:
    """One pass of dispatches. Times in ms, summed over them."""

    def __init__(self, boot, told, one):
        dispatches = one["dispatches"]
        # Readings of v0's own counters, by the measured process.
        boot.know([int(x) for x in reading] for d in dispatches for reading in d["xen"])
        self.wall = total(d["waitEndNs"] - d["submitStartNs"] for d in dispatches)
        self.busy = told["deviceNs"] * len(dispatches) / 1e6
        delays = [delay(boot, d) for d in dispatches]
        self.truth = self.wall - total(most for _, most in delays), self.wall - total(least for least, _ in delays)
        self.own, self.all = one["stealMs"]["0"], sum(one["stealMs"].values())
        charged, high, floor = (total(d[end] for d in dispatches) for end in ("lowNs", "highNs", "floorNs"))
        # What certainly delayed something is taken off; what else the CPU's counter allows may have, down to the floor.
        # One tick more: the counter is shown rounded down.
        self.low, self.high = min(high, max(floor, self.wall - self.own - told["tickMs"])), high
        self.charged = charged, high

    def inside(self):
        return self.low <= self.truth[1] and self.truth[0] <= self.high


def delay(boot, dispatch):
    """(least, most) ns of steal that delayed one dispatch."""
    instants = (("submitStartNs", "submitEndNs"), ("deviceEndNs", "waitEndNs"))
    parts = [boot.stolen(int(dispatch[start]), int(dispatch[end])) for start, end in instants]
    return sum(least for least, _ in parts), sum(most for _, most in parts)


def total(values):
    return sum(values) / 1e6


def judge(boots):
    rows, found, passes = [], [], {}
    for scenario, boot in boots.items():
        if boot.code != 0:
            found.append("%s: device-wait.mjs ended with %d: %s" % (scenario, boot.code, boot.stderr[-500:]))
            continue
        told = json.loads(boot.stdout)
        passes[scenario] = [Pass(boot, told, one) for one in told["passes"]]
        for number, p in enumerate(passes[scenario], 1):
            rows.append([scenario, number, ms(p.wall), ms(p.busy), span(p.truth), span((p.low, p.high)),
                         "yes" if p.inside() else "no", span(p.charged), ms(p.own), ms(p.all),
                         naive(p.wall - p.own, p), naive(p.wall - p.all, p)])
            if not p.inside():
                found.append("%s, pass %d: the truth is outside of the interval" % (scenario, number))
            if p.low < p.busy:
                found.append("%s, pass %d: the corrected time is below the device's" % (scenario, number))
    for scenario in SCENARIOS[1:]:
        if scenario in passes and not any(p.wall - p.all < p.busy for p in passes[scenario]):
            found.append("%s: naive correction stayed above the device time: nothing is shown" % scenario)
    return rows, found


def naive(corrected, one):
    """A corrected wall time, and what is wrong with it."""
    wrong = " (below device)" if corrected < one.busy else " (below truth)" if corrected < one.truth[0] else ""
    return ms(corrected) + wrong


def ms(value):
    return "%.0f" % value


def span(pair):
    return "%.0f to %.0f" % pair

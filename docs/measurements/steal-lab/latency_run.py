"""Round trips inside the lab: what makes them longer lands in the column where it belongs.

A spinner on the waiter's own vCPU is competition inside of the guest (run-queue wait); one on another vCPU takes the
physical CPU away (steal). The shares are those of the report, of all samples of a case together, because an
emulated round trip is much shorter than the slices in which either comes.
"""
import json

SCENARIOS = ["idle", "hog-same", "hog-other"]
CASES = ["empty-submit", "completion-fence-wait[pin=0,load=0]"]
COMMAND = ["node", "dist/cli.js", "run", *CASES, "--runs", "1", "--binding", "koffi", "--min-time", "8s", "--max-time", "8s",
           "--timeout", "300s", "--out", "/tmp/report.json", "--json"]
HEADER = ["scenario", "case", "samples", "Xen: v0 stolen", "mean wall, µs", "of it run-queue wait", "of it steal",
          "longest wall, ms", "run time, s"]
# Points of a percentage by which a share rises, or must not: one slice more or less in some hundred samples is a few.
RISES, STAYS = 0.12, 0.08


class Shares:
    """What the report says of one case."""

    def __init__(self, result):
        walls = result["runs"][0]["samples"]["wallNs"]
        shares = {metric["id"]: metric["value"] for metric in result["metrics"]}
        self.count, self.mean, self.longest = len(walls), sum(walls) / len(walls), max(walls)
        self.run_queue, self.low, self.high = (shares[id] for id in ("runQueueShare", "stealLow", "stealHigh"))


def judge(boots):
    rows, found, shares = [], [], {}
    for scenario, boot in boots.items():
        if boot.code != 0:
            found.append("%s: guestmark run ended with %d: %s" % (scenario, boot.code, boot.stderr[-500:]))
            continue
        for result in json.loads(boot.stdout)["results"]:
            run = result["runs"][0]
            if run["status"] != "ok":
                found.append("%s, %s: %s" % (scenario, result["id"], run["failure"] or run["skipReason"]))
                continue
            one = shares[scenario, result["id"]] = Shares(result)
            rows.append([scenario, "`%s`" % result["id"], one.count, "%.1f %%" % (100 * boot.whole["true_steal_v0"]),
                         "%.0f" % (one.mean / 1e3), "%.0f %%" % (100 * one.run_queue),
                         "%.0f to %.0f %%" % (100 * one.low, 100 * one.high), "%.1f" % (one.longest / 1e6),
                         "%.0f" % boot.seconds])
    for case in CASES:
        found += problems(case, {scenario: shares.get((scenario, case)) for scenario in SCENARIOS})
    return rows, found


def problems(case, of):
    idle, same, other = (of[scenario] for scenario in SCENARIOS)
    if not (idle and same and other):
        return ["%s: not all scenarios were measured" % case]
    wanted = [
        (same.run_queue > idle.run_queue + RISES, "competition does not show as run-queue wait"),
        (same.low < idle.low + STAYS, "competition shows as steal"),
        (other.low > idle.low + RISES, "steal does not show as steal"),
        (other.run_queue < idle.run_queue + STAYS, "steal shows as run-queue wait"),
    ]
    return ["%s: %s" % (case, text) for met, text in wanted if not met]

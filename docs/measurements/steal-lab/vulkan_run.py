"""A whole Vulkan benchmark inside the lab: does the corrected wall time under steal agree with the undisturbed one?

The device is a CPU driver, so its workers share the stolen vCPU; the run is small because dispatches take a
thousand times as long there.
"""
import json

SCENARIOS = ["idle", "hog-other"]
CASE = "triad[n=262144]"
COMMAND = ["node", "dist/cli.js", "run", CASE, "--runs", "1", "--binding", "koffi", "--max-time", "8s",
           "--timeout", "300s", "--out", "/tmp/report.json", "--json"]
HEADER = ["scenario", "status", "verified", "samples", "Xen: v0 stolen", "tier", "wall, µs", "without steal, µs",
          "mean wall, µs", "mean without steal, µs", "run time, s"]


def judge(boots):
    rows, found, corrected, means = [], [], {}, {}
    for scenario, boot in boots.items():
        if boot.code != 0:
            found.append("%s: guestmark run ended with %d: %s" % (scenario, boot.code, boot.stderr[-500:]))
            continue
        report = json.loads(boot.stdout)
        result = report["results"][0]
        run = result["runs"][0]
        metrics = {metric["id"]: metric for metric in result["metrics"]}
        verified = bool(run["verifiedBefore"] and run["verifiedAfter"])
        if not (result["status"] == "ok" and verified):
            found.append("%s: the case is %s" % (scenario, result["status"]))
        corrected[scenario] = metrics.get("correctedWallTime")
        means[scenario] = metrics.get("correctedWallMean")
        walls = [wall / run["iterations"] for wall in run["samples"]["wallNs"]]
        rows.append([scenario, result["status"], "yes" if verified else "no", len(run["samples"]["wallNs"]),
                     "%.1f %%" % (100 * boot.whole["true_steal_v0"]), report["clocks"]["value"]["tier"],
                     micros(metrics["wallTime"]), micros(corrected[scenario]),
                     "%.0f" % (sum(walls) / len(walls) / 1e3), micros(means[scenario]), "%.0f" % boot.seconds])
    for name, of in (("wall time", corrected), ("mean", means)):
        idle, hog = (of.get(scenario) for scenario in SCENARIOS)
        if not idle or not hog:
            found.append("the corrected %s is missing" % name)
        elif hog["low"] > idle["high"] or hog["high"] < idle["low"]:
            found.append("the corrected %s under steal does not reach the undisturbed one" % name)
    return rows, found


def micros(metric):
    return "none" if metric is None else "%.0f to %.0f" % (metric["low"] / 1e3, metric["high"] / 1e3)

"""Boots the steal lab with guestmark inside, and reads Xen's truth between two instants of the guest.

The lab is not part of this repository; it is a Python program, loaded from the path that the user gives. This
module knows nothing of what is measured: it packs, boots, and answers "how much was stolen in between".
"""
import bisect
import importlib.machinery
import importlib.util
import json
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
PARTS = ["package.json", "dist", "shaders"]
# What guestmark needs to run there. nvk stays out: it wants more of a system than the guest is.
PACKAGES = ["commander", "koffi", "zod", "@koromix/koffi-linux-x64"]
# Sources, declarations and documents would only fill the guest's memory.
UNUSED = shutil.ignore_patterns("*.map", "*.ts", "*.cts", "*.mts", "*.md", "doc", "vendor")

# Columns of a sample.
RUNNING, RUNNABLE = 2, 3


def load_lab(path):
    """The lab as a module. PATH is its folder or its program `lab`, which may lie where nobody can write."""
    program = os.path.join(path, "lab") if os.path.isdir(path) else path
    loader = importlib.machinery.SourceFileLoader("steal_lab", program)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("steal_lab", loader))
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    return module


def pack(folder):
    """Copies the built package and the programs beside this file into FOLDER: /payload in the guest."""
    for part in PARTS:
        source = os.path.join(ROOT, part)
        if not os.path.exists(source):
            raise SystemExit("Cannot pack %s: it is not there; run npm run build first" % part)
        if os.path.isdir(source):
            shutil.copytree(source, os.path.join(folder, part), ignore=UNUSED)
        else:
            shutil.copy(source, folder)
    for package in PACKAGES:
        source = os.path.realpath(os.path.join(ROOT, "node_modules", package))
        shutil.copytree(source, os.path.join(folder, "node_modules", package), ignore=UNUSED)
    shutil.copy(os.path.join(HERE, "device-wait.mjs"), folder)
    work = os.path.join(folder, "work")
    subprocess.run(["cc", "-static", "-O2", "-o", work, os.path.join(HERE, "work.c")], check=True)


class Boot:
    """What one boot of the lab left: the command's exit code and output, and samples of Xen's counters."""

    def __init__(self, kept):
        self.kept = kept
        self.code, self.stdout, self.stderr = kept["code"], kept["stdout"], kept["stderr"]
        self.seconds, self.whole = kept["seconds"], kept["whole"]
        # Every hog samples the counters of all vCPUs: one list of (not before, not after, running, runnable) of v0.
        self.samples = sorted((s[1], s[1], s[4], s[5]) for s in kept["samples"])

    @classmethod
    def run(cls, lab, scenario, kernel, command, payload, **options):
        """Boots and runs COMMAND on v0. Options are those of the lab's Run, such as host_cpu or lavapipe."""
        text = {b"o": bytearray(), b"e": bytearray()}

        def out(data, newline, stream):
            text[stream].extend(data + (b"\n" if newline else b""))
        run = lab.Run(scenario, command, kernel=kernel, node=True, payload=payload, samples=True, out=out, **options)
        return cls(dict(scenario=scenario, kernel=kernel, code=run.rc, seconds=run.total_s, whole=run.json(),
                        stdout=text[b"o"].decode("utf-8", "replace"), stderr=text[b"e"].decode("utf-8", "replace"),
                        samples=run.samples))

    @classmethod
    def load(cls, path):
        with open(path) as file:
            return cls(json.load(file))

    def save(self, path):
        with open(path, "w") as file:
            json.dump(self.kept, file)

    def know(self, readings):
        """Takes up further readings (not before, not after, running, runnable) of v0, such as the command's own."""
        self.samples = sorted(self.samples + [tuple(reading) for reading in readings])

    def stolen(self, start, end):
        """(least, most) ns in which v0 wanted to run and did not, between two instants of the guest's
        CLOCK_MONOTONIC."""
        return self._growth(start, end, RUNNABLE)

    def idle(self, start, end):
        """(least, most) ns in which v0 had nothing to run: where nothing sleeps, what a quota kept from running."""
        ran, stolen = self._growth(start, end, RUNNING), self._growth(start, end, RUNNABLE)
        return max(0, end - start - ran[1] - stolen[1]), end - start - ran[0] - stolen[0]

    def _growth(self, start, end, column):
        (a0, a1), (b0, b1) = self._at(start, column), self._at(end, column)
        return max(0, b0 - a1), max(0, min(b1 - a0, end - start))

    def _at(self, instant, column):
        """(least, most) that a counter can have shown at an instant. It is known at the readings around it; in
        between it never falls and never grows faster than time. Nothing else is assumed."""
        i = bisect.bisect_right(self.samples, (instant, float("inf")))
        if not 0 < i < len(self.samples):
            raise SystemExit("Cannot tell the truth at %d: the lab's samples do not reach there" % instant)
        before, after = self.samples[i - 1], self.samples[i]
        least = max(before[column], after[column] - (after[1] - instant))
        most = min(after[column], before[column] + instant - before[0])
        # A reader that lost its CPU between clock and counters left samples that contradict each other slightly.
        return min(least, most), max(least, most)

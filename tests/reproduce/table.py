"""What the reproductions share: running the program, its arrays, and a table of what is known beside what came out.

A command text given to run() is what a reader can give to the program: scorefield --headless -c 'TEXT'. The program is
the first argument of every reproduction; files are those of a folder that goes away at the end.
"""
import os
import subprocess
import sys
import tempfile

import numpy as np

PROGRAM = os.path.realpath(sys.argv[1]) if len(sys.argv) == 2 else sys.exit(f"usage: {sys.argv[0]} PROGRAM")
FOLDER = tempfile.TemporaryDirectory()


def run(commands):
    """Runs a command text; what it wrote to standard output."""
    done = subprocess.run([PROGRAM, "--headless", "-c", commands], cwd=FOLDER.name, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit("the program failed on what begins with:\n" + commands[:400])
    return done.stdout


def load(name):
    return np.load(os.path.join(FOLDER.name, name)).astype(float)


def save(name, x):
    np.save(os.path.join(FOLDER.name, name), np.asarray(x, np.float32))


def share_error(share, n):
    """Standard error of a share of n independent points."""
    return np.sqrt(share * (1 - share) / n)


def variance_error(variance, n):
    """Standard error of the variance of n normal points in the plane, both coordinates pooled."""
    return variance / np.sqrt(n)


def mean_and_error(values):
    return np.mean(values), np.std(values, ddof=1) / np.sqrt(len(values))


class Table:
    """Rows of: quantity, n, what is known and where from, what came out, how far that may be from it. A row may say
    that what is known is a least ("from") or a greatest ("to") value; without tolerance it is shown and not judged."""

    HEAD = ("quantity", "n", "known", "source", "here", "tolerance", "")
    held = True

    def __init__(self, title):
        self.title, self.rows = title, []

    def row(self, quantity, n, known, source, here, tolerance=None, side=""):
        excess = here - known if known is not None else 0
        excess = {"": abs(excess), "from": -excess, "to": excess}[side]
        within = tolerance is None or bool(excess <= tolerance)
        Table.held = Table.held and within
        known_text = "" if known is None else f"{side} {known:.5g}".strip()
        self.rows.append((quantity, f"{n}", known_text, source, f"{here:.4g}",
                          "" if tolerance is None else f"{tolerance:.2g}",
                          "" if tolerance is None else "within" if within else "OUTSIDE"))

    def show(self):
        widths = [max(map(len, column)) for column in zip(self.HEAD, *self.rows)]
        print(f"\n{self.title}")
        for cells in (self.HEAD, *self.rows):
            aligned = (cell.ljust(width) if place in (0, 3, 6) else cell.rjust(width)
                       for place, (cell, width) in enumerate(zip(cells, widths)))
            print("  " + "  ".join(aligned).rstrip())
        sys.stdout.flush()


def finish():
    """Ends the reproduction: status 1 when a row was outside its tolerance."""
    sys.exit(0 if Table.held else 1)

"""Measure a folder of vendors' documents: `python -m counterfoil_tools.corpus FOLDER [--lint]
[--generate] [--call] [--verify] [--peer] [--json FILE] [--keep FOLDER]`.

  FOLDER         the documents: *.json, *.yaml and *.yml
  --lint         count the lint faults of each result, by rule
  --generate     generate each package, import it and build its decoders
  --call         with --generate: call each operation once, without sending anything
  --verify       run the checks of `adopt --verify` on each result
  --peer         run openapi-python-client on each document, too, and print a second table
  --json FILE    write the figures there
  --keep FOLDER  write the adopted specs there, to look at; with --call also the requests

Each document is adopted in a process of its own, one after the other. Exit status: 0 all adopted; 1
some were not; 2 the command line is wrong.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from . import calls, checks, peer

SUFFIXES = (".json", ".yaml", ".yml")
LONGEST_REASON = 300  # characters of it in the table
LONGEST = 300  # seconds that a document may take
VALUES = {"--json", "--keep"}
FLAGS = {"--lint", "--generate", "--call"}


def main(words: list[str]) -> int:
    if "--help" in words:
        print(__doc__)
        return 0
    options, rest = _options(words)
    if len(rest) != 1 or not Path(rest[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        kept = Path(options.get("--keep") or temporary)
        found = {}
        for file in sorted(Path(rest[0]).iterdir()):
            if file.suffix in SUFFIXES:
                found[file.name] = _measure_all(file, kept / _name(file), options)
    lines = report(found)
    for part in (calls, checks, peer):
        lines += part.report(found)
    print("\n".join(lines))
    if "--json" in options:
        Path(options["--json"]).write_text(json.dumps(found, indent=1) + "\n")
    return 0 if all(one["adopted"] for one in found.values()) else 1


def _options(words: list[str]) -> tuple[dict[str, str], list[str]]:
    options: dict[str, str] = {}
    rest: list[str] = []
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if word in VALUES and waiting:
            options[word] = waiting.pop(0)
        elif word.startswith("--"):
            options[word] = ""
        else:
            rest.append(word)
    return options, rest


def _name(file: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-") or "document"


def _measure_all(file: Path, folder: Path, options: dict[str, str]) -> dict[str, Any]:
    """Return the figures of a document, with those of the checks and of the peer if asked for."""
    print(file.name, file=sys.stderr, flush=True)
    found = _measure(file, folder, FLAGS & options.keys())
    if "--verify" in options and found["adopted"]:
        found["checks"] = checks.check(folder)
    if "--peer" in options:
        found["peer"] = peer.run(file)
    return found


def _measure(file: Path, folder: Path, flags: set[str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "counterfoil_tools.corpus.measure", str(file), str(folder)]
    command += sorted(flags)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return {"adopted": False, "reason": f"not done after {LONGEST} seconds"}
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["ended without a word"])[-1]
        return {"adopted": False, "reason": f"fell over: {last}"}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def report(found: dict[str, dict[str, Any]]) -> list[str]:
    """Return the table and the sums, as lines."""
    lines = [
        "| document | adopted | operations | schemas | seconds | MiB | generated | lint |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, one in found.items():
        if not one["adopted"]:
            lines.append(f"| {name} | no: {one['reason']} | | | | | | |")
            continue
        faults = ", ".join(
            f"{rule} {count}" for rule, count in sorted(one.get("faults", {}).items())
        )
        figures = [
            f"{one['kept']} of {one['total']}",
            one["schemas"],
            one["seconds"],
            one["memory"],
            _say_generated(one),
        ]
        lines.append(f"| {name} | yes | {' | '.join(map(str, figures))} | {faults} |")
    adopted = [one for one in found.values() if one["adopted"]]
    kept = sum(one["kept"] for one in adopted)
    total = sum(one["total"] for one in adopted)
    seconds = sum(one["seconds"] for one in adopted)
    lines += [
        "",
        f"{len(adopted)} of {len(found)} documents, {kept} of {total} operations, {seconds:.1f} s",
    ]
    lines += _sum_generated(adopted, total)
    for title, key in (("left out", "reasons"), ("also left out", "others"), ("lint", "faults")):
        counted: Counter[str] = Counter()
        for one in adopted:
            counted.update(one.get(key, {}))
        lines += [
            "",
            f"{title}:",
            *(f"  {count:6} {reason}" for reason, count in counted.most_common()),
        ]
    return lines


def _say_generated(one: dict[str, Any]) -> str:
    """Return the time of generation, or why it failed; "" if it was not asked for."""
    if "generated" not in one:
        return ""
    if one["generated"]:
        return f"{one['generate_seconds']} s"
    return f"no: {' '.join(one['generate_reason'].split())[:LONGEST_REASON]}".replace("|", "/")


def _sum_generated(adopted: list[dict[str, Any]], total: int) -> list[str]:
    if not any("generated" in one for one in adopted):
        return []
    made = [one for one in adopted if one.get("generated")]
    kept = sum(one["kept"] for one in made)
    seconds = sum(one["generate_seconds"] for one in made)
    share = f"{100 * kept / total:.1f} %" if total else "none"
    return [
        f"{len(made)} packages generated, imported, every decoder built: "
        f"{kept} of {total} operations ({share}), {seconds:.1f} s"
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

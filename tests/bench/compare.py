#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the benchmarks, ours and the peers', and prints Markdown tables. Called by run.sh.

  compare.py BIN SHARED SCRATCH [single] [compile] [responses] [charts] [forms]

BIN holds our programs, SHARED the cases and the peers' scripts, SCRATCH takes the generated records.
PEERS names the folder whose node_modules holds the peers. What is missing is skipped, and said so.
"""
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = ["fhirpath.js", "medplum"]
EXPRESSIONS = HERE / "single.txt"


def note(text):
    print(text, file=sys.stderr, flush=True)


def output_of(*command):
    note("   " + " ".join(Path(str(word)).name for word in command))
    return subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, text=True).stdout


def installed_peers(shared):
    folder = os.environ.get("PEERS")
    if not folder or not shutil.which("node") or not (shared / "bench/engines.mjs").exists():
        note("skipped: the peers (they need node, SHARED/bench, and PEERS, the folder that holds node_modules)")
        return []
    packages = {"fhirpath.js": "fhirpath", "medplum": "@medplum/core"}
    return [peer for peer in PEERS if (Path(folder) / "node_modules" / packages[peer]).exists()]


def table(title, head, rows):
    lines = [f"### {title}", "", "| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows] + [""])


def number(value):
    return "" if value is None else f"{value:.3g}" if value < 100 else f"{value:,.0f}"


def single(programs, shared, peers):
    """Evaluations per CPU second; a peer's other answer is marked and not compared."""
    inputs = shared / "cases/fhirpath/inputs"
    if not inputs.exists():
        return f"Single expressions: skipped, {inputs} is not there.\n"

    def lines_of(text):
        return {name: (float(rate) if rate else None, values)
                for name, rate, values in (line.split("\t") for line in text.splitlines())}

    ours = lines_of(output_of(programs / "bench_single", EXPRESSIONS, inputs))
    theirs = {peer: lines_of(output_of("node", HERE / "peers.mjs", shared / "bench/engines.mjs", peer, EXPRESSIONS, inputs))
              for peer in peers}
    rows = []
    for name, (rate, values) in ours.items():
        cells, fastest = [], 0
        for peer in peers:
            other_rate, other_values = theirs[peer][name]
            comparable = other_rate is not None and other_values == values
            fastest = max(fastest, other_rate if comparable else 0)
            cells.append("error" if other_rate is None else number(other_rate) + ("" if comparable else " (other answer)"))
        rows.append([name, "error" if rate is None else number(rate), *cells,
                     number(rate / fastest) if rate and fastest else ""])
    return table("Single expressions: evaluations per CPU second, best of five windows of 0.25 s",
                 ["expression", "fbss", *peers, "times the fastest peer"], rows)


def compile_rules(programs, shared):
    rules = shared / "bench/rules.json"
    if not rules.exists():
        return f"Compile: skipped, {rules} is not there.\n"
    lines = [line.split("\t") for line in output_of(programs / "bench_compile", rules).splitlines()]
    return table("Compile: microseconds a rule", ["rule", "fbss"], lines)


def responses(programs, shared, scratch, peers):
    generator, rules = shared / "bench/gen_responses.py", shared / "bench/rules.json"
    if not generator.exists():
        return f"Responses: skipped, {generator} is not there.\n"
    file = scratch / "responses.ndjson"
    if not file.exists():
        note(output_of(sys.executable, generator, "--out", file).strip())

    runs = {}
    for what, title in [("rules", "fbss, ten rules"), ("parse", "fbss, parse only"), ("walk", "fbss, parse and walk"),
                        ("simdjson", "simdjson DOM and walk"), ("nlohmann", "nlohmann DOM and walk")]:
        runs[title] = json.loads(output_of(programs / "bench_responses", what, file, rules))
    for peer in [*peers, *(["none"] if peers else [])]:
        run = json.loads(output_of("node", shared / "bench/bench_responses.mjs", peer, "--file", file, "--rules", rules,
                                   "--reps", "2"))
        rate = max(run["per_cpu_s"])
        megabytes = rate * file.stat().st_size / run["responses"] / 1e6
        runs["JSON.parse alone" if peer == "none" else f"{peer}, ten rules"] = {
            "per_cpu_s": rate, "MB_per_s": megabytes, "peak_MiB": run["peak_rss_MiB"], "counts": run.get("counts")}

    ours = runs["fbss, ten rules"]
    rows = [[title, number(run["per_cpu_s"]), f"{1e6 / run['per_cpu_s']:,.2f}", number(run["MB_per_s"]),
             number(run["peak_MiB"]), number(ours["per_cpu_s"] / run["per_cpu_s"])] for title, run in runs.items()]
    text = table(f"{ours['responses']:,} responses, {file.stat().st_size / 1e6:.1f} MB in memory, one thread, by CPU time",
                 ["reader", "responses/s", "µs each", "MB/s", "peak MiB", "fbss with ten rules, times this"], rows)

    walks = [runs[title] for title in ("fbss, parse and walk", "simdjson DOM and walk", "nlohmann DOM and walk")]
    same = all((run["values"], run["bytes"]) == (walks[0]["values"], walks[0]["bytes"]) for run in walks)
    text += "\nThe three walks see the same values and bytes of text.\n" if same else "\n**THE WALKS DIFFER.**\n"
    for peer in peers:
        other = runs[f"{peer}, ten rules"]["counts"]
        differing = [rule for rule in other if other[rule] != ours["counts"].get(rule)]
        text += (f"\n**{peer} COUNTS DIFFERENTLY: {', '.join(differing)}.**\n" if differing
                 else f"\nThe counts of all ten rules are those of {peer}.\n")
    return text + "\nTrue/false/empty: " + "; ".join(f"{rule} {count}" for rule, count in ours["counts"].items()) + ".\n"


def best_of_rounds(commands, rounds=3):
    """What each command prints as JSON, in its fastest round: taking turns, so that all meet the same machine."""
    best = {}
    for _ in range(rounds):
        for what, command in commands.items():
            run = json.loads(output_of(*command))
            if what not in best or run["per_cpu_s"] > best[what]["per_cpu_s"]:
                best[what] = run
    return best


def charts(programs, scratch, peers):
    """Bundles per CPU second; the peer does the expressions and nothing else."""
    program = programs / "bench_charts"
    commands = {what: [program, what] for what in ("parse", "prefill", "screen", "report")}
    titles = {"parse": "fbss, parse only", "prefill": "fbss, parse and prefill", "screen": "fbss, parse, prefill, assess a response",
              "report": "fbss, the same with findings explained and a report as JSON"}
    if "fhirpath.js" in peers:
        files = [scratch / f"chart_{what}.json" for what in ("bundle", "rules", "members")]
        for what, file in zip(("bundle", "rules", "members"), files):
            file.write_text(output_of(program, what))
        for what in ("parse", "prefill", "screen"):
            commands[f"peer {what}"] = ["node", HERE / "charts.mjs", what, *files]
        titles |= {"peer parse": "JSON.parse alone", "peer prefill": "fhirpath.js, parse and the chart's expressions",
                   "peer screen": "fhirpath.js, the same and the screen's expressions"}
    runs = best_of_rounds(commands)
    rates, text = {what: run["per_cpu_s"] for what, run in runs.items()}, ""
    if "fhirpath.js" in peers:
        def seconds(what):
            return 1 / rates[what]

        def differing(which):
            ours, theirs = runs["screen"][which], runs["peer screen"][which]
            return [rule for rule in ours if ours[rule] != theirs.get(rule)]

        for what, title in [("prefill", "Parse and prefill"), ("screen", "Parse, prefill and screen")]:
            whole = seconds(f"peer {what}") / seconds(what)
            alone = (seconds(f"peer {what}") - seconds("peer parse")) / (seconds(what) - seconds("parse"))
            text += f"\n{title}: {whole:.0f} times fhirpath.js. Without the parsing of either: {alone:.0f} times.\n"
        for which, title in [("found", "finds"), ("statuses", "says")]:
            text += (f"\n**WHAT fhirpath.js {title} DIFFERS: {', '.join(differing(which))}.**\n" if differing(which)
                     else f"\nWhat each of {len(runs['screen'][which])} rules {title} is the same.\n")
    rows = [[titles[what], number(rate), f"{1e6 / rate:,.0f}"] for what, rate in rates.items()]
    return table(f"A chart of {runs['parse']['resources']} resources, {runs['parse']['bytes'] / 1e3:.0f} KB, one thread, by CPU time",
                 ["what", "charts/s", "µs each"], rows) + text


def forms(programs, scratch, peers):
    """Responses per CPU second, calculated values filled in; the peer works out their expressions and nothing else."""
    program, form, file = programs / "bench_forms", HERE / "forms.json", scratch / "forms.ndjson"
    file.write_text(output_of(program, "make", 8000))
    commands = {title: [program, what, form, file]
                for what, title in [("calculate", "fbss, calculate"), ("validate", "fbss, validate"),
                                    ("both", "fbss, calculate and validate"), ("intervals", "fbss, calculate and intervals")]}
    if "fhirpath.js" in peers:
        commands["fhirpath.js, the calculated expressions"] = ["node", HERE / "forms.mjs", form, file]
    runs, text = best_of_rounds(commands), ""
    if "fhirpath.js" in peers:
        peer = runs["fhirpath.js, the calculated expressions"]
        times = {what: runs[f"fbss, {what}"]["per_cpu_s"] / peer["per_cpu_s"] for what in ("calculate", "calculate and validate")}
        # What is rounded at a half goes either way in binary fractions.
        tolerance = {"total": 0, "answered": 0, "bmi": 1e-5}
        differing = [name for name, sum in runs["fbss, calculate"]["sums"].items()
                     if abs(sum - peer["sums"][name]) > tolerance[name] * sum]
        text = (f"\nCalculate: {times['calculate']:.0f} times fhirpath.js; calculate and validate: "
                f"{times['calculate and validate']:.0f} times.\n"
                + (f"\n**DIFFERENT SUMS: {', '.join(differing)}.**\n" if differing else
                   "\nThe sums of the calculated numbers are the same; the BMI's, each rounded, to five digits: the peer counts in "
                   "binary fractions.\n"))
    rows = [[title, number(run["per_cpu_s"]), f"{1e6 / run['per_cpu_s']:,.1f}", number(run["peak_MiB"])]
            for title, run in runs.items()]
    return table(f"{runs['fbss, calculate']['responses']:,} responses to a form, {file.stat().st_size / 1e6:.1f} MB as NDJSON, "
                 "one thread, by CPU time", ["what", "responses/s", "µs each", "peak MiB"], rows) + text


def main():
    programs, shared, scratch = (Path(word) for word in sys.argv[1:4])
    wanted = sys.argv[4:] or ["single", "compile", "responses", "charts", "forms"]
    peers = installed_peers(shared)
    results = []
    for what in wanted:
        if what == "single":
            results.append(single(programs, shared, peers))
        elif what == "compile":
            results.append(compile_rules(programs, shared))
        elif what == "responses":
            results.append(responses(programs, shared, scratch, peers))
        elif what == "charts":
            results.append(charts(programs, scratch, peers))
        elif what == "forms":
            results.append(forms(programs, scratch, peers))
        else:
            sys.exit(f"no benchmark {what}: single, compile, responses, charts or forms")
    print("\n".join(results))


if __name__ == "__main__":
    main()

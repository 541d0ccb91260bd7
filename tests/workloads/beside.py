#!/usr/bin/env python3
"""beside.py PEERS SIZE [options]: our server beside others over the same data, one table of ratios.

PEERS is a folder with the other servers' scripts, its parameters and its bench (see load.py); SIZE is S, M, L or XL. The
others are started where they are not running, and left out with a line where they cannot be; ours is the release binary
over a snapshot file with nothing kept of answers, built where it is not there. Rounds go round all of them in turn; the table
has medians of requests per second relative to one process of Mercurius, and the processor time of a request.

Other load on the machine makes all of them slower and not all alike: compare inside one run only.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
OURS = "trialweave"
BASE = "mercurius"
OTHERS = ["mercurius", "mercurius-x2", "asyncgraphql", "postgraphile"]
# Three routes of one program: fixed answers, and code written by hand for each question, which is no GraphQL server.
OF_ONE = {"asyncgraphql": ["asyncgraphql", "rustfast", "rustceil"]}
SIZES = ["S", "M", "L", "XL"]
# Requests per second relative to one process of Mercurius that ours must have, and should.
WANTED = {
    "W1": [(4, 6), (5, 7), (6, 8), (4.5, 6)],
    "W2": [(4, 6), (6, 8), (17, 25), (28, 40)],
    "W3": [(7, 10), (20, 29), (30, 45), (25, 36)],
    "W4": [(3.5, 5), (4, 6), (6, 9), (9, 14)],
    "W4n": [(3.5, 5), (4.5, 6.5), (11, 16), (15, 21)],
    "W5": [(3, 4), (6, 9), (6, 9), (9, 13)],
    "W5b": [(3.5, 4.5), (5, 7), (6, 9), (80, 115)],
    "W6": [(2.5, 4), (10, 15), (40, 150), (8, 100)],
    "W7": [(2.5, 4), (5.5, 8), (6, 9), (6.5, 9.5)],
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peers", type=pathlib.Path)
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "target/release/trialweave")
    parser.add_argument("--also", metavar="NAME=BINARY", action="append", default=[],
                        help="another program of ours, beside")
    parser.add_argument("--snapshot", type=pathlib.Path, help="a file that `trialweave build` wrote; else one is built")
    parser.add_argument("--running", metavar="URL=PID", help="our server, running already; then none is started")
    parser.add_argument("--others", default=",".join(OTHERS))
    parser.add_argument("--work", default=",".join(WANTED))
    parser.add_argument("--rounds", default="3")
    parser.add_argument("--seconds", default="2", help="of each run: a whole number")
    parser.add_argument("--connections", default="8")
    parser.add_argument("--port", type=int, default=4400)
    parser.add_argument("--tag", default="beside", help="name of the file of samples; samples of one tag add up")
    parser.add_argument("--table", action="store_true", help="only print the table of a tag's samples again")
    return parser.parse_args()


def say(text):
    print(text, file=sys.stderr, flush=True)


def started(args):
    """The other servers that run, and for each its routes."""
    running = []
    for name in args.others.split(","):
        done = subprocess.run([args.peers / "run.sh", name, args.size], capture_output=True, text=True)
        if done.returncode:
            say(f"{name}: left out, it does not start: {done.stderr.strip()[-300:]}")
            continue
        running += OF_ONE.get(name, [name])
    if "rustceil" in running and not (args.peers / f"workloads/{args.size}/static-post").is_dir():
        # What is answered by fixed bytes are the answers of the others.
        subprocess.run([sys.executable, args.peers / "mkanswers.py", args.size], check=True, capture_output=True)
        subprocess.run([args.peers / "run.sh", "asyncgraphql", args.size, "stop"], check=True)
        subprocess.run([args.peers / "run.sh", "asyncgraphql", args.size], check=True, capture_output=True)
    return running


def snapshot(args, folder):
    """A snapshot file of the generated data of this size."""
    if args.snapshot:
        return args.snapshot
    data, file = f"{folder}/data", f"{folder}/release"
    say(f"generating and building {args.size}")
    subprocess.run([args.binary, "generate", data, "--size", args.size], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([args.binary, "build", data, "-o", file], check=True, stdout=subprocess.DEVNULL)
    return file


def served(binary, port, file):
    """A server of ours, answering, with nothing kept of answers."""
    address = f"127.0.0.1:{port}"
    command = [binary, "serve", file, "--listen", address, "--cache-bytes", "0", "--log-level", "error"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://{address}/ready", timeout=1).read()
            return server, f"http://{address}/graphql"
        except OSError:
            time.sleep(0.1)
            if server.poll() is not None:
                break
    server.kill()
    raise SystemExit("our server does not answer")


def settle(process):
    """Waits until a server that indexes words in the background has done so."""
    ticks = lambda: sum(int(n) for n in open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()[11:13])
    quiet, before = 0, ticks()
    for _ in range(600):
        time.sleep(0.5)
        now = ticks()
        quiet, before = (quiet + 1 if now - before < 3 else 0), now
        if quiet == 3:
            return
    say("our server does not come to rest: it is measured as it is")


def samples(args):
    """The samples of a tag, by workload and server."""
    found = {}
    with open(args.peers / f"results/{args.tag}-{args.size}.jsonl") as lines:
        for line in lines:
            sample = json.loads(line)
            if sample["conc"] == int(args.connections):
                found.setdefault((sample["W"], sample["peer"]), []).append(sample)
    return found


def table(args):
    found = samples(args)
    middle = lambda name, peer, key: statistics.median(s[key] for s in found[name, peer])
    order = [BASE, "mercurius-x2", "asyncgraphql", "postgraphile", "rustfast", "rustceil"]
    place = lambda peer: (peer.startswith(OURS), order.index(peer) if peer in order else len(order), peer)
    peers = sorted({peer for _, peer in found}, key=place)
    cells = [f"{BASE}, requests/s (ms)"] + [f"{p} (ms)" for p in peers if p != BASE] + ["must / aim", "p50 ms"]
    print(f"\n| {args.size} | " + " | ".join(cells) + " |\n|" + "---|" * (len(cells) + 1))
    behind = []
    for name, wanted in WANTED.items():
        if (name, BASE) not in found:
            continue
        base = middle(name, BASE, "rps")
        row = [f"{base:,.0f} ({middle(name, BASE, 'cpu_ms'):.3f})"]
        ratios = {}
        for peer in peers:
            if (name, peer) in found and peer != BASE:
                ratios[peer] = middle(name, peer, "rps") / base
            if peer != BASE:
                row.append(f"{ratios[peer]:.2f} ({middle(name, peer, 'cpu_ms'):.3f})" if peer in ratios else "–")
        must, aim = wanted[SIZES.index(args.size)]
        ours = ratios.get(OURS)
        if ours is not None and ours < must:
            behind.append(f"{name} {ours:.1f} of {must}")
        best = max((r for p, r in ratios.items() if not p.startswith((OURS, "rust"))), default=1)
        if ours is not None and ours <= best:
            behind.append(f"{name} behind another server ({best:.1f})")
        row += [f"{must} / {aim}", f"{middle(name, OURS, 'p50'):.2f}" if ours is not None else "–"]
        print(f"| {name} | " + " | ".join(row) + " |")
    loads = [s["load"] for all_of in found.values() for s in all_of]
    errors = sum(s["err"] for all_of in found.values() for s in all_of)
    print(f"\n{args.connections} connections; load average {statistics.median(loads):.1f}, {errors} errors.")
    print("Below what it must: " + ("; ".join(behind) or "none") + ".")


def main():
    args = arguments()
    if args.table:
        return table(args)
    also = [(f"{OURS}-{name}", binary) for name, binary in (also.split("=", 1) for also in args.also)]
    with tempfile.TemporaryDirectory() as folder:
        others = started(args)
        servers, ours = [], []
        try:
            if args.running:
                url, process = args.running.split("=")
                ours.append((OURS, url, process))
            if also or not ours:
                file = snapshot(args, folder)
            if not ours:
                also.insert(0, (OURS, args.binary))
            for at, (name, binary) in enumerate(also):
                server, url = served(binary, args.port + at, file)
                servers.append(server)
                ours.append((name, url, server.pid))
            bench = [args.peers / "bench.sh", args.size, "--peers", ",".join(others), "--work", args.work]
            bench += ["--rounds", args.rounds, "--dur", args.seconds, "--conc", args.connections, "--tag", args.tag]
            for name, url, process in ours:
                settle(process)
                bodies = f"{folder}/bodies-{name}"
                load = [sys.executable, ROOT / "tests/workloads/load.py", args.peers, args.size, url, bodies]
                subprocess.run(load, check=True, stdout=sys.stderr)
                bench += ["--add", f"{name}={url}={bodies}={process}"]
            subprocess.run(bench, check=True, stdout=subprocess.DEVNULL)
        finally:
            for server in servers:
                server.terminate()
                server.wait()
    table(args)


if __name__ == "__main__":
    # Its own file would be kept beside the scripts.
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    main()

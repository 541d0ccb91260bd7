#!/usr/bin/env python3
"""load.py PEERS SIZE URL OUT: the workloads as request bodies for our contract, one JSON a line, in OUT/Wn.jsonl.

The parameters are those that the other servers are asked with (PEERS/data/SIZE/params.json), so that all are asked the
same. The server at URL serves what `trialweave generate --size SIZE` wrote: where the others take an offset, ours takes
a cursor, which is had by paging to the place before it. A cursor belongs to a release: write the bodies again for other
data.
"""

import csv
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import workloads


def main():
    peers, size, url, out = sys.argv[1:5]
    with open(f"{peers}/data/{size}/target.csv", newline="") as lines:
        symbols = {row["symbol"]: int(row["id"]) for row in csv.DictReader(lines)}
    with open(f"{peers}/data/{size}/params.json") as file:
        params = json.load(file)
    server = workloads.Server(url)
    os.makedirs(out, exist_ok=True)
    for name, values in workloads.values(params).items():
        asked = [workloads.variables(server, name, value, symbols) for value in values]
        bodies = [json.dumps({"query": workloads.QUERIES[name], "variables": one}, separators=(",", ":")) for one in asked]
        with open(f"{out}/{name}.jsonl", "w") as file:
            file.write("".join(f"{body}\n" for body in bodies))
        print(f"{name}: {len(bodies)} requests")


if __name__ == "__main__":
    main()

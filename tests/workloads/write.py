#!/usr/bin/env python3
"""write.py PEERS SIZE URL FOLDER: the requests of the nine workloads, one body a line, for benches and load.

Cursors are asked of the server at URL, so the requests are good for the release that it serves.
"""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from workloads import QUERIES, Server, values, variables


def main():
    peers, size, url, folder = sys.argv[1:5]
    os.makedirs(folder, exist_ok=True)
    with open(f"{peers}/data/{size}/target.csv") as targets:
        symbols = {line.split(",")[1]: int(line.split(",")[0]) for line in targets.readlines()[1:]}
    params = json.load(open(f"{peers}/data/{size}/params.json"))
    server = Server(url)
    for name, all_values in values(params).items():
        with open(f"{folder}/{name}.jsonl", "w") as out:
            for value in all_values:
                body = {"query": QUERIES[name], "variables": variables(server, name, value, symbols)}
                out.write(json.dumps(body) + "\n")


main()

#!/usr/bin/env python3
"""load.py PEERS SIZE URL OUT: the workloads as request bodies for our contract, one JSON a line, in OUT/Wn.jsonl.

The parameters are those that the other servers are asked with (PEERS/data/SIZE/params.json), so that all are asked the
same. The server at URL serves what `trialweave generate --size SIZE` wrote: where the others take an offset, ours takes
a cursor, which is had by paging to the place before it. A cursor belongs to a release: write the bodies again for other
data.
"""

import json
import os
import sys

import verify


class Symbols:
    """Numbers of the targets, by symbol: the ids of our data are made of them."""

    def __init__(self, folder):
        import csv

        with open(f"{folder}/target.csv", newline="") as lines:
            self.sym = {row["symbol"]: int(row["id"]) for row in csv.DictReader(lines)}


class Pages(verify.Server):
    """Remembers cursors, so that many places of one list cost one way through it."""

    def __init__(self, url):
        super().__init__(url)
        self.known = {}

    def cursor(self, query, variables, offset):
        known = self.known.setdefault(query + json.dumps(variables, sort_keys=True), {0: None})
        if offset not in known:
            start = max(at for at in known if at < offset)
            head = query.split("{nodes{", 1)[0].replace("first:50", "first:1000")
            while start < offset:
                first = min(offset - start, 1000)
                page = head.replace("first:1000", f"first:{first}") + "{pageInfo{endCursor}}}"
                after = self.ask(page, {**variables, "a": known[start]})["trials"]["pageInfo"]["endCursor"]
                start += first
                known[start] = after
        return known[offset]


def main():
    peers, size, url, out = sys.argv[1:5]
    data = Symbols(f"{peers}/data/{size}")
    with open(f"{peers}/data/{size}/params.json") as file:
        params = json.load(file)
    server = Pages(url)
    os.makedirs(out, exist_ok=True)
    for name, values in verify.values(params).items():
        bodies = []
        # Cursors are known once a later place was asked for: in the order of places, each step of the way is taken once.
        order = sorted(range(len(values)), key=lambda at: (values[at].get("a", values[at].get("o", 0))))
        asked = {at: verify.variables(server, name, values[at], data) for at in order}
        for at in range(len(values)):
            body = {"query": verify.QUERIES[name], "variables": asked[at]}
            bodies.append(json.dumps(body, separators=(",", ":")))
        with open(f"{out}/{name}.jsonl", "w") as file:
            file.write("".join(f"{body}\n" for body in bodies))
        print(f"{name}: {len(bodies)} requests")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""verify.py PEERS SIZE URL [N]: answers of a running server against an independent oracle.

PEERS is a folder with the oracle (oracle.py) and its data (data/SIZE, with params.json). The server serves what
`trialweave generate --size SIZE` wrote, which is the same data in our own layout. For the first N parameters of each of
the nine workloads (20 where left out), the answer in the oracle's form must be the oracle's. Ends with 1 where one is not.
"""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from workloads import QUERIES, Server, canonical, values, variables, wrong


def main():
    peers, size, url = sys.argv[1:4]
    most = int(sys.argv[4]) if len(sys.argv) > 4 else 20
    sys.path.insert(0, peers)
    import oracle as peers_oracle

    oracle = peers_oracle.Oracle(f"{peers}/data/{size}")
    params = json.load(open(f"{peers}/data/{size}/params.json"))
    server, failed = Server(url), 0
    for name, all_values in values(params).items():
        right = 0
        for value in all_values[:most]:
            ours = variables(server, name, value, oracle.sym)
            got = canonical(name, server.ask(QUERIES[name], ours), ours.get("t"), server)
            want = wrong(name, got, value, oracle)
            if want is None:
                right += 1
            else:
                failed += 1
                print(f"{name} {value}\n  got  {str(got)[:400]}\n  want {str(want)[:400]}")
        print(f"{name}: {right} of {len(all_values[:most])} equal")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

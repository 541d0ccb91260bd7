#!/usr/bin/env python3
"""verify.py PEERS SIZE URL [N]: answers of a running server against an independent oracle.

PEERS is a folder with the oracle (oracle.py) and its data (data/SIZE, with params.json). The server serves what
`trialweave generate --size SIZE` wrote, which is the same data in our own layout. For the first N parameters of each
workload, the answer in the oracle's form must equal the oracle's. Ends with 1 where one does not.

What our contract does not say is listed in UNSAID with the reason, not skipped silently.
"""

import json
import sys
import urllib.request

BASE = "nctId title status phases startDate enrollment"
ENDS = "targets{target{label}} diseases{disease{label}} drugs{drug{label drugKind}}"

QUERIES = {
    "W1": "query($n:String!){trial(id:$n){%s targets{target{label}} diseases{disease{label parents{label}}}"
    " drugs{drug{label drugKind}} references(first:100){nodes{pmid title year}}}}" % BASE,
    "W2": "query($s:TrialStatus!,$p:[Phase!]!,$y:Int!,$a:String){trials(first:50,after:$a,filter:{status:{eq:$s},"
    "phase:{exactly:$p},startYear:{gte:$y}},orderBy:[{field:START_DATE,direction:DESC}]){nodes{%s %s}}}" % (BASE, ENDS),
    "W3": "query($a:String){trials(first:1000,after:$a){nodes{nctId phases targets{target{label}}"
    " diseases{disease{label}} drugs{drug{label}}}}}",
    "W4n": "query($t:String!){target(id:$t){trials(first:1000,filter:{status:{eq:RECRUITING},"
    "phase:{exactly:[PHASE1]}}){totalCount nodes{nctId diseases{disease{label}} drugs{drug{label}}}}}}",
    "W6": "query($d:ID!,$y:Int!){trials(first:1,filter:{disease:{some:{within:{id:$d}}},startYear:{gte:$y}}){totalCount"
    " facets(dimensions:[STATUS,START_YEAR],limit:100){dimension buckets{key count}}"
    " top:facets(dimensions:[TARGET],limit:10){buckets{label count}}}}",
}
UNSAID = {
    "W4": "pairs of disease and drug over all of a target's trials: `matrix` bounds rows and columns, not pairs",
    "W5": "references that a reference cites over several steps: `neighborhood` follows links both ways",
    "W5b": "shortest path along citations: `paths` follows links both ways",
    "W6, phases": "a trial of two phases counts in both of them, in the oracle in one of its own",
    "W7": "words of a title: `text` reads more than titles, `title.contains` finds parts of words",
}


class Server:
    def __init__(self, url):
        self.url = url

    def ask(self, query, variables):
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(self.url, body, {"content-type": "application/json"})
        answer = json.load(urllib.request.urlopen(request))
        if answer.get("errors"):
            raise SystemExit(f"{query}\n{variables}\n{answer['errors']}")
        return answer["data"]

    def cursor(self, query, variables, offset):
        """The cursor of the item before this place."""
        after = None
        while offset > 0:
            first = min(offset, 1000)
            page = query.replace("first:50", f"first:{first}").replace("first:1000", f"first:{first}")
            head, _ = page.split("{nodes{", 1)
            page = head + "{pageInfo{endCursor}}}"
            after = self.ask(page, {**variables, "a": after})["trials"]["pageInfo"]["endCursor"]
            offset -= first
        return after


def phase(trial):
    return "_".join(trial["phases"])


def row(trial):
    named = lambda field, one: sorted(item[one]["label"] for item in trial[field])
    base = [trial["nctId"], trial["title"], trial["status"], phase(trial), int(trial["startDate"][:4]), trial["enrollment"]]
    return base + [named("targets", "target"), named("diseases", "disease"), named("drugs", "drug")]


def variables(server, name, value, data):
    """Our variables for the oracle's."""
    if name == "W2":
        ours = {"s": value["s"], "p": value["p"].split("_PHASE") if value["p"] != "EARLY_PHASE1" else [value["p"]]}
        ours["p"] = [p if p.startswith(("PHASE", "EARLY", "NA")) else f"PHASE{p}" for p in ours["p"]]
        ours["y"] = value["y"]
        return {**ours, "a": server.cursor(QUERIES["W2"], ours, value["o"])}
    if name == "W3":
        return {"a": server.cursor(QUERIES["W3"], {}, value["a"])}
    if name == "W4n":
        return {"t": f"target:t{data.sym[value['t']]}"}
    if name == "W6":
        return {"d": f"disease:c{value['d']}", "y": value["y"]}
    return value


def canonical(name, data, value):
    if name == "W1":
        trial = data["trial"]
        parents = [[d["disease"]["label"], sorted(p["label"] for p in d["disease"]["parents"])] for d in trial["diseases"]]
        cited = [[int(r["pmid"]), r["title"], r["year"]] for r in trial["references"]["nodes"]]
        return row(trial) + [sorted(parents), sorted(cited)]
    if name == "W2":
        return [row(trial) for trial in data["trials"]["nodes"]]
    if name == "W3":
        rows = [row({**trial, "title": "", "status": "", "startDate": "2000", "enrollment": 0}) for trial in data["trials"]["nodes"]]
        return [[r[k] for k in (0, 3, 6, 7, 8)] for r in rows]
    if name == "W4n":
        trials = data["target"]["trials"]["nodes"]
        named = lambda trial, field, one: sorted(item[one]["label"] for item in trial[field])
        return sorted([t["nctId"], named(t, "diseases", "disease"), named(t, "drugs", "drug")] for t in trials)
    trials = data["trials"]
    counts = {f["dimension"]: sorted(([b["key"], b["count"]] for b in f["buckets"] if b["count"]), key=lambda b: (-b[1], b[0])) for f in trials["facets"]}
    top = sorted(([b["label"], b["count"]] for b in trials["top"][0]["buckets"]), key=lambda b: (-b[1], b[0]))
    # A facet counts as if its own dimension were not filtered: years before the wanted ones are there as well.
    years = [bucket for bucket in counts["START_YEAR"] if int(bucket[0]) >= value["y"]]
    return [trials["totalCount"], counts["STATUS"], years, [count for _, count in top]]


def expected(name, value, oracle):
    want = getattr(oracle, name)(value)
    if name == "W6":
        total, status, _, year, top = want
        # Of equally frequent targets either may be the tenth.
        return [total, status, year, [count for _, count in top]]
    return want


def values(params):
    named = {
        "W1": [{"n": n} for n in params["W1"]],
        "W2": [{"s": v["status"], "p": v["phase"], "y": v["minYear"], "o": v["offset"]} for v in params["W2"]],
        "W3": [{"a": a} for a in params["W3"]],
        "W4n": [{"t": t} for t in params["W4"]],
        "W6": [{"d": v["disease"], "y": v["minYear"]} for v in params["W6"]],
    }
    return named


def main():
    peers, size, url = sys.argv[1:4]
    most = int(sys.argv[4]) if len(sys.argv) > 4 else 20
    sys.path.insert(0, peers)
    import oracle as peers_oracle

    oracle = peers_oracle.Oracle(f"{peers}/data/{size}")
    params = json.load(open(f"{peers}/data/{size}/params.json"))
    server, wrong = Server(url), 0
    for name, all_values in values(params).items():
        right = 0
        for value in all_values[:most]:
            got = canonical(name, server.ask(QUERIES[name], variables(server, name, value, oracle)), value)
            want = expected(name, value, oracle)
            if got == want:
                right += 1
            else:
                wrong += 1
                print(f"{name} {value}\n  got  {str(got)[:400]}\n  want {str(want)[:400]}")
        print(f"{name}: {right} of {len(all_values[:most])} equal")
    for name, why in UNSAID.items():
        print(f"{name}: not said by the contract: {why}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

"""The nine workloads against our contract: what is asked, with which variables, and what the answer says.

The parameters are those of an independent generator (params.json beside its data); `variables` turns one of them into ours.
Cursors are asked of the server, so each release has its own. `canonical` is the answer in the oracle's form.
"""

import http.client
import json
import urllib.parse
from collections import Counter

BASE = "nctId title status phases startDate enrollment"
ENDS = "targets{target{label}} diseases{disease{label}} drugs{drug{label drugKind}}"
RECRUITING = "filter:{status:{eq:RECRUITING},phase:{exactly:[PHASE1]}}"

QUERIES = {
    "W1": "query($n:String!){trial(id:$n){%s targets{target{label}} diseases{disease{label parents{label}}}"
    " drugs{drug{label drugKind}} references(first:100){nodes{pmid title year}}}}" % BASE,
    "W2": "query($s:TrialStatus!,$p:[Phase!]!,$y:Int!,$a:String){trials(first:50,after:$a,filter:{status:{eq:$s},"
    "phase:{exactly:$p},startYear:{gte:$y}},orderBy:[{field:START_DATE,direction:DESC}]){nodes{%s %s}}}" % (BASE, ENDS),
    "W3": "query($a:String){trials(first:1000,after:$a){nodes{nctId phases targets{target{label}}"
    " diseases{disease{label}} drugs{drug{label}}}}}",
    "W4": "query($t:String!){target(id:$t){trials(first:0,%s){"
    "pairs(of:DISEASE,with:DRUG,limit:50){pairs{of{label}with{label}count}}}}}" % RECRUITING,
    "W4n": "query($t:String!,$a:String){target(id:$t){trials(first:1000,after:$a,%s){"
    "pageInfo{endCursor hasNextPage} nodes{nctId diseases{disease{label}} drugs{drug{label}}}}}}" % RECRUITING,
    "W5": "query($i:String!){reference(id:$i){citesWithin(hops:4,first:100){totalCount nodes{id}}}}",
    "W5b": "query($a:ID!,$b:ID!){paths(from:$a,to:$b,via:[CITES],direction:FORWARD,maxHops:6,maxPaths:1,shortest:true)"
    "{paths{length steps{to{id}}}}}",
    "W6": "query($d:ID!,$y:Int!){trials(first:0,filter:{disease:{some:{within:{id:$d}}},startYear:{gte:$y}}){totalCount"
    " facets(dimensions:[STATUS,PHASES,START_YEAR],limit:100){dimension buckets{key count}}"
    " top:facets(dimensions:[TARGET],limit:10){buckets{label count}}}}",
    "W7": "query($t:String!){trials(first:20,filter:{title:{words:$t}}){totalCount nodes{nctId title status}}}",
}


class Server:
    """A server, asked over one connection, as it is when it is measured."""

    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(parts.netloc)
        self.path = parts.path
        self.cursors = {}

    def ask(self, query, variables):
        body = json.dumps({"query": query, "variables": variables}).encode()
        self.connection.request("POST", self.path, body, {"content-type": "application/json"})
        answer = json.load(self.connection.getresponse())
        if answer.get("errors"):
            raise SystemExit(f"{query}\n{variables}\n{answer['errors']}")
        return answer["data"]

    def cursor(self, query, variables, offset):
        """The cursor of the item before this place; none at the front."""
        key = (query, json.dumps(variables, sort_keys=True), offset)
        if offset > 0 and key not in self.cursors:
            step = (offset - 1) % 1000 + 1
            page = query.replace("first:50", f"first:{step}").replace("first:1000", f"first:{step}")
            head, _ = page.split("{nodes{", 1)
            before = {**variables, "a": self.cursor(query, variables, offset - step)}
            self.cursors[key] = self.ask(head + "{pageInfo{endCursor}}}", before)["trials"]["pageInfo"]["endCursor"]
        return self.cursors.get(key)


def values(params):
    """The parameters of each workload, as the oracle takes them."""
    return {
        "W1": [{"n": n} for n in params["W1"]],
        "W2": [{"s": v["status"], "p": v["phase"], "y": v["minYear"], "o": v["offset"]} for v in params["W2"]],
        "W3": [{"a": a} for a in params["W3"]],
        "W4": [{"t": t} for t in params["W4"]],
        "W4n": [{"t": t} for t in params["W4"]],
        "W5": [{"i": i, "d": 4} for i in params["W5"]],
        "W5b": [{"a": a, "b": b} for a, b in params["W5b"]],
        "W6": [{"d": v["disease"], "y": v["minYear"]} for v in params["W6"]],
        "W7": [{"t": t} for t in params["W7"]],
    }


def phases(text):
    """`PHASE1_PHASE2` as a list."""
    return [text] if text in ("NA", "EARLY_PHASE1") else text.split("_")


def variables(server, name, value, symbols):
    """Our variables for the oracle's; `symbols`: the number of each target's symbol."""
    if name == "W2":
        ours = {"s": value["s"], "p": phases(value["p"]), "y": value["y"]}
        return {**ours, "a": server.cursor(QUERIES["W2"], ours, value["o"])}
    if name == "W3":
        return {"a": server.cursor(QUERIES["W3"], {}, value["a"])}
    if name in ("W4", "W4n"):
        return {"t": f"target:t{symbols[value['t']]}"}
    if name == "W5":
        return {"i": f"reference:r{value['i']}"}
    if name == "W5b":
        return {end: f"reference:r{value[end]}" for end in "ab"}
    if name == "W6":
        return {"d": f"disease:c{value['d']}", "y": value["y"]}
    return value


def labels(trial, field, one):
    return sorted(item[one]["label"] for item in trial[field])


def row(trial):
    base = [trial["nctId"], trial["title"], trial["status"], "_".join(trial["phases"]), int(trial["startDate"][:4])]
    ends = [labels(trial, "targets", "target"), labels(trial, "diseases", "disease"), labels(trial, "drugs", "drug")]
    return base + [trial["enrollment"]] + ends


def number(node):
    return int(node["id"].removeprefix("reference:r"))


def canonical(name, data, value, server):
    """The answer in the form in which the oracle's is compared."""
    if name == "W1":
        trial = data["trial"]
        parents = [[d["disease"]["label"], sorted(p["label"] for p in d["disease"]["parents"])] for d in trial["diseases"]]
        cited = [[int(r["pmid"]), r["title"], r["year"]] for r in trial["references"]["nodes"]]
        return row(trial) + [sorted(parents), sorted(cited)]
    if name == "W2":
        return [row(trial) for trial in data["trials"]["nodes"]]
    if name == "W3":
        short = lambda t: [labels(t, "targets", "target"), labels(t, "diseases", "disease"), labels(t, "drugs", "drug")]
        return [[t["nctId"], "_".join(t["phases"])] + short(t) for t in data["trials"]["nodes"]]
    if name == "W4":
        pairs = data["target"]["trials"]["pairs"]["pairs"]
        return [[p["of"]["label"], p["with"]["label"], p["count"]] for p in pairs]
    if name == "W4n":
        page, trials = data["target"]["trials"], []
        trials += page["nodes"]
        while page["pageInfo"]["hasNextPage"]:
            page = server.ask(QUERIES[name], {"t": value, "a": page["pageInfo"]["endCursor"]})["target"]["trials"]
            trials += page["nodes"]
        return sorted([t["nctId"], labels(t, "diseases", "disease"), labels(t, "drugs", "drug")] for t in trials)
    if name == "W5":
        found = data["reference"]["citesWithin"]
        return [found["totalCount"], [number(node) for node in found["nodes"]]]
    if name == "W5b":
        return [[p["length"], [number(step["to"]) for step in p["steps"]]] for p in data["paths"]["paths"]]
    if name == "W6":
        trials = data["trials"]
        ranked = lambda buckets: sorted(buckets, key=lambda b: (-b[1], b[0]))
        counts = {f["dimension"]: ranked([b["key"].replace("|", "_"), b["count"]] for b in f["buckets"]) for f in trials["facets"]}
        top = ranked([b["label"], b["count"]] for b in trials["top"][0]["buckets"])
        return [trials["totalCount"], counts["STATUS"], counts["PHASES"], counts["START_YEAR"], top]
    found = data["trials"]
    return [found["totalCount"], [[t["nctId"], t["title"], t["status"]] for t in found["nodes"]]]


def wrong(name, got, value, oracle):
    """What is wrong with an answer, or none. Where several answers are right, ours must be one of them."""
    want = getattr(oracle, name)(value)
    if name == "W4":
        # Of equally frequent pairs any may be the last.
        all_pairs = Counter((d, r) for i in oracle._w4(value) for d in oracle.td[i] for r in oracle.tr[i])
        named = {(oracle.D[d]["name"], oracle.R[r]["name"]): count for (d, r), count in all_pairs.items()}
        right = [p[2] for p in got] == [p[2] for p in want] and len({(d, r) for d, r, _ in got}) == len(got)
        return None if right and all(named.get((d, r)) == count for d, r, count in got) else want
    if name == "W5":
        # Ours come nearest first, then by id: 100 others than the oracle's. All of them are reached, and nearest first.
        rings, seen = [[value["i"]]], {value["i"]}
        for _ in range(value["d"]):
            rings.append(sorted({y for x in rings[-1] for y in oracle.ci[x]} - seen, key=lambda r: f"r{r}"))
            seen |= set(rings[-1])
        first = [reference for ring in rings[1:] for reference in ring][:100]
        return None if got == [want[0], first] else [want[0], first]
    if name == "W5b":
        # Of several shortest paths any is right: as long as the oracle's, each step a citation, the last to the goal.
        [(length, steps)] = got or [(None, [])]
        path = [value["a"]] + steps
        walked = all(after in oracle.ci[before] for before, after in zip(path, path[1:]))
        return None if length == want == len(steps) and walked and path[-1] == value["b"] else want
    if name == "W6":
        # A facet counts as if its own dimension were not filtered: years before the wanted ones are there as well. Of
        # equally frequent targets either may be the tenth.
        got = got[:3] + [[b for b in got[3] if int(b[0]) >= value["y"]], [count for _, count in got[4]]]
        want = want[:4] + [[count for _, count in want[4]]]
    return None if got == want else want

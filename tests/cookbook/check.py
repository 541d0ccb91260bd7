#!/usr/bin/env python3
"""Recomputes the answers of the thirty questions from the CSV files and compares them with the golden answers.

Uses nothing of the server: see tables.py. Run it from anywhere: `python3 tests/cookbook/check.py`.
"""

import json
import sys
from collections import Counter, defaultdict, deque
from pathlib import Path

sys.dont_write_bytecode = True

import tables as t  # noqa: E402

EXAMPLES = t.DATA.parent / "schema" / "examples"
TRIALS = t.TRIALS
CHECKS = {}


def check(number):
    def keep(function):
        CHECKS[number] = function
        return function

    return keep


def same(what, got, expected):
    if got != expected:
        raise AssertionError(f"{what}\n    golden   {got}\n    computed {expected}")


def ids(nodes):
    return [node["id"].split(":", 1)[1] for node in nodes]


def those(fits):
    return [trial.id for trial in TRIALS.values() if fits(trial)]


def connection(what, golden, expected):
    same(f"{what}: ids", ids(golden["nodes"]), expected)
    same(f"{what}: totalCount", golden["totalCount"], len(expected))


def buckets(golden):
    return {b["key"]: b["count"] for b in golden}


def counted(values):
    return dict(Counter(v for of_trial in values for v in of_trial))


def cells(matrix):
    rows, columns = matrix["rows"], matrix["columns"]
    return {(rows[c["row"]]["key"], columns[c["column"]]["key"]): c["count"] for c in matrix["cells"] if c["count"]}


def crossed(trials, rows, columns):
    return dict(Counter((r, c) for trial in trials for r in rows(trial) for c in columns(trial)))


def phases(trial):
    return trial.phases


def status(trial):
    return [trial.status]


def target_ids(trial):
    return [f"target:{x}" for x in trial.targets]


def having(target):
    return [trial for trial in TRIALS.values() if target in trial.targets]


@check(1)
def _(g):
    found = having("cd19")
    connection("CD19", g["trials"], [x.id for x in found])
    for node, trial in zip(g["trials"]["nodes"], found):
        same(trial.id, (node["phases"], node["status"]), (trial.phases, trial.status))
    facets = {f["dimension"]: f for f in g["trials"]["facets"]}
    same("phases", buckets(facets["PHASE"]["buckets"]), counted(map(phases, found)))
    same("statuses", buckets(facets["STATUS"]["buckets"]), counted(map(status, found)))
    same("cells", cells(g["matrix"]), crossed(found, phases, status))
    same("total", g["matrix"]["total"], len(found))


@check(2)
def _(g):
    found = [x for x in TRIALS.values() if x.area in ("SOLID", "HEMATOLOGIC")]
    same("rows", buckets(g["matrix"]["rows"]), counted(map(target_ids, found)))
    same("columns", buckets(g["matrix"]["columns"]), dict(Counter(x.area for x in found)))
    same("cells", cells(g["matrix"]), crossed(found, target_ids, lambda x: [x.area]))
    same("nothing cut", (g["matrix"]["otherRows"], g["matrix"]["total"]), (0, len(found)))


@check(3)
def _(g):
    scope, wanted = t.below("multiple-myeloma"), {"RELAPSED", "REFRACTORY"}

    def fits(trial):
        return trial.status == "RECRUITING" and any(
            d in scope and wanted & set(trial.qualifiers[d]) for d in trial.diseases
        )

    connection("recruiting", g["trials"], those(fits))
    for node in g["trials"]["nodes"]:
        trial = TRIALS[node["id"].split(":")[1]]
        same("sponsor", node["sponsor"], {"name": trial.value("SPONSOR"), "class": trial.value("SPONSOR_CLASS")})
        same("direct", node["diseaseMatch"]["direct"], "multiple-myeloma" in trial.diseases)
        same("no source says", node["cellSource"], None)


@check(4)
def _(g):
    scope = t.below("solid-tumor")
    reached = {d: {x.id for x in TRIALS.values() if set(x.diseases) & t.below(d)} for d in t.DISEASES}
    same("diseases", sorted(ids(g["diseases"]["nodes"])), sorted(d for d in scope if reached[d]))
    for node in g["diseases"]["nodes"]:
        disease = node["id"].split(":")[1]
        same(f"{disease}: trials", node["trialCount"], len(reached[disease]))
        own = {x for trial in reached[disease] for x in TRIALS[trial].targets}
        siblings = {s for p in t.PARENTS[disease] for s in t.CHILDREN[p]} - t.below(disease)
        white = defaultdict(dict)
        for sibling in siblings:
            for trial in reached[sibling]:
                for target in set(TRIALS[trial].targets) - own:
                    white[target][sibling] = white[target].get(sibling, 0) + 1
        got = {
            w["target"]["id"].split(":")[1]: {s["disease"]["id"].split(":")[1]: s["trialCount"] for s in w["triedIn"]}
            for w in node["untriedTargets"]
        }
        same(f"{disease}: white space", got, dict(white))


@check(5)
def _(g):
    found = [x for x in TRIALS.values() if len(x.targets) >= 2]
    connection("several targets", g["trials"], [x.id for x in found])
    pairs = Counter((a, b) for x in found for a in x.targets for b in x.targets if a != b)
    got = {
        (node["id"].split(":")[1], other["target"]["id"].split(":")[1]): other["trialCount"]
        for node in g["targets"]["nodes"]
        for other in node["coTargets"]
    }
    same("pairs", got, dict(pairs))
    for node, trial in zip(g["trials"]["nodes"], found):
        listed = [(x["target"]["id"].split(":")[1], x["role"]) for x in node["targets"]]
        same(trial.id, listed, [(x, "BINDER" if t.binder(x) else "ANTIGEN") for x in trial.targets])
        same("no source says", node["targetLogic"], None)


@check(6)
def _(g):
    given = {"pembrolizumab", "immune-checkpoint-inhibitor"}
    connection("given", g["given"], those(lambda x: given & set(x.drugs)))
    same("their role", {t.role(d) for d in given}, {"COMBINATION_PARTNER"})
    connection("secreted", g["secreted"], those(lambda x: "checkpoint-scfv-car-nk" in x.drugs))
    for node in g["given"]["nodes"] + g["secreted"]["nodes"]:
        trial = TRIALS[node["id"].split(":")[1]]
        same("diseases", [d["disease"]["id"].split(":")[1] for d in node["diseases"]], list(trial.diseases))
        same("qualifiers", [d["qualifiers"] for d in node["diseases"]], [trial.qualifiers[d] for d in trial.diseases])
        same("drugs", [d["drug"]["id"].split(":")[1] for d in node["drugs"]], list(trial.drugs))


@check(7)
def _(g):
    def depletion(trial):
        return sorted(d for d in trial.regimen or [] if t.role(d) == "LYMPHODEPLETION")

    wanted = ["cyclophosphamide", "fludarabine"]
    connection("exactly", g["exactly"], those(lambda x: depletion(x) == wanted))
    same("nothing else", g["nothingElse"]["totalCount"], len(those(lambda x: x.regimen == wanted)))
    connection("none", g["noneReported"], those(lambda x: not depletion(x)))
    for node in g["exactly"]["nodes"] + g["noneReported"]["nodes"]:
        regimen = TRIALS[node["id"].split(":")[1]].regimen
        same("regimen", node["regimen"], {"id": "regimen:" + "+".join(regimen)} if regimen else None)


@check(8)
def _(g):
    count = Counter(d for x in TRIALS.values() for d in x.drugs if t.role(d) != "LYMPHODEPLETION")
    ranked = sorted(count, key=lambda d: (-count[d], d))
    same("rank", [(n["id"].split(":")[1], n["trialCount"]) for n in g["drugs"]["nodes"]], [(d, count[d]) for d in ranked])
    same("roles", [n["defaultRole"] for n in g["drugs"]["nodes"]], [t.role(d) for d in ranked])
    facet = g["trials"]["facets"][0]
    same("by role", buckets(facet["buckets"]), counted({t.role(d) for d in x.drugs} for x in TRIALS.values()))
    same("no drug", facet["missing"], sum(not x.drugs for x in TRIALS.values()))


@check(9)
def _(g):
    def title_has(trial):
        return any(word in (trial.value("TITLE") or "").lower() for word in ("il15", "il-15"))

    drug, armoured = those(lambda x: {"il-2", "n-803"} & set(x.drugs)), those(title_has)
    connection("drug", g["asDrug"], drug)
    connection("armoured", g["armouredByTitle"], armoured)
    named = defaultdict(set)
    for trial in TRIALS.values():
        for _, field, text in trial.unmapped:
            if field == "REGIMEN" and "il15" in text:
                named[text].add(trial.id)
    got = {t.fold(n["printed"]): {a["subject"]["id"][6:] for a in n["assertions"]} for n in g["armouredByName"]["nodes"]}
    same("by name", got, dict(named))
    both = set(drug) & (set(armoured) | {x for names in named.values() for x in names})
    same("none is both drug and armour", both, set())
    same("claims", ids(g["statements"]["nodes"]), [s.id for s in t.STATEMENTS.values() if "il-15" in s.about["TARGET"]])


@check(10)
def _(g):
    said = [c for x in TRIALS.values() for _, _, _, row in x.rows for c in row if c == "CELL_SOURCE"]
    same("no source has the column", said, [])
    same("rows", (g["byPhase"]["rows"], g["byCountry"]["rows"], g["byPhase"]["cells"]), ([], [], []))
    same("not reported", g["notReported"]["totalCount"], len(TRIALS))
    facets = {f["dimension"]: f for f in g["notReported"]["facets"]}
    same("missing", (facets["CELL_SOURCE"]["buckets"], facets["CELL_SOURCE"]["missing"]), ([], len(TRIALS)))
    same("phase", buckets(facets["PHASE"]["buckets"]), counted(map(phases, TRIALS.values())))
    countries = Counter(c for x in TRIALS.values() for c in x.countries)
    same("country", (buckets(facets["COUNTRY"]["buckets"])), dict(countries))
    words = ("cord blood", "ipsc", "nk-92")
    connection("hints", g["hints"], those(lambda x: any(w in (x.value("TITLE") or "").lower() for w in words)))


@check(11)
def _(g):
    found = those(lambda x: x.status in ("TERMINATED", "WITHDRAWN", "SUSPENDED"))
    connection("stopped", g["trials"], found)
    for node in g["trials"]["nodes"]:
        trial = TRIALS[node["id"][6:]]
        same("status", node["status"], trial.status)
        same("no source says why", node["whyStopped"], None)
        same("targets", [x["target"]["id"][7:] for x in node["targets"]], list(trial.targets))
        printed = {(s, row["STATUS"]) for s, _, _, row in trial.rows}
        same("text", {(a["source"]["id"][7:], a["printed"]) for a in node["assertions"]}, printed)
        dates = {t.SOURCES[s]["as_of"] for s, _, _, _ in trial.rows}
        same("dates", {a["asOf"] for a in node["assertions"]}, dates)


@check(12)
def _(g):
    node, trial = g["trial"], TRIALS["NCT03056339"]
    same("plain", (node["title"], node["status"], node["phases"]), (trial.value("TITLE"), trial.status, trial.phases))
    same("dates", (node["startDate"], node["firstPosted"]), (trial.value("START_DATE"), trial.value("FIRST_POSTED")))
    same("size", (node["enrollment"], node["countries"]), (trial.enrollment, trial.countries))
    same("sponsor", node["sponsor"]["name"], trial.value("SPONSOR"))
    same("diseases", [d["disease"]["id"][8:] for d in node["diseases"]], list(trial.diseases))
    same("drugs", [d["drug"]["id"][5:] for d in node["drugs"]], list(trial.drugs))
    for kind, known in (("disease", trial.diseases), ("drug", trial.drugs)):
        for link in node[f"{kind}s"]:
            sources = {a["source"]["id"][7:] for a in link["assertions"]}
            same(f"sources of {link}", sources, set(known[link[kind]["id"].split(":")[1]]))
    same("regimen", node["regimen"]["id"], "regimen:" + "+".join(trial.regimen))
    about = [s for s in t.STATEMENTS.values() if trial.id in s.trials]
    same("statements", ids(node["statements"]["nodes"]), [s.id for s in about])
    same("text", [n["zh"] for n in node["statements"]["nodes"]], [s.line["text_zh"] for s in about])
    same("references", ids(node["references"]["nodes"]), sorted(t.references_of(trial.id)))
    rows = [(r["source"]["id"][7:], r["table"], r["row"], {c["field"]: c["printed"] for c in r["cells"]}) for r in node["rows"]]
    same("rows", rows, sorted(trial.rows, key=lambda r: r[:3]))
    same("conflicts", {c["field"] for c in node["conflicts"]}, set(trial.conflicts()))
    unmapped = [t.fold(a["printed"]) for a in node["assertions"] if a["mapping"] == "UNMAPPED"]
    same("unmapped", unmapped, [x for _, field, x in trial.unmapped if field == "REGIMEN"])
    empty = ("product", "cellSource", "targetLogic", "whyStopped", "primaryCompletionDate")
    same("no source says", [node[f] for f in empty], [None] * 5)


RESULTS = ("EFFICACY", "SAFETY")


@check(13)
def _(g):
    found = [s for s in t.STATEMENTS.values() if s.line["statement_type"] in RESULTS and s.trials]
    connection("results", g["statements"], [s.id for s in found])
    for node, statement in zip(g["statements"]["nodes"], found):
        same("text", (node["text"], node["zh"]), (statement.line["text_en"], statement.line["text_zh"]))
        mentions = {m["registryId"]: m["knownBy"] for m in node["mentionedTrials"]}
        same("trials", mentions, statement.mentions)
        cites = [(c["reference"]["id"][10:], c["marker"], c["printed"]) for c in node["cites"]]
        same("cites", cites, statement.cites)
    types = ("CLINICAL_TRIAL", "CASE_REPORT")
    others = [
        s.id
        for s in t.STATEMENTS.values()
        if s.line["statement_type"] in RESULTS
        and not s.trials
        and any(t.REFERENCES[r]["reference_type"] in types for r, _, _ in s.cites)
    ]
    same("elsewhere", ids(g["elsewhere"]["nodes"]), others)


def resting(reference):
    """Statements that cite a reference, and whether they cite nothing else."""
    return {
        s.id: {r for r, _, _ in s.cites} == {reference}
        for s in t.STATEMENTS.values()
        if reference in {r for r, _, _ in s.cites}
    }


@check(14)
def _(g):
    same("the reference", t.REFERENCES["wang-2025b"]["marker"], "17")
    for field, reference in (("trace", "wang-2025b"), ("marin", "marin-2024")):
        steps = g[field]["steps"]
        statements = {s["node"]["id"][10:]: s["restsOnItAlone"] for s in steps if s["node"]["__typename"] == "Statement"}
        same("statements", statements, resting(reference))
        about = {
            f"{kind.lower()}:{i}" for s in t.STATEMENTS.values() if s.id in statements for kind in s.about for i in s.about[kind]
        } | {f"trial:{i}" for s in t.STATEMENTS.values() if s.id in statements for i in s.trials}
        others = {s["node"]["id"]: s["restsOnItAlone"] for s in steps if s["node"]["__typename"] != "Statement"}
        same("about", set(others), about)
        for node, alone in others.items():
            kind, name = node.split(":")
            spoken = {s.id for s in t.STATEMENTS.values() if name in (s.trials if kind == "trial" else s.about[kind.upper()])}
            borne = any(
                name == x.id or name in x.targets or name in x.diseases or name in x.drugs for x in TRIALS.values()
            )
            falls = not borne and all(statements.get(s) for s in spoken)
            same(f"{node} rests on it alone", alone, falls)


@check(15)
def _(g):
    connection("without", g["without"], those(lambda x: not t.references_of(x.id)))
    connection("with", g["with"], those(lambda x: t.references_of(x.id)))
    for node in g["with"]["nodes"]:
        same(node["id"], ids(node["references"]["nodes"]), sorted(t.references_of(node["id"][6:])))


@check(16)
def _(g):
    trials = {r: {x for s in t.STATEMENTS.values() for x in s.trials if r in {c for c, _, _ in s.cites}} for r in t.REFERENCES}
    # The review itself reports every trial of its tables.
    trials[t.SOURCES[t.REVIEW]["reference_id"]] |= {x.id for x in TRIALS.values() if any(r[0] == t.REVIEW for r in x.rows)}
    several = {r: len(x) for r, x in trials.items() if len(x) >= 2}
    got = {n["id"][10:]: n["trialCount"] for n in g["forSeveralTrials"]["nodes"]}
    same("for several trials", got, several)
    claims = {r: sorted(resting(r)) for r in t.REFERENCES}
    often = sorted(r for r, s in claims.items() if len(s) >= 2)
    connection("for several claims", g["forSeveralClaims"], often)
    for node in g["forSeveralClaims"]["nodes"]:
        same(node["id"], ids(node["statements"]["nodes"]), claims[node["id"][10:]])
        same("trials", ids(node["trials"]["nodes"]), sorted(trials[node["id"][10:]]))
    disputed = [
        s.id for s in t.STATEMENTS.values() if s.line["note_en"] and any(trials[r] for r, _, _ in s.cites)
    ]
    same("disputed", ids(g["disputed"]["nodes"]), disputed)


def sides(conflict):
    return {(s["source"]["id"][7:], s["value"]) for s in conflict["sides"]}


@check(17)
def _(g):
    expected = {
        (x.id, field): set(found) for x in TRIALS.values() for field, found in x.conflicts().items() if field in ("PHASE", "STATUS")
    }
    nodes = g["conflicts"]["nodes"]
    same("sides", {(n["subject"]["id"][6:], n["field"]): sides(n) for n in nodes}, expected)
    same("count", g["conflicts"]["totalCount"], len(expected))
    for node in nodes:
        same("shown", node["resolved"], node["sides"][0]["value"])
        same("the registry is shown", node["sides"][0]["source"]["id"], f"source:{t.REGISTRY}")
        for side in node["sides"]:
            same("date", side["asOf"], t.SOURCES[side["source"]["id"][7:]]["as_of"])


def paths_between(near, start, goal, hops):
    """Paths that pass no node twice: lists of (relation, node)."""
    found, stack = [], [(start, [], {start})]
    while stack:
        here, steps, seen = stack.pop()
        if len(steps) == hops:
            continue
        for relation, other in near[here]:
            if other == goal:
                found.append((*steps, (relation, other)))
            elif other not in seen:
                stack.append((other, [*steps, (relation, other)], seen | {other}))
    return found


def distances(near, start):
    found, queue = {start: 0}, deque([start])
    while queue:
        here = queue.popleft()
        for _, other in near[here]:
            if other not in found:
                found[other] = found[here] + 1
                queue.append(other)
    return found


@check(18)
def _(g):
    near = t.neighbours()
    expected = paths_between(near, "target:cd33", "drug:cytarabine", 3)
    got = [tuple((s["relation"], s["to"]["id"]) for s in p["steps"]) for p in g["paths"]["paths"]]
    same("paths", sorted(got), sorted(expected))
    same("shortest first", [len(p) for p in got], sorted(len(p) for p in got))
    same("shortest", len(got[0]), distances(near, "target:cd33")["drug:cytarabine"])
    same("all of them", g["paths"]["truncated"], False)
    for path in g["paths"]["paths"]:
        for step in path["steps"]:
            ends = [step["from"]["id"], step["to"]["id"]]
            trial = next((TRIALS[e[6:]] for e in ends if e.startswith("trial:")), None)
            other = next((e for e in ends if not e.startswith("trial:")), "")
            kind, name = other.split(":", 1)
            known = {"target": "targets", "disease": "diseases", "drug": "drugs"}.get(kind)
            if trial and known:
                sources = set(getattr(trial, known)[name])
                same(f"sources of {ends}", {a["source"]["id"][7:] for a in step["assertions"]}, sources)


@check(19)
def _(g):
    scope = t.below("multiple-myeloma")
    found = those(lambda x: "bcma" in x.targets and scope & set(x.diseases))
    connection("trials", g["trials"], found)
    for node in g["trials"]["nodes"]:
        trial = TRIALS[node["id"][6:]]
        alike = {}
        for other in TRIALS.values():
            targets, diseases = set(trial.targets) & set(other.targets), set(trial.diseases) & set(other.diseases)
            if other is not trial and targets and diseases:
                alike[other.id] = (targets, diseases)
        got = {
            s["trial"]["id"][6:]: ({x["id"][7:] for x in s["sharedTargets"]}, {x["id"][8:] for x in s["sharedDiseases"]})
            for s in node["similar"]
        }
        same(f"alike to {trial.id}", got, alike)
        same("no source says", {node["cellSource"], *(s["trial"]["cellSource"] for s in node["similar"])}, {None})


@check(20)
def _(g):
    count = Counter(x.value("SPONSOR") for x in TRIALS.values() if x.value("SPONSOR"))
    facets = {f["dimension"]: f for f in g["trials"]["facets"]}
    sponsor = facets["SPONSOR"]
    top = [(b["key"], b["count"]) for b in sponsor["buckets"]]
    same("counts", top, [(name, count[name]) for name, _ in top])
    same("the most", sorted((n for _, n in top), reverse=True), sorted(count.values(), reverse=True)[: len(top)])
    same("others", (sponsor["otherBuckets"], sponsor["otherCount"]), (len(count) - 10, sum(count.values()) - sum(n for _, n in top)))
    same("missing", sponsor["missing"], sum(not x.value("SPONSOR") for x in TRIALS.values()))
    classes = Counter(x.value("SPONSOR_CLASS") for x in TRIALS.values() if x.value("SPONSOR_CLASS"))
    same("classes", buckets(facets["SPONSOR_CLASS"]["buckets"]), dict(classes))
    names = {name for name, _ in top}
    found = [x for x in TRIALS.values() if x.value("SPONSOR") in names]
    for field, values in (
        ("byClass", lambda x: [x.value("SPONSOR_CLASS")]),
        ("byCountry", lambda x: x.countries),
        ("portfolio", target_ids),
    ):
        same(field, cells(g[field]), crossed(found, lambda x: [x.value("SPONSOR")], values))


@check(21)
def _(g):
    for node in g["targets"]["nodes"]:
        found = having(node["id"][7:])
        starts = sorted((x.value("START_DATE"), x.id) for x in found if x.value("START_DATE"))
        first = node["trials"]["nodes"][0]
        same(node["id"], (first["startDate"], first["id"][6:]), starts[0] if starts else (None, min(x.id for x in found)))
        same("years", buckets(node["trialCounts"]), dict(Counter(s[:4] for s, _ in starts)))
    same("targets", sorted(ids(g["targets"]["nodes"])), sorted({x for trial in TRIALS.values() for x in trial.targets}))
    years = Counter(x.value("START_DATE")[:4] for x in TRIALS.values() if x.value("START_DATE"))
    same("all years", buckets(g["trials"]["facets"][0]["buckets"]), dict(years))


@check(22)
def _(g):
    late = {"PHASE2", "PHASE3", "PHASE4"}
    found = [x for x in TRIALS.values() if late & set(x.phases) and (x.enrollment or 0) >= 1]
    found.sort(key=lambda x: (-x.enrollment, x.id))
    connection("late", g["trials"], [x.id for x in found])
    same("sizes", [n["enrollment"] for n in g["trials"]["nodes"]], [x.enrollment for x in found])
    same("no source says", {n["primaryCompletionDate"] for n in g["trials"]["nodes"]}, {None})


@check(23)
def _(g):
    spoken = defaultdict(list)
    for statement in t.STATEMENTS.values():
        for target in statement.about["TARGET"]:
            spoken[target].append(statement)
    tried = {x for trial in TRIALS.values() for x in trial.targets}
    same("targets", ids(g["targets"]["nodes"]), sorted(tried & set(spoken)))
    for node in g["targets"]["nodes"]:
        target = node["id"][7:]
        said = {d for s in spoken[target] for d in s.about["DISEASE"]}
        count = Counter(d for x in having(target) for d in x.diseases if d not in said)
        same(target, {u["disease"]["id"][8:]: u["trialCount"] for u in node["unmentionedDiseases"]}, dict(count))


@check(24)
def _(g):
    same("no source has the column", g["byProduct"]["totalCount"], 0)
    titled = those(lambda x: any(p in (x.value("TITLE") or "") for p in ("NKX101", "FT596")))
    connection("by title", g["byTitle"], titled)
    for node in g["byTitle"]["nodes"]:
        same("drugs", [d["drug"]["id"][5:] for d in node["drugs"]], list(TRIALS[node["id"][6:]].drugs))
    named = defaultdict(set)
    for trial in TRIALS.values():
        for _, field, text in trial.unmapped:
            if field == "REGIMEN" and text.startswith("nkx"):
                named[text].add(trial.id)
    got = {t.fold(n["printed"]): {a["subject"]["id"][6:] for a in n["assertions"]} for n in g["byName"]["nodes"]}
    same("by name", got, dict(named))
    about = [s.id for s in t.STATEMENTS.values() if "nkx101" in s.about["DRUG"]]
    same("claims", ids(g["drug"]["statements"]["nodes"]), about)


@check(25)
def _(g):
    first = {}
    for place, answer in enumerate(g["resolve"]):
        number = answer["term"].upper().removeprefix("TRIAL:")
        same(answer["term"], (answer["node"] or {}).get("id"), f"trial:{number}" if number in TRIALS else None)
        same(answer["term"], answer["status"], "DIRECT" if number in TRIALS else "NONE")
        same(answer["term"], answer["duplicateOf"], first.get(number) if number in TRIALS else None)
        first.setdefault(number, place)
    same("forty", len(g["resolve"]), 40)
    broken = [a["term"] for a in g["resolve"] if a["problem"]]
    same("too short for a number", broken, ["NCT0305633"])


@check(26)
def _(g):
    known = {t.NAMES["TARGET"].get(t.fold(name)) for name in ("间皮素", "mesothelin", "MSLN")}
    genes = {line["target_id"] for line in t.GENES if line["symbol"] == "MSLN"}
    same("one target", known | genes, {"mesothelin"})
    for field in ("zh", "en", "symbol"):
        node = g[field]["edges"][0]["node"]
        same(field, node["id"], "target:mesothelin")
        same(f"{field}: trials", ids(node["trials"]["nodes"]), [x.id for x in having("mesothelin")])


@check(27)
def _(g):
    connection("binder", g["asBinder"], [x.id for x in having("nkg2d")])
    same("NKG2D binds", t.TARGETS["nkg2d"]["kind"], "BINDER")
    same("never the antigen", g["asAntigen"]["totalCount"], 0)
    for node in g["asBinder"]["nodes"]:
        roles = {x["target"]["id"][7:]: x["role"] for x in node["targets"]}
        same(node["id"], roles, {x: "BINDER" if t.binder(x) else "ANTIGEN" for x in TRIALS[node["id"][6:]].targets})
    ligands = those(lambda x: {"nkg2d-ligands", "mica-b"} & set(x.targets))
    connection("ligands", g["ligandsAsAntigen"], ligands)
    genes = sorted((int(x["position"]), x["symbol"]) for x in t.GENES if x["target_id"] == "nkg2d-ligands")
    same("genes", [x["symbol"] for x in g["ligands"]["genes"]], [x for _, x in genes])


@check(28)
def _(g):
    connection("all", g["trials"], list(TRIALS))
    for node in g["trials"]["nodes"]:
        trial = TRIALS[node["id"][6:]]
        same(trial.id, node["status"], trial.status)
        same(trial.id, [x["target"]["id"][7:] for x in node["targets"]], list(trial.targets))
    flips = {x.id: {v for _, v in x.conflicts()["STATUS"]} for x in TRIALS.values() if "STATUS" in x.conflicts()}
    same("flips", {n["subject"]["id"][6:]: {s["value"] for s in n["sides"]} for n in g["flips"]["nodes"]}, flips)
    started = those(lambda x: (x.value("START_DATE") or "") >= "2025")
    same("started", sorted(ids(g["started"]["nodes"])), started)
    same("dates", {x["id"][7:]: x["asOf"] for x in g["meta"]["sources"]}, {k: v["as_of"] for k, v in t.SOURCES.items()})


@check(29)
def _(g):
    near, far = t.neighbours(), None
    far = distances(near, "disease:mesothelioma")
    around = g["neighborhood"]
    nodes = [n["id"] for n in around["nodes"]]
    within = {n for n, d in far.items() if d <= 2}
    same("the middle first", nodes[0], "disease:mesothelioma")
    same("all within", set(nodes) <= within, True)
    same("nearest first", [far[n] for n in nodes], sorted(far[n] for n in nodes))
    same("cut", around["truncated"], len(nodes) < len(within))
    same("as many as may be", len(nodes), min(40, len(within)))
    links = {(x["relation"], x["from"]["id"], x["to"]["id"]) for x in around["links"]}
    same("links", links, {x for x in t.links() if x[1] in nodes and x[2] in nodes})
    hidden = {n: len({o for _, o in near[n]} - set(nodes)) for n in nodes}
    same("hidden", {h["node"]["id"]: h["count"] for h in around["hidden"]}, {n: c for n, c in hidden.items() if c})


@check(30)
def _(g):
    for alias, field in (("diseases", "DISEASE"), ("regimens", "REGIMEN")):
        expected = defaultdict(list)
        for trial in TRIALS.values():
            for source, f, text in trial.unmapped:
                if f == field:
                    expected[(source, text)].append(trial.id)
        got = defaultdict(list)
        for node in g[alias]["nodes"]:
            key = node["source"]["id"][7:], t.fold(node["printed"])
            got[key] += [a["subject"]["id"][6:] for a in node["assertions"]]
            same(node["printed"], node["count"], len(node["assertions"]))
        same(alias, {k: sorted(v) for k, v in got.items()}, {k: sorted(v) for k, v in expected.items()})
    same("targets", g["targets"]["totalCount"], sum(f == "TARGET" for x in TRIALS.values() for _, f, _ in x.unmapped))
    same("all", g["meta"]["unmappedCount"], sum(len(x.unmapped) for x in TRIALS.values()))


REFERENCES = {f"reference:{k}": v for k, v in t.REFERENCES.items()}
STATEMENTS = {f"statement:{s.id}": s for s in t.STATEMENTS.values()}
PRINTED = {t.fold(text) for x in TRIALS.values() for _, _, _, row in x.rows for text in row.values()}


def facts(node):
    """What the files say of the fields of a node, by its id."""
    kind, _, name = node["id"].partition(":")
    if kind in ("target", "disease", "drug"):
        concept = t.CONCEPTS[kind.upper()][name]
        own = {"label": concept["label_en"], f"{kind}Kind": concept.get("kind")}
        return own | {"defaultRole": concept.get("default_role"), "kind": kind.upper()}
    if kind == "trial":
        x = TRIALS[name]
        own = {"title": x.value("TITLE"), "status": x.status, "phases": x.phases, "enrollment": x.enrollment}
        own |= {"startDate": x.value("START_DATE"), "firstPosted": x.value("FIRST_POSTED"), "area": x.area}
        return own | {"product": None, "cellSource": None, "whyStopped": None, "label": x.value("TITLE") or name}
    if kind == "statement":
        line = STATEMENTS[node["id"]].line
        own = {"text": line["text_en"], "zh": line["text_zh"], "curatorNote": line["note_en"] or None}
        return own | {"section": line["section"], "statementType": line["statement_type"]}
    if kind == "reference":
        line = REFERENCES[node["id"]]
        own = {"title": line["title"], "label": line["title"], "doi": line["doi"] or None}
        return own | {"standing": line["standing"], "referenceType": line["reference_type"]}
    return {}


def everywhere(value, trial=None):
    """Looks at every node of an answer, wherever it stands: its plain fields are those of the files."""
    if isinstance(value, list):
        for item in value:
            everywhere(item, trial)
    if not isinstance(value, dict):
        return
    if isinstance(value.get("id"), str) and ":" in value["id"]:
        known = facts(value)
        for field in value.keys() & known.keys():
            if known[field] is not None or not field.endswith("Kind"):
                same(f"{value['id']} {field}", value[field], known[field])
        trial = TRIALS.get(value["id"][6:]) or trial
    if "role" in value and "drug" in value:
        same("role", value["role"], t.role(value["drug"]["id"][5:]))
    if "role" in value and "target" in value:
        same("role", value["role"], "BINDER" if t.binder(value["target"]["id"][7:]) else "ANTIGEN")
    if "qualifiers" in value and "disease" in value:
        same("qualifiers", value["qualifiers"], trial.qualifiers[value["disease"]["id"][8:]])
    if "totalCount" in value and "nodes" in value:
        same("every list is asked for whole", value["totalCount"], len(value["nodes"]))
    printed = value.get("printed")
    for text in [printed] if isinstance(printed, str) else printed if isinstance(printed, list) else []:
        if not any(t.fold(text) in whole for whole in PRINTED):
            raise AssertionError(f"no source prints {text!r}")
    for below in value.values():
        everywhere(below, trial)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES
    passed, failed = 0, 0
    for number in range(1, 31):
        try:
            [file] = folder.glob(f"q{number:02}-*.json")
            answer = json.loads(file.read_text(encoding="utf-8"))
            same("errors", answer.get("errors"), None)
            CHECKS[number](answer["data"])
            everywhere(answer["data"])
            passed += 1
        except Exception as why:  # Whatever is wrong with one answer, the others are looked at as well.
            failed += 1
            print(f"question {number}: {type(why).__name__}: {why}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())

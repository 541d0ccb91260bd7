"""The CSV files of data/, read without any code of the server: a second way to the same facts.

Stdlib only. Trials carry, per source, what their printed cells mean; the shown values follow data/rules.csv.
"""

import csv
import unicodedata
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
REVIEW, REGISTRY = "carnk-review-2025", "ctgov-2026-09"


def lines(path):
    with open(DATA / path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fold(text):
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def folded(text):
    """Folded characters, each with whether white space stood before it."""
    chars, gap = [], False
    for c in unicodedata.normalize("NFKC", text):
        if c.isspace():
            gap = True
        else:
            for low in c.lower():
                chars.append((low, gap))
                gap = False
    return chars


def wordy(c):
    return c.isalnum() and c < "\u2e80"


def boundary(chars, at):
    if at == 0 or at == len(chars) or chars[at][1]:
        return True
    return not (wordy(chars[at - 1][0]) and wordy(chars[at][0]))


def text_of(chars):
    return "".join(c for c, _ in chars)


KINDS = {"TARGET": "TARGET", "DISEASE": "DISEASE", "REGIMEN": "DRUG"}
TARGETS = {t["id"]: t for t in lines("vocabulary/targets.csv")}
DISEASES = {d["id"]: d for d in lines("vocabulary/diseases.csv")}
DRUGS = {d["id"]: d for d in lines("vocabulary/drugs.csv")}
GENES = lines("vocabulary/genes.csv")
SYNONYMS = lines("vocabulary/synonyms.csv")
CONCEPTS = {"TARGET": TARGETS, "DISEASE": DISEASES, "DRUG": DRUGS}
NAMES = {kind: {} for kind in CONCEPTS}
for line in SYNONYMS:
    NAMES[line["kind"]][fold(line["text"])] = line["entity_id"]
for kind, concepts in CONCEPTS.items():
    for concept in concepts.values():
        for label in (concept["label_en"], concept["label_zh"]):
            if label:
                NAMES[kind][fold(label)] = concept["id"]
REGIMEN_NAMES = {}
for line in lines("vocabulary/regimens.csv"):
    for name in [line["label_en"], line["label_zh"], *line["synonyms"].split("|")]:
        REGIMEN_NAMES[fold(name)] = line["members"].split("|")
VALUES, SEPARATORS = defaultdict(dict), defaultdict(list)
for line in lines("vocabulary/values.csv"):
    VALUES[line["field"]][fold(line["text"])] = line["value"]
for line in lines("vocabulary/separators.csv"):
    SEPARATORS[line["field"]].append(fold(line["text"]))
QUALIFIERS = [
    (fold(q["text"]), q["qualifiers"].split("|"), q["carries"] == "true") for q in lines("vocabulary/qualifiers.csv")
]
QUALIFIERS.sort(key=lambda q: -len(q[0]))
QUALIFIER_ORDER = (
    "RELAPSED REFRACTORY RECURRENT METASTATIC LOCALLY_ADVANCED ADVANCED EXTENSIVE_STAGE UNRESECTABLE "
    "MINIMAL_RESIDUAL_DISEASE DRUG_RESISTANT ACTIVE MODERATE_TO_SEVERE SEVERE ADULT PEDIATRIC"
).split()
PARENTS = defaultdict(list)
for line in lines("vocabulary/disease_parents.csv"):
    PARENTS[line["disease_id"]].append(line["parent_id"])
for parents in PARENTS.values():
    parents.sort()
CHILDREN = defaultdict(list)
for child, parents in PARENTS.items():
    for parent in parents:
        CHILDREN[parent].append(child)


def below(disease):
    found, queue = {disease}, [disease]
    while queue:
        for child in CHILDREN[queue.pop()]:
            if child not in found:
                found.add(child)
                queue.append(child)
    return found


def area(disease):
    queue, seen = [disease], {disease}
    while queue:
        here = queue.pop(0)
        if DISEASES[here]["area"]:
            return DISEASES[here]["area"]
        for parent in PARENTS[here]:
            if parent not in seen:
                seen.add(parent)
                queue.append(parent)
    return "OTHER"


def cut(field, chars):
    """The parts of a cell: cut at separators, but never inside a known text that holds one."""
    names = list(NAMES[KINDS[field]]) if field in KINDS else []
    kept = names + list(VALUES[field]) + ([q[0] for q in QUALIFIERS] if field == "DISEASE" else [])
    kept = sorted((k for k in kept if any(s in k for s in SEPARATORS[field])), key=len, reverse=True)
    separators = sorted(SEPARATORS[field], key=len, reverse=True)
    parts, start, at, whole = [], 0, 0, text_of(chars)

    def here(texts):
        for text in texts:
            if whole.startswith(text, at) and boundary(chars, at) and boundary(chars, at + len(text)):
                return len(text)
        return 0

    while at < len(chars):
        if length := here(kept):
            at += length
        elif length := here(separators):
            parts.append(chars[start:at])
            at += length
            start = at
        else:
            at += 1
    parts.append(chars[start:])
    return [part for part in parts if part]


def concept(field, text):
    """The concepts that a folded text names; none for NONE_REPORTED."""
    if text in VALUES[field]:
        return [v.split(":", 1)[1] for v in VALUES[field][text].split("|") if ":" in v]
    name = NAMES[KINDS[field]].get(text)
    return None if name is None else [name]


def narrowed(part):
    """A disease part without its qualifiers: the concepts, the qualifiers, and those that carry on."""
    qualifiers, carried = [], []
    while True:
        found = concept("DISEASE", text_of(part))
        if found is not None:
            return found, qualifiers, carried
        text, taken = text_of(part), None
        for spelled, meaning, carries in QUALIFIERS:
            if len(spelled) < len(text) and text.startswith(spelled) and boundary(part, len(spelled)):
                taken = part[len(spelled):], meaning, carries
                break
        if taken is None:
            for spelled, meaning, carries in QUALIFIERS:
                bracketed = text.endswith(f"({spelled})")
                tail = f"({spelled})" if bracketed else spelled
                begin = len(text) - len(tail)
                if begin > 0 and text.endswith(tail) and boundary(part, begin + bracketed):
                    taken = part[:begin], meaning, carries
                    break
        if taken is None:
            return None, qualifiers, carried
        part, meaning, carries = taken
        while len(part) > 1 and part[0][0] in ",;:-、":
            part = part[1:]
        while len(part) > 1 and part[-1][0] in ",;:-、":
            part = part[:-1]
        qualifiers += meaning
        carried += meaning if carries else []


def cell(field, printed):
    """What a cell names: (concept id or None, folded text of the part, qualifiers), in order."""
    chars = folded(printed)
    if not chars:
        return []
    known = concept(field, text_of(chars))
    if known is not None:
        return [(name, text_of(chars), []) for name in known]
    found, carried = [], []
    for part in cut(field, chars):
        if field == "DISEASE":
            names, own, carry = narrowed(part)
            carried = carry or carried
            qualifiers = own or list(carried)
        else:
            names, qualifiers = concept(field, text_of(part)), []
            if names is None and field == "REGIMEN":
                names = REGIMEN_NAMES.get(text_of(part))
        for name in [None] if names is None else names:
            if field != "REGIMEN" or name is None or all(name != other for other, _, _ in found):
                found.append((name, text_of(part), sorted(set(qualifiers), key=QUALIFIER_ORDER.index)))
    return found


def word(field, printed):
    """The value of a cell that says one thing; None where it is empty or no value."""
    text = printed.strip()
    if not text:
        return None
    if fold(text) in VALUES[field]:
        return VALUES[field][fold(text)]
    return text if field != "PHASE" else "|".join(p.strip() for p in text.split("|"))


class Trial:
    """One trial: what each source prints on it, and what is shown."""

    def __init__(self, registry_id):
        self.id = registry_id
        self.rows = []  # (source, table, row, {field: printed})
        self.targets, self.diseases, self.drugs = {}, {}, {}  # id -> set of sources; diseases also qualifiers
        self.qualifiers, self.unmapped = {}, []  # id -> qualifiers shown; (source, field, folded)
        self.regimen, self.countries = None, []
        self.values = defaultdict(list)  # field -> [(source, value)], preferred source first

    def value(self, field):
        return self.values[field][0][1] if self.values[field] else None

    @property
    def status(self):
        return self.value("STATUS") or "UNKNOWN"

    @property
    def phases(self):
        return (self.value("PHASE") or "").split("|") if self.value("PHASE") else []

    @property
    def enrollment(self):
        value = self.value("ENROLLMENT")
        return None if value is None else int(value)

    @property
    def area(self):
        return area(next(iter(self.diseases))) if self.diseases else "OTHER"

    def conflicts(self):
        """Fields on which sources differ: status, phase and the like; dates and titles agree if one begins the other."""
        found = {}
        for field, sides in self.values.items():
            apart = {v for _, v in sides}
            if field != "COUNTRY" and len(apart) > 1:
                found[field] = list(dict.fromkeys(sides))
        return found


TRIALS = {}
for source, order in ((REVIEW, 0), (REGISTRY, 1)):
    for line in lines(f"sources/{source}/rows.csv"):
        trial = TRIALS.setdefault(line["registry_id"], Trial(line["registry_id"]))
        cells = {k.upper(): v for k, v in line.items() if k not in ("table", "row") and v}
        trial.rows.append((source, line["table"], int(line["row"]), cells))
TRIALS = dict(sorted(TRIALS.items()))
for trial in TRIALS.values():
    # Plain values: the registry before the review.
    for source, _, _, cells in sorted(trial.rows, key=lambda r: r[0] != REGISTRY):
        for field in ("STATUS", "PHASE", "START_DATE", "FIRST_POSTED", "ENROLLMENT", "SPONSOR", "SPONSOR_CLASS", "TITLE"):
            if value := word(field, cells.get(field, "")):
                trial.values[field].append((source, value))
        if not trial.countries and cells.get("COUNTRY"):
            trial.countries = list(dict.fromkeys(c.strip() for c in cells["COUNTRY"].split("|")))
    # Sets: the review before the registry, the union of both.
    regimen_source, members = None, []
    for source, _, _, cells in sorted(trial.rows, key=lambda r: r[0] != REVIEW):
        for field, names in (("TARGET", trial.targets), ("DISEASE", trial.diseases), ("REGIMEN", trial.drugs)):
            for name, text, qualifiers in cell(field, cells.get(field, "")):
                if name is None:
                    trial.unmapped.append((source, field, text))
                    continue
                first = next(iter(names[name])) if name in names else source
                names.setdefault(name, {})[source] = True
                if field == "DISEASE" and first == source:
                    both = set(trial.qualifiers.get(name, [])) | set(qualifiers)
                    trial.qualifiers[name] = sorted(both, key=QUALIFIER_ORDER.index)
                if field == "REGIMEN" and regimen_source in (None, source):
                    members.append(name)
        if cells.get("REGIMEN") and regimen_source is None:
            regimen_source = source
    own = {n for source, _, _, cells in trial.rows if source == regimen_source for n, _, _ in cell("REGIMEN", cells.get("REGIMEN", "")) if n}
    trial.regimen = sorted(own) or None


class Statement:
    """One claim of the review."""

    def __init__(self, line):
        self.id = f"{REVIEW}/{line['id']}"
        self.line = line
        self.about = defaultdict(list)
        self.terms, self.cites, self.mentions, self.trials = [], [], {}, {}


STATEMENTS = {line["id"]: Statement(line) for line in lines(f"sources/{REVIEW}/statements.csv")}
for line in lines(f"sources/{REVIEW}/about.csv"):
    statement = STATEMENTS[line["statement_id"]]
    if line["entity_id"]:
        statement.about[line["kind"]].append(line["entity_id"])
    else:
        statement.terms.append(line["text"])
for line in lines(f"sources/{REVIEW}/citations.csv"):
    STATEMENTS[line["statement_id"]].cites.append((line["reference_id"], line["marker"], line["printed"] == "true"))
for line in lines(f"sources/{REVIEW}/mentioned_trials.csv"):
    STATEMENTS[line["statement_id"]].mentions[line["registry_id"]] = line["known_by"]
    # A trial that is only a candidate is told, not linked.
    if line["known_by"] != "CANDIDATE" and line["registry_id"] in TRIALS:
        STATEMENTS[line["statement_id"]].trials[line["registry_id"]] = line["known_by"]
REFERENCES = {line["id"]: line for line in lines(f"sources/{REVIEW}/references.csv")}
SOURCES = {line["id"]: line for line in lines("sources/sources.csv")}


def role(drug):
    return DRUGS[drug]["default_role"]


def binder(target):
    return TARGETS[target]["kind"] == "BINDER"


def references_of(trial):
    """References that statements on the trial cite."""
    return {r for s in STATEMENTS.values() if trial in s.trials for r, _, _ in s.cites}


def links():
    """All links of the graph but those to sources: (kind, one end, other end), ends as global ids."""
    found = set()
    for trial in TRIALS.values():
        here = f"trial:{trial.id}"
        found |= {("HAS_TARGET", here, f"target:{t}") for t in trial.targets}
        found |= {("STUDIES", here, f"disease:{d}") for d in trial.diseases}
        found |= {("HAS_DRUG", here, f"drug:{d}") for d in trial.drugs}
        if trial.regimen:
            regimen = "regimen:" + "+".join(trial.regimen)
            found.add(("USES_REGIMEN", here, regimen))
            found |= {("HAS_MEMBER", regimen, f"drug:{d}") for d in trial.regimen}
    for statement in STATEMENTS.values():
        here = f"statement:{statement.id}"
        found |= {("MENTIONS", here, f"trial:{t}") for t in statement.trials if t in TRIALS}
        for kind, ids in statement.about.items():
            found |= {("MENTIONS", here, f"{kind.lower()}:{i}") for i in ids}
        for reference, _, _ in statement.cites:
            found.add(("CITES", here, f"reference:{reference}"))
            # The source that is itself a publication cites what its statements cite.
            found.add(("CITES", f"reference:{SOURCES[REVIEW]['reference_id']}", f"reference:{reference}"))
    for disease, parents in PARENTS.items():
        found |= {("IS_A", f"disease:{disease}", f"disease:{p}") for p in parents}
    return found


def neighbours():
    near = defaultdict(set)
    for kind, a, b in links():
        near[a].add((kind, b))
        near[b].add((kind, a))
    return near

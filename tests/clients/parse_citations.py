#!/usr/bin/env python3
"""Parses the BibTeX and RIS of all references with parsers that are not ours (bibtexparser, rispy from PyPI).

Usage: parse_citations.py FOLDER with bibtex.txt, ris.txt and csl_json.txt (one item a line).
Prints the number of entries. Exit code 1 where the forms do not agree.
"""

import json
import pathlib
import sys

import bibtexparser
import rispy

SPECIAL = {"\\&": "&", "\\%": "%", "\\_": "_", "\\#": "#", "\\$": "$"}


def bibtex(text):
    """Entries by key: title, authors, year, pages, without the marks of TeX."""

    def plain(value):
        for mark, sign in SPECIAL.items():
            value = value.replace(mark, sign)
        return value.strip("{}")

    if hasattr(bibtexparser, "parse_string"):
        library = bibtexparser.parse_string(text)
        assert not library.failed_blocks, library.failed_blocks
        entries = {e.key: {f.key: f.value for f in e.fields} for e in library.entries}
    else:
        entries = {e["ID"]: e for e in bibtexparser.loads(text).entries}
    return {
        key: {
            "title": plain(fields["title"]),
            "authors": [plain(a) for a in fields["author"].split(" and ")],
            "year": fields["year"],
            "pages": fields.get("pages", "").replace("--", "-"),
            "container": plain(fields.get("journal") or fields.get("howpublished", "")),
        }
        for key, fields in entries.items()
    }


def ris(text):
    entries = {}
    for e in rispy.loads(text):
        pages = "-".join(p for p in (e.get("start_page", ""), e.get("end_page", "")) if p)
        entries[e["id"]] = {
            "title": e["title"],
            "authors": e["authors"] + (["others"] if any("et al." in n for n in e.get("notes", [])) else []),
            "year": e["year"],
            "pages": pages,
            "container": e.get("secondary_title", ""),
        }
    return entries


def csl(text):
    entries = {}
    for line in text.splitlines():
        e = json.loads(line)
        entries[e["id"]] = {
            "title": e["title"],
            "authors": [a.get("literal") or f"{a['family']}, {a['given']}" for a in e["author"]],
            "year": str(e["issued"]["date-parts"][0][0]),
            "pages": e.get("page") or e.get("number", ""),
            "container": e.get("container-title") or e.get("publisher", ""),
        }
    return entries


def main(folder):
    read = lambda name: (folder / name).read_bytes().decode("utf-8")
    forms = {"bibtex": bibtex(read("bibtex.txt")), "ris": ris(read("ris.txt")), "csl": csl(read("csl_json.txt"))}
    wrong = 0
    for name, entries in forms.items():
        for key, expected in forms["csl"].items():
            if entries.get(key) != expected:
                print(f"{name} {key}:\n  {entries.get(key)}\n  {expected}", file=sys.stderr)
                wrong = 1
        wrong |= len(entries) != len(forms["csl"])
    print(len(forms["csl"]))
    sys.exit(wrong)


main(pathlib.Path(sys.argv[1]))

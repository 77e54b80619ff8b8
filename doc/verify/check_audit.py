#!/usr/bin/env python3
"""Checks a file that `onward audit export` wrote, without Onward.

    check_audit.py FILE              JSON lines, or CSV when the name ends in .csv
    check_audit.py --some-days FILE  the same, of a table that was written for some days only

Needs Python 3 and nothing else.  Exit code 0: every chain holds.  1: one does not, or the file is
cut off.  2: this is no such file.  doc/verify/audit.md says what is checked and what is not.
"""
import csv
import hashlib
import json
import sys

COLUMNS = ["chain", "number", "at", "what", "actor", "role", "subject", "thing", "detail",
           "detail_salt", "detail_digest", "previous", "digest"]


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def event_digest(e):
    lines = ["onward audit event 1", e["chain"], str(e["number"]), str(e["at"]), e["what"],
             e["actor"], e["role"], e["subject"], e["thing"], e["detail_digest"], e["previous"]]
    return sha256("".join(line + "\n" for line in lines))


def read_json_lines(file, checker):
    head = json.loads(next(file))
    if head.get("format") != "onward audit export" or head.get("version") != 1:
        raise ValueError("the first line says another format")
    checker.is_part = checker.is_part or head["from"] != "" or head["until"] != ""
    for line in file:
        yield json.loads(line)


def read_csv(file, checker):
    rows = csv.reader(file)
    if next(rows) != COLUMNS:
        raise ValueError("the first line has other columns")
    for cells in rows:
        # A spreadsheet would run what begins so; an apostrophe stands before it.
        cells = [c[1:] if c[:1] == "'" and c[1:2] in "=+-@" else c for c in cells]
        row = dict(zip(COLUMNS, cells))
        if row["what"] == "":
            yield {"end_of": row["chain"], "number": int(row["number"]), "digest": row["digest"]}
        else:
            yield dict(row, number=int(row["number"]), at=int(row["at"]))


class Checker:
    def __init__(self, is_part):
        self.is_part = is_part  # written for some days only
        self.problems, self.events, self.chains, self.gaps = [], 0, 0, 0
        self.chain, self.number, self.digest = None, None, None

    def wrong(self, chain, number, what):
        self.problems.append("%s, event %d: %s" % (chain or "the programme", number, what))

    def event(self, e):
        if self.chain is None:
            self.chain = e["chain"]
        if e["chain"] != self.chain:
            self.wrong(self.chain, self.number or 0, "the chain has no end")
            self.chain, self.number = e["chain"], None
        self.events += 1
        if e["digest"] != event_digest(e):
            self.wrong(e["chain"], e["number"], "it was changed")
        if e["detail"] and e["detail_digest"] != sha256(e["detail_salt"] + "\n" + e["detail"]):
            self.wrong(e["chain"], e["number"], "its detail was changed")
        if e["number"] == 1 and e["previous"] != "":
            self.wrong(e["chain"], 1, "something came before the first")
        if self.number is None:
            self.gaps += e["number"] != 1
        elif e["number"] == self.number + 1:
            if e["previous"] != self.digest:
                self.wrong(e["chain"], e["number"], "it does not follow the one before")
        elif e["number"] > self.number:
            self.gaps += 1
        else:
            self.wrong(e["chain"], e["number"], "numbers do not rise")
        self.number, self.digest = e["number"], e["digest"]

    def end(self, e):
        if self.chain is not None and self.chain != e["end_of"]:
            self.wrong(self.chain, self.number or 0, "the chain has no end")
        if self.number is not None and self.number > e["number"]:
            self.wrong(e["end_of"], self.number, "it stands behind the end")
        if self.number == e["number"] and self.digest != e["digest"]:
            self.wrong(e["end_of"], e["number"], "the chain ends with another digest")
        if self.number is None or self.number < e["number"]:
            self.gaps += e["number"] > 0
        self.chains += 1
        self.chain, self.number, self.digest = None, None, None

    def finish(self):
        if self.chain is not None:
            self.wrong(self.chain, self.number or 0, "the file is cut off")


def main(path, is_part):
    checker = Checker(is_part)
    try:
        with open(path, encoding="utf-8", newline="") as file:
            read = read_csv if path.endswith(".csv") else read_json_lines
            for entry in read(file, checker):
                if "end_of" in entry:
                    checker.end(entry)
                else:
                    checker.event(entry)
    except (OSError, ValueError, KeyError, RuntimeError, AttributeError) as problem:
        print("not an export of the record: %s" % problem, file=sys.stderr)
        return 2
    checker.finish()
    if checker.gaps and not checker.is_part:
        checker.problems.append("%d parts of chains are missing" % checker.gaps)
    for problem in checker.problems[:20]:
        print("WRONG  " + problem)
    if checker.problems:
        return 1
    if checker.chains == 0:
        print("WRONG  the file holds no chain, or is cut off")
        return 1
    print("%d events of %d chains hold." % (checker.events, checker.chains))
    if checker.gaps:
        print("%d parts are not in the file: it was written for some days only." % checker.gaps)
    return 0


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--some-days"]
    if len(words) != 1:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(words[0], len(words) != len(sys.argv) - 1))

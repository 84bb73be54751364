"""Checks a decision of the DAG Portal without the portal. Needs Python 3.10 or newer and nothing else.

    python3 verify_decision.py FILE_OR_ADDRESS [SEQ:HASH ...]

FILE_OR_ADDRESS is the file that the page “Check this decision” offers. SEQ:HASH is a head of the ledger, or the number
and fingerprint of an entry, that you noted elsewhere. Without one this shows that the file fits itself; whoever wrote
it anew as a whole could make it so. Exit code 0 and “Nothing altered” if heads that you noted vouch for every entry, or 1 and
what does not fit; 2 if all fits that can be compared, and the rest cannot, which is said first.
"""

import hashlib
import json
import sys
from collections import Counter
from urllib.request import urlopen

WHOLE, FAULTY, NOT_ALL = 0, 1, 2
NOT_TOLD = "What the decision says is not told here, so that it could not be compared: it was sealed with something that is not public."
BLOCK, NUMBERS = 128, "no one two three four five six seven eight nine ten eleven twelve thirteen".split()
REST = {
    "abstain": ("abstained",) * 2, "absent": ("was not in attendance", "were not in attendance"), "silent": ("raised no objection",) * 2,
    "expected": ("did not vote",) * 2, "vacant": ("was vacant", "were vacant"), "unreadable": ("could not be read",) * 2,
}  # fmt: skip


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).hexdigest()


def record(entry):
    return entry["payload"]["body"]["record"] if "payload" in entry else {}


def sentence(tally, yes_or_no=False):
    def said(n):
        return NUMBERS[n] if n < len(NUMBERS) else str(n)

    consented = tally["silent"] * (not tally["approve"] and not tally["reject"])
    rest = [f"{said(n)} {words[n > 1]}" for state, words in REST.items() if (n := tally[state]) and not (consented and state == "silent")]
    tail = " and ".join(filter(None, [", ".join(rest[:-1]), *rest[-1:]]))
    seats = f"{said(tally['approve'])} seat{'s' * (tally['approve'] != 1)} advised approving and {said(tally['reject'])} rejecting"
    seats = f"{said(tally['approve'])} seat{'s' * (tally['approve'] != 1)} said yes and {said(tally['reject'])} no" if yes_or_no else seats
    seats = f"{said(consented)} seat{'s' * (consented != 1)} raised no objection" if consented else seats
    return f"{seats}{'; ' * bool(tail)}{tail}.".capitalize() if tally else ""


def fits(sealed, told):
    """An earlier version of the portal may have sealed less than is told today."""
    return bool(sealed) and all(key in told and told[key] == value for key, value in sealed.items())


def entry_faults(entry, withdrawn=()):
    seq, payload = entry["columns"]["seq"], entry.get("payload")
    if seq not in withdrawn and sha256(canonical(entry["columns"])) != entry["hash"]:
        yield f"Entry {seq} has been changed: its hash does not fit what it says."
    if payload and sha256(payload["salt"].encode(), canonical(payload["body"])) != entry["columns"]["payload_sha256"]:
        yield f"What entry {seq} sealed has been changed: it does not fit the hash kept of it."


def chain_faults(entries, links):
    chain = {0: ("", "0" * 64), **{link["seq"]: (link["prev_hash"], link["hash"]) for link in links}}
    chain.update({seq: (entry["columns"]["prev_hash"], entry["hash"]) for seq, entry in entries.items()})
    for seq in entries:
        for beside in {seq - 1, seq + 1} - set(chain):
            if beside < max(chain):
                yield f"Entry {beside}, beside entry {seq}, is missing."
    for seq in sorted(set(chain) & {after - 1 for after in chain}):
        if chain[seq][1] != chain[seq + 1][0]:
            yield f"Entry {seq + 1} does not follow entry {seq}: one of them was changed or swapped."


def decision_faults(decision, votes, entries, withdrawn):
    read_in = [d for e in entries.values() for d in record(e).get("decisions", []) if d["reference"] == decision["reference"]]
    own = [record(e) for e in entries.values() if e["columns"]["subject_kind"] == "decision" and "payload" in e]
    happened = [(e["columns"]["kind"], e["columns"]["subject_pk"]) for e in entries.values()]
    papers = any(e["columns"]["kind"] in ("imported", "corrected by hand") and seq in withdrawn for seq, e in entries.items())
    for kind in [] if read_in or papers else {"determined", "published"} - {kind for kind, _ in happened}:
        yield f"The entry that the decision was {kind} is missing."
    if decision["record"] and not any(fits(sealed, decision["record"]) for sealed in (own or read_in)[-1:]):
        yield "What is told of the decision is not what was sealed."
    for vote in votes:
        roll, sealing = vote["record"]["roll"], entries.get(vote["entry"], {})
        tally = Counter(row["choice"] or row["state"] for row in roll)
        kept = sealing["payload"]["body"]["facts"].get("tally", tally) if "payload" in sealing else {}
        kept = tally if vote["entry"] in withdrawn else kept
        if not dict(tally) == vote["tally"] == kept or vote["sentence"] not in (sentence(tally), sentence(tally, yes_or_no=True)):
            yield f"The count told of the vote on {vote['on']} is not what its votes give: {dict(tally)}."
        if vote["entry"] in withdrawn:
            continue
        if not any(fits(sealed, vote["record"]) for sealed in record(sealing).get("questions", [record(sealing)])):
            yield f"What is told of the vote on {vote['on']} is not what was sealed."
        elif not read_in and ("opened", sealing["columns"]["subject_pk"]) not in happened:
            yield f"The entry that the vote on {vote['on']} was opened is missing."
        for row, seq in [] if "questions" in record(sealing) else zip(roll, vote["casts"], strict=True):
            cast = entries.get(seq, {"columns": {"subject_ref": ""}})
            given = (record(cast).get("choice"), record(cast).get("comment"), cast["columns"]["subject_ref"])
            if row["choice"] and seq not in withdrawn and given != (row["choice"], row["comment"], f"{row['choice'].capitalize()} for {row['constituency']}"[:120]):
                yield f"The entry of the vote of {row['constituency']} is missing or says something else."


def edition_faults(told, entries, withdrawn):
    """The page shows its latest edition: whether that is what was sealed, and whether every vote on it is told here."""
    body, issued = told["edition"]["body"], [e for e in entries.values() if e["columns"]["subject_kind"] == "decision_edition"]
    if body is None:
        return
    sealed = record(issued[-1]) if issued else {}
    if not issued:
        yield "The entry that the edition of the page was issued is missing."
    elif issued[-1]["columns"]["seq"] not in withdrawn and (told["edition"]["n"], sha256(canonical(body))) != (sealed.get("n"), sealed.get("sha256")):
        yield f"Edition {told['edition']['n']} of the page is not the last one that was sealed."
    shown, counted = ([vote["on"] for vote in votes] for votes in (body["votes"], told["votes"]))
    if body["reference"] != told["decision"]["reference"] or shown != counted:
        yield f"The page shows {len(shown)} votes ({'; '.join(shown)}), and {len(counted)} are told here ({'; '.join(counted)})."


def head_faults(heads, entries, noted):
    known = {seq: entry["hash"] for seq, entry in entries.items()}
    for head in heads:
        said, lists = record(head["entry"]), {block["n"]: block["hashes"] for block in head["blocks"]}
        known[head["entry"]["columns"]["seq"]] = head["entry"]["hash"]
        yield from entry_faults(head["entry"])
        if said["day"] != head["day"] or any(sha256(canonical(hashes)) != said["blocks"][n] for n, hashes in lists.items()):
            yield f"The head of {head['day']} does not fit the entries it was made from."
        for seq in covered(said, entries):
            if lists[(seq - said["first"]) // BLOCK][(seq - said["first"]) % BLOCK] != entries[seq]["hash"]:
                yield f"Entry {seq} is not the one that was there when the head of {head['day']} was published."
    for seq, hashed in noted:
        if seq not in known:
            yield f"Nothing here can be compared with entry {seq}, which you noted. Compare one of {listed(known)}."
        elif len(hashed) < 12 or not known[seq].startswith(hashed):
            yield f"Entry {seq} is not the one you noted: this was written anew since."


def covered(said, entries):
    return [seq for seq in entries if said["first"] <= seq <= said["last"]]


def check(told, noted):
    """What to say, and whether all fits: the exit code."""
    entries, taken_out = {entry["columns"]["seq"]: entry for entry in told["entries"]}, told.get("withdrawn", {"places": [], "entries": []})
    withdrawn, columns = set(taken_out["entries"]), set(taken_out.get("columns", []))
    faults = [] if list(entries) == sorted(e["columns"]["seq"] for e in told["entries"]) else ["The entries are not in order."]
    faults += [fault for entry in told["entries"] for fault in entry_faults(entry, columns)]
    faults += [*chain_faults(entries, told["links"]), *decision_faults(told["decision"], told["votes"], entries, withdrawn)]
    faults += [*edition_faults(told, entries, withdrawn), *head_faults(told["heads"], entries, noted)]
    faults += [f"The portal itself says: {fault}" for fault in told["faults"] if fault not in faults]
    if faults:
        return list(dict.fromkeys(faults)), FAULTY
    fit = f"{told['decision']['reference']}. Entries that fit: {listed(entries)}. Votes counted again: {len(told['votes'])}."
    says, bare, compared = [f"{vote['on']}: {vote['sentence']}" for vote in told["votes"]], set(entries), {seq for seq, _ in noted}
    for head in told["heads"]:
        seq, mine = head["entry"]["columns"]["seq"], covered(record(head["entry"]), entries)
        by = "vouched for by the head that you noted" if seq in dict(noted) else "not compared with a head kept outside; look for the one mailed"
        says, bare = [*says, *([f"{listed(mine)}: {by}, {seq} of {head['day']}."] if mine else [])], bare - set(mine)
        compared |= set(mine) if seq in dict(noted) else set()
    says += [f"{listed(bare)}: newer than the last published head."] if bare else []
    missed = [NOT_TOLD] * (not told["decision"]["record"])
    if withdrawn or taken_out["places"]:
        missed += [f"Unaltered, but for {len(taken_out['places'])} places withdrawn: what entries {listed(withdrawn)} sealed cannot be compared here."]
        missed += [f"Words were erased since from what entries {listed(taken_out['erased'])} sealed."] * bool(taken_out.get("erased"))
        missed += [f"Of entries {listed(columns)} not all columns are told, so that only the links to the entries beside them are checked."] * bool(columns)
    if alone := set(entries) - compared:
        missed += [f"No head that you noted vouches for entries {listed(alone)}: whoever wrote all of this anew could make it fit itself."]
    return ([*missed, f"The rest fits: {fit}", *says], NOT_ALL) if missed else ([f"Nothing altered: {fit}", *says], WHOLE)


def listed(seqs):
    return ", ".join(map(str, sorted(seqs)))


def main(source, *noted):
    try:
        heads = [(int(seq), hashed) for seq, _, hashed in (text.partition(":") for text in noted)]
        with urlopen(source) if "://" in source else open(source, "rb") as file:
            says, code = check(json.loads(file.read()), heads)
    except OSError as error:
        says, code = [f"{source} cannot be read: {error}."], FAULTY
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        says, code = [f"This is not a file that the portal made, or no head, or it is damaged ({type(error).__name__}: {error})."], FAULTY
    print(*says, sep="\n")
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) > 1 else __doc__)

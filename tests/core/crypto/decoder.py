# SPDX-FileCopyrightText: 2026 The PlanB contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""decoder.py FILE: opens recorded conversations with nothing but docs/protocol.md and Python's own library.

FILE is talk.json, or has a conversation in each line, as planb_record_talks writes them; "-" is standard input.

It plays both people: what one says moves that one's sending side (with the recorded ratchet secret), what one hears is
opened by that one's state alone. Every envelope has to open to what was said, or to be refused as was recorded.
"""
import base64
import json
import sys

from primitives import decode, encode, hash_of, is_signed, open_sealed, unpadded, x25519

BUCKETS = [256 << i for i in range(8)]
NONE4 = bytes(4)


def h32(label, key, *parts):
    return hash_of(label, 32, key, *parts)


def card_of(link):
    """Keys of the one device in an invitation; everything in it is verified."""
    assert link.startswith("planb:")
    text = link[6:]
    version, card, offer = decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    card_version, payload, signature = decode(card)
    assert version == card_version == 1
    fields = decode(payload)
    identity = fields[1]
    assert is_signed(identity, "PB1/sig/card", payload, signature)
    (entry,) = fields[6]
    device = dict(zip(("id", "incarnation", "ds", "dd", "suites", "certificate", "spk_id", "spk"), entry), ik=identity)
    certified = [identity, *entry[:5]]
    assert is_signed(identity, "PB1/sig/cert", encode(certified), device["certificate"])
    assert is_signed(device["ds"], "PB1/sig/device", encode([identity, *entry[:10]]), entry[10])
    if offer:
        assert offer[0] == device["id"]
        offered = encode([identity, offer[0], device["incarnation"], offer[1], offer[2]])
        assert is_signed(device["ds"], "PB1/sig/onetime", offered, offer[3])
    return device


def safety_number(one, other):
    digest = hash_of("PB1/safety", 64, b"", min(one, other), max(one, other))
    return "".join("%05d" % (int.from_bytes(digest[i : i + 5], "big") % 100000) for i in range(0, 60, 5))


class Envelope:
    def __init__(self, data):
        version, self.type, self.nonce, header, self.body = decode(data)
        assert version == 1 and len(self.nonce) == 24 and len(self.body) - 16 in BUCKETS
        self.header_ad = data[:29]
        self.body_ad = data[: len(data) - len(self.body) - 3]
        if self.type == 2:
            self.suite, self.spk_id, self.opk_id, self.ek, self.seal, self.header = decode(header)
            assert len(header) == 379 and len(data) == len(self.body) - 16 + 430
        else:
            self.header = header
            assert self.type == 1 and len(data) == len(self.body) - 16 + 106
        assert len(self.header) == 56


class Session:
    """One side of a session."""

    def __init__(self, ad, root, send_head, receive_head, own_secret=None, theirs=None):
        self.ad, self.root, self.next_send_head, self.next_receive_head = ad, root, send_head, receive_head
        self.own_secret, self.theirs = own_secret, theirs
        self.send_head = self.receive_head = self.chain = None
        self.received, self.old_heads, self.skipped = 0, [], {}
        self.generation = 0

    def step(self, secret, theirs):
        p = h32("PB1/root", self.root, x25519(secret, theirs))
        self.root = h32("PB1/root/key", p)
        return h32("PB1/root/chain", p), h32("PB1/root/head", p)

    def said(self, secret):
        """Follows what this side sealed: only a new ratchet key changes what it can open."""
        if secret != self.own_secret:
            self.own_secret, self.send_head = secret, self.next_send_head
            _, self.next_send_head = self.step(secret, self.theirs)

    def header(self, key, envelope):
        plain = open_sealed(key, envelope.nonce, envelope.header_ad + self.ad, envelope.header)
        return plain and (plain[:32], int.from_bytes(plain[32:36], "big"), int.from_bytes(plain[36:], "big"))

    def skip_to(self, number):
        while self.received < number:
            self.skipped[self.generation, self.received] = h32("PB1/chain/msg", self.chain)
            self.chain = h32("PB1/chain/next", self.chain)
            self.received += 1

    def message_key(self, envelope):
        if self.receive_head and (found := self.header(self.receive_head, envelope)):
            number = found[2]
            if number < self.received:
                return self.skipped.pop((self.generation, number), None)
        elif found := self.header(self.next_receive_head, envelope):
            theirs, previous, number = found
            if self.receive_head:
                self.skip_to(previous)
                self.old_heads.insert(0, (self.receive_head, self.generation))
                del self.old_heads[4:]
                self.generation += 1
            self.receive_head, self.theirs, self.received = self.next_receive_head, theirs, 0
            self.chain, self.next_receive_head = self.step(self.own_secret, theirs)
        else:
            for head, generation in self.old_heads:
                if found := self.header(head, envelope):
                    return self.skipped.pop((generation, found[2]), None)
            return None
        self.skip_to(number)
        key, self.chain = h32("PB1/chain/msg", self.chain), h32("PB1/chain/next", self.chain)
        self.received += 1
        return key

    def opened(self, envelope):
        """The text, or None for what was opened before."""
        key = self.message_key(envelope)
        if key is None:
            return None
        plain = open_sealed(key, envelope.nonce, envelope.body_ad + self.ad, envelope.body)
        body = decode(unpadded(plain))
        assert body[0] == 1
        return body[7][0]


class Party:
    def __init__(self, record):
        self.device = card_of(record["link"])
        self.secret = bytes.fromhex(record["exchangeSecret"])
        read = lambda keys: {bytes.fromhex(k["id"]): (bytes.fromhex(k["public"]), bytes.fromhex(k["secret"])) for k in keys}
        self.prekeys, self.one_time = read(record["prekeys"]), read(record["oneTimeKeys"])
        self.sessions = {}  # by EK; what was said in messages finds its session by the ratchet secret

    def begin(self, envelope, initiator):
        """Both sides of the session that a greeting to this party begins."""
        dd = self.device["dd"]
        key = h32("PB1/seal", b"", x25519(self.secret, envelope.ek), envelope.ek, dd)
        author = decode(unpadded(open_sealed(key, bytes(24), b"", envelope.seal)))
        a = dict(zip(("ik", "id", "incarnation", "ds", "dd", "suites", "certificate", "order"), author))
        assert is_signed(a["ik"], "PB1/sig/cert", encode([a[k] for k in ("ik", "id", "incarnation", "ds", "dd", "suites")]), a["certificate"])
        assert a["ik"] == initiator.device["ik"]
        spk, spk_secret = self.prekeys[envelope.spk_id]
        opk, opk_secret = self.one_time.get(envelope.opk_id, (bytes(32), None))
        assert (opk_secret is None) == (envelope.opk_id == NONE4)
        party = lambda d: [d["ik"], d["ds"], d["dd"], d["id"], d["incarnation"]]
        transcript = [1, a["suites"], self.device["suites"], *party(a), *party(self.device), envelope.ek]
        ad = hash_of("PB1/session", 32, b"", encode([*transcript, envelope.spk_id, spk, envelope.opk_id, opk]))
        shared = [x25519(spk_secret, a["dd"]), x25519(self.secret, envelope.ek), x25519(spk_secret, envelope.ek)]
        if opk_secret:
            shared.append(x25519(opk_secret, envelope.ek))
        sk = h32("PB1/x3dh", b"", ad, b"\xff" * 32, *shared)
        root, head_a, head_b = (h32("PB1/init/" + name, sk) for name in ("root", "head/a", "head/b"))
        self.sessions[envelope.ek] = Session(ad, root, head_b, head_a, own_secret=spk_secret)
        initiator.sessions[envelope.ek] = Session(ad, root, head_a, head_b, theirs=spk)


def sender_session(sender, receiver, envelope):
    """That in which an envelope was sealed: of a message, the one whose next or current header key fits."""
    if envelope.type == 2:
        if envelope.ek not in sender.sessions:
            receiver.begin(envelope, sender)
        return sender.sessions[envelope.ek]
    for session in sender.sessions.values():
        for key in (session.next_send_head, session.send_head):
            if key and session.header(key, envelope):
                return session
    raise AssertionError("sealed in no session")


def replay(talk):
    """How many envelopes opened, and how many were refused as repeats."""
    people = {name: Party(talk[name]) for name in ("alice", "bob")}
    assert safety_number(people["alice"].device["ik"], people["bob"].device["ik"]) == talk["safetyNumber"]
    envelopes, opened, refused = {}, 0, 0
    for index, event in enumerate(talk["events"]):
        if "say" in event:
            envelope = Envelope(bytes.fromhex(event["bytes"]))
            sender = people[event["say"]]
            receiver = people["bob" if event["say"] == "alice" else "alice"]
            session = sender_session(sender, receiver, envelope)
            session.said(bytes.fromhex(event["ratchetSecret"]))
            envelopes[index] = (envelope, receiver, event["text"])
            continue
        envelope, receiver, text = envelopes[event["hear"]]
        candidates = [receiver.sessions[envelope.ek]] if envelope.type == 2 else receiver.sessions.values()
        found = next((t for t in (s.opened(envelope) for s in candidates) if t is not None), None)
        assert found == (text if event["opens"] is True else None), (index, event["opens"], found)
        opened, refused = opened + (found is not None), refused + (found is None)
    assert opened > 0
    return opened, refused


def talks_in(path):
    with sys.stdin if path == "-" else open(path, encoding="utf-8") as file:
        content = file.read()
    return [json.loads(content)] if content.startswith("{\n") else [json.loads(line) for line in content.splitlines()]


def main(path):
    counts = [replay(talk) for talk in talks_in(path)]
    opened, refused = (sum(column) for column in zip(*counts))
    print(f"{len(counts)} talks: opened {opened} envelopes, refused {refused} repeats")


if __name__ == "__main__":
    main(sys.argv[1])

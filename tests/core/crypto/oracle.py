# SPDX-FileCopyrightText: 2026 The PlanB contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""oracle.py FILE: does somebody else's Double Ratchet skip, reorder and refuse as ours does?

Takes what decoder.py takes. decoder.py opens the headers; from the opened headers the library "doubleratchet" (Debian:
python3-doubleratchet) has to find the same key for each message, and none for those that were refused.
"""
import asyncio
import sys

import doubleratchet
from doubleratchet.recommended import diffie_hellman_ratchet_curve25519 as curve25519

import decoder
from primitives import decode, open_sealed, unpadded

chains = {}  # (session, is initiator): ratchet secrets in the order in which they were used; of the first pass
compared = 0


class RootKdf(doubleratchet.KDF):
    @staticmethod
    async def derive(key, data, length):
        assert length == 64
        p = decoder.h32("PB1/root", key, data)
        return decoder.h32("PB1/root/key", p) + decoder.h32("PB1/root/chain", p)


class ChainKdf(doubleratchet.KDF):
    @staticmethod
    async def derive(key, data, length):
        assert length == 64
        return decoder.h32("PB1/chain/next", key) + decoder.h32("PB1/chain/msg", key)


class Curve(curve25519.DiffieHellmanRatchet):
    next_secret = None

    @staticmethod
    def _generate_priv():
        return Curve.next_secret


class Body(doubleratchet.AEAD):
    at_hand = None  # envelope and the session's hash: what the library has no word for

    @staticmethod
    async def encrypt(plaintext, key, associated_data):
        return b""

    @staticmethod
    async def decrypt(ciphertext, key, associated_data):
        envelope, ad = Body.at_hand
        plain = open_sealed(key, envelope.nonce, envelope.body_ad + ad, envelope.body)
        if plain is None:
            raise doubleratchet.AuthenticationFailedException
        return plain


class Ratchet(doubleratchet.DoubleRatchet):
    @staticmethod
    def _build_associated_data(associated_data, header):
        return b""


SETTINGS = dict(diffie_hellman_ratchet_class=Curve, root_chain_kdf=RootKdf, message_chain_kdf=ChainKdf,
                message_chain_constant=b"", dos_protection_threshold=1000, max_num_skipped_message_keys=2000, aead=Body)


class Recording(decoder.Session):
    """The first pass: which ratchet keys there will be, since the library makes them earlier than we do."""

    def __init__(self, ad, root, send_head, receive_head, own_secret=None, theirs=None):
        super().__init__(ad, root, send_head, receive_head, own_secret, theirs)
        self.chains = chains.setdefault((ad, theirs is not None), [])

    def said(self, secret):
        if secret != self.own_secret:
            self.chains.append(secret)
        super().said(secret)


class Checked(decoder.Session):
    """The second pass: everything that is opened here is opened by the library, too."""

    def __init__(self, ad, root, send_head, receive_head, own_secret=None, theirs=None):
        super().__init__(ad, root, send_head, receive_head, own_secret, theirs)
        self.chains, self.begun = chains[ad, theirs is not None], 0
        self.first_root, self.prekey_secret, self.ratchet, self.found = root, own_secret, None, None

    def header(self, key, envelope):
        found = super().header(key, envelope)
        self.found = found or self.found
        return found

    def said(self, secret):
        is_first = self.own_secret is None
        self.begun += secret != self.own_secret
        if is_first:
            Curve.next_secret = secret
            begin = Ratchet.encrypt_initial_message(
                shared_secret=self.first_root, recipient_ratchet_pub=self.theirs, message=b"", associated_data=b"", **SETTINGS)
            self.ratchet, _ = asyncio.run(begin)
        super().said(secret)

    def opened(self, envelope):
        global compared
        self.found = None
        text = super().opened(envelope)
        if self.found:
            assert self.opened_by_library(envelope) == text
            compared += 1
        return text

    def opened_by_library(self, envelope):
        Curve.next_secret = self.chains[self.begun] if self.begun < len(self.chains) else b"\x09" * 32
        Body.at_hand = envelope, self.ad
        message = doubleratchet.EncryptedMessage(doubleratchet.Header(*self.found), b"")
        try:
            if self.ratchet:
                plain = asyncio.run(self.ratchet.decrypt_message(message, b""))
            else:
                self.ratchet, plain = asyncio.run(Ratchet.decrypt_initial_message(
                    shared_secret=self.first_root, own_ratchet_priv=self.prekey_secret, message=message, associated_data=b"", **SETTINGS))
        except (doubleratchet.AuthenticationFailedException, doubleratchet.DuplicateMessageException):
            return None
        return decode(unpadded(plain))[7][0]


def main(path):
    talks = decoder.talks_in(path)
    for talk in talks:
        chains.clear()
        for session in (Recording, Checked):
            decoder.Session = session
            decoder.replay(talk)
    print(f"{len(talks)} talks: agrees on {compared} messages")


if __name__ == "__main__":
    main(sys.argv[1])

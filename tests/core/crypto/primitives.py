# SPDX-FileCopyrightText: 2026 The PlanB contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What docs/protocol.md builds on, in plain Python and slow: for checking recorded envelopes, never for keeping a secret."""
import hashlib
import struct

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def hash_of(label, size, key, *parts):
    data = b"".join(struct.pack(">I", len(part)) + part for part in parts)
    return hashlib.blake2b(data, digest_size=size, key=key, salt=bytes(16), person=label.encode().ljust(16, b"\0")).digest()


def x25519(secret, point):
    """RFC 7748, section 5."""
    scalar = int.from_bytes(secret, "little") & ~7 & (2**255 - 1) | 2**254
    u = int.from_bytes(point, "little") & (2**255 - 1)
    x2, z2, x3, z3 = 1, 0, u, 1
    for bit in range(254, -1, -1):
        swap = scalar >> bit & 1
        if swap:
            x2, z2, x3, z3 = x3, z3, x2, z2
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        da, cb, aa, bb = d * a, c * b, a * a % P, b * b % P
        x3, z3 = (da + cb) ** 2 % P, u * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, (aa - bb) * (aa + 121665 * (aa - bb)) % P
        if swap:
            x2, z2, x3, z3 = x3, z3, x2, z2
    shared = (x2 * pow(z2, -1, P) % P if z2 else 0).to_bytes(32, "little")
    assert any(shared)
    return shared


def _add(one, other):
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, other
    a, b, c, d = (y1 - x1) * (y2 - x2), (y1 + x1) * (y2 + x2), 2 * t1 * t2 * D, 2 * z1 * z2
    e, f, g, h = (b - a) % P, (d - c) % P, (d + c) % P, (b + a) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = _add(result, point)
        point = _add(point, point)
        scalar >>= 1
    return result


def _point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    assert y < P
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    assert (x * x - square) % P == 0
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = _point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(key, label, message, signature):
    """RFC 8032, section 5.1.7, of the message's hash."""
    s = int.from_bytes(signature[32:], "little")
    assert s < ORDER
    digest = hashlib.sha512(signature[:32] + key + hash_of(label, 64, b"", message)).digest()
    left = _times(s, BASE)
    right = _add(_point(signature[:32]), _times(int.from_bytes(digest, "little") % ORDER, _point(key)))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def _rounds(state):
    def quarter(a, b, c, d):
        for x, y, z, shift in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            state[x] = (state[x] + state[y]) & 0xFFFFFFFF
            word = state[z] ^ state[x]
            state[z] = (word << shift | word >> (32 - shift)) & 0xFFFFFFFF

    for _ in range(10):
        for column in range(4):
            quarter(column, column + 4, column + 8, column + 12)
        for a, b, c, d in ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            quarter(a, b, c, d)
    return state


CONSTANTS = struct.unpack("<4I", b"expand 32-byte k")


def _block(key, counter, nonce):
    start = [*CONSTANTS, *struct.unpack("<8I", key), counter, *struct.unpack("<3I", nonce)]
    return struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(_rounds(list(start)), start)))


def open_sealed(key, nonce, ad, sealed):
    """XChaCha20-Poly1305; None if it does not open."""
    state = _rounds([*CONSTANTS, *struct.unpack("<8I", key), *struct.unpack("<4I", nonce[:16])])
    subkey, short = struct.pack("<8I", *state[:4], *state[12:]), bytes(4) + nonce[16:]
    text, tag = sealed[:-16], sealed[-16:]
    one_time = _block(subkey, 0, short)
    r = int.from_bytes(one_time[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    pad = lambda data: data + bytes(-len(data) % 16)
    message, total = pad(ad) + pad(text) + struct.pack("<QQ", len(ad), len(text)), 0
    for at in range(0, len(message), 16):
        total = (total + int.from_bytes(message[at : at + 16] + b"\1", "little")) * r % (2**130 - 5)
    if (total + int.from_bytes(one_time[16:32], "little") & (2**128 - 1)).to_bytes(16, "little") != tag:
        return None
    stream = b"".join(_block(subkey, 1 + i, short) for i in range((len(text) + 63) // 64))
    return bytes(a ^ b for a, b in zip(text, stream))


def unpadded(data):
    content = data.rstrip(b"\0")
    assert content.endswith(b"\x80")
    return content[:-1]


def encode(value):
    """Deterministic CBOR (RFC 8949, section 4.2.1)."""

    def head(major, number):
        for width, info in ((1, 24), (2, 25), (4, 26), (8, 27)):
            if number < 24:
                return bytes([major << 5 | number])
            if number < 256**width:
                return bytes([major << 5 | info]) + number.to_bytes(width, "big")
        raise AssertionError("too large")

    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(encode, value))
    return head(5, len(value)) + b"".join(encode(key) + encode(value[key]) for key in sorted(value))


def decode(data):
    """The value; asserts that it has the one form there is."""

    def item(at):
        major, number, at = data[at] >> 5, data[at] & 31, at + 1
        if number >= 24:
            width = 1 << (number - 24)
            number, at = int.from_bytes(data[at : at + width], "big"), at + width
        if major == 0:
            return number, at
        if major in (2, 3):
            text = data[at : at + number]
            return (text if major == 2 else text.decode()), at + number
        values = []
        for _ in range(number * (major - 3)):
            value, at = item(at)
            values.append(value)
        assert major in (4, 5)
        return (values if major == 4 else dict(zip(values[::2], values[1::2]))), at

    value, end = item(0)
    assert end == len(data) and encode(value) == data
    return value

"""Keccak-256, secp256k1 and what a user of 0G serving signs (zerog-serving.md 2.3): a second implementation, from the standards, so that the agents
are not tested with their own."""
import hashlib
import hmac

P = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
G = (0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798, 0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8)
MASK = 2**64 - 1


def _round_constants():
    out, lfsr = [], 1
    for _ in range(24):
        value = 0
        for j in range(7):
            if lfsr & 1:
                value |= 1 << ((1 << j) - 1)
            lfsr = ((lfsr << 1) ^ (0x71 if lfsr & 0x80 else 0)) & 0xFF
        out.append(value)
    return out


ROUNDS = _round_constants()


def _permute(a):
    for constant in ROUNDS:
        c = [a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20] for x in range(5)]
        d = [c[(x - 1) % 5] ^ ((c[(x + 1) % 5] << 1 | c[(x + 1) % 5] >> 63) & MASK) for x in range(5)]
        a = [a[i] ^ d[i % 5] for i in range(25)]
        x, y, current = 1, 0, a[1]
        for t in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            r = (t + 1) * (t + 2) // 2 % 64
            current, a[x + 5 * y] = a[x + 5 * y], (current << r | current >> (64 - r)) & MASK if r else current
        for row in range(0, 25, 5):
            line = a[row:row + 5]
            for x in range(5):
                a[row + x] = line[x] ^ (~line[(x + 1) % 5] & line[(x + 2) % 5] & MASK)
        a[0] ^= constant
    return a


def keccak(data):
    state, rate = [0] * 25, 136
    data += b"\x01" + b"\x00" * (rate - len(data) % rate - 1)
    data = data[:-1] + bytes([data[-1] | 0x80])
    for block in range(0, len(data), rate):
        for i in range(rate // 8):
            state[i] ^= int.from_bytes(data[block + 8 * i:block + 8 * i + 8], "little")
        state = _permute(state)
    return b"".join(lane.to_bytes(8, "little") for lane in state[:4])


def _add(p, q):
    if p is None:
        return q
    if q is None:
        return p
    if p[0] == q[0] and (p[1] + q[1]) % P == 0:
        return None
    if p == q:
        slope = 3 * p[0] * p[0] * pow(2 * p[1], -1, P) % P
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, P) % P
    x = (slope * slope - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


def _times(k, point=G):
    out = None
    while k:
        if k & 1:
            out = _add(out, point)
        point = _add(point, point)
        k >>= 1
    return out


def address(key):
    x, y = _times(key)
    return "0x" + keccak(x.to_bytes(32, "big") + y.to_bytes(32, "big"))[12:].hex()


def checksum(text):
    low = text[2:].lower()
    digest = keccak(low.encode()).hex()
    return "0x" + "".join(c.upper() if int(digest[i], 16) >= 8 else c for i, c in enumerate(low))


def sign(key, digest, high_s=False, v_base=27):
    z, secret = int.from_bytes(digest, "big"), key.to_bytes(32, "big")
    k, v = b"\x00" * 32, b"\x01" * 32
    for mark in (b"\x00", b"\x01"):
        k = hmac.new(k, v + mark + secret + (z % N).to_bytes(32, "big"), hashlib.sha256).digest()
        v = hmac.new(k, v, hashlib.sha256).digest()
    v = hmac.new(k, v, hashlib.sha256).digest()
    nonce = int.from_bytes(v, "big")
    point = _times(nonce)
    r = point[0] % N
    s = pow(nonce, -1, N) * (z + r * key) % N
    odd = point[1] & 1
    if (s > N // 2) != high_s:
        s, odd = N - s, odd ^ 1
    return r.to_bytes(32, "big") + s.to_bytes(32, "big") + bytes([v_base + odd])


def request_digest(provider, user, service, inputs, previous, nonce, created):
    packed = bytes.fromhex(provider[2:]) + bytes.fromhex(user[2:]) + service.encode()
    for number in (inputs, previous, nonce, created):
        packed += number.to_bytes(32, "big")
    return keccak(b"\x19Ethereum Signed Message:\n32" + keccak(packed))

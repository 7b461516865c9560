"""Files spoiled by a seeded hand: bytes changed, cut, doubled, moved; in a Word document inside its parts too."""

import io
import random
import re
import zipfile

_NUMBER = re.compile(rb'="(\d+)"')


def spoiled(data, seed):
    hand = random.Random(seed)
    if data.startswith(b"PK") and hand.random() < 0.7:
        return _spoiled_parts(data, hand)
    return _spoiled_bytes(data, hand)


def _spoiled_bytes(data, hand):
    content = bytearray(data)
    for _ in range(hand.choice((1, 2, 8, 40))):
        at, length = hand.randrange(len(content) or 1), hand.choice((1, 2, 16, 300))
        kind = hand.randrange(5)
        if kind == 0:
            content[at : at + 1] = bytes([hand.randrange(256)])
        elif kind == 1:
            del content[at : at + length]
        elif kind == 2:
            content[at:at] = content[at : at + length] * hand.choice((1, 3))
        elif kind == 3:
            content[at:at] = hand.randbytes(length)
        else:
            content[at : at + length] = content[:length]
    return bytes(content)


def _spoiled_parts(data, hand):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = hand.choice(sorted(parts))
    part = parts[name]
    elements = re.findall(rb"<[^<>]+>", part)
    kind = hand.randrange(5)
    if kind == 0:
        parts[name] = _spoiled_bytes(part, hand)
    elif kind == 1:
        parts[name] = _NUMBER.sub(lambda _: b'="%d"' % hand.choice((-1, 0, 9, 10**6, 10**18)), part)
    elif kind == 2:
        del parts[name]
    elif kind == 3 and elements:
        parts[name] = part.replace(hand.choice(elements), b"")
    elif elements:
        parts[name] = part.replace(hand.choice(elements), hand.choice(elements))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return out.getvalue()

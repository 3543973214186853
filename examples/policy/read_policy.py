#!/usr/bin/env python3
"""Shows a policy file with nothing but Python's standard library."""
import json, math, struct, sys


def show(path):
    with open(path, "rb") as f:
        (length,) = struct.unpack("<Q", f.read(8))
        header = json.loads(f.read(length))
        data = f.read()
    for key, value in header.pop("__metadata__").items():
        print(f"{key:20} {value}")
    for name, t in header.items():
        begin, end = t["data_offsets"]
        values = struct.unpack(f"<{(end - begin) // 4}f", data[begin:end])
        norm = math.sqrt(sum(v * v for v in values))
        print(f"{name:20} {t['dtype']} {t['shape']} norm {norm:.4f}")


if len(sys.argv) != 2:
    sys.exit("usage: read_policy.py FILE.safetensors")
try:
    show(sys.argv[1])
except (OSError, KeyError, OverflowError, ValueError, struct.error) as e:
    sys.exit(f"{sys.argv[1]} cannot be read as a policy file: {e}")

#!/usr/bin/env python3
"""Shows a policy file with nothing but Python's standard library."""
import json, math, struct, sys

with open(sys.argv[1], "rb") as f:
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

#!/usr/bin/env python3
"""Makes a policy file of weights that were trained elsewhere.

    write_policy.py TEMPLATE.safetensors WEIGHTS OUT.safetensors

The weights are PyTorch's state dict (WEIGHTS.pt), or an object of nested lists (WEIGHTS.json), whose
names and shapes are those of the template, a policy file for the same features and actions, such as
one that a short 'qos train' wrote; 'read_policy.py TEMPLATE' shows them. A module that holds its
nn.Linear layers in an nn.ModuleList named "layers" has them.
"""

import json
import os
import struct
import sys


# What the template tells of its training holds for other weights no more, but for how often to decide.
KEPT = ["provenance.interval"]


def header_of(path):
    with open(path, "rb") as f:
        (length,) = struct.unpack("<Q", f.read(8))
        return json.loads(f.read(length))


def shape_of(tensor):
    return [len(tensor)] + shape_of(tensor[0]) if isinstance(tensor, list) else []


def flat(tensor):
    return [v for part in tensor for v in flat(part)] if isinstance(tensor, list) else [tensor]


def write(path, metadata, tensors):
    header, data = {"__metadata__": metadata}, b""
    for name, tensor in tensors.items():
        values = flat(tensor)
        begin = len(data)
        data += struct.pack(f"<{len(values)}f", *values)
        header[name] = {"dtype": "F32", "shape": shape_of(tensor),
                        "data_offsets": [begin, len(data)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + data)


def read(path):
    """Where the weights are from, and they, as nested lists."""
    if path.endswith(".json"):
        with open(path) as f:
            return os.path.basename(path), json.load(f)
    import torch
    return "PyTorch " + torch.__version__, {
        name: tensor.tolist() for name, tensor in torch.load(path).items()}


def main(template, weights, out):
    origin, tensors = read(weights)
    metadata = {key: value for key, value in header_of(template)["__metadata__"].items()
                if key in KEPT or not key.startswith("provenance.")}
    metadata["provenance.trained-on"] = origin
    write(out, metadata, tensors)


if len(sys.argv) != 4:
    sys.exit(__doc__.strip())
try:
    main(*sys.argv[1:])
except (ImportError, OSError, KeyError, OverflowError, ValueError, struct.error) as e:
    sys.exit(f"the policy was not written: {e}")

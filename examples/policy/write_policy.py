#!/usr/bin/env python3
"""Makes a policy file of weights that PyTorch trained.

    write_policy.py TEMPLATE.safetensors WEIGHTS.pt OUT.safetensors

The weights are a state dict whose names and shapes are those of the template, a policy file for the
same features and actions, such as one that a short 'qos train' wrote; 'read_policy.py TEMPLATE'
shows them. A module that holds its nn.Linear layers in an nn.ModuleList named "layers" has them.
"""

import json
import struct
import sys

import torch


def header_of(path):
    with open(path, "rb") as f:
        (length,) = struct.unpack("<Q", f.read(8))
        return json.loads(f.read(length))


def write(path, metadata, tensors):
    header, data = {"__metadata__": metadata}, b""
    for name, tensor in tensors.items():
        values = tensor.detach().to(torch.float32).contiguous().flatten().tolist()
        begin = len(data)
        data += struct.pack(f"<{len(values)}f", *values)
        header[name] = {"dtype": "F32", "shape": list(tensor.shape),
                        "data_offsets": [begin, len(data)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + data)


template, weights, out = sys.argv[1:]
metadata = {key: value for key, value in header_of(template)["__metadata__"].items()
            if not key.startswith("provenance.")}
metadata["provenance.trained-on"] = "PyTorch " + torch.__version__
write(out, metadata, torch.load(weights))

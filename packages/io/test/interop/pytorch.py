"""For each case of a folder: loads our state dict into a module with load_state_dict, runs it, writes what it gives.

    python3 pytorch.py folder
"""

import json
import struct
import sys
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parent.parent / "fixtures"))
from pytorch import Network  # noqa: E402


def load_safetensors(path):
    """What safetensors.torch.load_file does, for those who have torch alone."""
    raw = path.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header, data = json.loads(raw[8 : 8 + length]), raw[8 + length :]
    kinds = {"F32": "<f4", "F64": "<f8"}
    return {
        name: torch.from_numpy(
            np.frombuffer(data[slice(*entry["data_offsets"])], kinds[entry["dtype"]]).reshape(entry["shape"]).copy()
        )
        for name, entry in header.items()
        if name != "__metadata__"
    }


def load_npz(path):
    return {name: torch.from_numpy(array) for name, array in np.load(path).items()}


folder = Path(sys.argv[1])
for number, case in enumerate(json.loads((folder / "cases.json").read_text())):
    state = load_safetensors(folder / f"{number}.safetensors")
    same = load_npz(folder / f"{number}.npz")
    assert state.keys() == same.keys() and all(torch.equal(state[name], same[name]) for name in state)
    network = Network(case).to(next(iter(state.values())).dtype)
    network.load_state_dict(state, strict=True)
    x = torch.from_numpy(np.load(folder / f"{number}.x.npy"))
    with torch.no_grad():
        y = network(x.to(next(network.parameters()).dtype)).double().numpy()
        y64 = network.double()(x.double()).numpy()
    dtype = next(iter(state.values())).dtype
    back = {name: tensor.to(dtype).numpy() for name, tensor in network.state_dict().items()}
    np.savez(folder / f"{number}.back.npz", **back)
    np.savez(folder / f"{number}.y.npz", y=y, y64=y64)
print(f"PyTorch {torch.__version__}, NumPy {np.__version__}")

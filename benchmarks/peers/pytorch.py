"""PyTorch's side of the protocol that serve.mjs describes. Argument: the number of threads."""

import base64
import json
import sys
import time

import numpy as np
import torch

torch.set_num_threads(int(sys.argv[1]))


def floats(text, *shape):
    return torch.from_numpy(np.frombuffer(base64.b64decode(text), dtype=np.float32).reshape(shape).copy())


def network(problem):
    size = problem["sizes"]
    I, H, O = size["I"], size["H"], size["O"]
    rnn = torch.nn.RNN(I, H, nonlinearity=problem["activation"])
    readout = torch.nn.Linear(H, O)
    weights = problem["weights"]
    with torch.no_grad():
        rnn.weight_ih_l0.copy_(floats(weights["W_xh"], H, I))
        rnn.weight_hh_l0.copy_(floats(weights["W_hh"], H, H))
        rnn.bias_ih_l0.copy_(floats(weights["b_h"], H))
        rnn.bias_hh_l0.zero_()
        readout.weight.copy_(floats(weights["W_hy"], O, H))
        readout.bias.copy_(floats(weights["b_y"], O))
    # PyTorch has two biases that always have the same gradient; we have one.
    rnn.bias_hh_l0.requires_grad_(False)
    return rnn, readout


def training(problem):
    size = problem["sizes"]
    I, O, B, T = size["I"], size["O"], size["B"], size["T"]
    rnn, readout = network(problem)
    inputs = floats(problem["inputs"], T, B, I)
    if problem["loss"] == "cross-entropy":
        tokens = np.frombuffer(base64.b64decode(problem["targets"]), dtype=np.int32)
        targets = torch.from_numpy(tokens.astype(np.int64))
        measure = torch.nn.CrossEntropyLoss()
    else:
        targets = floats(problem["targets"], T * B, O)
        measure = torch.nn.MSELoss()
    parameters = [p for p in [*rnn.parameters(), *readout.parameters()] if p.requires_grad]

    def step():
        for p in parameters:
            p.grad = None
        states, _ = rnn(inputs)
        loss = measure(readout(states).reshape(T * B, O), targets)
        loss.backward()
        return loss

    loss = step().item()
    norm = float(torch.sqrt(sum((p.grad.double() ** 2).sum() for p in parameters)))
    return {"loss": loss, "gradientNorm": norm}, step


def streaming(problem):
    size = problem["sizes"]
    I, H, T = size["I"], size["H"], size["T"]
    rnn, readout = network(problem)
    W_xh, W_hh, b_h = rnn.weight_ih_l0.detach(), rnn.weight_hh_l0.detach(), rnn.bias_ih_l0.detach()
    W_hy, b_y = readout.weight.detach(), readout.bias.detach()
    W_xh_t, W_hh_t, W_hy_t = W_xh.t(), W_hh.t(), W_hy.t()
    inputs = floats(problem["inputs"], T, 1, I)
    state = [torch.zeros(1, H)]

    def step(x):
        # Faster than RNNCell, whose call alone costs more than these.
        state[0] = torch.tanh(torch.addmm(torch.addmm(b_h, x, W_xh_t), state[0], W_hh_t))
        return torch.addmm(b_y, state[0], W_hy_t)

    with torch.inference_mode():
        outputs = [number for t in range(T) for number in step(inputs[t]).flatten().tolist()]
    first = inputs[0]

    def run():
        with torch.inference_mode():
            return step(first)

    return {"outputs": outputs}, run


def products_of():
    """Which library computes PyTorch's products: that decides its speed."""
    torch.ones(64, 64) @ torch.ones(64, 64)
    with open("/proc/self/maps") as maps:
        loaded = maps.read()
    names = {"mkl": "MKL", "openblas": "OpenBLAS", "blis": "BLIS", "libblas": "reference BLAS"}
    return next((name for part, name in names.items() if part in loaded), "its own")


run = None
for line in sys.stdin:
    asked = json.loads(line)
    if "make" in asked:
        problem = asked["make"]
        result, run = training(problem) if problem["kind"] == "training" else streaming(problem)
        answer = {"result": result}
    elif "time" in asked:
        start = time.perf_counter()
        for _ in range(asked["time"]):
            run()
        answer = {"milliseconds": 1000 * (time.perf_counter() - start) / asked["time"]}
    else:
        answer = {"version": f"{torch.__version__}, products by {products_of()}"}
    print(json.dumps(answer), flush=True)

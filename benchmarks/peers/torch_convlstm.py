"""Two plain ConvLSTM layers in PyTorch, eager: torch_convlstm.py FOLDER HIDDEN LAYERS STEPS SIDE BATCH THREADS

FOLDER holds weights.bin and maps.bin, float32, as benchmarks/HotspotInference.Benchmarks/Harness/Compare.cs writes them. Answers each line with a number of calls by
their seconds a call; the first line of its own is the mean of the risk, by which all peers are seen to compute the same.
"""
import sys, time
import numpy, torch

folder, (hidden, layers, steps, side, batch, threads) = sys.argv[1], map(int, sys.argv[2:8])
torch.set_num_threads(threads)
torch.set_grad_enabled(False)
values = torch.from_numpy(numpy.fromfile(f"{folder}/weights.bin", numpy.float32))
maps = torch.from_numpy(numpy.fromfile(f"{folder}/maps.bin", numpy.float32)[: batch * steps * side * side]).view(batch, steps, 1, side, side)


def take(*shape):
    global values
    count = int(numpy.prod(shape))
    part, values = values[:count].reshape(shape).clone(), values[count:]
    return part


cells = []
for layer in range(layers):
    inputs = (1 if layer == 0 else hidden) + hidden
    convolution = torch.nn.Conv2d(inputs, 4 * hidden, 3, padding=1)
    convolution.weight.copy_(take(4 * hidden, inputs, 3, 3))
    convolution.bias.copy_(take(4 * hidden))
    cells.append(convolution)
head = torch.nn.Conv2d(hidden, 1, 3, padding=1, bias=False)
head.weight.copy_(take(1, hidden, 3, 3))


def forward():
    frames = [maps[:, t] for t in range(steps)]
    for convolution in cells:
        h = c = torch.zeros(batch, hidden, side, side)
        for t in range(steps):
            i, f, o, g = convolution(torch.cat([frames[t], h], 1)).chunk(4, 1)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            h = torch.sigmoid(o) * torch.tanh(c)
            frames[t] = h
    return torch.sigmoid(head(frames[-1]))


for _ in range(3):
    risk = forward()
print(float(risk.mean()), flush=True)
for line in sys.stdin:
    calls = int(line)
    start = time.perf_counter()
    for _ in range(calls):
        forward()
    print((time.perf_counter() - start) / calls, flush=True)

"""Training steps of two plain ConvLSTM layers in PyTorch, eager, Adam: torch_training.py HIDDEN STEPS SIDE BATCH THREADS SAMPLES

Writes samples a second, after a batch that is not timed.
"""
import sys, time
import torch

hidden, steps, side, batch, threads, samples = map(int, sys.argv[1:7])
torch.set_num_threads(threads)
torch.manual_seed(1)


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.cells = torch.nn.ModuleList(torch.nn.Conv2d((1 if i == 0 else hidden) + hidden, 4 * hidden, 3, padding=1) for i in range(2))
        self.head = torch.nn.Conv2d(hidden, 1, 3, padding=1)

    def forward(self, maps):
        frames = [maps[:, t] for t in range(steps)]
        for convolution in self.cells:
            h = c = torch.zeros(maps.shape[0], hidden, side, side)
            for t in range(steps):
                i, f, o, g = convolution(torch.cat([frames[t], h], 1)).chunk(4, 1)
                c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
                h = torch.sigmoid(o) * torch.tanh(c)
                frames[t] = h
        return self.head(frames[-1])


network = Network()
optimizer = torch.optim.Adam(network.parameters(), 1e-3)
maps = (torch.rand(samples, steps, 1, side, side) < 0.02).float()
targets = (torch.rand(samples, 1, side, side) < 0.02).float()


def step(first):
    part = slice(first, first + batch)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(network(maps[part]), targets[part])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


step(0)
start = time.perf_counter()
for first in range(0, samples, batch):
    step(first)
print(samples / (time.perf_counter() - start))

#!/usr/bin/python3
"""The rival of the learner's benchmarks: PyTorch, written the way CleanRL writes DQN.

    apt-get install python3-torch libopenblas0
    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 taskset -c 1 /usr/bin/python3 examples/bench/dqn_pytorch.py

Debian's python3-torch multiplies with whatever libblas.so.3 is installed; without libopenblas0 that
is the reference BLAS, ten times slower. Prints the fastest and the median of 15 rounds.
"""

import math
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
TRANSITIONS = 100_000


def network(inputs, width, actions):
    return nn.Sequential(
        nn.Linear(inputs, width), nn.ReLU(),
        nn.Linear(width, width), nn.ReLU(),
        nn.Linear(width, actions))


class Learner:
    def __init__(self, inputs, width, actions, batch):
        self.rng = np.random.default_rng(1)
        self.batch = batch
        self.online, self.target = network(inputs, width, actions), network(inputs, width, actions)
        self.target.load_state_dict(self.online.state_dict())
        self.adam = torch.optim.Adam(self.online.parameters(), lr=1e-3)
        self.observations = np.zeros((TRANSITIONS, inputs), np.float32)
        self.nexts = np.zeros((TRANSITIONS, inputs), np.float32)
        self.actions = np.zeros((TRANSITIONS, 1), np.int64)
        self.rewards = np.zeros(TRANSITIONS, np.float32)
        self.dones = np.zeros(TRANSITIONS, np.float32)
        self.size = 0

    def remember(self, *transition):
        i = self.size % TRANSITIONS
        (self.observations[i], self.actions[i], self.rewards[i], self.nexts[i],
         self.dones[i]) = transition
        self.size += 1

    def fill(self):
        n, k = self.observations.shape
        self.observations[:] = self.rng.uniform(-1, 1, (n, k))
        self.nexts[:] = self.rng.uniform(-1, 1, (n, k))
        self.actions[:] = self.rng.integers(0, 9, (n, 1))
        self.rewards[:] = self.rng.uniform(0, 1, n)
        self.dones[:] = self.rng.uniform(size=n) < 0.02
        self.size = n

    def train(self):
        i = self.rng.integers(0, min(self.size, TRANSITIONS), self.batch)
        s, a, r, n, d = [torch.as_tensor(x[i]) for x in (
            self.observations, self.actions, self.rewards, self.nexts, self.dones)]
        with torch.no_grad():
            best, _ = self.target(n).max(dim=1)
            y = r + 0.99 * best * (1 - d)
        q = self.online(s).gather(1, a).squeeze()
        loss = F.smooth_l1_loss(q, y)
        self.adam.zero_grad()
        loss.backward()
        self.adam.step()

    def act(self, observation):
        with torch.no_grad():
            return int(self.online(torch.as_tensor(observation)).argmax())


def report(name, work, repetitions, unit="us", factor=1e6, per_second=False):
    for _ in range(repetitions):
        work()
    rounds = []
    for _ in range(15):
        start = time.perf_counter()
        for _ in range(repetitions):
            work()
        rounds.append((time.perf_counter() - start) / repetitions)
    rounds.sort()
    low, mid = rounds[0], rounds[7]
    if per_second:
        print(f"{name:34s} best {1 / low:9.0f}  median {1 / mid:9.0f} steps/s", flush=True)
    else:
        print(f"{name:34s} best {low * factor:9.1f}  median {mid * factor:9.1f} {unit}", flush=True)


class CartPole:
    def __init__(self):
        self.rng = np.random.default_rng(0)

    def reset(self):
        self.state = self.rng.uniform(-0.05, 0.05, 4)
        self.steps = 0
        return self.state.astype(np.float32)

    def step(self, action):
        x, v, a, w = self.state
        force = 10.0 if action == 1 else -10.0
        cos, sin = math.cos(a), math.sin(a)
        push = (force + 0.05 * w * w * sin) / 1.1
        turn = (9.8 * sin - cos * push) / (0.5 * (4 / 3 - 0.1 * cos * cos / 1.1))
        self.state = np.array((x + 0.02 * v, v + 0.02 * (push - 0.05 * turn * cos / 1.1),
                               a + 0.02 * w, w + 0.02 * turn))
        self.steps += 1
        fallen = abs(self.state[0]) > 2.4 or abs(self.state[2]) > 12 * math.pi / 180
        return self.state.astype(np.float32), fallen, self.steps >= 500


def cart_pole_loop():
    learner, task = Learner(4, 64, 2, 64), CartPole()
    state = {"observation": task.reset(), "count": 0}

    def step():
        o = state["observation"]
        epsilon = max(0.05, 1 - state["count"] / 10_000)
        random = learner.rng.random() < epsilon
        action = int(learner.rng.integers(2)) if random else learner.act(o)
        n, fallen, cut = task.step(action)
        learner.remember(o, action, 1.0, n, float(fallen))
        state["observation"] = task.reset() if fallen or cut else n
        state["count"] += 1
        if state["count"] > 1000:
            learner.train()

    for _ in range(1001):
        step()
    return step


for width, batch, repetitions in ((64, 64, 200), (256, 64, 100), (256, 256, 40)):
    learner = Learner(16, width, 9, batch)
    learner.fill()
    report(f"gradient step {width}-{width}, batch {batch}", learner.train, repetitions)
observation = np.zeros(16, np.float32)
decider = Learner(16, 64, 9, 64)
report("decision 16-64-64-9", lambda: decider.act(observation), 2000)
report("CartPole loop", cart_pole_loop(), 200, per_second=True)

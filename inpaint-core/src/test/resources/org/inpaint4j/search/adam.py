"""Where torch.optim.Adam arrives on a quadratic, for StepperTest: python3 adam.py > adam.txt"""

import torch

scale = torch.tensor([0.5, 1.0, 4.0, 30.0])
goal = torch.tensor([0.3, -1.2, 2.0, 0.0])
x = torch.tensor([1.0, -1.0, 0.5, 2.0], requires_grad=True)
optimizer = torch.optim.Adam([x], lr=0.05, betas=(0.9, 0.999), eps=1e-8)
for step in range(60):
    optimizer.zero_grad()
    (scale * (x - goal) ** 2).sum().backward()
    optimizer.step()
    if step in (0, 9, 59):
        print(step, *(f"{value:.8g}" for value in x.tolist()))

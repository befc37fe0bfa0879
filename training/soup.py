"""Average the weights of readers trained apart: `python -m training.soup OUT MODEL.pt MODEL.pt ...`.

The readers began with the same weights and saw the articles in other orders and changes. Their average reads better
than each (model soups, Wortsman et al. 2022), at the cost of one.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor


def average(models: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Return the mean of each weight; raises ValueError where the models do not have the same weights."""
    first = models[0]
    if any(model.keys() != first.keys() for model in models):
        raise ValueError("these models do not have the same weights")
    return {
        name: torch.stack([model[name] for model in models]).mean(0) if value.is_floating_point() else value
        for name, value in first.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("models", type=Path, nargs="+")
    args = parser.parse_args()
    torch.save(average([torch.load(path, map_location="cpu") for path in args.models]), args.out)


if __name__ == "__main__":
    main()

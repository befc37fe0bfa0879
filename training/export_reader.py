"""Write the trained reader as ONNX with 8-bit weights: `python -m training.export_reader MODEL.pt quotes/model`.

Weights of matrix products are quantised channel by channel, activations as they come (dynamic quantisation); the word
pieces are bytes with one scale a row already. `--keep` names products that stay in single precision.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.reader_model import Reader
from training.train_reader import BASE

INPUTS = ("ids", "cases", "mask", "rows", "places", "apart")


def export(model: Reader, path: Path) -> None:
    """Write `model` in single precision to `path`."""
    model.eval()
    windows, tokens, asked = 2, 16, 3
    grid = torch.ones(windows, tokens, dtype=torch.long)
    rows = torch.zeros(asked, dtype=torch.long)
    apart = torch.zeros(asked, tokens, dtype=torch.long)
    torch.onnx.export(
        model,
        (grid, torch.zeros_like(grid), grid, rows, rows + 1, apart),
        str(path),
        input_names=list(INPUTS),
        output_names=["pointers", "spoken", "referents"],
        dynamic_axes={
            **{name: {0: "windows", 1: "tokens"} for name in INPUTS[:3]},
            "rows": {0: "asked"},
            "places": {0: "asked"},
            "apart": {0: "asked", 1: "tokens"},
            "pointers": {0: "asked", 2: "tokens"},
            "spoken": {0: "asked"},
            "referents": {0: "asked", 1: "tokens"},
        },
        opset_version=17,
        dynamo=False,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument(
        "--keep", nargs="*", default=["layers.0/down"], help="parts of names of products that stay as they are"
    )
    parser.add_argument("--float", action="store_true", help="quantise nothing")
    parser.add_argument("--reduce-range", action="store_true", help="7-bit weights, for processors without VNNI")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    model = Reader(BASE, args.layers)
    model.load_state_dict(torch.load(args.weights))
    whole = args.folder / "whole.onnx"
    export(model, whole)
    target = args.folder / "reader.onnx"
    if args.float:
        whole.replace(target)
    else:
        products = [n.name for n in onnx.load(whole).graph.node if n.op_type in ("MatMul", "Gemm")]
        kept = [n for n in products if any(part in n for part in args.keep)]
        print(len(products), "products,", len(kept), "kept")
        quantize_dynamic(
            whole,
            target,
            op_types_to_quantize=["MatMul", "Gemm"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=kept,
            reduce_range=args.reduce_range,
            extra_options={"MatMulConstBOnly": True},
        )
        whole.unlink()
    shutil.copy(BASE / "tokenizer.json", args.folder / "tokenizer.json")
    names = ["reader.onnx", "tokenizer.json"]
    digests = {name: hashlib.sha256((args.folder / name).read_bytes()).hexdigest() for name in names}
    (args.folder / "manifest.json").write_text(json.dumps({"sha256": digests}, indent=2) + "\n")
    print({name: (args.folder / name).stat().st_size for name in names})


if __name__ == "__main__":
    main()

"""Bytes at equal quality: every encoder on the same pixels, compared where their SSIMULACRA2 is the same.

    bench/media/venv/bin/python bench/media/curves.py [--kith PROGRAM] [--edges N ...] PHOTO ...

Each photo is decoded in full and scaled by Lanczos to each size of the ladder; every encoder gets those
pixels at several of its qualities. Bytes between two qualities are interpolated (the logarithm of the bytes
over the score), and so is the quality that reaches a score. Prints, by format and size:

* kilobytes per photo at the target, and their ratio to Kith's;
* the quality on Kith's own scale whose mean score over the photos is the target (what `quality.rs` holds);
* how far single photos lie from the target at that quality.

All points go to `build/bench-media/curves.json`; what is there already is not measured again (`--again` does).
"""

import argparse
import bisect
import json
import math
import pathlib
import statistics
import subprocess
import tempfile

import pictures

# The score that each format aims at, by long edge. `crates/kith-media/src/quality.rs` says why.
TARGETS = json.loads((pictures.HERE / "targets.json").read_text())
SHARP = ["node", str(pictures.HERE / "peers/sharp.mjs"), "encode"]
PILLOW = [str(pictures.HERE / "venv/bin/python"), str(pictures.HERE / "peers/pillow_set.py"), "encode"]
JPEG = [60, 68, 76, 84, 90]
WEBP = [65, 72, 80, 87, 92]
QUANTIZER = [18, 23, 28, 32, 37]
AVIF = [40, 48, 56, 64, 74]


def encoders(kith):
    """Format, name, command with the format's settings, qualities."""
    curve = [kith, "media", "curve"]
    return [
        ("jpg", "Kith", curve, ["jpg", "0"], [65, 71, 77, 83, 89]),
        ("jpg", "sharp", SHARP, ["jpg", "0"], JPEG),
        ("jpg", "sharp mozjpeg", SHARP, ["mozjpeg", "0"], JPEG),
        ("jpg", "Pillow", PILLOW, ["jpg", "0"], JPEG),
        ("avif", "Kith", curve, ["avif", "9"], QUANTIZER),
        ("avif", "Kith second pass", curve, ["avif", "6"], QUANTIZER),
        ("avif", "sharp effort 0", SHARP, ["avif", "0"], AVIF),
        ("avif", "sharp effort 4", SHARP, ["avif", "4"], AVIF),
        ("avif", "Pillow speed 9", PILLOW, ["avif", "9"], AVIF),
        ("webp", "Kith", curve, ["webp", "4"], WEBP),
        ("webp", "sharp", SHARP, ["webp", "4"], WEBP),
        ("webp", "Pillow", PILLOW, ["webp", "4"], WEBP),
    ]


def points(command, settings, qualities, reference, folder):
    """Quality, bytes and score of one encoder on one picture."""
    for old in folder.iterdir():
        old.unlink()
    given = [str(quality) for quality in qualities]
    subprocess.run([*command, reference, folder, *settings, *given], check=True, capture_output=True)
    files = [next(folder.glob(f"q{quality}.*")) for quality in qualities]
    sizes = [file.stat().st_size for file in files]
    pairs = [(reference, pictures.decoded(file, folder / f"{file.stem}.png")) for file in files]
    return list(zip(qualities, sizes, pictures.scores(pairs)))


def measure(arguments, store):
    known = json.loads(store.read_text()) if store.exists() and not arguments.again else {}
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        folder = scratch / "out"
        folder.mkdir()
        for photo in arguments.photos:
            image = None
            for edge in arguments.edges:
                reference = None
                for ending, name, command, settings, qualities in encoders(arguments.kith):
                    key = f"{pathlib.Path(photo).name} {edge} {ending} {name}"
                    if key in known or name in arguments.without:
                        continue
                    image = image or pictures.load(photo)
                    reference = reference or pictures.save(pictures.fitted(image, edge), scratch / "reference.png")
                    known[key] = points(command, settings, qualities, reference, folder)
                    store.write_text(json.dumps(known))
            print(f"{pathlib.Path(photo).name} done", flush=True)
    return known


def between(xs, ys, x):
    """Piecewise linear through points of rising x; the end pieces go on."""
    at = min(max(bisect.bisect(xs, x), 1), len(xs) - 1)
    (x0, x1), (y0, y1) = xs[at - 1 : at + 1], ys[at - 1 : at + 1]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def kilobytes(curve, score):
    rising = sorted((point[2], math.log(point[1])) for point in curve)
    return math.exp(between(*map(list, zip(*rising)), score)) / 1000


def score_at(curve, quality):
    rising = sorted((point[0], point[2]) for point in curve)
    return between(*map(list, zip(*rising)), quality)


def calibrated(curves, target):
    """The quality whose mean score over the photos is the target."""
    qualities = sorted(point[0] for point in curves[0])
    means = [statistics.mean(score_at(curve, quality) for curve in curves) for quality in qualities]
    rising = sorted(zip(means, qualities))
    return between(*map(list, zip(*rising)), target)


def report(arguments, known):
    names = [pathlib.Path(photo).name for photo in arguments.photos]
    for ending in pictures.FORMATS:
        rows = [row for row in encoders(arguments.kith) if row[0] == ending and row[1] not in arguments.without]
        print(f"\n{ending}: kB at equal SSIMULACRA2, mean of {len(names)} photos (ratio Kith : peer)")
        print(f"{'edge':>5} {'score':>6}" + "".join(f"{row[1]:>25}" for row in rows))
        total = {row[1]: [] for row in rows}
        for edge in arguments.edges:
            target = TARGETS[ending][str(edge)]
            for row in rows:
                curves = [known[f"{name} {edge} {ending} {row[1]}"] for name in names]
                total[row[1]].append([kilobytes(curve, target) for curve in curves])
            line(f"{edge:>5} {target:>6}", {name: statistics.mean(sums[-1]) for name, sums in total.items()})
        whole = {name: statistics.mean(map(sum, zip(*sums))) for name, sums in total.items()}
        line(f"{'all':>5} {'':>6}", whole)
        for edge in arguments.edges:
            for row in rows:
                if row[1].startswith("Kith"):
                    curves = [known[f"{name} {edge} {ending} {row[1]}"] for name in names]
                    quality = calibrated(curves, TARGETS[ending][str(edge)])
                    reached = [score_at(curve, quality) for curve in curves]
                    print(f"  {row[1]} {edge}: quality {quality:.2f}; photos {min(reached):.1f} to {max(reached):.1f}")


def line(head, row):
    kith = row["Kith"]
    print(head + "".join(f"{value:>16.1f} ({kith / value:5.3f})" for value in row.values()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("photos", nargs="+")
    parser.add_argument("--kith", default=str(pictures.KITH))
    parser.add_argument("--edges", type=int, nargs="+", default=pictures.EDGES)
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--store", default=str(pictures.ROOT / "build/bench-media/curves.json"))
    arguments = parser.parse_args()
    store = pathlib.Path(arguments.store)
    store.parent.mkdir(parents=True, exist_ok=True)
    report(arguments, measure(arguments, store))


main()

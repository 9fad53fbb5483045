"""How much of the subject the square keeps: Kith's window against the middle, on a small labelled set.

    bench/media/venv/bin/python bench/media/square.py [--kith PROGRAM] [--photos FOLDER]

Scenes are painted here, so that the box of their subject is known: faces of several skin tones, near and far, figures, a
bird, a flower and a boat, off the middle, before backgrounds with texture of their own. Photographs are
labelled by hand (`LABELS`, fractions of the upright picture) and used only if the folder has them.
The figure is the share of the subject's box that lies inside the square.
"""

import argparse
import json
import pathlib
import random
import statistics
import subprocess
import tempfile

from PIL import Image, ImageDraw, ImageFilter

import pictures

# Photograph: left, top, right, bottom of what it is a picture of.
LABELS = {
    "galaxy-note3.jpg": [0.35, 0.05, 0.95, 0.80],
    "galaxy-s2-orientation6.jpg": [0.00, 0.02, 0.75, 0.55],
    "galaxy-s7-edge-12mp.jpg": [0.10, 0.05, 0.88, 1.00],
    "orientation-1.jpg": [0.60, 0.05, 0.85, 0.97],
    "pixel-12mp-exif-xmp-icc.jpg": [0.20, 0.00, 0.78, 0.75],
    "weld-16bit.png": [0.33, 0.08, 0.77, 0.70],
}
SKINS = [(255, 219, 195), (224, 172, 138), (172, 118, 82), (112, 70, 48), (72, 44, 32)]


def sky(draw, size, seed):
    """Sky over land with tufts."""
    width, height = size
    for y in range(height):
        share = y / height
        colour = (int(120 + 90 * share), int(170 + 50 * share), 235) if share < 0.6 else (88, int(150 - 60 * share), 60)
        draw.line([(0, y), (width, y)], fill=colour)
    for _ in range(600):
        x, y = seed.randrange(width), int(height * (0.62 + 0.38 * seed.random()))
        draw.line([(x, y), (x + seed.randint(-2, 2), y - 8)], fill=(60, 110 + seed.randrange(50), 40))


def room(draw, size, seed):
    """Wall with pictures, wooden floor: wood has the hue of skin."""
    width, height = size
    draw.rectangle([0, 0, width, height], fill=(205, 200, 190))
    draw.rectangle([0, height * 3 // 4, width, height], fill=(164, 120, 84))
    for x in range(0, width, 40):
        draw.line([(x, height * 3 // 4), (x, height)], fill=(140, 98, 66), width=2)
    for _ in range(3):
        x, y = seed.randrange(width), seed.randrange(height // 4)
        draw.rectangle([x, y, x + 60, y + 80], outline=(80, 70, 60), width=4)


def leaves(draw, size, seed):
    """Foliage everywhere."""
    width, height = size
    draw.rectangle([0, 0, width, height], fill=(40, 70, 36))
    for _ in range(2500):
        x, y, r = seed.randrange(width), seed.randrange(height), seed.randint(3, 9)
        draw.ellipse([x, y, x + r, y + r], fill=(30 + seed.randrange(40), 60 + seed.randrange(60), 30))


def sand(draw, size, seed):
    """Beach, whose sand has the hue of skin, under a plain sky."""
    width, height = size
    draw.rectangle([0, 0, width, height // 2], fill=(150, 195, 230))
    draw.rectangle([0, height // 2, width, height], fill=(214, 184, 142))
    for _ in range(3000):
        x, y = seed.randrange(width), height // 2 + seed.randrange(height // 2)
        draw.point([x, y], fill=(196 + seed.randrange(30), 166 + seed.randrange(30), 124 + seed.randrange(30)))


def face(draw, box, seed):
    left, top, right, bottom = box
    skin = seed.choice(SKINS)
    w, h = right - left, bottom - top
    hair = seed.choice([(40, 30, 25), (90, 60, 35), (190, 160, 100)])
    draw.ellipse([left, top, right, top + h * 0.7], fill=hair)
    draw.ellipse([left + w * 0.1, top + h * 0.12, right - w * 0.1, bottom], fill=skin)
    for x in (0.34, 0.66):
        centre = left + w * x
        draw.ellipse([centre - w * 0.07, top + h * 0.42, centre + w * 0.07, top + h * 0.5], fill=(245, 245, 245))
        draw.ellipse([centre - w * 0.035, top + h * 0.43, centre + w * 0.035, top + h * 0.49], fill=(40, 40, 50))
    draw.arc([left + w * 0.32, top + h * 0.58, right - w * 0.32, top + h * 0.84], 20, 160, fill=(150, 50, 50), width=max(2, int(w / 30)))


def close_up(draw, box, seed):
    face(draw, box, seed)


def person(draw, box, seed):
    left, top, right, bottom = box
    w, h = right - left, bottom - top
    shirt = tuple(seed.randrange(30, 230) for _ in range(3))
    draw.rectangle([left + w * 0.15, top + h * 0.28, right - w * 0.15, top + h * 0.65], fill=shirt)
    draw.rectangle([left + w * 0.22, top + h * 0.65, right - w * 0.22, bottom], fill=(40, 50, 80))
    face(draw, [left + w * 0.2, top, right - w * 0.2, top + h * 0.28], seed)


def bird(draw, box, seed):
    left, top, right, bottom = box
    w, h = right - left, bottom - top
    draw.ellipse([left, top + h * 0.3, right - w * 0.2, bottom], fill=(200, 40, 30))
    draw.ellipse([right - w * 0.45, top, right - w * 0.1, top + h * 0.5], fill=(225, 60, 40))
    draw.polygon([(right - w * 0.12, top + h * 0.2), (right, top + h * 0.28), (right - w * 0.12, top + h * 0.34)], fill=(240, 180, 40))
    draw.ellipse([right - w * 0.28, top + h * 0.15, right - w * 0.22, top + h * 0.23], fill=(0, 0, 0))


def flower(draw, box, seed):
    left, top, right, bottom = box
    w, h = right - left, bottom - top
    for x, y in [(0.5, 0.2), (0.8, 0.5), (0.5, 0.8), (0.2, 0.5)]:
        draw.ellipse([left + w * (x - 0.25), top + h * (y - 0.2), left + w * (x + 0.25), top + h * (y + 0.2)], fill=(235, 120, 200))
    draw.ellipse([left + w * 0.35, top + h * 0.35, right - w * 0.35, bottom - h * 0.35], fill=(250, 210, 60))


def boat(draw, box, seed):
    left, top, right, bottom = box
    w, h = right - left, bottom - top
    draw.polygon([(left, top + h * 0.7), (right, top + h * 0.7), (right - w * 0.2, bottom), (left + w * 0.2, bottom)], fill=(120, 50, 40))
    draw.polygon([(left + w * 0.5, top), (left + w * 0.5, top + h * 0.65), (right - w * 0.1, top + h * 0.65)], fill=(250, 250, 250))
    draw.line([(left + w * 0.5, top), (left + w * 0.5, top + h * 0.7)], fill=(60, 40, 30), width=4)


def scenes():
    """Name, picture, box of the subject in fractions."""
    grounds, subjects = [sky, room, leaves, sand], [face, close_up, person, bird, flower, boat]
    for number, ground in enumerate(grounds):
        for kind, subject in enumerate(subjects):
            for place, centre in enumerate([0.12, 0.32, 0.72, 0.9]):
                seed = random.Random(number * 100 + kind * 10 + place)
                size = (960, 640) if (kind + place) % 2 else (640, 1138)
                image = Image.new("RGB", size)
                draw = ImageDraw.Draw(image)
                ground(draw, size, seed)
                box = placed(size, subject, centre, seed)
                subject(draw, box, seed)
                image = image.filter(ImageFilter.GaussianBlur(1))
                noise = Image.effect_noise(size, 14).convert("RGB")
                yield f"{ground.__name__}, {subject.__name__}", Image.blend(image, noise, 0.06), fractions(box, size)


def placed(size, subject, centre, seed):
    """A box with its middle at a fraction of the long edge, cut off by no border."""
    short = min(size)
    tall = {face: 1.3, close_up: 1.3, person: 2.6}.get(subject, 1)
    w = short * {person: 0.2, close_up: 0.66}.get(subject, 0.28)
    h = w * tall
    at = lambda length, fraction, extent: min(max(length * fraction, extent / 2), length - extent / 2)
    across = centre if size[0] > size[1] else 0.35 + 0.3 * seed.random()
    down = centre if size[1] > size[0] else 0.45 + 0.2 * seed.random()
    x, y = at(size[0], across, w), at(size[1], down, h)
    return [x - w / 2, y - h / 2, x + w / 2, y + h / 2]


def fractions(box, size):
    return [box[0] / size[0], box[1] / size[1], box[2] / size[0], box[3] / size[1]]


def kept(box, window):
    """Share of the box inside the window (both: left, top, right, bottom)."""
    overlap = lambda low, high: max(0, min(box[high], window[high]) - max(box[low], window[low]))
    return overlap(0, 2) * overlap(1, 3) / ((box[2] - box[0]) * (box[3] - box[1]))


def middle(size):
    x, y = (min(size) / length for length in size)
    return [(1 - x) / 2, (1 - y) / 2, (1 + x) / 2, (1 + y) / 2]


def kith_window(kith, file, folder):
    """Kith's window, and the upright size."""
    lines = subprocess.run([kith, "media", "convert", file, folder, "square.jpg"], check=True, capture_output=True, text=True).stdout
    facts = json.loads(lines.splitlines()[0])
    square = next(json.loads(line)["square"] for line in lines.splitlines() if '"square":{' in line)
    window = [square["x"], square["y"], square["x"] + square["width"], square["y"] + square["height"]]
    return window, (facts["width"], facts["height"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kith", default=str(pictures.KITH))
    parser.add_argument("--photos", default="")
    arguments = parser.parse_args()
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "scene.png"
        for name, image, box in scenes():
            pictures.save(image, file)
            window, size = kith_window(arguments.kith, file, folder)
            for key in ["painted scenes", name.split(", ")[0], name.split(", ")[1]]:
                rows.setdefault(key, []).append((kept(box, window), kept(box, middle(size))))
        for name, box in LABELS.items():
            photo = pathlib.Path(arguments.photos) / name
            if arguments.photos and photo.exists():
                window, size = kith_window(arguments.kith, photo, folder)
                rows.setdefault("photographs", []).append((kept(box, window), kept(box, middle(size))))
    print(f"{'':18} {'number':>6} {'Kith':>7} {'middle':>7}   whole subject kept")
    for name, pairs in rows.items():
        means = [statistics.mean(side) * 100 for side in zip(*pairs)]
        whole = [sum(value > 0.98 for value in side) for side in zip(*pairs)]
        print(f"{name:18} {len(pairs):6} {means[0]:6.1f}% {means[1]:6.1f}%   {whole[0]} : {whole[1]}")


main()

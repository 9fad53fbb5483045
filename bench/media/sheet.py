"""A contact sheet: ten inputs, and what Kith makes of each. To be looked at; photographs are never committed.

    bench/media/venv/bin/python bench/media/sheet.py [--kith PROGRAM] FOLDER PHOTO ...

Writes `sheet.png` (for each input: the square, 320 and 640 pixels, JPEG over AVIF, with sizes in kB), and
`detail-NAME.png` (the same 240 pixels out of the 2048 rendition, enlarged twice: lossless, JPEG, AVIF).
"""

import argparse
import pathlib
import subprocess

from PIL import Image, ImageDraw

import pictures

CELL = 200
COLUMNS = ["square", "w320", "w640", "w1080"]
DETAIL = 240


def convert(kith, photo, folder):
    subprocess.run([kith, "media", "convert", photo, folder], check=True, capture_output=True)


def row(folder, name):
    """Renditions of one input side by side: JPEG above, AVIF below."""
    strip = Image.new("RGB", (CELL * len(COLUMNS), CELL * 2 + 36), "white")
    draw = ImageDraw.Draw(strip)
    for x, column in enumerate(COLUMNS):
        for y, ending in enumerate(["jpg", "avif"]):
            file = folder / f"{column}.{ending}"
            if not file.exists():
                continue
            image = Image.open(file).convert("RGB")
            size = f"{image.width}x{image.height} {file.stat().st_size / 1000:.0f} kB"
            image.thumbnail((CELL - 6, CELL - 6))
            strip.paste(image, (x * CELL + 3, y * (CELL + 18) + 3))
            draw.text((x * CELL + 4, y * (CELL + 18) + CELL - 1), f"{ending} {size}", fill="black")
    draw.text((4, CELL * 2 + 24), name, fill="black")
    return strip


def detail(photo, folder):
    """The middle of the largest rendition, as it was, as JPEG and as AVIF."""
    largest = folder / "w2048.jpg"
    if not largest.exists():
        return None
    jpeg, avif = (Image.open(folder / f"w2048.{ending}").convert("RGB") for ending in ["jpg", "avif"])
    panels = [jpeg, avif]
    if pathlib.Path(photo).suffix != ".heic":
        panels.insert(0, pictures.load(photo).resize(jpeg.size, Image.Resampling.LANCZOS))
    x, y = jpeg.width // 2 - DETAIL // 2, jpeg.height // 2 - DETAIL // 2
    strip = Image.new("RGB", (DETAIL * 2 * len(panels), DETAIL * 2))
    for number, panel in enumerate(panels):
        cut = panel.crop((x, y, x + DETAIL, y + DETAIL)).resize((DETAIL * 2, DETAIL * 2), Image.Resampling.NEAREST)
        strip.paste(cut, (number * DETAIL * 2, 0))
    return strip


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("photos", nargs="+")
    parser.add_argument("--kith", default=str(pictures.KITH))
    arguments = parser.parse_args()
    strips = []
    for photo in arguments.photos:
        name = pathlib.Path(photo).name
        folder = arguments.folder / name
        convert(arguments.kith, photo, folder)
        strips.append(row(folder, name))
        enlarged = detail(photo, folder)
        if enlarged:
            pictures.save(enlarged, arguments.folder / f"detail-{name}.png")
    width, height = strips[0].size
    sheet = Image.new("RGB", (width * 2 + 20, (height + 10) * ((len(strips) + 1) // 2)), "white")
    for number, strip in enumerate(strips):
        sheet.paste(strip, (number % 2 * (width + 20), number // 2 * (height + 10)))
    pictures.save(sheet, arguments.folder / "sheet.png")
    print(arguments.folder / "sheet.png")


main()

"""The same set of renditions by Pillow. Usage: pillow_set.py PHOTO FOLDER

Tuned as far as its interface goes: scaled JPEG decoding, each size from the next larger one, and
libaom's fastest speed with the same tuning that Kith uses.
"""

import io
import sys

from PIL import Image, ImageCms, ImageOps

EDGES = [2048, 1080, 640, 320]
SQUARE = 480


def load(path):
    image = Image.open(path)
    profile = image.info.get("icc_profile")
    image.draft("RGB", (2048, 2048))
    image = ImageOps.exif_transpose(image).convert("RGB")
    if profile:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    return image


def save(image, stem):
    image.save(f"{stem}.jpg", quality=80, progressive=True, optimize=True)
    image.save(f"{stem}.avif", quality=60, speed=9, codec="aom", max_threads=1, advanced={"tune": "iq"})


def main(photo, folder):
    image = load(photo)
    short = min(image.size)
    square = ImageOps.fit(image, (min(SQUARE, short),) * 2, Image.Resampling.LANCZOS)
    for edge in EDGES:
        image.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=None)
        save(image, f"{folder}/w{edge}")
    save(square, f"{folder}/square")
    image.thumbnail((100, 100))
    image.tobytes()


main(*sys.argv[1:])

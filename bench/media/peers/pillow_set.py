"""The same set of renditions by Pillow. Usage: pillow_set.py set PHOTO FOLDER [FORMAT ...]
or, a lossless picture at a list of qualities: pillow_set.py encode PNG FOLDER FORMAT SPEED QUALITY ...

Tuned as far as its interface goes: scaled JPEG decoding, each size from the next larger one, and
libaom's fastest speed with the same tuning that Kith uses.
"""

import io
import sys

import PIL
from PIL import Image, ImageCms, ImageOps, features

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


def settings(ending, speed):
    return {
        "jpg": {"progressive": True, "optimize": True},
        "avif": {"speed": speed, "codec": "aom", "max_threads": 1, "advanced": {"tune": "iq"}},
        "webp": {"method": speed},
    }[ending]


QUALITY = {"jpg": 80, "avif": 60, "webp": 80}
SPEED = {"jpg": 0, "avif": 9, "webp": 4}


def save(image, stem, endings):
    for ending in endings:
        image.save(f"{stem}.{ending}", quality=QUALITY[ending], **settings(ending, SPEED[ending]))


def whole_set(photo, folder, *endings):
    endings = endings or ("jpg", "avif")
    image = load(photo)
    short = min(image.size)
    square = ImageOps.fit(image, (min(SQUARE, short),) * 2, Image.Resampling.LANCZOS)
    for edge in EDGES:
        image.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=None)
        save(image, f"{folder}/w{edge}", endings)
    save(square, f"{folder}/square", endings)
    image.thumbnail((100, 100))
    image.tobytes()


def encode(picture, folder, ending, speed, *qualities):
    image = Image.open(picture).convert("RGB")
    for quality in qualities:
        image.save(f"{folder}/q{quality}.{ending}", quality=int(quality), **settings(ending, int(speed)))


def versions():
    names = ["libjpeg_turbo", "avif", "webp"]
    return "Pillow " + PIL.__version__ + ", " + ", ".join(f"{name} {features.version(name)}" for name in names)


if sys.argv[1] == "versions":
    print(versions())
else:
    {"set": whole_set, "encode": encode}[sys.argv[1]](*sys.argv[2:])

"""What the photo benches share: reference pictures, decoded renditions and their SSIMULACRA2."""

import io
import pathlib
import subprocess

from PIL import Image, ImageCms, ImageOps

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
SCORE = HERE / "score/target/release/score"
KITH = ROOT / "target/release/kith-media"
EDGES = [320, 640, 1080, 2048]
FORMATS = ["jpg", "avif", "webp"]
# Tiles of a contact sheet and references of large photos: nothing here comes from strangers.
Image.MAX_IMAGE_PIXELS = None


def load(photo):
    """The photo decoded in full, upright, as sRGB."""
    image = Image.open(photo)
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    image = ImageOps.exif_transpose(image).convert("RGB")
    if profile:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    return image


def fitted(image, edge):
    """Scaled by Lanczos to a long edge, never enlarged."""
    scale = min(1, edge / max(image.size))
    size = [max(1, round(length * scale)) for length in image.size]
    return image.resize(size, Image.Resampling.LANCZOS) if scale < 1 else image


def save(image, path):
    image.save(path, compress_level=1)
    return path


def decoded(file, path):
    """A rendition as a PNG."""
    return save(Image.open(file).convert("RGB"), path)


def scores(pairs):
    """SSIMULACRA2 of pairs of PNG files: reference, distorted."""
    arguments = [str(path) for pair in pairs for path in pair]
    lines = subprocess.run([SCORE, *arguments], check=True, capture_output=True, text=True).stdout
    return [float(line) for line in lines.split()]

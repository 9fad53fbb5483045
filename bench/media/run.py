"""Photos through Kith and its peers, interleaved: processor time, memory, bytes, perceived quality.

    python3 bench/media/run.py [--rounds N] [--kith PROGRAM] [--quality] PHOTO...

Every contender is a fresh process per photo, pinned to one core; the unit is user plus system time of
the process and its children, which other load on the machine disturbs least. Medians over the rounds.
`bench/media/setup` installs the peers.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
PYTHON = HERE / "venv/bin/python"
SCORE = HERE / "score/target/release/score"
EDGES = [2048, 1080, 640, 320]
CORE = max(os.sched_getaffinity(0))


def contenders(kith):
    sharp = ["node", str(HERE / "peers/sharp.mjs")]
    return {
        "Kith": [kith, "convert"],
        "sharp tuned": [*sharp, "tuned"],
        "Pillow": [str(PYTHON), str(HERE / "peers/pillow_set.py")],
        "sharp documented": [*sharp, "documented"],
    }


def run(command, photo, folder):
    """Milliseconds of processor time and peak kilobytes of one process."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    process = subprocess.Popen([*command, photo, folder], stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command} failed on {photo}")
    peak = usage.ru_maxrss
    if command[1] == "convert":
        # The parent that writes the files is not the worker: the child reports its own peak.
        peak = json.loads(output.splitlines()[-1])["peak_memory"] // 1024
    return (usage.ru_utime + usage.ru_stime) * 1000, peak


def kilobytes(folder, ending):
    return sum(path.stat().st_size for path in folder.glob(f"w*.{ending}")) / 1000


def measure(arguments, folder):
    names = [name for name in contenders(arguments.kith) if name not in arguments.without]
    rows = {name: {"cpu": [], "peak": []} for name in names}
    for photo in arguments.photos:
        times = {name: [] for name in names}
        for _ in range(arguments.rounds):
            for name in names:
                out = folder / pathlib.Path(photo).name / name
                cpu, peak = run(contenders(arguments.kith)[name], photo, out)
                times[name].append(cpu)
                rows[name]["peak"].append(peak)
        for name in names:
            rows[name]["cpu"].append(statistics.median(times[name]))
            print(f"{pathlib.Path(photo).name:32} {name:18} {rows[name]['cpu'][-1]:8.0f} ms", flush=True)
    return rows


def reference(photo, size, path):
    """The photo decoded in full and scaled by Lanczos to the size of a rendition."""
    script = (
        "import sys; sys.argv[1:1]; sys.path.insert(0, sys.argv[4]); from PIL import Image, ImageCms, ImageOps; import io\n"
        "i = Image.open(sys.argv[1]); p = i.info.get('icc_profile'); i = ImageOps.exif_transpose(i).convert('RGB')\n"
        "s = tuple(map(int, sys.argv[2].split('x')))\n"
        "i = ImageCms.profileToProfile(i, ImageCms.ImageCmsProfile(io.BytesIO(p)), ImageCms.createProfile('sRGB')) if p else i\n"
        "i.resize(s, Image.Resampling.LANCZOS).save(sys.argv[3])"
    )
    subprocess.run([PYTHON, "-c", script, photo, size, path, str(HERE)], check=True)


def decoded(source, path):
    script = "import sys; from PIL import Image; i = Image.open(sys.argv[1]).convert('RGB'); i.save(sys.argv[2], compress_level=1); print('%dx%d' % i.size)"
    return subprocess.run([PYTHON, "-c", script, source, path], check=True, capture_output=True, text=True).stdout.strip()


def scores(arguments, folder, names):
    """Mean SSIMULACRA2 over sizes and photos, by contender and format."""
    table = {}
    for photo in arguments.photos:
        for name in names:
            for ending in ["jpg", "avif", "webp"]:
                for edge in EDGES:
                    file = folder / pathlib.Path(photo).name / name / f"w{edge}.{ending}"
                    if not file.exists():
                        continue
                    distorted, original = folder / "distorted.png", folder / "original.png"
                    reference(photo, decoded(file, distorted), original)
                    line = subprocess.run([SCORE, original, distorted], check=True, capture_output=True, text=True).stdout
                    table.setdefault((name, ending), []).append(float(line))
    return {key: statistics.mean(values) for key, values in table.items()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("photos", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kith", default=str(HERE.parent.parent / "target/release/kith-media"))
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--quality", action="store_true")
    arguments = parser.parse_args()
    os.sched_setaffinity(0, {CORE})
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        rows = measure(arguments, folder)
        quality = scores(arguments, folder, rows) if arguments.quality else {}
        kith = statistics.mean(rows["Kith"]["cpu"])
        print(f"\n{'contender':18} {'CPU ms':>8} {'ratio':>6} {'peak MB':>8}  kB (SSIMULACRA2) by format")
        for name, row in rows.items():
            cpu = statistics.mean(row["cpu"])
            sizes = []
            for ending in ["jpg", "avif", "webp"]:
                total = [kilobytes(folder / pathlib.Path(photo).name / name, ending) for photo in arguments.photos]
                score = quality.get((name, ending))
                if sum(total):
                    sizes.append(f"{ending} {statistics.mean(total):.0f}" + (f" ({score:.1f})" if score else ""))
            print(f"{name:18} {cpu:8.0f} {cpu / kith:5.2f}x {max(row['peak']) / 1024:8.0f}  {', '.join(sizes)}")


main()

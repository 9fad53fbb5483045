"""Photos through Kith and its peers, interleaved: processor time, memory, bytes, perceived quality.

    bench/media/venv/bin/python bench/media/run.py [--rounds N] [--kith PROGRAM] [--quality] PHOTO ...

Every contender is a fresh process per photo, pinned to one core; the unit is user plus system time of
the process and its children, which other load on the machine disturbs least. Contenders take turns within
each round, so that they share the same neighbours; medians over the rounds, then means over the photos.
`bench/media/setup` installs the peers, README.md says what is compared.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

import pictures

SHARP = ["node", str(pictures.HERE / "peers/sharp.mjs")]
PILLOW = [str(pictures.HERE / "venv/bin/python"), str(pictures.HERE / "peers/pillow_set.py")]
NAMES = ["w640", "w320", "square", "w1080", "w2048"]
JPEGS = [f"{name}.jpg" for name in NAMES]
WITHOUT_2048 = [*JPEGS, *(f"{name}.avif" for name in NAMES[:-1])]
WITH_WEBP = [f"{name}.{ending}" for name in NAMES for ending in pictures.FORMATS]
CORE = max(os.sched_getaffinity(0))


def contenders(kith):
    """Name: command before the photo and the folder, arguments after them."""
    return {
        "Kith": ([kith, "media", "convert"], []),
        "Kith, 2048 AVIF deferred": ([kith, "media", "convert"], WITHOUT_2048),
        "Kith, no AVIF": ([kith, "media", "convert"], JPEGS),
        "Kith, WebP too": ([kith, "media", "convert"], WITH_WEBP),
        "sharp tuned": ([*SHARP, "tuned"], []),
        "sharp tuned, no AVIF": ([*SHARP, "tuned"], ["jpg"]),
        "Pillow": ([*PILLOW, "set"], []),
        "Pillow, no AVIF": ([*PILLOW, "set"], ["jpg"]),
        "sharp documented": ([*SHARP, "documented"], []),
    }


def run(contender, photo, folder):
    """Milliseconds of processor time and peak kilobytes of one process."""
    before, after = contender
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen([*before, photo, folder, *after], stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{before} failed on {photo}")
    peak = usage.ru_maxrss
    if "convert" in before:
        # The parent that writes the files is not the worker: the child reports its own peak.
        peak = json.loads(output.splitlines()[-1])["peak_memory"] // 1024
    return (usage.ru_utime + usage.ru_stime) * 1000, peak


def usable(kith, photo):
    """Milliseconds of processor time until placeholder and 640 JPEG exist."""
    # As the program starts its own processes.
    environment = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
    command = [kith, "media", "stages", photo]
    output = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    return json.loads(output)["usable"]


def measure(arguments, folder):
    known = {name: command for name, command in contenders(arguments.kith).items() if name not in arguments.without}
    rows = {name: {"cpu": [], "peak": [], "ratio": []} for name in known}
    first = []
    for photo in arguments.photos:
        times = {name: [] for name in known}
        waits = []
        for turn in range(arguments.rounds):
            order = list(known)[turn % len(known) :] + list(known)[: turn % len(known)]
            for name in order:
                # The slow one is far away from every goal: once is enough.
                if name == "sharp documented" and turn > 0:
                    continue
                cpu, peak = run(known[name], photo, folder / pathlib.Path(photo).name / name)
                times[name].append(cpu)
                rows[name]["peak"].append(peak)
            waits.append(usable(arguments.kith, photo))
        first.append(statistics.median(waits))
        for name, values in times.items():
            rows[name]["cpu"].append(statistics.median(values))
            rows[name]["ratio"].append(statistics.median(value / own for value, own in zip(values, times["Kith"])))
        line = ", ".join(f"{name} {row['cpu'][-1]:.0f}" for name, row in rows.items())
        print(f"{pathlib.Path(photo).name}: {line}, usable {first[-1]:.0f} ms", flush=True)
    return rows, statistics.mean(first)


def total_kilobytes(folder, ending):
    return sum(path.stat().st_size for path in folder.glob(f"*.{ending}")) / 1000


def quality(arguments, folder, names):
    """Mean SSIMULACRA2 over sizes and photos, by contender and format, against full decode and Lanczos."""
    table = {}
    for photo in arguments.photos:
        image = pictures.load(photo)
        for name in names:
            for ending in pictures.FORMATS:
                for edge in pictures.EDGES:
                    file = folder / pathlib.Path(photo).name / name / f"w{edge}.{ending}"
                    if not file.exists():
                        continue
                    distorted = pictures.decoded(file, folder / "distorted.png")
                    with pictures.Image.open(distorted) as rendition:
                        size = rendition.size
                    original = pictures.save(image.resize(size, pictures.Image.Resampling.LANCZOS), folder / "original.png")
                    table.setdefault((name, ending), []).extend(pictures.scores([(original, distorted)]))
    return {key: statistics.mean(values) for key, values in table.items()}


def versions(kith):
    print(subprocess.run([kith, "media", "versions"], check=True, capture_output=True, text=True).stdout.replace("\n", ", "))
    print("sharp:", subprocess.run([*SHARP, "versions"], check=True, capture_output=True, text=True).stdout.strip())
    print(subprocess.run([*PILLOW, "versions"], check=True, capture_output=True, text=True).stdout.strip())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("photos", nargs="+")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--kith", default=str(pictures.KITH))
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--quality", action="store_true")
    arguments = parser.parse_args()
    versions(arguments.kith)
    os.sched_setaffinity(0, {CORE})
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        rows, first = measure(arguments, folder)
        scored = quality(arguments, folder, rows) if arguments.quality else {}
        print(f"\n{'contender':26} {'CPU ms':>7} {'to Kith':>8} {'peak MB':>8}  kB of all files (SSIMULACRA2) by format")
        for name, row in rows.items():
            sizes = []
            for ending in pictures.FORMATS:
                kilobytes = [total_kilobytes(folder / pathlib.Path(photo).name / name, ending) for photo in arguments.photos]
                score = scored.get((name, ending))
                if sum(kilobytes):
                    sizes.append(f"{ending} {statistics.mean(kilobytes):.0f}" + (f" ({score:.1f})" if score else ""))
            cpu, ratio = statistics.mean(row["cpu"]), statistics.mean(row["ratio"])
            print(f"{name:26} {cpu:7.0f} {ratio:7.2f}x {max(row['peak']) / 1024:8.0f}  {', '.join(sizes)}")
        print(f"first usable (placeholder and 640 JPEG): {first:.0f} ms")


main()

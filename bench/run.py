"""Kith's hot requests against the same requests on FastAPI and against the bare SQL, interleaved.

    python3 bench/run.py [--people N] [--rounds N] [--seconds N] [--folder FOLDER] [--contenders ...]

`make bench` builds what it needs. README.md beside this file says what each figure means.
"""

import argparse
import contextlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE / "floor"))

import servers  # noqa: E402
import statements  # noqa: E402

OPERATIONS = ["feed", "post", "notifications", "comment"]
KITH, PEER, FLOOR, FLIGHTS = "Kith", "FastAPI", "bare SQL", "bare SQL in flights"
WARM_UP = 2
# What people wait for: operation, requests a second, only people with most friends, contenders.
WAITS = [
    ("mixed", 60, False, [KITH, PEER]),
    ("mixed", 600, False, [KITH]),
    ("feed", 100, False, [KITH]),
    ("feed", 100, True, [KITH]),
]


def processor_time(root):
    """Microseconds used by a process and all its descendants, those that ended included."""
    processes = {}
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            processes[int(path.parent.name)] = (int(fields[1]), sum(map(int, fields[11:15])))
    tree = [root]
    for parent in tree:
        tree += [process for process, (its_parent, _) in processes.items() if its_parent == parent]
    ticks = sum(processes[process][1] for process in tree if process in processes)
    return ticks * 1_000_000 // os.sysconf("SC_CLK_TCK")


class Run:
    """One benchmark: the machine, its parts, and every figure."""

    def __init__(self, arguments, machine, postgres, redis):
        self.arguments, self.machine = arguments, machine
        self.postgres, self.redis = postgres, redis
        self.scripts = statements.write(machine.folder)
        self.targets = machine.targets()
        self.rows = []

    def note(self, contender, round_, figures):
        self.rows.append({"contender": contender, "round": round_, **figures})
        rate = f"{figures['rate']:.0f}/s" if figures["rate"] else "closed"
        large = ", most friends" if figures.get("is_large") else ""
        print(
            f"round {round_}  {contender:20}{figures['operation'] + large:20}{rate:>7}  {figures['per_second']:8.0f}/s"
            f"  p50 {figures['p50_ms']:7.2f}  p99 {figures['p99_ms']:7.2f} ms"
            f"  app {figures['application_cpu_us']:6.0f} + PostgreSQL {figures['postgres_cpu_us']:6.0f} µs"
            + (f"  ERRORS {figures['errors']}" if figures["errors"] else ""),
            flush=True,
        )

    def drive(self, contender, round_, server, operation, rate=None, large=False):
        """One measurement of a server."""
        process, address = server
        command = [self.machine.bench, "drive", "--database", self.machine.database_url, *address]
        command += ["--issuer", f"http://127.0.0.1:{servers.KITH_PORT}", "--key-file", self.machine.key]
        command += ["--operation", operation, "--seed", str(round_), "--seconds", str(self.arguments.seconds)]
        command += ["--process", str(process), "--postgres", str(self.postgres), "--redis", str(self.redis)]
        if rate:
            # As many connections as may ever wait.
            command += ["--rate", str(rate), "--connections", "256"]
        if large:
            command += ["--large"]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        self.note(contender, round_, json.loads(output))

    def server(self, contender, round_):
        """Everything that one server is asked, in one life of it."""
        start = self.machine.kith_server if contender == KITH else self.machine.peer_server
        with start() as server:
            for operation in OPERATIONS:
                self.drive(contender, round_, server, operation)
            for operation, rate, large, contenders in WAITS:
                if contender in contenders and (not large or self.arguments.people >= 20_000):
                    self.drive(contender, round_, server, operation, rate, large)

    def floor(self, contender, round_):
        """The statements of every operation without a server, less the look-up of who asks."""
        look_up = self.pgbench("look-up")["postgres_cpu_us"]
        for operation in OPERATIONS:
            name = operation if contender == FLOOR else f"{operation} in flights"
            figures = self.pgbench(name)
            figures["postgres_cpu_us"] -= look_up
            self.note(contender, round_, {**figures, "operation": operation})

    def pgbench(self, script):
        constants = [part for item in statements.CONSTANTS.items() for part in ("-D", "=".join(item))]
        command = [servers.program("pgbench"), "-h", "127.0.0.1", "-p", str(servers.POSTGRES_PORT), "-U", "postgres"]
        command += ["-n", "-M", "prepared", "-c", "8", "-D", f"targets={self.targets}", *constants]
        command += ["-f", self.scripts[script], servers.DATABASE]
        for old in self.machine.folder.glob("pgbench.*"):
            old.unlink()
        # Measured in the middle of its life: connecting, and planning for the first turns, is not the floor.
        seconds = self.arguments.seconds
        command += ["-T", str(round(WARM_UP + seconds + 1)), "-l", "--log-prefix", self.machine.folder / "pgbench"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            time.sleep(WARM_UP)
            begin, before = time.time(), processor_time(self.postgres)
            time.sleep(seconds)
            end, used = time.time(), processor_time(self.postgres) - before
            errors = process.communicate()[1]
        if process.returncode != 0:
            sys.exit(f"{script}: {errors}")
        times = self.turns(begin, end)
        return {
            "rate": None,
            "errors": 0,
            "per_second": len(times) / (end - begin),
            "p50_ms": times[len(times) // 2] / 1000,
            "p99_ms": times[len(times) * 99 // 100] / 1000,
            "application_cpu_us": 0,
            "postgres_cpu_us": used / len(times),
            "redis_cpu_us": 0,
        }

    def turns(self, begin, end):
        """Microseconds of the turns that ended within that time, from pgbench's log: client, turn, microseconds,
        script, and when it ended in seconds and microseconds."""
        times = []
        for path in self.machine.folder.glob("pgbench.*"):
            for line in path.read_text().splitlines():
                _, _, took, _, seconds, microseconds = line.split()
                if begin <= int(seconds) + int(microseconds) / 1e6 <= end:
                    times.append(int(took))
        return sorted(times)

    def round(self, round_):
        names = self.arguments.contenders
        # Each is first in turn: the first finds colder caches.
        turn = round_ % len(names)
        for name in names[turn:] + names[:turn]:
            self.machine.quiet()
            (self.server if name in (KITH, PEER) else self.floor)(name, round_)


def total(row):
    return row["application_cpu_us"] + row["postgres_cpu_us"] + (row["redis_cpu_us"] or 0)


def median(rows, value):
    values = [value(row) for row in rows]
    return statistics.median(values) if values else None


def ratio(rows, one, other, value):
    """Median, least and most of the ratios of each round: neighbours on the machine disturb both alike."""
    of = {(row["contender"], row["round"]): value(row) for row in rows}
    ratios = [of[one, round_] / of[other, round_] for name, round_ in of if name == one and (other, round_) in of]
    return f"{statistics.median(ratios):.1f} ({min(ratios):.1f}-{max(ratios):.1f})" if ratios else "-"


def report(rows):
    """The tables of README.md."""
    lines = [
        "| operation | contender | /s | app µs | PostgreSQL µs | Redis µs | total µs | p50 ms | p99 ms | memory MB |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for operation, rate, large in dict.fromkeys((r["operation"], r["rate"], r.get("is_large", False)) for r in rows):
        same = [r for r in rows if (r["operation"], r["rate"], r.get("is_large", False)) == (operation, rate, large)]
        label = operation + (f" at {rate:.0f}/s" if rate else "") + (", most friends" if large else "")
        for contender in dict.fromkeys(row["contender"] for row in same):
            its = [row for row in same if row["contender"] == contender]
            columns = ["per_second", "application_cpu_us", "postgres_cpu_us", "redis_cpu_us"]
            figures = [f"{median(its, lambda row, name=name: row[name] or 0):.0f}" for name in columns]
            figures.append(f"{median(its, total):.0f}")
            figures += [f"{median(its, lambda row, name=name: row[name]):.1f}" for name in ("p50_ms", "p99_ms")]
            memory = median(its, lambda row: row.get("application_pss_kib", 0) / 1024)
            lines.append(f"| {label} | {contender} | {' | '.join(figures)} | {f'{memory:.0f}' if memory else '-'} |")
    lines += [
        "",
        "| closed loop | app, FastAPI / Kith | total, FastAPI / Kith | total Kith / bare SQL | the same in flights |",
        "|---|---|---|---|---|",
    ]
    for operation in OPERATIONS:
        same = [row for row in rows if row["operation"] == operation and not row["rate"]]
        app = ratio(same, PEER, KITH, lambda row: row["application_cpu_us"])
        floors = [ratio(same, KITH, floor, total) for floor in (FLOOR, FLIGHTS)]
        lines.append(f"| {operation} | {app} | {ratio(same, PEER, KITH, total)} | {' | '.join(floors)} |")
    return "\n".join(lines)


def compare(machine):
    """Both servers give the same people the same answers, or the figures mean nothing."""
    with machine.kith_server() as (_, kith), machine.peer_server() as (_, peer):
        command = [machine.bench, "compare", "--database", machine.database_url, *kith, "--key-file", machine.key]
        command += ["--issuer", f"http://127.0.0.1:{servers.KITH_PORT}"]
        subprocess.run([*command, "--other-address", peer[1], "--other-scheme", peer[3]], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--posts", type=int, default=20, help="of each person on average")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--folder", default="build/bench", help="database and logs; kept for the next run")
    parser.add_argument("--kith", default="target/release/kith")
    parser.add_argument("--bench", default="target/release/kith-bench")
    parser.add_argument("--contenders", nargs="+", default=[KITH, PEER, FLOOR, FLIGHTS])
    arguments = parser.parse_args()
    machine = servers.Machine(arguments.folder, arguments.kith, arguments.bench)
    with machine.postgres() as postgres, machine.redis() as redis:
        size = machine.fill(arguments.people, arguments.posts)
        if {KITH, PEER} <= set(arguments.contenders):
            compare(machine)
        run = Run(arguments, machine, postgres, redis)
        for round_ in range(arguments.rounds):
            run.round(round_)
    results = machine.folder / "results.json"
    results.write_text(json.dumps({"size": size, "rows": run.rows}, indent=1))
    print("\n" + ", ".join(f"{value} {name}" for name, value in size.items()))
    print(report(run.rows) + f"\n\nevery figure: {results}")


if __name__ == "__main__":
    main()

"""The bytes of pictures: Kith, which asks the database about every request, against nginx, which serves the same files
to anybody. nginx is the floor, not a peer: it knows nobody.

    python3 bench/images.py [--people N] [--rounds N] [--seconds N] [--rate N] [--folder FOLDER] [--nginx PROGRAM]

README.md beside this file says what each figure means.
"""

import argparse
import contextlib
import json
import pathlib
import shutil
import signal
import statistics
import subprocess

import servers

NGINX_PORT = 18085


@contextlib.contextmanager
def nginx(program, machine):
    """Two workers, one for each core, as Kith has two threads."""
    folder = machine.folder / "nginx"
    folder.mkdir(exist_ok=True)
    kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    temporary = "\n".join(f"{kind}_temp_path {folder / kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"""daemon off; user root; worker_processes 2; pid {folder / 'pid'};
        events {{ worker_connections 1024; }}
        http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; {temporary}
          server {{ listen 127.0.0.1:{NGINX_PORT};
            location /v1/images/ {{ alias {machine.folder}/kith/photos/images/; etag on;
              add_header Cache-Control "private, max-age=60, must-revalidate"; }} }} }}"""
    )
    command = [program, "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf"]
    with servers.running(command, NGINX_PORT, machine.folder / "nginx.log", stop=signal.SIGQUIT) as process:
        yield process, ["--address", f"127.0.0.1:{NGINX_PORT}", "--scheme", "hs256"]


def drive(arguments, machine, postgres, server, rate, seed):
    process, address = server
    command = [machine.bench, "drive", "--database", machine.database_url, *address, "--operation", "image"]
    command += ["--issuer", f"http://127.0.0.1:{servers.KITH_PORT}", "--key-file", machine.key]
    command += ["--photos", machine.folder / "kith/photos", "--seed", str(seed)]
    command += ["--seconds", str(arguments.seconds), "--process", str(process), "--postgres", str(postgres)]
    if rate:
        command += ["--rate", str(rate), "--connections", "256"]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(output)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--posts", type=int, default=20, help="of each person on average")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rate", type=float, default=500)
    parser.add_argument("--folder", default="build/bench-images")
    parser.add_argument("--kith", default="target/release/kith")
    parser.add_argument("--bench", default="target/release/kith-bench")
    parser.add_argument("--nginx", default=shutil.which("nginx"))
    arguments = parser.parse_args()
    machine = servers.Machine(arguments.folder, arguments.kith, arguments.bench)
    rows = []
    with machine.postgres() as postgres, machine.redis():
        print(json.dumps(machine.fill(arguments.people, arguments.posts)), flush=True)
        for round_ in range(1, arguments.rounds + 1):
            contenders = [("Kith", machine.kith_server)]
            if arguments.nginx:
                contenders.append(("nginx", lambda: nginx(arguments.nginx, machine)))
            for name, start in contenders if round_ % 2 else contenders[::-1]:
                with start() as server:
                    for rate in (arguments.rate, None):
                        figures = drive(arguments, machine, postgres, server, rate, round_)
                        rows.append({"contender": name, "round": round_, **figures})
                        print(json.dumps(rows[-1]), flush=True)
    (machine.folder / "results.json").write_text(json.dumps(rows, indent=1))
    for name in ("Kith", "nginx"):
        for rate in (arguments.rate, None):
            mine = [row for row in rows if row["contender"] == name and row["rate"] == rate]
            if not mine:
                continue
            names = ("per_second", "p50_ms", "p99_ms", "p999_ms", "application_cpu_us", "postgres_cpu_us", "errors")
            median = {key: round(statistics.median(row[key] for row in mine), 2) for key in names}
            print(f"{name:6} {'closed' if rate is None else f'{rate:.0f}/s':>8}  {json.dumps(median)}")


if __name__ == "__main__":
    main()

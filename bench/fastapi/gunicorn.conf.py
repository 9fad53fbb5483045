"""How the peer is served: Uvicorn workers under Gunicorn, one per core, as the specification names it."""

import os

bind = os.environ.get("CIRCLE_ADDRESS", "127.0.0.1:8090")
workers = int(os.environ.get("CIRCLE_WORKERS", os.cpu_count() or 2))
worker_class = "uvicorn_worker.UvicornWorker"  # takes uvloop and httptools where they are installed
keepalive = 75
preload_app = False
accesslog = None
loglevel = "warning"

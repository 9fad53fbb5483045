"""Settings, from the environment."""

import os

DATABASE_URL = os.environ["CIRCLE_DATABASE_URL"]
REDIS_URL = os.environ.get("CIRCLE_REDIS_URL", "redis://127.0.0.1:6379/0")
POOL_SIZE = int(os.environ.get("CIRCLE_POOL_SIZE", "8"))
JWT_SECRET = bytes.fromhex(os.environ["CIRCLE_JWT_SECRET"])
JWT_ISSUER = os.environ.get("CIRCLE_JWT_ISSUER", "http://127.0.0.1:8080")
REQUESTS_PER_MINUTE = int(os.environ.get("CIRCLE_REQUESTS_PER_MINUTE", "10000000"))

"""Who asks: a bearer token, and how often they may ask."""

import time
from typing import Annotated
from uuid import UUID

import jwt
from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from redis.asyncio import Redis

from .settings import JWT_ISSUER, JWT_SECRET, REDIS_URL, REQUESTS_PER_MINUTE

redis = Redis.from_url(REDIS_URL)
_bearer = HTTPBearer(auto_error=False)
_decoder = jwt.PyJWT()


async def viewer(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> UUID:
    if credentials is None:
        raise HTTPException(401)
    try:
        claims = _decoder.decode(
            credentials.credentials, JWT_SECRET, algorithms=["HS256"], audience="kith", issuer=JWT_ISSUER
        )
        user = UUID(claims["sub"])
    except (jwt.InvalidTokenError, KeyError, ValueError) as error:
        raise HTTPException(401) from error
    await _count(user)
    return user


async def _count(user: UUID) -> None:
    """A window of a minute per person, kept in Redis since several processes serve."""
    key = f"limit:{user}:{int(time.time()) // 60}"
    async with redis.pipeline(transaction=False) as pipeline:
        used, _ = await pipeline.incr(key).expire(key, 60, nx=True).execute()
    if used > REQUESTS_PER_MINUTE:
        raise HTTPException(429, headers={"Retry-After": "60"})


Viewer = Annotated[UUID, Depends(viewer)]

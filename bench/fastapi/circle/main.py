"""The application: `gunicorn circle.main:app`."""

import uuid

from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import notifications, posts


class RequestId:
    """Names every request in its answer; plain ASGI, the cheapest form of a middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-request-id", uuid.uuid4().hex.encode()))
            await send(message)

        await self._app(scope, receive, named if scope["type"] == "http" else send)


app = FastAPI(title="Circle")
app.add_middleware(RequestId)
app.include_router(posts.router)
app.include_router(notifications.router)

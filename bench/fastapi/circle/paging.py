"""Keyset cursors."""

import base64
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import HTTPException, Query

Limit = Annotated[int, Query(ge=1, le=50)]
Cursor = Annotated[str | None, Query()]


def opened(cursor: str | None, start: tuple[datetime, UUID]) -> dict[str, object]:
    if cursor is None:
        return {"at": start[0], "id": start[1]}
    try:
        at, item = base64.urlsafe_b64decode(cursor).decode().split(" ")
        return {"at": datetime.fromisoformat(at), "id": UUID(item)}
    except ValueError as error:
        raise HTTPException(400, "start again without a cursor") from error


def sealed(at: datetime, item: UUID) -> str:
    return base64.urlsafe_b64encode(f"{at.isoformat()} {item}".encode()).decode()

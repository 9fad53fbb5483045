"""Notifications, as their reader may read them now."""

from uuid import UUID

from fastapi import APIRouter, Response

from . import models, queries, schemas
from .auth import Viewer
from .database import Reading
from .paging import Cursor, Limit, opened, sealed
from .posts import answer
from .render import Renderer

router = APIRouter(prefix="/v1")

_EXCERPT = 80
_GONE = "This is not available any more"


@router.get("/notifications", response_model=schemas.Page[schemas.Notification])
async def list_notifications(session: Reading, viewer: Viewer, limit: Limit = 20, cursor: Cursor = None) -> Response:
    place = opened(cursor, (queries.LAST_TIME, queries.LAST_ID))
    rows = (await session.scalars(queries.NOTIFICATIONS, {"viewer": viewer, "limit": limit + 1, **place})).all()
    page = rows[:limit]
    comments = [row.reference_id for row in page if row.reference_type == "comment"]
    said: dict[UUID, str] = {}
    if comments:
        found = await session.execute(queries.COMMENTS_SAID, {"viewer": viewer, "ids": comments})
        said = {comment: content for comment, content in found}
    actors = await _actors(session, viewer, {row.actor_id for row in page if row.actor_id is not None})
    items = [_render(row, said, actors) for row in page]
    next_cursor = sealed(page[-1].created_at, page[-1].notification_id) if len(rows) > limit else None
    return answer(schemas.Page[schemas.Notification](items=items, next_cursor=next_cursor))


_Actors = dict[UUID, tuple[schemas.UserCard, str | None]]


async def _actors(session: Reading, viewer: UUID, ids: set[UUID]) -> _Actors:
    if not ids:
        return {}
    found = await session.execute(queries.ACTORS, {"viewer": viewer, "ids": list(ids)})
    render = Renderer(viewer)
    return {user.user_id: (render.card(user), state) for user, state in found}


def _render(row: models.Notification, said: dict[UUID, str], actors: _Actors) -> schemas.Notification:
    card, state = actors.get(row.actor_id, (None, None))
    content = _sentence(row, card, state, said)
    is_gone = content is None
    return schemas.Notification(
        notification_id=row.notification_id,
        type=row.type,
        reference_type=None if is_gone else row.reference_type,
        reference_id=None if is_gone else row.reference_id,
        content=content or _GONE,
        actor=None if is_gone else card,
        created_at=row.created_at,
        read_at=row.read_at,
        delivered=row.delivered,
    )


def _sentence(
    row: models.Notification, card: schemas.UserCard | None, state: str | None, said: dict[UUID, str]
) -> str | None:
    if card is None:
        return None
    name = card.display_name
    match row.content, state:
        case "comment.created", _:
            text = said.get(row.reference_id)
            return None if text is None else f"{name} commented: “{_excerpt(text)}”"
        case "friend.requested", "incoming":
            return f"{name} wants to be your friend"
        case "friend.requested", "active":
            return f"You and {name} are friends"
        case "friend.accepted", "active":
            return f"{name} accepted your friend request"
    return None


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT].rstrip()}…"

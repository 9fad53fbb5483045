"""Feed, post, comments."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

from fastapi import APIRouter, BackgroundTasks, HTTPException, Response
from pydantic import BaseModel
from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession

from . import models, queries, schemas
from .auth import Viewer, redis
from .database import Reading, Writing
from .identifiers import new_id
from .paging import Cursor, Limit, opened, sealed
from .render import Renderer

router = APIRouter(prefix="/v1")


def answer(body: BaseModel, status: int = 200, version: int | None = None) -> Response:
    """Straight from the model to bytes: FastAPI would validate it a second time."""
    content = body.model_dump_json().encode()
    headers = None
    if version is not None:
        headers = {"ETag": f'"{version}.{hashlib.sha256(content).hexdigest()[:16]}"'}
    return Response(content, status, headers, media_type="application/json")


async def audiences(
    session: AsyncSession, viewer: UUID, posts: list[models.Post]
) -> dict[UUID, list[models.User]]:
    """Whom the viewer's own posts for some are for; most pages hold none."""
    own = [post.post_id for post in posts if post.user_id == viewer and post.visibility == "specific-friends"]
    found: dict[UUID, list[models.User]] = {post: [] for post in own}
    if own:
        for post, user in await session.execute(queries.AUDIENCES, {"posts": own}):
            found[post].append(user)
    return found


@router.get("/feed", response_model=schemas.Page[schemas.Post])
async def get_feed(session: Reading, viewer: Viewer, limit: Limit = 20, cursor: Cursor = None) -> Response:
    place = opened(cursor, (queries.LAST_TIME, queries.LAST_ID))
    rows = (await session.execute(queries.FEED, {"viewer": viewer, "limit": limit + 1, **place})).all()
    page = rows[:limit]
    readers = await audiences(session, viewer, [post for post, _ in page])
    render = Renderer(viewer)
    items = [render.post(post, comments, readers.get(post.post_id)) for post, comments in page]
    next_cursor = sealed(items[-1].posted_at, items[-1].post_id) if len(rows) > limit else None
    return answer(schemas.Page[schemas.Post](items=items, next_cursor=next_cursor))


@router.get("/posts/{post_id}", response_model=schemas.Post)
async def get_post(post_id: UUID, session: Reading, viewer: Viewer) -> Response:
    row = (await session.execute(queries.POST, {"viewer": viewer, "post": post_id})).one_or_none()
    if row is None:
        raise HTTPException(404)
    post, comments = row
    readers = await audiences(session, viewer, [post])
    body = Renderer(viewer).post(post, comments, readers.get(post_id))
    return answer(body, version=body.version)


@router.get("/posts/{post_id}/comments", response_model=schemas.Page[schemas.Comment])
async def list_comments(
    post_id: UUID, session: Reading, viewer: Viewer, limit: Limit = 20, cursor: Cursor = None
) -> Response:
    place = opened(cursor, (queries.FIRST_TIME, queries.FIRST_ID))
    wanted = {"viewer": viewer, "post": post_id}
    rows = (await session.scalars(queries.COMMENTS, {**wanted, "limit": limit + 1, **place})).all()
    if not rows and (await session.execute(queries.IS_VISIBLE, wanted)).first() is None:
        raise HTTPException(404)
    render = Renderer(viewer)
    items = [render.comment(comment, comment.author) for comment in rows[:limit]]
    next_cursor = sealed(items[-1].commented_at, items[-1].comment_id) if len(rows) > limit else None
    return answer(schemas.Page[schemas.Comment](items=items, next_cursor=next_cursor))


@router.post("/posts/{post_id}/comments", status_code=201, response_model=schemas.Comment)
async def create_comment(
    post_id: UUID, new: schemas.NewComment, session: Writing, viewer: Viewer, background: BackgroundTasks
) -> Response:
    found = (await session.execute(queries.POST_AND_WRITER, {"viewer": viewer, "post": post_id})).one_or_none()
    if found is None:
        raise HTTPException(404)
    owner, writer = found
    now = datetime.now(UTC)
    # Queues writers at the post's row, so that the counter is exact and comments follow the order of commits.
    counted = (
        update(models.Post)
        .where(models.Post.post_id == post_id, models.Post.status != "deleted")
        .values(
            comment_count=models.Post.comment_count + 1,
            last_commented_at=func.greatest(now, models.Post.last_commented_at + timedelta(microseconds=1)),
        )
        .returning(models.Post.last_commented_at)
        .execution_options(synchronize_session=False)
    )
    at = (await session.execute(counted)).scalar_one_or_none()
    if at is None:
        raise HTTPException(404)
    comment = models.Comment(
        comment_id=new_id(),
        post_id=post_id,
        user_id=viewer,
        content=new.content,
        commented_at=at,
        status="active",
        author_suspended=False,
        version=1,
        created_at=at,
        updated_at=at,
    )
    session.add(comment)
    if owner != viewer:
        session.add(_notification(comment, owner))
    await session.flush()
    background.add_task(_publish, post_id, comment.comment_id)
    body = Renderer(viewer).comment(comment, writer)
    response = answer(body, 201, body.version)
    response.background = background
    return response


async def _publish(post_id: UUID, comment_id: UUID) -> None:
    """Tells the sockets, once the comment is committed."""
    await redis.publish(f"post:{post_id}", f'{{"comment_id":"{comment_id}"}}')


def _notification(comment: models.Comment, owner: UUID) -> models.Notification:
    return models.Notification(
        notification_id=new_id(),
        user_id=owner,
        type="comment",
        reference_id=comment.comment_id,
        reference_type="comment",
        content="comment.created",
        actor_id=comment.user_id,
        post_id=comment.post_id,
        created_at=comment.commented_at,
        delivered=False,
    )

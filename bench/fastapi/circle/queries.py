"""Query objects: built once, so that SQLAlchemy compiles each once and the driver prepares it once.

They have the same efficient shape as Kith's own: the feed takes the newest posts of the friends whose newest post is
newest, through the same indexes. Constants stand in the text, since a partial index is only used for what the planner
knows."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import aliased, contains_eager, joinedload
from sqlalchemy.types import UUID as Uuid

from .models import Block, Comment, FriendEdge, Notification, Post, PostAudience, User

LAST_TIME = datetime(9999, 12, 31, tzinfo=UTC)
FIRST_TIME = datetime(1, 1, 1, tzinfo=UTC)
LAST_ID = UUID(int=(1 << 128) - 1)
FIRST_ID = UUID(int=0)

_viewer = bindparam("viewer", type_=Uuid())
_post = bindparam("post", type_=Uuid())
_at = bindparam("at", type_=TIMESTAMP(timezone=True))
_id = bindparam("id", type_=Uuid())
_limit = bindparam("limit", type_=Integer())
_ids = bindparam("ids", type_=ARRAY(Uuid()))

_ACTIVE = literal_column("'active'")
_FRIENDS_ONLY = literal_column("'friends-only'")
_SPECIFIC = literal_column("'specific-friends'")
_DELETED = literal_column("'deleted'")


def _for_friends(post: type[Post]):
    return and_(post.status == _ACTIVE, post.visibility == _FRIENDS_ONLY, post.posted_at.is_not(None))


def _before(post):
    return tuple_(post.posted_at, post.post_id) < tuple_(_at, _id)


def _newest_first(post) -> tuple:
    return post.posted_at.desc(), post.post_id.desc()


def _of_friends() -> Select:
    edge, first, post = aliased(FriendEdge), aliased(Post), aliased(Post)
    newest = (
        select(first.posted_at, first.post_id)
        .where(first.user_id == edge.friend_id, _for_friends(first), _before(first))
        .order_by(*_newest_first(first))
        .limit(1)
        .lateral()
    )
    authors = (
        select(edge.friend_id)
        .join(newest, true())
        .where(edge.user_id == _viewer, edge.state == _ACTIVE)
        .order_by(*_newest_first(newest.c))
        .limit(_limit)
        .subquery()
    )
    candidates = (
        select(post.post_id, post.posted_at)
        .where(post.user_id == authors.c.friend_id, _for_friends(post), _before(post))
        .order_by(*_newest_first(post))
        .limit(_limit)
        .lateral()
    )
    return (
        select(candidates.c.post_id, candidates.c.posted_at)
        .select_from(authors)
        .join(candidates, true())
        .order_by(*_newest_first(candidates.c))
        .limit(_limit)
    )


def _chosen() -> Select:
    audience, edge, post = aliased(PostAudience), aliased(FriendEdge), aliased(Post)
    visible = (
        select(post.post_id, post.posted_at)
        .join(edge, and_(edge.user_id == _viewer, edge.friend_id == post.user_id, edge.state == _ACTIVE))
        .where(
            post.post_id == audience.post_id,
            post.status == _ACTIVE,
            post.visibility == _SPECIFIC,
            post.posted_at.is_not(None),
        )
        .lateral()
    )
    return (
        select(visible.c.post_id, visible.c.posted_at)
        .select_from(audience)
        .join(visible, true())
        .where(audience.viewer_id == _viewer, _before(audience))
        .order_by(*_newest_first(audience))
        .limit(_limit)
    )


def _own() -> Select:
    post = aliased(Post)
    return (
        select(post.post_id, post.posted_at)
        .where(post.user_id == _viewer, post.status != _DELETED, post.posted_at.is_not(None), _before(post))
        .order_by(*_newest_first(post))
        .limit(_limit)
    )


def _blocked(other) -> exists:
    return exists().where(
        or_(
            and_(Block.blocker_id == _viewer, Block.blocked_id == other),
            and_(Block.blocked_id == _viewer, Block.blocker_id == other),
        )
    )


_has_block = exists().where(or_(Block.blocker_id == _viewer, Block.blocked_id == _viewer))
_hidden_comments = (
    select(func.count())
    .select_from(Comment)
    .where(
        Comment.post_id == Post.post_id,
        Comment.status == _ACTIVE,
        Comment.author_suspended.is_(False),
        _blocked(Comment.user_id),
    )
    .correlate(Post)
    .scalar_subquery()
)
_comment_count = (
    Post.comment_count
    - Post.suspended_comment_count
    - case((and_(Post.comment_count > 0, _has_block), _hidden_comments), else_=literal_column("0"))
).label("comments")

_page = union_all(_of_friends(), _chosen(), _own()).subquery()
_newest = (
    select(_page.c.post_id, _page.c.posted_at).order_by(*_newest_first(_page.c)).limit(_limit).subquery()
)

FEED = (
    select(Post, _comment_count)
    .join(_newest, _newest.c.post_id == Post.post_id)
    .join(Post.author)
    .options(contains_eager(Post.author))
    .order_by(_newest.c.posted_at.desc(), _newest.c.post_id.desc())
)

_chosen_for = exists().where(PostAudience.post_id == Post.post_id, PostAudience.viewer_id == _viewer)
_is_friend = exists().where(
    FriendEdge.user_id == _viewer, FriendEdge.friend_id == Post.user_id, FriendEdge.state == _ACTIVE
)
_visible = or_(
    and_(Post.user_id == _viewer, Post.status != _DELETED),
    and_(
        Post.status == _ACTIVE,
        Post.posted_at.is_not(None),
        _is_friend,
        or_(Post.visibility == _FRIENDS_ONLY, _chosen_for),
    ),
)

POST = select(Post, _comment_count).options(joinedload(Post.author, innerjoin=True)).where(Post.post_id == _post, _visible)

# Whom one's own posts for some are for now.
_readers = bindparam("posts", type_=ARRAY(Uuid()))
AUDIENCES = (
    select(PostAudience.post_id, User)
    .join(User, User.user_id == PostAudience.viewer_id)
    .join(
        FriendEdge,
        and_(
            FriendEdge.user_id == PostAudience.viewer_id,
            FriendEdge.friend_id == PostAudience.author_id,
            FriendEdge.state == _ACTIVE,
        ),
    )
    .where(PostAudience.post_id == func.any(_readers))
    .order_by(func.lower(User.display_name), User.user_id)
)

COMMENTS = (
    select(Comment)
    .join(Post, Post.post_id == Comment.post_id)
    .options(joinedload(Comment.author, innerjoin=True))
    .where(
        Comment.post_id == _post,
        Post.posted_at.is_not(None),
        _visible,
        Comment.status == _ACTIVE,
        Comment.author_suspended.is_(False),
        ~_blocked(Comment.user_id),
        tuple_(Comment.commented_at, Comment.comment_id) > tuple_(_at, _id),
    )
    .order_by(Comment.commented_at, Comment.comment_id)
    .limit(_limit)
)
IS_VISIBLE = select(Post.post_id).where(Post.post_id == _post, Post.posted_at.is_not(None), _visible)

# The post to write under, and the writer, in one round trip.
POST_AND_WRITER = (
    select(Post.user_id, User).join(User, User.user_id == _viewer).where(
        Post.post_id == _post, Post.posted_at.is_not(None), _visible
    )
)

NOTIFICATIONS = (
    select(Notification)
    .where(
        Notification.user_id == _viewer,
        tuple_(Notification.created_at, Notification.notification_id) < tuple_(_at, _id),
    )
    .order_by(Notification.created_at.desc(), Notification.notification_id.desc())
    .limit(_limit)
)
COMMENTS_SAID = (
    select(Comment.comment_id, Comment.content)
    .join(Post, Post.post_id == Comment.post_id)
    .where(
        Comment.comment_id == func.any(_ids),
        Comment.status == _ACTIVE,
        Comment.author_suspended.is_(False),
        _visible,
        ~_blocked(Comment.user_id),
    )
)
ACTORS = (
    select(User, FriendEdge.state)
    .outerjoin(FriendEdge, and_(FriendEdge.user_id == _viewer, FriendEdge.friend_id == User.user_id))
    .where(User.user_id == func.any(_ids), ~_blocked(User.user_id))
)

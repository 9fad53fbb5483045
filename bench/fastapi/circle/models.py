"""The tables of Kith's migrations, as far as the four requests need them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import ENUM, JSONB, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    type_annotation_map = {datetime: TIMESTAMP(timezone=True), dict[str, Any]: JSONB}


def _enum(name: str, *values: str, schema: str | None = None) -> ENUM:
    return ENUM(*values, name=name, schema=schema, create_type=False)


class User(Base):
    __tablename__ = "users"

    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    username: Mapped[str]
    display_name: Mapped[str]
    profile_picture_metadata: Mapped[dict[str, Any] | None]


class FriendEdge(Base):
    __tablename__ = "friend_edges"

    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    friend_id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(
        _enum("friend_edge_state", "active", "suspended", "incoming", "outgoing", "declined")
    )


class Block(Base):
    __tablename__ = "blocks"

    blocker_id: Mapped[UUID] = mapped_column(primary_key=True)
    blocked_id: Mapped[UUID] = mapped_column(primary_key=True)


class Post(Base):
    __tablename__ = "posts"

    post_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.user_id))
    image_metadata: Mapped[dict[str, Any] | None]
    caption: Mapped[str | None]
    alt: Mapped[str | None]
    posted_at: Mapped[datetime | None]
    comment_count: Mapped[int]
    suspended_comment_count: Mapped[int]
    last_commented_at: Mapped[datetime | None]
    status: Mapped[str] = mapped_column(_enum("post_status", "active", "deleted", "flagged"))
    visibility: Mapped[str] = mapped_column(_enum("post_visibility", "friends-only", "specific-friends"))
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    author: Mapped[User] = relationship(lazy="raise")


class PostAudience(Base):
    __tablename__ = "post_audience"

    post_id: Mapped[UUID] = mapped_column(primary_key=True)
    viewer_id: Mapped[UUID] = mapped_column(primary_key=True)
    author_id: Mapped[UUID]
    posted_at: Mapped[datetime | None]


class Comment(Base):
    __tablename__ = "comments"

    comment_id: Mapped[UUID] = mapped_column(primary_key=True)
    post_id: Mapped[UUID] = mapped_column(ForeignKey(Post.post_id))
    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.user_id))
    content: Mapped[str]
    commented_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(_enum("comment_status", "active", "deleted", "flagged"), default="active")
    author_suspended: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    author: Mapped[User] = relationship(lazy="raise")


class Notification(Base):
    __tablename__ = "notifications"
    __table_args__ = {"schema": "secondary"}

    notification_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID]
    type: Mapped[str] = mapped_column(
        _enum("notification_type", "comment", "friend_request", "system", schema="secondary")
    )
    reference_id: Mapped[UUID | None]
    reference_type: Mapped[str | None] = mapped_column(
        _enum("reference_type", "post", "comment", "user", schema="secondary")
    )
    content: Mapped[str]
    actor_id: Mapped[UUID | None]
    post_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    delivered: Mapped[bool] = mapped_column(default=False)

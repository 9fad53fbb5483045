"""The shapes of the public contract."""

from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

StoredImage = dict[str, Any]
Item = TypeVar("Item")


class Source(BaseModel):
    type: str
    url: str
    byte_size: int | None


class Rendition(BaseModel):
    name: str
    width: int
    height: int
    sources: list[Source]


class Image(BaseModel):
    placeholder: str
    width: int
    height: int
    alt: str | None
    square: Rendition
    renditions: list[Rendition]


class UserCard(BaseModel):
    user_id: UUID
    username: str
    display_name: str
    profile_picture: Image | None


class Post(BaseModel):
    post_id: UUID
    version: int
    author: UserCard
    image: Image | None
    processing: bool
    caption: str | None
    visibility: Literal["friends-only", "specific-friends"]
    audience: list[UserCard] | None = Field(default=None, exclude_if=lambda value: value is None)
    comment_count: int
    status: str
    posted_at: datetime | None
    created_at: datetime
    updated_at: datetime


class Comment(BaseModel):
    comment_id: UUID
    version: int
    post_id: UUID
    author: UserCard
    content: str
    commented_at: datetime
    status: str
    created_at: datetime
    updated_at: datetime


class NewComment(BaseModel):
    model_config = ConfigDict(extra="forbid")

    content: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class Notification(BaseModel):
    notification_id: UUID
    type: str
    reference_type: str | None
    reference_id: UUID | None
    content: str
    actor: UserCard | None
    created_at: datetime
    read_at: datetime | None
    delivered: bool


class Page(BaseModel, Generic[Item]):
    items: list[Item]
    next_cursor: str | None

"""From rows to the shapes of the contract, with image addresses signed for one viewer."""

import base64
import hashlib
import hmac
import time
from uuid import UUID

from . import models, schemas
from .settings import JWT_SECRET

_GRID_SECONDS = 120
_MIN_SECONDS = 180
_KEY = hashlib.sha256(b"images" + JWT_SECRET).digest()


class Renderer:
    """Makes addresses for one viewer."""

    def __init__(self, viewer: UUID) -> None:
        self._viewer = viewer
        self._expires = (int(time.time()) // _GRID_SECONDS + 1) * _GRID_SECONDS + _MIN_SECONDS

    def image(self, stored: schemas.StoredImage, alt: str | None = None) -> schemas.Image:
        image_id, version = stored["image_id"], stored["version"]
        base = f"/v1/images/{image_id}/{version}"
        message = f"{image_id}.{version}.{self._viewer}.{self._expires}".encode()
        mac = hmac.digest(_KEY, message, "sha256")[:16]
        signature = base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
        query = f"?viewer={self._viewer}&expires={self._expires}&signature={signature}"
        return schemas.Image(
            placeholder=stored["placeholder"],
            width=stored["width"],
            height=stored["height"],
            alt=alt,
            square=_rendition(stored["square"], base, query),
            renditions=[_rendition(rendition, base, query) for rendition in stored["renditions"]],
        )

    def card(self, user: models.User) -> schemas.UserCard:
        picture = user.profile_picture_metadata
        return schemas.UserCard(
            user_id=user.user_id,
            username=user.username,
            display_name=user.display_name,
            profile_picture=None if picture is None else self.image(picture),
        )

    def post(self, post: models.Post, comment_count: int, audience: list[models.User] | None) -> schemas.Post:
        image = post.image_metadata
        return schemas.Post(
            post_id=post.post_id,
            version=post.version,
            author=self.card(post.author),
            image=None if image is None else self.image(image, post.alt),
            processing=image is None,
            caption=post.caption,
            visibility=post.visibility,
            audience=None if audience is None else [self.card(user) for user in audience],
            comment_count=comment_count,
            status=post.status,
            posted_at=post.posted_at,
            created_at=post.created_at,
            updated_at=post.updated_at,
        )

    def comment(self, comment: models.Comment, author: models.User) -> schemas.Comment:
        return schemas.Comment(
            comment_id=comment.comment_id,
            version=comment.version,
            post_id=comment.post_id,
            author=self.card(author),
            content=comment.content,
            commented_at=comment.commented_at,
            status=comment.status,
            created_at=comment.created_at,
            updated_at=comment.updated_at,
        )


def _rendition(stored: dict, base: str, query: str) -> schemas.Rendition:
    name = stored["name"]
    sources = []
    if stored["avif"] is not None:
        sources.append(
            schemas.Source(type="image/avif", url=f"{base}/{name}.avif{query}", byte_size=stored["avif"])
        )
    sources.append(schemas.Source(type="image/webp", url=f"{base}/{name}.webp{query}", byte_size=stored.get("webp")))
    sources.append(schemas.Source(type="image/jpeg", url=f"{base}/{name}.jpg{query}", byte_size=stored["jpeg"]))
    return schemas.Rendition(name=name, width=stored["width"], height=stored["height"], sources=sources)

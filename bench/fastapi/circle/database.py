"""Engines and sessions: reads without a transaction round them, writes in one."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from .settings import DATABASE_URL, POOL_SIZE

engine = create_async_engine(
    DATABASE_URL.replace("postgresql://", "postgresql+asyncpg://").replace("postgres://", "postgresql+asyncpg://"),
    pool_size=POOL_SIZE,
    max_overflow=0,
    connect_args={"server_settings": {"jit": "off"}},
)
_writing = async_sessionmaker(engine, expire_on_commit=False)
# Autocommit spares the BEGIN and ROLLBACK that would surround every read.
_reading = async_sessionmaker(
    engine.execution_options(isolation_level="AUTOCOMMIT"), expire_on_commit=False, autoflush=False
)


async def reading() -> AsyncIterator[AsyncSession]:
    async with _reading() as session:
        yield session


async def writing() -> AsyncIterator[AsyncSession]:
    async with _writing() as session, session.begin():
        yield session


Reading = Annotated[AsyncSession, Depends(reading)]
Writing = Annotated[AsyncSession, Depends(writing, scope="function")]

"""What is kept, and how it is kept safe."""

from survey.store.engine import (
    Store,
    StoreBusy,
    StoreDamaged,
    StoreDown,
    StoreError,
    StoreFull,
    UnknownDatabase,
)
from survey.store.upgrade import NewerDatabase, open_store

__all__ = [
    "NewerDatabase",
    "Store",
    "StoreBusy",
    "StoreDamaged",
    "StoreDown",
    "StoreError",
    "StoreFull",
    "UnknownDatabase",
    "open_store",
]

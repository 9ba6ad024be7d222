"""What is kept, and how it is kept safe."""

from survey.store.engine import Store, StoreBusy, StoreDown, StoreError, StoreFull
from survey.store.upgrade import NewerDatabase, open_store

__all__ = [
    "NewerDatabase",
    "Store",
    "StoreBusy",
    "StoreDown",
    "StoreError",
    "StoreFull",
    "open_store",
]

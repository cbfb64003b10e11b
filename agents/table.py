"""Rows of plain numpy columns that can be added and removed without growing with history."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numba import njit

from agents.schema import Column, Flags, Ints


@njit(cache=True)
def _move_rows(block, source, target):
    for column in block:
        for k in range(source.size):
            column[target[k]] = column[source[k]]


@njit(cache=True)
def _fill_rows(block, start, first, last):
    for j in range(block.shape[0]):
        block[j, first:last] = start[j, 0]


class Table:
    """A set of columns of equal length.

    `table.cash` is a plain array of the live rows; write into it (`table.cash[rows] += x`).
    Rebinding a column is refused, since the table would not notice.
    """

    columns: ClassVar[dict[str, Column]]
    _blocks: list[tuple[list[str], np.ndarray, np.ndarray]]
    _size: int

    def __init_subclass__(cls, **options: Any) -> None:
        """Gather the columns declared in the class body and those of its parents."""
        super().__init_subclass__(**options)
        own = {name: value for name, value in vars(cls).items() if isinstance(value, Column)}
        inherited = {
            name: value
            for parent in reversed(cls.__mro__[1:])
            for name, value in getattr(parent, "columns", {}).items()
        }
        cls.columns = {**inherited, **own}
        # A declaration left in the class would be found before the column itself.
        for name in own:
            delattr(cls, name)

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        by_type: dict[type, list[str]] = {}
        for name, declared in self.columns.items():
            by_type.setdefault(declared.dtype, []).append(name)
        # Columns of a type lie in one block, so that moving rows is one operation a type.
        self.__dict__["_blocks"] = [
            (names, np.array([self.columns[n].start for n in names], kind)[:, None],
             np.empty((len(names), 64), kind))
            for kind, names in by_type.items()
        ]  # fmt: skip
        self._expose(0)

    def __len__(self) -> int:
        return self._size

    def __bool__(self) -> bool:
        return True

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self.columns and value is not getattr(self, name):
            raise AttributeError(
                f"{type(self).__name__}.{name} is a column: write {name}[...] = value"
            )
        super().__setattr__(name, value)

    def _expose(self, size: int) -> None:
        """Set the number of rows and make the view of every column."""
        kept = self.__dict__
        kept["_size"] = size
        for names, _, block in self._blocks:
            kept.update(zip(names, block[:, :size], strict=True))

    def append(self, count: int, **values: Any) -> Ints:
        """Add `count` rows and return their positions; columns not named take their start value."""
        unknown = values.keys() - self.columns.keys()
        if unknown:
            raise KeyError(f"{type(self).__name__} has no column {', '.join(sorted(unknown))}")
        old = self._size
        new = old + count
        if count == 0:
            return np.arange(old, new)
        for position, (names, start, block) in enumerate(self._blocks):
            if new > block.shape[1]:
                grown = np.empty((len(names), new + 3 * new // 4), block.dtype)
                grown[:, :old] = block[:, :old]
                self._blocks[position] = (names, start, grown)
                block = grown
            _fill_rows(block, start, old, new)
        self._expose(new)
        kept = self.__dict__
        for name, value in values.items():
            kept[name][old:] = value
        return np.arange(old, new)

    def discard(self, gone: Flags) -> Ints:
        """Remove the flagged rows; the last rows move into the holes.

        Returns for each old row its new position, -1 where it is gone, so that links can follow.
        """
        old = self._size
        moved = np.arange(old)
        out = np.flatnonzero(gone)
        if out.size == 0:
            return moved
        new = old - out.size
        moved[out] = -1
        holes = out[out < new]
        tail = new + np.flatnonzero(~gone[new:])
        for _, _, block in self._blocks:
            _move_rows(block, tail, holes)
        moved[tail] = holes
        self._expose(new)
        return moved

    def dump(self) -> dict[str, np.ndarray]:
        """Copy every column, for a snapshot."""
        return {name: getattr(self, name).copy() for name in self.columns}

    def load(self, columns: dict[str, np.ndarray]) -> None:
        """Take the rows of a snapshot in place of those here."""
        self._expose(0)
        count = len(next(iter(columns.values())))
        self.append(count, **columns)

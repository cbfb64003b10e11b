"""Rows of plain numpy columns that can be added and removed without growing with history."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numba import njit

from agents.schema import Column, Flags, Ints

KINDS = (np.bool_, np.int64, np.float64)


@njit(cache=True)
def _fill(flags, ints, floats, start_flags, start_ints, start_floats, first, last):
    """Write the start values of every column into rows `first` to `last`."""
    for j in range(flags.shape[0]):
        flags[j, first:last] = start_flags[j]
    for j in range(ints.shape[0]):
        ints[j, first:last] = start_ints[j]
    for j in range(floats.shape[0]):
        floats[j, first:last] = start_floats[j]


@njit(cache=True)
def _close_up(flags, ints, floats, gone):
    """Move the last rows that stay into the holes; returns how many stay and where each row is."""
    moved = np.empty(gone.size, np.int64)
    holes = np.empty(gone.size, np.int64)
    count = 0
    for i in range(gone.size):
        moved[i] = -1 if gone[i] else i
        holes[count] = i
        count += gone[i]
    stay = gone.size - count
    source = np.empty(count, np.int64)
    filled = 0
    for i in range(stay, gone.size):
        if not gone[i]:
            source[filled] = i
            moved[i] = holes[filled]
            filled += 1
    for j in range(flags.shape[0]):
        for k in range(filled):
            flags[j, holes[k]] = flags[j, source[k]]
    for j in range(ints.shape[0]):
        for k in range(filled):
            ints[j, holes[k]] = ints[j, source[k]]
    for j in range(floats.shape[0]):
        for k in range(filled):
            floats[j, holes[k]] = floats[j, source[k]]
    return stay, moved


class Table:
    """A set of columns of equal length.

    `table.cash` is a plain array of the live rows; write into it (`table.cash[rows] += x`).
    Rebinding a column is refused, since the table would not notice.
    """

    columns: ClassVar[dict[str, Column]]
    _names: tuple[list[str], ...]
    _starts: tuple[np.ndarray, np.ndarray, np.ndarray]
    _blocks: tuple[np.ndarray, np.ndarray, np.ndarray]
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
        # Columns of a type lie in one block, so that moving rows is one operation a type.
        names = tuple([n for n, c in self.columns.items() if c.dtype is kind] for kind in KINDS)
        starts: list[np.ndarray] = [
            np.array([self.columns[name].start for name in group], kind)
            for group, kind in zip(names, KINDS, strict=True)
        ]
        blocks = tuple(np.empty((start.size, 64), start.dtype) for start in starts)
        self.__dict__.update(_names=names, _starts=tuple(starts), _blocks=blocks)
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
        for names, block in zip(self._names, self._blocks, strict=True):
            if names:
                kept.update(zip(names, block[:, :size], strict=True))

    def append(self, count: int, **values: Any) -> Ints:
        """Add `count` rows and return their positions; columns not named take their start value."""
        for name in values:
            if name not in self.columns:
                raise KeyError(f"{type(self).__name__} has no column {name}")
        old = self._size
        new = old + count
        if count == 0:
            return np.arange(old, new)
        if new > self._blocks[0].shape[1]:
            self._grow(old, new + 3 * new // 4)
        _fill(*self._blocks, *self._starts, old, new)
        self._expose(new)
        kept = self.__dict__
        for name, value in values.items():
            kept[name][old:] = value
        return np.arange(old, new)

    def _grow(self, used: int, rows: int) -> None:
        grown = tuple(np.empty((block.shape[0], rows), block.dtype) for block in self._blocks)
        for new, old in zip(grown, self._blocks, strict=True):
            new[:, :used] = old[:, :used]
        self.__dict__["_blocks"] = grown

    def discard(self, gone: Flags) -> Ints:
        """Remove the flagged rows; the last rows move into the holes.

        Returns for each old row its new position, -1 where it is gone, so that links can follow.
        """
        stay, moved = _close_up(*self._blocks, gone)
        if stay < self._size:
            self._expose(stay)
        return moved

    def dump(self) -> dict[str, np.ndarray]:
        """Copy every column, for a snapshot."""
        return {name: getattr(self, name).copy() for name in self.columns}

    def load(self, columns: dict[str, np.ndarray]) -> None:
        """Take the rows of a snapshot in place of those here."""
        self._expose(0)
        count = len(next(iter(columns.values())))
        self.append(count, **columns)

"""matplotlib's own SVG, measured with the font that is held in memory: the same bytes in less time."""

from __future__ import annotations

import codecs
from typing import Any

from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import LoadFlags
from matplotlib.textpath import TextToPath

from experiments.figures.ruler import Extent, extent

SCALE, DPI = TextToPath.FONT_SCALE, TextToPath.DPI


class Renderer(RendererSVG):
    """Writes SVG; a line is measured at one size, without hinting, and scaled."""

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Extent:
        """Width, height and descent of a line [points]."""
        found = None if ismath else extent(s, prop, SCALE, DPI, LoadFlags.NO_HINTING)
        if found is None:
            return super().get_text_width_height_descent(s, prop, ismath)
        scale = prop.get_size_in_points() / SCALE
        width, height, descent = found
        return width * scale, height * scale, descent * scale


class FigureCanvas(FigureCanvasSVG):
    """What `savefig(backend="module://experiments.figures.svg")` looks for."""

    def print_svg(
        self, filename: Any, *, bbox_inches_restore: Any = None, metadata: Any = None, **_: Any
    ) -> None:
        """Write the figure to a binary file, as the method does that this one replaces.

        Colours and the like are the figure's by now, and are not asked for.
        """
        dpi, self.figure.dpi = self.figure.dpi, 72
        width, height = self.figure.get_size_inches()
        file = codecs.getwriter("utf-8")(filename)
        writer = Renderer(width * 72, height * 72, file, image_dpi=dpi, metadata=metadata)
        mixed = MixedModeRenderer(
            self.figure, width, height, dpi, writer, bbox_inches_restore=bbox_inches_restore
        )
        self.figure.draw(mixed)  # type: ignore[arg-type]
        mixed.finalize()

"""An open view, spoken to as its reader would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linkgraph.views.scene import Scene, from_subgraph
from tests.support.scenes import den, den_evidence

if TYPE_CHECKING:
    from playwright.sync_api import Page

OFFICER, FRIEND, ORG = "officer:P1024", "person:B120863155", "organisation:ORG7"
LOOKED_UP, ADDRESS = "person:F127003456", "address:AD55"


def cut_den(language: str = "en", limit: int = 8) -> Scene:
    """The den with its four farthest nodes in the reserve: the organisation shows +5."""
    return from_subgraph(
        den(),
        focus=[OFFICER],
        limit=limit,
        language=language,
        title="Officer P1024" if language == "en" else "員警 P1024",
        evidence=den_evidence(),
        truncated_total=2140,
        notes=[("Inquiry", "Q1")],
    )


class ViewPage:
    """A page with a view in it, spoken to as its reader would."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.wait_for_function("window.linkgraph && linkgraph.view")

    def spot(self, id_: str) -> tuple[float, float]:
        """Where a node is on the screen."""
        x, y = self.page.evaluate(
            """id => {
                const {network, model} = linkgraph.view;
                const box = document.getElementById('network').getBoundingClientRect();
                const at = network.canvasToDOM(model.place(id));
                return [box.x + at.x, box.y + at.y];
            }""",
            id_,
        )
        return x, y

    def click(self, id_: str) -> None:
        self.page.mouse.click(*self.spot(id_))

    def double_click(self, id_: str) -> None:
        self.page.mouse.dblclick(*self.spot(id_))
        self.settle()

    def click_tie(self, one: str, two: str) -> None:
        (x1, y1), (x2, y2) = self.spot(one), self.spot(two)
        self.page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2)

    def key(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.settle()

    def settle(self) -> None:
        """Let promises end and two frames pass."""
        self.page.evaluate(
            "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
        )

    def drawn(self) -> set[str]:
        return set(self.page.evaluate("linkgraph.view.canvas.shown.order"))

    def badge(self, id_: str) -> int:
        return int(self.page.evaluate("id => linkgraph.view.model.hidden(id).all", id_))

    def state(self, expression: str, *arguments: Any) -> Any:
        """What `expression` of the open view says."""
        return self.page.evaluate(f"(a) => {{ const v = linkgraph.view; return {expression}; }}",
                                  arguments[0] if arguments else None)  # fmt: skip

    def text(self, selector: str) -> str:
        return self.page.inner_text(selector)

    def pixel(self, id_: str) -> list[int]:
        """The colour on the screen at the left inner side of a node's sign."""
        return self.page.evaluate(
            """id => {
                const {network, model} = linkgraph.view;
                const canvas = document.querySelector('#network canvas');
                const at = network.canvasToDOM(model.place(id));
                const unit = canvas.width / canvas.clientWidth;
                const off = model.nodes.get(id).size * network.getScale() * 0.72;
                const one = document.createElement('canvas').getContext('2d');
                one.drawImage(canvas, -(at.x - off) * unit, -at.y * unit);
                return [...one.getImageData(0, 0, 1, 1).data].slice(0, 3);
            }""",
            id_,
        )

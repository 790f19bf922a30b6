"use strict";
// The legend: every kind and type with its sign, its number drawn, and a switch.
(function (linkgraph) {
  linkgraph.legend = function (root, model, scene, words, act) {
    const { h } = linkgraph;
    const { say } = words;
    root.setAttribute("aria-label", say("legend"));

    function line(type) {
      const space = "http://www.w3.org/2000/svg";
      const svg = document.createElementNS(space, "svg");
      svg.setAttribute("viewBox", "0 0 30 12");
      svg.setAttribute("class", "line");
      svg.setAttribute("aria-hidden", "true");
      const stroke = document.createElementNS(space, "path");
      stroke.setAttribute("d", type.directed ? "M1 6H24" : "M1 6H29");
      stroke.setAttribute("stroke", type.color);
      stroke.setAttribute("stroke-width", type.width);
      stroke.setAttribute("fill", "none");
      if (type.dash) stroke.setAttribute("stroke-dasharray", type.dash.join(" "));
      svg.append(stroke);
      if (type.directed) {
        const head = document.createElementNS(space, "path");
        head.setAttribute("d", "M29 6l-7-3.5v7z");
        head.setAttribute("fill", type.color);
        svg.append(head);
      }
      return svg;
    }

    function entry(which, value, sign, name, count) {
      const on = !model.off(which, value);
      return h("li", { class: count ? "" : "none" }, h("button", {
        type: "button", role: "switch", "aria-checked": on, "data-switch": which + ":" + value,
        on: { click: () => act.toggle(which, value) },
      }, sign, h("span", { class: "name" }, name), h("span", { class: "count" }, words.number(count))));
    }

    function show() {
      const kinds = new Map();
      for (const id of model.drawnIds()) {
        const kind = model.nodes.get(id).kind;
        kinds.set(kind, (kinds.get(kind) || 0) + 1);
      }
      const types = new Map();
      for (const edge of model.edges.values()) {
        if (model.place(edge.from) && model.place(edge.to)) types.set(edge.type, (types.get(edge.type) || 0) + 1);
      }
      const focused = document.activeElement && document.activeElement.dataset.switch;
      root.replaceChildren(
        h("h2", {}, say("kinds")),
        h("ul", { id: "kinds" }, scene.kinds.map((kind) =>
          entry("kind", kind.kind, linkgraph.signs.svg(kind), kind.plural, kinds.get(kind.kind) || 0))),
        h("h2", {}, say("ties")),
        h("ul", { id: "types" }, scene.types.map((type) =>
          entry("type", type.type, line(type), type.name, types.get(type.type) || 0))));
      if (focused) {
        const again = [...root.querySelectorAll("[data-switch]")].find((b) => b.dataset.switch === focused);
        if (again) again.focus();
      }
    }
    return { show };
  };
})(window.linkgraph = window.linkgraph || {});

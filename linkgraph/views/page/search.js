"use strict";
// Search by name or number, among what is drawn and what can be brought in.
(function (linkgraph) {
  const MOST = 12;
  // Full-width forms, case, and 臺/台 are one to a reader.
  const fold = (text) => text.normalize("NFKC").toLowerCase().replaceAll("臺", "台");

  linkgraph.search = function (root, model, scene, words, act) {
    const { h } = linkgraph;
    const { say } = words;
    const kinds = new Map(scene.kinds.map((kind) => [kind.kind, kind]));
    let hits = [];
    let at = -1;
    const input = h("input", {
      type: "search", id: "find", placeholder: say("search"), "aria-label": say("search"), autocomplete: "off",
      spellcheck: "false", role: "combobox", "aria-expanded": "false", "aria-controls": "found",
      on: { input: look, keydown: key, focus: () => hits.length && open(true) },
    });
    const count = h("span", { id: "hits", role: "status" });
    const list = h("ul", { id: "found", role: "listbox", hidden: true });
    root.append(input, count, list);
    document.addEventListener("pointerdown", (event) => {
      if (!root.contains(event.target)) open(false);
    });

    function find(text) {
      const wanted = fold(text.trim());
      if (!wanted) return [];
      const found = [];
      for (const node of model.nodes.values()) {
        const id = fold(node.id.slice(node.id.indexOf(":") + 1));
        const label = fold(node.label);
        if (!id.includes(wanted) && !label.includes(wanted)) continue;
        const exact = id === wanted || label === wanted ? 0 : id.startsWith(wanted) || label.startsWith(wanted) ? 1 : 2;
        found.push({ node, rank: (model.place(node.id) ? 0 : 10) + exact });
      }
      found.sort((a, b) => a.rank - b.rank || (a.node.label < b.node.label ? -1 : a.node.label > b.node.label ? 1 : a.node.id < b.node.id ? -1 : 1));
      return found.map((entry) => entry.node);
    }
    function look() {
      hits = find(input.value);
      at = -1;
      show();
    }
    function show() {
      count.textContent = !input.value.trim() ? "" : !hits.length ? say("searchNone")
        : at < 0 ? say("searchFound", { count: hits.length })
        : say("searchCount", { at: at + 1, count: hits.length });
      list.replaceChildren(...hits.slice(0, MOST).map((node, i) => h("li", {
        role: "option", id: "hit-" + i, "aria-selected": i === at,
        on: { click: () => go(i) },
      }, linkgraph.signs.svg(kinds.get(node.kind) || node),
      h("span", { class: "name" }, node.label),
      node.id.endsWith(":" + node.label) ? null : h("span", { class: "id" }, node.id.slice(node.id.indexOf(":") + 1)),
      model.place(node.id) ? null : h("span", { class: "away" }, say("notDrawn")))));
      if (hits.length > MOST) list.append(h("li", { class: "rest" }, say("searchMore", { count: hits.length - MOST })));
      open(hits.length > 0);
    }
    function open(on) {
      list.hidden = !on;
      input.setAttribute("aria-expanded", String(on));
      input.setAttribute("aria-activedescendant", on && at >= 0 && at < MOST ? "hit-" + at : "");
    }
    function go(i) {
      at = i;
      act.find(hits[i].id);
      show();
    }
    function key(event) {
      const step = event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey) ? 1
        : event.key === "ArrowUp" || event.key === "Enter" ? -1 : 0;
      if (step && hits.length) {
        event.preventDefault();
        go((at + step + hits.length) % hits.length);
      } else if (event.key === "Escape") {
        event.stopPropagation();
        if (!list.hidden) open(false);
        else if (input.value) { input.value = ""; look(); }
        else act.leave();
      }
    }
    return { focus() { input.focus(); input.select(); } };
  };
})(window.linkgraph = window.linkgraph || {});

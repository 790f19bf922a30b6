"use strict";
// The panel at the side: what is known of the chosen node or tie, and where that was read.
(function (linkgraph) {
  const FEW = 30;

  // An element whose text can only ever be text.
  function h(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "on") for (const [event, run] of Object.entries(value)) made.addEventListener(event, run);
      else if (name.startsWith("aria-")) made.setAttribute(name, String(value));
      else if (value === true) made.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value));
    }
    for (const child of children.flat(Infinity)) {
      if (child !== null && child !== undefined && child !== false) made.append(child);
    }
    return made;
  }

  linkgraph.panel = function (root, model, scene, words, act) {
    const { say } = words;
    const kinds = new Map(scene.kinds.map((kind) => [kind.kind, kind]));
    const types = new Map(scene.types.map((type) => [type.type, type]));
    const kindOf = (node) => kinds.get(node.kind) || { kind: node.kind, name: node.kind, shape: node.shape, color: node.color };
    const typeOf = (edge) => types.get(edge.type) || { name: edge.type };
    const isEvent = (item) => "type" in item ? Boolean(typeOf(item).event) : ["lookup", "complaint", "case"].includes(item.kind);
    root.setAttribute("aria-label", say("panel"));

    function section(title, count, ...content) {
      return h("section", {}, h("h3", {}, title, count ? h("span", { class: "count" }, words.number(count)) : null), ...content);
    }
    function facts(item) {
      const entries = Object.entries(item.facts);
      if (!entries.length) return section(say("facts"), 0, h("p", { class: "none" }, say("noFacts")));
      return section(say("facts"), 0, h("dl", {}, entries.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])));
    }
    function evidence(item) {
      const rows = item.evidence;
      if (!rows.length) return section(say("evidence"), 0, h("p", { class: "none" }, say("noEvidence")));
      return section(say("evidence"), rows.length, cut(rows, "ol", "evidence", (row) => {
        const place = [row.source_file];
        if (row.source_row !== null) place.push(say("row", { row: String(row.source_row) }));
        return h("li", {},
          row.text ? h("p", { class: "said" }, row.text) : null,
          h("p", { class: "where" },
            h("span", { class: "table" }, row.table), h("span", { class: "file" }, place.join(" · "))),
          h("p", { class: "where" },
            h("span", {}, say("record", { id: row.row_id })),
            row.sha256 ? h("span", { class: "hash", title: row.sha256 }, say("hash", { hash: row.sha256.slice(0, 12) })) : null));
      }));
    }
    // A long list begins with its first few entries and a button for the rest.
    function cut(items, tag, name, entry) {
      const list = h(tag, { class: name }, items.slice(0, FEW).map(entry));
      if (items.length <= FEW) return list;
      const more = h("button", { type: "button", class: "more", on: { click() {
        list.append(...items.slice(FEW).map(entry));
        more.remove();
      } } }, say("showAll", { count: items.length }));
      return h("div", {}, list, more);
    }
    function instant(item, holds) {
      const time = act.time();
      const span = words.interval(item, isEvent(item));
      return [
        span ? h("p", { class: "span" }, span) : null,
        time !== null && !holds ? h("p", { class: "still" }, say("holdsNot", { date: words.moment(time, true) })) : null,
      ];
    }
    function button(id, label, run, more) {
      return h("button", { type: "button", id, on: { click: run }, ...more }, label);
    }

    function connections(node) {
      const ties = model.tiesOf(node.id);
      if (!ties.length) return section(say("connections"), 0, h("p", { class: "none" }, say("noConnections")));
      const rank = new Map(scene.types.map((type, i) => [type.type, i]));
      const sorted = ties.map((edge) => ({ edge, to: model.nodes.get(model.other(edge, node.id)) }));
      sorted.sort((a, b) => (rank.get(a.edge.type) ?? 99) - (rank.get(b.edge.type) ?? 99)
        || (a.to.label < b.to.label ? -1 : a.to.label > b.to.label ? 1 : a.edge.id < b.edge.id ? -1 : 1));
      return section(say("connections"), sorted.length, cut(sorted, "ul", "ties", ({ edge, to }) => h("li", { class: act.holds(edge) ? "" : "still" },
        linkgraph.signs.svg(kindOf(to)),
        h("button", { type: "button", class: "to", on: { click: () => act.choose("node", to.id) } }, to.label),
        h("button", { type: "button", class: "tie", title: say("seeTie"), on: { click: () => act.choose("edge", edge.id) } },
          edge.label, words.interval(edge, isEvent(edge), true) ? h("span", {}, words.interval(edge, isEvent(edge), true)) : null))));
    }

    function node(id) {
      const item = model.nodes.get(id);
      const kind = kindOf(item);
      const hidden = model.hidden(id);
      const pinned = model.place(id).pinned;
      root.replaceChildren(
        h("header", {},
          linkgraph.signs.svg(kind),
          h("div", {},
            h("p", { class: "kind" }, kind.name),
            h("h2", { id: "chosen", tabindex: -1 }, item.label),
            h("p", { class: "id" }, item.id.slice(item.id.indexOf(":") + 1)),
            instant(item, act.holdsNode(id)))),
        h("div", { class: "actions" },
          button("do-expand", hidden.here ? say("expandCount", { count: hidden.here }) : say("expand"), () => act.expand(id), { disabled: !hidden.here, class: "first" }),
          button("do-collapse", say("collapse"), () => act.collapse(id)),
          button("do-pin", pinned ? say("unpin") : say("pin"), () => act.pin(id), { "aria-pressed": pinned }),
          button("do-centre", say("centre"), () => act.centre(id))),
        hidden.here || hidden.beyond ? h("p", { class: "hidden-count" },
          hidden.here ? say(hidden.here === 1 ? "hiddenHere1" : "hiddenHere", { count: hidden.here }) : null,
          hidden.here && hidden.beyond ? " " : null,
          hidden.beyond ? say(hidden.beyond === 1 ? "hiddenBeyond1" : "hiddenBeyond", { count: hidden.beyond }) : null) : "",
        facts(item), connections(item), evidence(item));
    }

    function edge(id) {
      const item = model.edges.get(id);
      const end = (ref) => {
        const to = model.nodes.get(ref);
        return h("button", { type: "button", class: "end", on: { click: () => act.choose("node", ref) } },
          linkgraph.signs.svg(kindOf(to)), h("span", {}, to.label));
      };
      root.replaceChildren(
        h("header", { class: "of-tie" },
          h("div", {},
            h("p", { class: "kind" }, item.label.startsWith(typeOf(item).name) ? say("tie") : typeOf(item).name),
            h("h2", { id: "chosen", tabindex: -1 }, item.label),
            h("div", { class: "ends" }, end(item.from), h("span", { class: "way", "aria-hidden": "true" }, item.directed ? "↓" : "↕"), end(item.to)),
            instant(item, act.holds(item)))),
        facts(item), evidence(item));
    }

    function nothing() {
      root.replaceChildren(
        h("header", { class: "of-view" }, h("div", {}, h("h2", { id: "chosen", tabindex: -1 }, say("about")))),
        h("p", {}, scene.nodes.length ? say("welcome") : say("empty")),
        scene.nodes.length ? h("p", {}, say("welcomeMore")) : "",
        scene.notes.length ? h("dl", { class: "notes" }, scene.notes.map(([name, text]) => [h("dt", {}, name), h("dd", {}, text)])) : "",
        h("p", { class: "neutral" }, say("neutral")));
    }

    return {
      show(chosen) {
        const top = root.dataset.of === (chosen ? chosen.id : "") ? root.scrollTop : 0;
        root.dataset.of = chosen ? chosen.id : "";
        if (chosen && chosen.what === "node" && model.seen(chosen.id)) node(chosen.id);
        else if (chosen && chosen.what === "edge" && model.edges.has(chosen.id)) edge(chosen.id);
        else nothing();
        root.scrollTop = top;
      },
    };
  };
  linkgraph.h = h;
})(window.linkgraph = window.linkgraph || {});

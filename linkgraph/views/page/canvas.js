"use strict";
// The drawing: vis-network fed from the model, and how nodes and ties look at this moment.
(function (linkgraph) {
  const CHOSEN = "#e69f00";
  const STILL = "#d3d8de"; // what does not hold at the instant shown
  const FADED = 0.2;

  linkgraph.canvas = function (container, model, scene, options) {
    const types = new Map(scene.types.map((type) => [type.type, type]));
    const nodes = new vis.DataSet();
    const edges = new vis.DataSet();
    const shown = { order: [], edges: [], ties: [] };
    let chosen = null; // {what: "node" | "edge", id}
    let around = new Set();
    let hovered = null;
    let time = null;
    let held = new Set();
    let zoom = 1;
    const sizes = new Map(); // drawn radius at this zoom

    const look = {
      size: (id) => sizes.get(id) || model.nodes.get(id).size,
      words: true,
      selected: (id) => chosen !== null && chosen.id === id,
      must: (id) => look.selected(id) || hovered === id || model.nodes.get(id).focus,
      near: (id) => around.has(id),
      touches: (edge) => chosen !== null && chosen.what === "node" && (edge.from === chosen.id || edge.to === chosen.id),
      faded: (id) => chosen !== null && !around.has(id),
      fadedEdge: (edge) => chosen !== null && !look.touches(edge) && !look.selected(edge.id),
      holds: (item) => time === null || ((item.start === null || item.start <= time) && (item.end === null || time < item.end)),
      holdsNode: (id) => time === null || held.has(id),
    };

    options.nodes.ctxRenderer = function ({ ctx, id, x, y }) {
      const node = model.nodes.get(id);
      return {
        drawNode() {
          const picked = look.selected(id);
          linkgraph.signs.draw(ctx, {
            x, y, zoom, size: sizes.get(id) || node.size, shape: node.shape, kind: node.kind,
            color: look.holdsNode(id) ? node.color : STILL,
            alpha: look.faded(id) ? FADED + 0.08 : 1,
            ring: picked ? CHOSEN : node.focus ? "#1d2733" : hovered === id ? "#8a94a3" : null,
            ringWidth: (picked ? 13 : 9) * Math.min(1.6, Math.max(1, 0.5 / zoom)),
          });
        },
      };
    };
    const many = scene.edges.length > 700;
    options.interaction.hideEdgesOnDrag = many;
    options.interaction.hideEdgesOnZoom = many;
    const network = new vis.Network(container, { nodes, edges }, options);
    // Seen from afar signs shrink less than the graph, so that each can still be told and clicked.
    network.on("beforeDrawing", (ctx) => {
      zoom = network.getScale();
      const area = container.clientWidth * container.clientHeight;
      const least = Math.min(9, Math.max(2.4, 0.15 * Math.sqrt(area / Math.max(1, shown.order.length)))) / zoom;
      for (const id of shown.order) {
        const drawn = network.body.nodes[id];
        if (!drawn) continue;
        const size = radius(id, least);
        const { shape } = drawn;
        shape.customSizeWidth = shape.customSizeHeight = shape.width = shape.height = 2 * size;
        shape.radius = size;
        sizes.set(id, size);
      }
      underline(ctx);
    });
    // The chosen tie lies on a band of its own colour, so that its own still shows.
    function underline(ctx) {
      const drawn = chosen && chosen.what === "edge" && network.body.edges[chosen.id];
      if (!drawn || !drawn.connected) return;
      ctx.save();
      ctx.beginPath();
      for (let i = 0; i <= 16; i += 1) {
        const at = drawn.edgeType.getPoint(i / 16);
        ctx.lineTo(at.x, at.y);
      }
      ctx.strokeStyle = CHOSEN;
      ctx.globalAlpha = 0.5;
      ctx.lineCap = "round";
      ctx.lineWidth = model.edges.get(chosen.id).width + 10 * Math.max(1, 0.6 / zoom);
      ctx.stroke();
      ctx.restore();
    }
    function radius(id, least) {
      const { size } = model.nodes.get(id);
      return Math.max(size, (least * size) / 13);
    }
    linkgraph.labels(network, model, look, shown);

    function nodeItem(id) {
      const node = model.nodes.get(id);
      const place = model.place(id);
      return { id, x: place.x, y: place.y, size: node.size, fixed: place.pinned, title: node.label };
    }

    function edgeItem(edge) {
      const type = types.get(edge.type) || {};
      const bend = sides.get(edge.id);
      return {
        id: edge.id, from: edge.from, to: edge.to, width: edge.width,
        color: { color: colorOf(edge), opacity: 0.72, inherit: false },
        dashes: type.dash || false,
        arrows: { to: { enabled: edge.directed } },
        smooth: bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : { enabled: false },
      };
    }
    const colorOf = (edge) => (types.get(edge.type) || { color: "#8a94a3" }).color;

    // Ties between the same two nodes bend apart, whichever way each of them points.
    function bends(list) {
      const groups = new Map();
      for (const edge of list) {
        const key = edge.from < edge.to ? edge.from + "\n" + edge.to : edge.to + "\n" + edge.from;
        if (!groups.has(key)) groups.set(key, []);
        groups.get(key).push(edge);
      }
      const found = new Map();
      for (const group of groups.values()) {
        group.forEach((edge, i) => {
          const side = (i - (group.length - 1) / 2) * 0.24;
          found.set(edge.id, edge.from < edge.to ? side : -side);
        });
      }
      return found;
    }

    // Tells the data set only what is new, gone or different.
    function update(data, written, wanted) {
      const ids = new Set(wanted.map((item) => item.id));
      const gone = [...written.keys()].filter((id) => !ids.has(id));
      if (gone.length) data.remove(gone);
      for (const id of gone) written.delete(id);
      const changed = [];
      for (const item of wanted) {
        const key = JSON.stringify(item);
        if (written.get(item.id) === key) continue;
        written.set(item.id, key);
        changed.push(item);
      }
      if (changed.length) data.update(changed);
    }
    const writtenNodes = new Map();
    const writtenEdges = new Map();
    let sides = new Map();

    function weigh() {
      around = new Set();
      if (chosen && chosen.what === "node" && model.seen(chosen.id)) {
        around = model.neighbours(chosen.id).add(chosen.id);
      } else if (chosen && chosen.what === "edge" && model.edges.has(chosen.id)) {
        const edge = model.edges.get(chosen.id);
        around = new Set([edge.from, edge.to]);
      }
      held = new Set();
      if (time === null) return;
      const tied = new Set();
      for (const edge of shown.edges) {
        if (look.holds(edge)) held.add(edge.from).add(edge.to);
        tied.add(edge.from).add(edge.to);
      }
      for (const id of shown.order) {
        const node = model.nodes.get(id);
        if (!look.holds(node)) held.delete(id);
        else if (node.focus || !tied.has(id)) held.add(id);
      }
    }

    function sync() {
      const first = (a, b) => Number(b.focus) - Number(a.focus) || b.size - a.size || (a.id < b.id ? -1 : 1);
      shown.order = model.visibleNodes().map((id) => model.nodes.get(id)).sort(first).map((node) => node.id);
      shown.edges = model.visibleEdges();
      // Where there is not room for all words on ties, the rarer ones tell more.
      const common = new Map();
      for (const edge of shown.edges) common.set(edge.label, (common.get(edge.label) || 0) + 1);
      shown.ties = [...shown.edges].sort((a, b) => common.get(a.label) - common.get(b.label) || (a.id < b.id ? -1 : 1));
      sides = bends(shown.edges);
      // Ties go out before the nodes they need, nodes come in before the ties that need them.
      const staying = new Set(shown.edges.map((edge) => edge.id));
      const gone = [...writtenEdges.keys()].filter((id) => !staying.has(id));
      if (gone.length) edges.remove(gone);
      for (const id of gone) writtenEdges.delete(id);
      update(nodes, writtenNodes, shown.order.map(nodeItem));
      update(edges, writtenEdges, shown.edges.map(edgeItem));
      restyle();
    }

    // The same nodes and ties, looking different: another choice, another instant.  Written to
    // the drawn ties themselves, since the data set weighs the whole graph anew at each change.
    function restyle() {
      weigh();
      for (const edge of shown.edges) {
        const drawn = network.body.edges[edge.id];
        if (!drawn) continue;
        const picked = look.selected(edge.id);
        const holds = look.holds(edge) && look.holdsNode(edge.from) && look.holdsNode(edge.to);
        drawn.options.color.color = holds ? colorOf(edge) : STILL;
        drawn.options.color.opacity = look.fadedEdge(edge) ? FADED : picked ? 1 : 0.72;
        drawn.options.width = picked ? edge.width + 1 : edge.width;
      }
      network.redraw();
    }

    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const glide = calm ? false : { duration: 280, easingFunction: "easeInOutQuad" };
    return {
      network, look, shown,
      sync,
      choose(next) { chosen = next; restyle(); },
      chosen: () => chosen,
      hover(id) { hovered = id; network.redraw(); },
      setTime(next) { time = next; restyle(); },
      time: () => time,
      setWords(on) { look.words = on; network.redraw(); },
      fit() {
        if (!shown.order.length) return;
        const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
        for (const id of shown.order) {
          const { x, y } = model.place(id);
          box.left = Math.min(box.left, x);
          box.right = Math.max(box.right, x);
          box.top = Math.min(box.top, y);
          box.bottom = Math.max(box.bottom, y);
        }
        // Room for the names at the edges, which keep their size on the screen.
        const scale = Math.min(1.25,
          (container.clientWidth - 150) / Math.max(1, box.right - box.left),
          (container.clientHeight - 96) / Math.max(1, box.bottom - box.top));
        const position = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 + 6 / scale };
        network.moveTo({ position, scale, animation: glide });
      },
      centre(id) {
        const scale = Math.max(network.getScale(), 0.8);
        network.moveTo({ position: model.place(id), scale, animation: glide });
      },
      zoomBy(factor) {
        const scale = Math.min(4, Math.max(0.02, network.getScale() * factor));
        network.moveTo({ scale, animation: false });
      },
      pan(dx, dy) {
        const at = network.getViewPosition();
        const scale = network.getScale();
        network.moveTo({ position: { x: at.x + dx / scale, y: at.y + dy / scale }, scale, animation: false });
      },
      // The tie within a few pixels of a point of the screen, however far the graph is away.
      tieAt(spot) {
        const at = network.DOMtoCanvas(spot);
        let nearest = 7 / network.getScale();
        let found = null;
        for (const { id } of shown.edges) {
          const drawn = network.body.edges[id];
          if (!drawn || !drawn.connected) continue;
          const gap = drawn.edgeType.getDistanceToEdge(drawn.from.x, drawn.from.y, drawn.to.x, drawn.to.y, at.x, at.y);
          if (gap < nearest) {
            nearest = gap;
            found = id;
          }
        }
        return found;
      },
      // Only if one of `ids` lies outside what is seen.
      keepInView(ids) {
        const out = ids.some((id) => {
          const p = network.canvasToDOM(model.place(id));
          return p.x < 20 || p.y < 20 || p.x > container.clientWidth - 20 || p.y > container.clientHeight - 30;
        });
        if (out) this.fit();
      },
    };
  };
})(window.linkgraph = window.linkgraph || {});

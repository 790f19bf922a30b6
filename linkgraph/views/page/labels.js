"use strict";
// Names, badges and the words on ties: drawn last, over everything, each only where there is room.
(function (linkgraph) {
  const FACE = '"Noto Sans TC","Noto Sans CJK TC","PingFang TC","Microsoft JhengHei","Segoe UI","Noto Sans",sans-serif';
  const WIDEST = 170;
  const CELL = 80;

  // Boxes on the screen, in buckets: `free` says whether a box meets none of them.
  function room() {
    const cells = new Map();
    function* around(box) {
      for (let i = Math.floor(box.x1 / CELL); i <= Math.floor(box.x2 / CELL); i += 1) {
        for (let j = Math.floor(box.y1 / CELL); j <= Math.floor(box.y2 / CELL); j += 1) {
          yield i + "," + j;
        }
      }
    }
    return {
      take(box) {
        for (const key of around(box)) {
          if (!cells.has(key)) cells.set(key, []);
          cells.get(key).push(box);
        }
      },
      free(box) {
        for (const key of around(box)) {
          for (const b of cells.get(key) || []) {
            if (b.of !== box.of && b.x1 < box.x2 && box.x1 < b.x2 && b.y1 < box.y2 && box.y1 < b.y2) {
              return false;
            }
          }
        }
        return true;
      },
    };
  }

  linkgraph.labels = function (network, model, look, shown) {
    const cut = new Map();

    // The text as it fits, and its width at 12 px.
    function fitted(ctx, text) {
      if (cut.has(text)) return cut.get(text);
      ctx.font = "12px " + FACE;
      let short = text;
      let width = ctx.measureText(short).width;
      if (width > WIDEST) {
        const letters = [...text];
        while (letters.length > 1 && width > WIDEST) {
          letters.pop();
          short = letters.join("") + "…";
          width = ctx.measureText(short).width;
        }
      }
      const found = { short, width };
      cut.set(text, found);
      return found;
    }

    function draw(ctx) {
      const scale = network.getScale();
      const view = network.getViewPosition();
      const frame = network.body.container;
      const wide = frame.clientWidth;
      const high = frame.clientHeight;
      const onScreen = (x, y) => ({ x: (x - view.x) * scale + wide / 2, y: (y - view.y) * scale + high / 2 });
      const inside = (p) => p.x > -90 && p.y > -40 && p.x < wide + 90 && p.y < high + 40;
      const boxes = room();
      const nodes = [];
      for (const id of shown.order) {
        const at = network.body.nodes[id];
        if (!at) continue;
        const spot = onScreen(at.x, at.y);
        if (!inside(spot)) continue;
        const node = model.nodes.get(id);
        const size = look.size(id) * scale;
        nodes.push({ id, node, spot, size });
        if (size < 4) continue; // names may cover specks
        const solid = size * 0.8;
        boxes.take({ of: id, x1: spot.x - solid, x2: spot.x + solid, y1: spot.y - solid, y2: spot.y + solid });
      }
      ctx.save();
      // From here on in pixels of the screen: text keeps its size while the graph is scaled.
      ctx.translate(view.x, view.y);
      ctx.scale(1 / scale, 1 / scale);
      ctx.translate(-wide / 2, -high / 2);
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      const text = Math.min(16, Math.max(10.5, 12 * Math.sqrt(scale)));
      const rank = (entry) => (look.must(entry.id) ? 0 : look.near(entry.id) ? 1 : 2);
      const ordered = nodes.map((entry, i) => [rank(entry), i, entry]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      // A far view of very many keeps to the few names that matter most.
      let left = Math.round((wide * high) / (nodes.length > 600 && scale < 0.3 ? 14000 : 2500));
      for (const [first, , entry] of ordered) {
        if (first > 0 && left <= 0) break;
        if (drawName(ctx, entry, text, first === 0, boxes)) left -= 1;
      }
      drawTies(ctx, onScreen, inside, scale, boxes);
      if (scale > 0.28) for (const entry of nodes) drawBadges(ctx, entry, scale);
      ctx.restore();
    }

    function drawName(ctx, entry, text, must, boxes) {
      const { id, node, spot, size } = entry;
      const name = fitted(ctx, node.label);
      const half = (name.width * text) / 24 + 3;
      const y = spot.y + size + text * 0.82 + (node.focus || look.selected(id) ? 4 : 0);
      const box = { of: id, x1: spot.x - half, x2: spot.x + half, y1: y - text * 0.62, y2: y + text * 0.62 };
      if (!must && !boxes.free(box)) return false;
      boxes.take(box);
      ctx.font = (node.focus || look.selected(id) ? "600 " : "") + text + "px " + FACE;
      ctx.globalAlpha = look.faded(id) ? 0.35 : 1;
      ctx.lineWidth = 3.5;
      ctx.strokeStyle = "rgba(250,251,252,0.94)";
      ctx.strokeText(name.short, spot.x, y);
      ctx.fillStyle = look.holdsNode(id) ? "#1d2733" : "#9aa3ad";
      ctx.fillText(name.short, spot.x, y);
      ctx.globalAlpha = 1;
      return true;
    }

    function drawBadges(ctx, entry, scale) {
      const { id, spot, size } = entry;
      const place = model.place(id);
      const grow = Math.min(1.25, Math.max(0.75, Math.sqrt(scale)));
      const hidden = model.hidden(id);
      ctx.globalAlpha = look.faded(id) ? 0.35 : 1;
      if (hidden.all > 0 && hidden.all < 10 && size < 8 && !look.must(id)) {
        // Seen from afar a dot says that there is more; nearer by, how much.
        ctx.beginPath();
        ctx.arc(spot.x + size * 0.75, spot.y - size * 0.75, 2.6, 0, 2 * Math.PI);
        ctx.fillStyle = hidden.here ? "#1d2733" : "#ffffff";
        ctx.strokeStyle = hidden.here ? "#ffffff" : "#5b6876";
        ctx.lineWidth = 1.2;
        ctx.fill();
        ctx.stroke();
      } else if (hidden.all > 0) {
        const words = "+" + hidden.all.toLocaleString("en-US");
        ctx.font = "600 " + 10 * grow + "px " + FACE;
        const half = Math.max(8 * grow, ctx.measureText(words).width / 2 + 4.5 * grow);
        const x = spot.x + size * 0.72 + half * 0.45;
        const y = spot.y - size * 0.82;
        ctx.beginPath();
        ctx.roundRect(x - half, y - 7.5 * grow, 2 * half, 15 * grow, 7.5 * grow);
        ctx.fillStyle = hidden.here ? "#1d2733" : "#ffffff";
        ctx.fill();
        ctx.lineWidth = 1.4;
        ctx.strokeStyle = hidden.here ? "#ffffff" : "#8a94a3";
        ctx.stroke();
        ctx.fillStyle = hidden.here ? "#ffffff" : "#5b6876";
        ctx.fillText(words, x, y + 0.5);
      }
      if (place && place.pinned) {
        const x = spot.x - size * 0.78;
        const y = spot.y - size * 0.82;
        ctx.beginPath();
        ctx.arc(x, y, 7.5 * grow, 0, 2 * Math.PI);
        ctx.fillStyle = "#ffffff";
        ctx.fill();
        ctx.lineWidth = 1.4;
        ctx.strokeStyle = "#1d2733";
        ctx.stroke();
        ctx.beginPath();
        ctx.arc(x, y - 1.6 * grow, 2.6 * grow, 0, 2 * Math.PI);
        ctx.fillStyle = "#1d2733";
        ctx.fill();
        ctx.beginPath();
        ctx.moveTo(x, y);
        ctx.lineTo(x, y + 4.6 * grow);
        ctx.stroke();
      }
      ctx.globalAlpha = 1;
    }

    function drawTies(ctx, onScreen, inside, scale, boxes) {
      const text = Math.min(13, Math.max(10, 10.5 * Math.sqrt(scale)));
      for (const edge of shown.ties) {
        const must = look.selected(edge.id) || look.touches(edge);
        if (!must && (!look.words || scale < 0.45 || look.fadedEdge(edge))) continue;
        const drawn = network.body.edges[edge.id];
        if (!drawn || !drawn.connected) continue;
        const name = fitted(ctx, edge.label);
        const half = (name.width * text) / 24 + 2;
        const long = Math.hypot(drawn.from.x - drawn.to.x, drawn.from.y - drawn.to.y) * scale;
        if (!must && long < half * 1.2 + 30) continue;
        let spot = null;
        for (const along of [0.5, 0.42, 0.58, 0.34, 0.66]) {
          const point = drawn.edgeType.getPoint(along);
          const at = onScreen(point.x, point.y);
          if (!inside(at)) continue;
          const box = { of: edge.id, x1: at.x - half, x2: at.x + half, y1: at.y - text * 0.6, y2: at.y + text * 0.6 };
          if (!boxes.free(box) && !(look.selected(edge.id) && along === 0.66)) continue;
          boxes.take(box);
          spot = at;
          break;
        }
        if (!spot) continue;
        ctx.font = (look.selected(edge.id) ? "600 " : "") + text + "px " + FACE;
        ctx.lineWidth = 4;
        ctx.strokeStyle = "rgba(250,251,252,0.96)";
        ctx.strokeText(name.short, spot.x, spot.y);
        ctx.fillStyle = look.holds(edge) ? "#465362" : "#a9b1ba";
        ctx.fillText(name.short, spot.x, spot.y);
      }
    }
    network.on("afterDrawing", draw);
  };
  linkgraph.face = FACE;
})(window.linkgraph = window.linkgraph || {});

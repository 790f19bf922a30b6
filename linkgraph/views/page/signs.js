"use strict";
// The sign of each kind: an outline (48 × 48) that differs for every kind, and a mark (24 × 24) in it.
(function (linkgraph) {
  const OUTLINES = {
    circle: "M24 3a21 21 0 1 0 0 42a21 21 0 1 0 0-42z",
    ring: "M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38z",
    shield: "M24 1.5L43.5 8v16c0 10.5-7.5 18.5-19.5 22.5C12 42.5 4.5 34.5 4.5 24V8z",
    hexagon: "M13.5 5h21L46 24L34.5 43h-21L2 24z",
    capsule: "M13 7h22a12 12 0 0 1 12 12v10a12 12 0 0 1-12 12H13A12 12 0 0 1 1 29V19A12 12 0 0 1 13 7z",
    slab: "M17 1h14a9 9 0 0 1 9 9v28a9 9 0 0 1-9 9H17a9 9 0 0 1-9-9V10a9 9 0 0 1 9-9z",
    house: "M24 2L46 20v21a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4V20z",
    square: "M9 4h30a5 5 0 0 1 5 5v30a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5V9a5 5 0 0 1 5-5z",
    diamond: "M24 0L48 24L24 48L0 24z",
    octagon: "M15 3h18l12 12v18L33 45H15L3 33V15z",
    triangle: "M24 1L48 44H0z",
  };
  const MARKS = {
    officer: "M12 3l2.6 5.7 6.2.7-4.6 4.2 1.3 6.1L12 16.6l-5.5 3.1 1.3-6.1L3.2 9.4l6.2-.7z",
    person: "M12 3.5a4.3 4.3 0 1 0 0 8.6a4.3 4.3 0 1 0 0-8.6zM3.8 20.5c0-4.5 3.5-7 8.2-7s8.2 2.5 8.2 7z",
    organisation: "M4 21V3.5h10V9h6v12h-4.5v-4h-3v4zM6.5 6.5v2h2v-2zM10 6.5v2h2v-2zM6.5 10.5v2h2v-2zM10 10.5v2h2v-2zM6.5 14.5v2h2v-2zM15.5 12v2h2v-2z",
    vehicle: "M2.5 16.5v-4.3l2.3-1.2L6.9 6.5C7.2 5.7 7.9 5.3 8.7 5.3h6.6c.8 0 1.5.4 1.8 1.2l2.1 4.5 2.3 1.2v4.3h-2a2.3 2.3 0 0 1-4.6 0H9.1a2.3 2.3 0 0 1-4.6 0zM8.7 7.2L7.2 10.7h9.6l-1.5-3.5z",
    phone: "M6.3 3.2l3.2.3 1.3 4.4-2 1.6c1 2.3 2.7 4 5 5l1.7-2 4.3 1.4.3 3.1c0 1.3-1 2.3-2.3 2.2C10.5 18.7 4.7 13 4.1 5.5C4 4.2 5 3.2 6.3 3.2z",
    address: "M12 2.5c-4 0-7.2 3-7.2 7c0 5 7.2 12 7.2 12s7.2-7 7.2-12c0-4-3.2-7-7.2-7zM12 6.7a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6z",
    case: "M3 5.8C3 5 3.6 4.5 4.3 4.5h5.4l2 2.5h8c.8 0 1.3.6 1.3 1.3v9.9c0 .7-.5 1.3-1.3 1.3H4.3C3.6 19.5 3 18.9 3 18.2zM6.5 11v1.8h11V11zM6.5 14.6v1.8h7.5v-1.8z",
    lookup: "M10 3a7 7 0 1 0 4 12.7l5 5l2-2l-5-5A7 7 0 0 0 10 3zM10 5.7a4.3 4.3 0 1 1 0 8.6a4.3 4.3 0 1 1 0-8.6z",
    unit: "M12 2.5L2.8 7.5V10h18.4V7.5zM4.8 11.3v6h2.7v-6zM10.65 11.3v6h2.7v-6zM16.5 11.3v6h2.7v-6zM2.8 18.6V21h18.4v-2.4z",
    complaint: "M10.5 5.5h3l-.5 8.5h-2zM12 15.7a1.7 1.7 0 1 0 0 3.4a1.7 1.7 0 1 0 0-3.4z",
    other: "M12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6z",
  };
  const outline = (shape) => OUTLINES[shape] || OUTLINES.ring;
  const mark = (kind) => (Object.hasOwn(MARKS, kind) ? MARKS[kind] : MARKS.other);
  const drop = { triangle: 3.5, house: 2.5 };
  const paths = new Map();

  function path(text) {
    if (!paths.has(text)) paths.set(text, new Path2D(text));
    return paths.get(text);
  }

  // One sign around (x, y); `grow` is the reader's zoom, which decides whether the mark is drawn.
  function draw(ctx, sign) {
    const unit = sign.size / 21;
    ctx.translate(sign.x, sign.y);
    ctx.scale(unit, unit);
    ctx.translate(-24, -24);
    ctx.globalAlpha = sign.alpha;
    const shape = path(outline(sign.shape));
    ctx.lineJoin = "round";
    if (sign.ring) {
      ctx.lineWidth = sign.ringWidth / unit;
      ctx.strokeStyle = sign.ring;
      ctx.stroke(shape);
    }
    ctx.lineWidth = 3 / unit;
    ctx.strokeStyle = "#ffffff";
    ctx.stroke(shape);
    ctx.fillStyle = sign.color;
    ctx.fill(shape);
    if (sign.size * sign.zoom >= 5) {
      ctx.translate(24, 24 + (drop[sign.shape] || 0));
      ctx.scale(1.08, 1.08);
      ctx.translate(-12, -12);
      ctx.fillStyle = "#ffffff";
      ctx.fill(path(mark(sign.kind)), "evenodd");
    }
  }

  // The same sign as SVG, for the legend and the panel.
  function svg(style) {
    const space = "http://www.w3.org/2000/svg";
    const root = document.createElementNS(space, "svg");
    root.setAttribute("viewBox", "-1 -1 50 50");
    root.setAttribute("class", "sign");
    root.setAttribute("aria-hidden", "true");
    const shape = document.createElementNS(space, "path");
    shape.setAttribute("d", outline(style.shape));
    shape.setAttribute("fill", style.color);
    const inner = document.createElementNS(space, "path");
    inner.setAttribute("d", mark(style.kind));
    inner.setAttribute("fill", "#ffffff");
    inner.setAttribute("fill-rule", "evenodd");
    const down = 24 + (drop[style.shape] || 0);
    inner.setAttribute("transform", "translate(24 " + down + ") scale(1.08) translate(-12 -12)");
    root.append(shape, inner);
    return root;
  }
  linkgraph.signs = { draw, svg };
})(window.linkgraph = window.linkgraph || {});

"use strict";
// The drawing as a PNG that says what it shows: title, how much of the whole, instant, legend.
(function (linkgraph) {
  const PAD = 24;

  linkgraph.picture = function (canvas, model, scene, words, facts) {
    const source = document.querySelector("#network canvas");
    const unit = source.width / source.clientWidth;
    const out = document.createElement("canvas");
    const wide = source.clientWidth;
    const kinds = scene.kinds.filter((kind) => !model.off("kind", kind.kind) && facts.counts.get(kind.kind));
    const ctx = out.getContext("2d");
    ctx.font = "13px " + linkgraph.face;
    const rows = [[]];
    let used = 0;
    for (const kind of kinds) {
      const text = kind.plural + " " + words.number(facts.counts.get(kind.kind));
      const need = 34 + ctx.measureText(text).width + 14;
      if (used + need > wide - 2 * PAD && used > 0) { rows.push([]); used = 0; }
      rows[rows.length - 1].push({ kind, text, x: PAD + used });
      used += need;
    }
    const head = 58;
    const foot = 20 + rows.length * 28;
    out.width = Math.round(wide * unit);
    out.height = Math.round((source.clientHeight + head + foot) * unit);
    ctx.scale(unit, unit);
    ctx.fillStyle = "#ffffff";
    ctx.fillRect(0, 0, wide, source.clientHeight + head + foot);
    ctx.drawImage(source, 0, head, wide, source.clientHeight);
    ctx.fillStyle = "#1d2733";
    ctx.textBaseline = "middle";
    ctx.font = "600 17px " + linkgraph.face;
    ctx.fillText(scene.title || "linkgraph", PAD, 24, wide - 2 * PAD);
    ctx.font = "13px " + linkgraph.face;
    ctx.fillStyle = "#5b6876";
    ctx.fillText([facts.sentence, facts.instant].filter(Boolean).join("  ·  "), PAD, 45, wide - 2 * PAD);
    rows.forEach((row, i) => {
      const y = head + source.clientHeight + 20 + i * 28;
      for (const { kind, text, x } of row) {
        ctx.save();
        linkgraph.signs.draw(ctx, { x: x + 11, y, zoom: 1, size: 9.5, shape: kind.shape, kind: kind.kind, color: kind.color, alpha: 1 });
        ctx.restore();
        ctx.fillStyle = "#1d2733";
        ctx.font = "13px " + linkgraph.face;
        ctx.fillText(text, x + 27, y + 1);
      }
    });
    const safe = (scene.title || "view").normalize("NFKC").replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "").slice(0, 80) || "view";
    const file = "linkgraph-" + safe + ".png";
    return new Promise((done) => out.toBlob((blob) => {
      const link = document.createElement("a");
      link.download = file;
      link.href = URL.createObjectURL(blob);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      done(file);
    }, "image/png"));
  };
})(window.linkgraph = window.linkgraph || {});

"use strict";
// The page: joins the parts, hears keys and clicks, and keeps all of them telling the same story.
(function (linkgraph) {
  linkgraph.open = function (source) {
    const { scene } = source;
    const words = linkgraph.words(scene.language, scene.timezone);
    const { h } = linkgraph;
    const { say } = words;
    const $ = (id) => document.getElementById(id);
    const model = linkgraph.model(scene, source);
    const canvas = linkgraph.canvas($("network"), model, scene, source.options);
    const { network } = canvas;
    let labels = true;
    let quiet = 0;

    const act = {
      time: () => canvas.time(),
      holds: (item) => canvas.look.holds(item),
      holdsNode: (id) => canvas.look.holdsNode(id),
      choose,
      find(id) {
        if (!model.place(id) && !model.reveal(id)) return notice(say("full", { limit: scene.limit }));
        const kind = model.nodes.get(id).kind;
        if (model.off("kind", kind)) model.toggle("kind", kind);
        choose("node", id);
        canvas.centre(id);
        return refresh();
      },
      leave: () => $("network").focus(),
      async expand(id) {
        const { added, left, full } = await model.expand(id);
        refresh();
        if (added.length) {
          canvas.keepInView(added);
          notice(left ? say("broughtPart", { count: added.length, left }) : say("brought", { count: added.length }));
        } else notice(full ? say("full", { limit: scene.limit }) : say("broughtNone", { name: model.nodes.get(id).label }));
      },
      collapse(id) {
        const count = model.collapse(id);
        refresh();
        notice(count ? say("collapsed", { count }) : say("collapsedNone", { name: model.nodes.get(id).label }));
      },
      pin(id) {
        model.pin(id);
        refresh();
        notice(say(model.place(id).pinned ? "pinned" : "unpinned"));
      },
      centre: (id) => canvas.centre(id),
      toggle(which, value) {
        model.toggle(which, value);
        refresh();
      },
      setTime(time) {
        canvas.setTime(time);
        panel.show(canvas.chosen());
        writePrinted();
      },
    };
    const panel = linkgraph.panel($("panel"), model, scene, words, act);
    const legend = linkgraph.legend($("legend"), model, scene, words, act);
    const search = linkgraph.search($("search"), model, scene, words, act);
    const time = linkgraph.time($("time"), model, scene, words, act);

    function choose(what, id) {
      canvas.choose(what === null ? null : { what, id });
      panel.show(canvas.chosen());
    }
    function refresh() {
      const chosen = canvas.chosen();
      const gone = chosen && (chosen.what === "node" ? !model.seen(chosen.id)
        : !model.visibleEdges().some((edge) => edge.id === chosen.id));
      if (gone) canvas.choose(null);
      canvas.sync();
      panel.show(canvas.chosen());
      legend.show();
      $("sentence").textContent = sentence();
      $("do-undo").disabled = !model.canUndo();
      $("do-redo").disabled = !model.canRedo();
      writePrinted();
    }
    function sentence() {
      return say("shown", { shown: canvas.shown.order.length, total: model.total() });
    }
    function instant() {
      return canvas.time() === null ? "" : words.moment(canvas.time(), true);
    }
    function writePrinted() {
      $("printed").textContent = [scene.title, sentence(), instant(), say("neutral")].filter(Boolean).join(" · ");
    }
    function notice(text) {
      const box = $("notice");
      box.textContent = text;
      box.classList.add("on");
      clearTimeout(quiet);
      quiet = setTimeout(() => box.classList.remove("on"), 3500);
    }
    function back(done, yes, no) {
      if (!done) return notice(say(no));
      refresh();
      return notice(say(yes));
    }
    const undo = () => back(model.undo(), "undone", "nothingToUndo");
    const redo = () => back(model.redo(), "redone", "nothingToRedo");
    function setLabels() {
      labels = !labels;
      $("do-labels").setAttribute("aria-pressed", String(labels));
      canvas.setWords(labels);
    }
    async function save() {
      const counts = new Map();
      for (const id of canvas.shown.order) {
        const kind = model.nodes.get(id).kind;
        counts.set(kind, (counts.get(kind) || 0) + 1);
      }
      const file = await linkgraph.picture(canvas, model, scene, words, { counts, sentence: sentence(), instant: instant() });
      notice(say("saved", { file }));
    }
    function withNode(run) {
      const chosen = canvas.chosen();
      if (chosen && chosen.what === "node") run(chosen.id);
      else notice(say("chooseFirst"));
    }

    // --- tools and help --------------------------------------------------------------------
    const tool = (id, label, key, run, more) => h("button", { type: "button", id, title: label + " (" + key + ")", on: { click: run }, ...more }, label);
    $("tools").setAttribute("aria-label", say("tools"));
    $("tools").append(
      tool("do-undo", say("undo"), "u", undo), tool("do-redo", say("redo"), "U", redo),
      tool("do-fit", say("fit"), "f", () => canvas.fit()),
      tool("do-labels", say("labels"), "l", setLabels, { "aria-pressed": "true" }),
      tool("do-save", say("save"), "s", save),
      tool("do-help", say("help"), "?", () => $("help").showModal()));
    $("help").append(
      h("h2", {}, say("help")),
      h("dl", {}, words.keys.map(([keys, text]) => [h("dt", {}, keys.split("  ").map((key) => h("kbd", {}, key))), h("dd", {}, text)])),
      h("button", { type: "button", id: "close-help", on: { click: () => $("help").close() } }, say("close")));
    $("network").setAttribute("aria-label", say("network"));

    // --- mouse -----------------------------------------------------------------------------
    network.on("click", ({ nodes, edges, pointer }) => {
      $("network").focus();
      const tie = edges.length ? edges[0] : canvas.tieAt(pointer.DOM);
      if (nodes.length) choose("node", nodes[0]);
      else if (tie) choose("edge", tie);
      else choose(null);
    });
    network.on("doubleClick", ({ nodes }) => { if (nodes.length) act.expand(nodes[0]); });
    network.on("hoverNode", ({ node }) => canvas.hover(node));
    network.on("blurNode", () => canvas.hover(null));
    network.on("dragEnd", ({ nodes }) => {
      if (!nodes.length) return;
      for (const [id, at] of Object.entries(network.getPositions(nodes))) model.move(id, at.x, at.y);
      refresh();
    });

    // --- keys ------------------------------------------------------------------------------
    const pan = (x, y) => () => canvas.pan(x, y);
    const keys = {
      "/": () => search.focus(), "?": () => $("help").showModal(), "Escape": () => choose(null),
      "+": () => canvas.zoomBy(1.25), "=": () => canvas.zoomBy(1.25), "-": () => canvas.zoomBy(0.8),
      "ArrowLeft": pan(-60, 0), "ArrowRight": pan(60, 0), "ArrowUp": pan(0, -60), "ArrowDown": pan(0, 60),
      "e": () => withNode(act.expand), "c": () => withNode(act.collapse), "p": () => withNode(act.pin),
      "u": undo, "U": redo, "f": () => canvas.fit(), "l": setLabels, "s": save, "t": () => time.toggle(),
    };
    document.addEventListener("keydown", (event) => {
      if ($("help").open) return;
      const typing = event.target instanceof HTMLInputElement;
      if ((event.ctrlKey || event.metaKey) && !event.altKey) {
        const key = event.key.toLowerCase();
        if (typing && event.target.type === "search") return;
        if (key === "z" || key === "y") {
          event.preventDefault();
          if (key === "y" || event.shiftKey) redo();
          else undo();
        }
        return;
      }
      if (event.altKey || (typing && event.target.type === "search")) return;
      if (typing && event.key.startsWith("Arrow")) return;
      const run = keys[event.key];
      if (!run) return;
      event.preventDefault();
      run();
    });

    // Paper gets a picture of the graph: a live canvas does not survive the change of size.
    function forPaper() {
      network.redraw();
      const live = document.querySelector("#network canvas");
      $("picture").src = live && live.width ? live.toDataURL("image/png") : "data:,";
      $("picture").alt = [scene.title, sentence()].join(" · ");
    }
    function keepSize() {
      if (window.matchMedia("print").matches) return;
      $("network").style.setProperty("--wide", $("network").clientWidth + "px");
      $("network").style.setProperty("--high", $("network").clientHeight + "px");
    }
    window.addEventListener("resize", keepSize);
    keepSize();
    window.addEventListener("beforeprint", forPaper);
    window.matchMedia("print").addEventListener("change", (event) => { if (event.matches) forPaper(); });

    refresh();
    canvas.fit();
    return { model, canvas, network, act };
  };
  if (document.getElementById("scene")) linkgraph.view = linkgraph.open(linkgraph.embeddedSource(document));
})(window.linkgraph = window.linkgraph || {});

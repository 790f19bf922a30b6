"use strict";
// What is known, what is drawn, and every change that can be undone.  Touches no page.
(function (linkgraph) {
  const BATCH = 50;

  linkgraph.model = function (scene, source) {
    const nodes = new Map();
    const edges = new Map();
    const touching = new Map();
    let drawn = new Map(); // id -> {x, y, pinned, owner}
    let offKinds = new Set();
    let offTypes = new Set();
    const past = [];
    const future = [];

    function learn(found) {
      for (const node of found.nodes) if (!nodes.has(node.id)) nodes.set(node.id, node);
      for (const edge of found.edges) {
        if (edges.has(edge.id)) continue;
        edges.set(edge.id, edge);
        for (const end of new Set([edge.from, edge.to])) {
          if (!touching.has(end)) touching.set(end, []);
          touching.get(end).push(edge);
        }
      }
    }
    learn(scene);
    if (source.known) learn(source.known);
    for (const node of scene.nodes) {
      drawn.set(node.id, { x: node.x, y: node.y, pinned: node.pinned, owner: null });
    }

    const seen = (id) => drawn.has(id) && !offKinds.has(nodes.get(id).kind);
    const other = (edge, id) => (edge.from === id ? edge.to : edge.from);

    function neighbours(id) {
      const found = new Set();
      for (const edge of touching.get(id) || []) found.add(other(edge, id));
      found.delete(id);
      return found;
    }
    // `here`: neighbours that can be brought in; `beyond`: those the source does not hold.
    function hidden(id) {
      let near = 0;
      let here = 0;
      for (const ref of neighbours(id)) {
        near += 1;
        if (!drawn.has(ref) && nodes.has(ref)) here += 1;
      }
      const rest = Math.max(0, nodes.get(id).neighbours - near);
      const held = Math.min(rest, source.held(id));
      return { here: here + held, beyond: rest - held, all: here + rest };
    }
    function visibleNodes() {
      return [...drawn.keys()].filter(seen);
    }
    function visibleEdges() {
      const found = [];
      for (const edge of edges.values()) {
        if (!offTypes.has(edge.type) && seen(edge.from) && seen(edge.to)) found.push(edge);
      }
      return found;
    }
    function tiesOf(id) {
      return (touching.get(id) || []).filter(
        (edge) => !offTypes.has(edge.type) && seen(edge.from) && seen(edge.to));
    }

    // --- changes -------------------------------------------------------------------------
    function snapshot() {
      return {
        drawn: new Map([...drawn].map(([id, place]) => [id, { ...place }])),
        offKinds: new Set(offKinds),
        offTypes: new Set(offTypes),
      };
    }
    function restore(state) {
      drawn = new Map([...state.drawn].map(([id, place]) => [id, { ...place }]));
      offKinds = new Set(state.offKinds);
      offTypes = new Set(state.offTypes);
    }
    function remember(change) {
      const before = snapshot();
      const result = change();
      if (result === 0 || result === false) return result;
      past.push(before);
      if (past.length > 200) past.shift();
      future.length = 0;
      return result;
    }
    function step(from, to) {
      if (!from.length) return false;
      to.push(snapshot());
      restore(from.pop());
      return true;
    }

    async function expand(id) {
      learn(await source.expand(id));
      const waiting = [...neighbours(id)].filter((ref) => !drawn.has(ref) && nodes.has(ref));
      const weight = (ref) => -nodes.get(ref).neighbours;
      waiting.sort((a, b) => weight(a) - weight(b) || (a < b ? -1 : 1));
      const room = Math.max(0, scene.limit - drawn.size);
      const chosen = waiting.slice(0, Math.min(BATCH, room));
      remember(() => bring(chosen, id));
      return { added: chosen, left: waiting.length - chosen.length, full: waiting.length > 0 && !room };
    }
    function bring(ids, owner) {
      for (const id of ids) {
        const spot = place(owner);
        drawn.set(id, { x: spot.x, y: spot.y, pinned: false, owner });
      }
      return ids.length;
    }
    // Draw one known node beside a neighbour that is drawn (or by itself).
    function reveal(id) {
      if (drawn.has(id) || drawn.size >= scene.limit) return false;
      const beside = [...neighbours(id)].filter((ref) => drawn.has(ref)).sort()[0] || null;
      return remember(() => bring([id], beside)) > 0;
    }
    // A free spot near `owner`, first on the side that looks away from its neighbours.
    function place(owner) {
      const places = [...drawn.values()];
      const at = owner === null ? middle(places) : drawn.get(owner);
      const near = owner === null ? [] : [...neighbours(owner)].filter((ref) => drawn.has(ref));
      const mean = near.length ? middle(near.map((ref) => drawn.get(ref))) : middle(places);
      const away = Math.atan2(at.y - mean.y, at.x - mean.x || 1e-6);
      for (let ring = 0; ring < 60; ring += 1) {
        const radius = 105 + 62 * ring;
        const spots = Math.max(8, Math.floor((2 * Math.PI * radius) / 82));
        for (let i = 0; i < spots; i += 1) {
          const turn = away + (i % 2 ? 1 : -1) * Math.ceil(i / 2) * ((2 * Math.PI) / spots);
          const x = Math.round(at.x + radius * Math.cos(turn));
          const y = Math.round(at.y + radius * Math.sin(turn));
          const free = places.every((p) => Math.abs(p.x - x) > 74 || Math.abs(p.y - y) > 50);
          if (free) return { x, y };
        }
      }
      return { x: Math.round(at.x + 105), y: Math.round(at.y) };
    }
    function middle(places) {
      const sum = { x: 0, y: 0 };
      for (const p of places) {
        sum.x += p.x / places.length;
        sum.y += p.y / places.length;
      }
      return sum;
    }

    // What an expansion brought goes again, with all that was brought from there; where nothing
    // was brought, neighbours that hang on this node alone are folded in.
    function collapse(id) {
      const keep = (ref) => drawn.get(ref).pinned || nodes.get(ref).focus || ref === id;
      const gone = new Set();
      const owned = new Map();
      for (const [ref, spot] of drawn) {
        if (!owned.has(spot.owner)) owned.set(spot.owner, []);
        owned.get(spot.owner).push(ref);
      }
      const queue = [id];
      const met = new Set(queue);
      while (queue.length) {
        for (const ref of owned.get(queue.pop()) || []) {
          if (met.has(ref)) continue;
          met.add(ref);
          queue.push(ref);
          if (!keep(ref)) gone.add(ref);
        }
      }
      if (!gone.size) {
        for (const ref of neighbours(id)) {
          if (!drawn.has(ref) || keep(ref)) continue;
          const drawnNear = [...neighbours(ref)].filter((near) => drawn.has(near));
          if (drawnNear.length === 1) gone.add(ref);
        }
      }
      return remember(() => {
        for (const ref of gone) drawn.delete(ref);
        return gone.size;
      });
    }
    function pin(id) {
      return remember(() => {
        drawn.get(id).pinned = !drawn.get(id).pinned;
        return true;
      });
    }
    function move(id, x, y) {
      return remember(() => {
        const spot = drawn.get(id);
        if (spot.x === x && spot.y === y) return false;
        spot.x = x;
        spot.y = y;
        return true;
      });
    }
    function toggle(which, value) {
      return remember(() => {
        const set = which === "kind" ? offKinds : offTypes;
        if (!set.delete(value)) set.add(value);
        return true;
      });
    }

    return {
      nodes, edges, learn, neighbours, hidden, visibleNodes, visibleEdges, tiesOf, seen, other,
      expand, reveal, collapse, pin, move, toggle,
      place: (id) => drawn.get(id),
      drawnIds: () => [...drawn.keys()],
      off: (which, value) => (which === "kind" ? offKinds : offTypes).has(value),
      total: () => Math.max(scene.total, nodes.size),
      undo: () => step(past, future),
      redo: () => step(future, past),
      canUndo: () => past.length > 0,
      canRedo: () => future.length > 0,
    };
  };
})(window.linkgraph = window.linkgraph || {});

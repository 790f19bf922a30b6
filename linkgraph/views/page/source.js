"use strict";
// Where nodes and ties come from.  A source has
//   scene             what to draw first
//   expand(id)        a promise of {nodes, edges}: the neighbours of a node, the ties to them and
//                     among them and what is drawn
//   held(id)          how many neighbours of a node the source can still give beyond those known
// This one reads the page itself; an explorer with a server puts its own in its place.
(function (linkgraph) {
  linkgraph.embeddedSource = function (document) {
    const read = (id) => JSON.parse(document.getElementById(id).textContent);
    const scene = read("scene");
    scene.nodes = read("scene-nodes");
    scene.edges = read("scene-edges");
    const byId = new Map();
    for (const node of scene.nodes.concat(scene.reserve.nodes)) byId.set(node.id, node);
    const edges = scene.edges.concat(scene.reserve.edges);
    const touching = new Map();
    for (const edge of edges) {
      for (const end of new Set([edge.from, edge.to])) {
        if (!touching.has(end)) touching.set(end, []);
        touching.get(end).push(edge);
      }
    }

    function expand(id) {
      const near = new Set();
      for (const edge of touching.get(id) || []) near.add(edge.from).add(edge.to);
      near.delete(id);
      const ties = new Set(touching.get(id) || []);
      for (const other of near) for (const edge of touching.get(other) || []) ties.add(edge);
      return Promise.resolve({ nodes: [...near].map((ref) => byId.get(ref)), edges: [...ties] });
    }
    // The reserve is in the page, so all of it is known and searched from the start.
    return { scene, options: read("options"), expand, known: scene.reserve, held: () => 0 };
  };
})(window.linkgraph = window.linkgraph || {});

"use strict";
// One instant: what does not hold then is greyed.  Bars above the slider show when things begin.
(function (linkgraph) {
  const DAY = 86400e6; // µs
  const BARS = 120;

  linkgraph.time = function (root, model, scene, words, act) {
    const { h } = linkgraph;
    const { say } = words;
    if (!scene.time || scene.time.max <= scene.time.min) {
      root.hidden = true;
      return { toggle() {} };
    }
    const { min, max } = scene.time;
    const grain = max - min > 60 * DAY ? DAY : DAY / 24;
    // Local midnights, where the zone's offset at the beginning is the one that counts.
    const first = midnight(min);
    const steps = Math.ceil((max - first) / grain) + 1;
    let value = steps;
    let on = false;

    const slider = h("input", {
      type: "range", id: "instant", min: 0, max: steps, step: 1, value: steps, "aria-label": say("instant"),
      on: { input: () => { value = Number(slider.value); on = true; tell(); } },
    });
    const bars = h("canvas", { id: "bars", "aria-hidden": "true", width: BARS * 4, height: 22 });
    const shown = h("output", { id: "date", for: "instant" });
    const all = h("button", { type: "button", id: "all-times", on: { click: () => toggle() } }, say("allTimes"));
    const step = (id, label, sign, way) => h("button", { type: "button", id, "aria-label": label, title: label, on: { click: () => jump(way) } }, sign);
    root.append(all, step("change-before", say("before"), "‹", -1), h("div", { id: "track" }, bars, slider),
      step("change-after", say("after"), "›", 1), shown);
    drawBars();
    face();

    function midnight(time) {
      const clock = new Intl.DateTimeFormat("en-GB", { timeZone: scene.timezone, hourCycle: "h23", hour: "2-digit", minute: "2-digit", second: "2-digit" });
      const [hours, minutes, seconds] = clock.format(new Date(time / 1000)).split(":").map(Number);
      return time - (time % 1e6) - ((hours * 60 + minutes) * 60 + seconds) * 1e6;
    }
    const instant = () => first + value * grain;

    function face() {
      all.setAttribute("aria-pressed", String(!on));
      root.classList.toggle("on", on);
      shown.textContent = on ? words.moment(instant(), grain < DAY) : words.day(min) + " – " + words.day(max);
      slider.setAttribute("aria-valuetext", shown.textContent);
      slider.value = value;
    }
    // However fast the slider is pulled, the graph changes once per frame.
    let waiting = false;
    function tell() {
      face();
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        act.setTime(on ? instant() : null);
      });
    }
    function toggle() {
      on = !on;
      tell();
    }
    // To the nearest step at or after which something has begun or ended.
    function jump(way) {
      const changes = new Set();
      for (const item of [...model.nodes.values(), ...model.edges.values()]) {
        for (const time of [item.start, item.end]) {
          if (time !== null) changes.add(Math.min(steps, Math.ceil((time - first) / grain)));
        }
      }
      const sorted = [...changes].sort((a, b) => a - b);
      const from = on ? value : way > 0 ? -1 : steps + 1;
      const next = way > 0 ? sorted.find((s) => s > from) : sorted.reverse().find((s) => s < from);
      if (next === undefined) return;
      value = next;
      on = true;
      tell();
    }
    function drawBars() {
      const counts = new Array(BARS).fill(0);
      for (const edge of model.edges.values()) {
        if (edge.start === null) continue;
        counts[Math.min(BARS - 1, Math.floor(((edge.start - min) / (max - min)) * BARS))] += 1;
      }
      const most = Math.max(1, ...counts);
      const ctx = bars.getContext("2d");
      ctx.fillStyle = "#9db1c6";
      counts.forEach((n, i) => {
        const tall = n ? 3 + 19 * Math.sqrt(n / most) : 0;
        ctx.fillRect(i * 4, 22 - tall, 3, tall);
      });
    }
    return { toggle };
  };
})(window.linkgraph = window.linkgraph || {});

"use strict";
// What the page says, in both languages, and how it writes numbers and times.
(function (linkgraph) {
  const WORDS = {
    "en": {
      shown: "{shown} of {total} shown",
      search: "Search name or number",
      searchNone: "Nothing found",
      searchFound: "{count} found",
      searchCount: "{at} of {count}",
      searchMore: "{count} more: type more letters",
      notDrawn: "not drawn: Enter brings it in",
      undo: "Undo", redo: "Redo", fit: "Fit", labels: "Tie labels", save: "Save as PNG",
      help: "Help", close: "Close", tools: "Tools",
      legend: "Legend", kinds: "Kinds", ties: "Ties",
      network: "Graph. Use the search to choose a node; its ties are listed in the panel.",
      panel: "Details",
      expand: "Bring in", expandCount: "Bring in {count}", collapse: "Collapse",
      pin: "Pin", unpin: "Unpin", centre: "Centre",
      facts: "Facts", connections: "Ties", evidence: "Evidence",
      noFacts: "Nothing further on record.",
      noConnections: "No tie in this view.",
      noEvidence: "No source rows were put into this view.",
      row: "row {row}", record: "record {id}", hash: "SHA-256 {hash}…",
      showAll: "Show all {count}",
      hiddenHere: "{count} neighbours are not drawn. Double-click brings them in.",
      hiddenHere1: "1 neighbour is not drawn. Double-click brings it in.",
      hiddenBeyond: "{count} more are not in this file.",
      hiddenBeyond1: "1 more is not in this file.",
      from: "from {start}", until: "until {end}", tie: "Tie",
      holdsNot: "Does not hold on {date}",
      seeTie: "Show this tie",
      about: "About this view",
      welcome: "Choose a node or a tie to see what is known about it and where that was read.",
      welcomeMore: "A number on a node says how many neighbours are not drawn.",
      empty: "There is nothing to draw.",
      neutral: "A tie or a look-up shown here proves nothing by itself.",
      time: "Time", allTimes: "All times", instant: "Instant shown",
      before: "Change before", after: "Change after",
      brought: "{count} brought in", broughtPart: "{count} brought in, {left} left",
      broughtNone: "No hidden neighbour of {name} is in this file",
      collapsed: "{count} taken away", collapsedNone: "Nothing to collapse at {name}",
      full: "At most {limit} nodes are drawn: collapse or switch off some first",
      pinned: "Pinned: keeps its place and stays when others are collapsed",
      unpinned: "Unpinned", undone: "Undone", redone: "Redone", nothingToUndo: "Nothing to undo",
      nothingToRedo: "Nothing to redo", saved: "Saved as {file}", chooseFirst: "Choose a node first",
      keys: [
        ["/", "search; Enter jumps to the next hit"],
        ["e", "bring in hidden neighbours (or double-click)"],
        ["c", "collapse what was brought in, or fold loose ends"],
        ["p", "pin or unpin"],
        ["u  Ctrl Z", "undo"],
        ["U  Ctrl Y", "redo"],
        ["f", "fit everything"],
        ["+  −", "zoom"],
        ["← ↑ ↓ →", "move"],
        ["l", "tie labels on or off"],
        ["t", "time on or off"],
        ["s", "save as PNG"],
        ["Esc", "close, clear the choice"],
        ["?", "this help"],
      ],
    },
    "zh-TW": {
      shown: "顯示 {shown} / {total}",
      search: "搜尋姓名或編號",
      searchNone: "查無結果",
      searchFound: "{count} 筆",
      searchCount: "第 {at} 筆，共 {count} 筆",
      searchMore: "另有 {count} 筆，請輸入更多字",
      notDrawn: "未繪出，按 Enter 帶入",
      undo: "復原", redo: "重做", fit: "全圖", labels: "關係文字", save: "存成 PNG",
      help: "說明", close: "關閉", tools: "工具",
      legend: "圖例", kinds: "類別", ties: "關係",
      network: "關聯圖。以搜尋選取節點，其關係列於側欄。",
      panel: "詳細資料",
      expand: "帶入", expandCount: "帶入 {count} 個", collapse: "收合",
      pin: "釘選", unpin: "取消釘選", centre: "置中",
      facts: "資料", connections: "關係", evidence: "證據來源",
      noFacts: "無其他紀錄。",
      noConnections: "本圖中無關係。",
      noEvidence: "本圖未附來源資料列。",
      row: "第 {row} 列", record: "紀錄 {id}", hash: "SHA-256 {hash}…",
      showAll: "顯示全部 {count} 筆",
      hiddenHere: "尚有 {count} 個相鄰節點未繪出，按兩下帶入。",
      hiddenHere1: "尚有 1 個相鄰節點未繪出，按兩下帶入。",
      hiddenBeyond: "另有 {count} 個不在本檔案內。",
      hiddenBeyond1: "另有 1 個不在本檔案內。",
      from: "{start}起", until: "至{end}", tie: "關係",
      holdsNot: "於 {date} 不成立",
      seeTie: "檢視此關係",
      about: "關於本圖",
      welcome: "選取節點或關係，即可檢視其資料與出處。",
      welcomeMore: "節點上的數字為尚未繪出的相鄰節點數。",
      empty: "沒有可繪製的內容。",
      neutral: "圖中的關係或查詢本身不能證明任何事。",
      time: "時間", allTimes: "全部時間", instant: "顯示時點",
      before: "前一變動", after: "後一變動",
      brought: "已帶入 {count} 個", broughtPart: "已帶入 {count} 個，尚餘 {left} 個",
      broughtNone: "{name} 未繪出的相鄰節點不在本檔案內",
      collapsed: "已收合 {count} 個", collapsedNone: "{name} 無可收合",
      full: "最多繪製 {limit} 個節點，請先收合或關閉部分類別",
      pinned: "已釘選：位置固定，收合時保留",
      unpinned: "已取消釘選", undone: "已復原", redone: "已重做", nothingToUndo: "無可復原",
      nothingToRedo: "無可重做", saved: "已存成 {file}", chooseFirst: "請先選取節點",
      keys: [
        ["/", "搜尋；Enter 跳至下一筆"],
        ["e", "帶入未繪出的相鄰節點（或按兩下）"],
        ["c", "收合帶入的節點，或收起末端節點"],
        ["p", "釘選或取消釘選"],
        ["u  Ctrl Z", "復原"],
        ["U  Ctrl Y", "重做"],
        ["f", "顯示全圖"],
        ["+  −", "縮放"],
        ["← ↑ ↓ →", "移動"],
        ["l", "關係文字開關"],
        ["t", "時間開關"],
        ["s", "存成 PNG"],
        ["Esc", "關閉、取消選取"],
        ["?", "本說明"],
      ],
    },
  };

  linkgraph.words = function (language, timezone) {
    const own = WORDS[language] || WORDS["en"];
    const chinese = own === WORDS["zh-TW"];
    const numbers = new Intl.NumberFormat("en-US");
    const parts = new Intl.DateTimeFormat("en-CA", {
      timeZone: timezone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit",
    });

    function say(key, values) {
      return own[key].replace(/\{(\w+)\}/g, (whole, name) =>
        values && name in values ? fill(values[name]) : whole);
    }
    function fill(value) {
      return typeof value === "number" ? numbers.format(value) : String(value);
    }
    // µs UTC as local time; midnight is left away, since it mostly means that only a day is known.
    function moment(time, precise, short) {
      const at = {};
      for (const part of parts.formatToParts(new Date(time / 1000))) at[part.type] = part.value;
      const clock = at.hour + ":" + at.minute;
      const roc = Number(at.year) - 1911;
      const day = chinese && roc > 0
        ? short ? [roc, at.month, at.day].join("/") : "民國" + roc + "年" + Number(at.month) + "月" + Number(at.day) + "日"
        : at.year + "-" + at.month + "-" + at.day;
      return precise || clock !== "00:00" ? day + " " + clock : day;
    }
    // An event has a time, anything else a time from which and one until which it holds.
    function interval(item, event, short) {
      const at = (time) => short ? moment(time, false, true).slice(0, 10).trim() : moment(time);
      if (event) return item.start === null ? "" : at(item.start);
      if (short && item.start !== null && item.end !== null) return at(item.start) + " – " + at(item.end);
      const found = [];
      if (item.start !== null) found.push(say("from", { start: at(item.start) }));
      if (item.end !== null) found.push(say("until", { end: at(item.end) }));
      return found.join(" ");
    }
    const day = (time) => moment(time).replace(/ \d\d:\d\d$/, "");
    return { say, moment, day, interval, number: (n) => numbers.format(n), keys: own.keys };
  };
  linkgraph.languages = WORDS;
})(window.linkgraph = window.linkgraph || {});

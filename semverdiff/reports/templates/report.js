// The page says everything without this script. It adds a filter whose state lives in the address, texts of rules
// and clients in place, and what is to be copied.
(() => {
  "use strict";
  const form = document.getElementById("filter");
  if (!form) return;
  const boxes = [...form.elements.level];
  const text = form.elements.text;
  const status = form.querySelector("output");
  const facets = ["rule", "module", "kind"];
  // Few enough to be unfolded without being asked.
  const FEW = 100;

  // Of a long page the rows of a block are the text of a <noscript>, and so many of them are made at a time.
  const WINDOW = 25;

  // A block's rows share everything that is chosen from a list; only words are looked up row by row.
  const blocks = [...document.querySelectorAll(".block")].map((element) => {
    const list = element.querySelector(":scope > ul");
    const stored = element.querySelector(":scope > noscript")?.textContent.split(/(?=<li id=.f-)/).slice(1);
    return {
      element,
      list,
      // The last one has the end of the list with it.
      stored: stored?.map((row) => row.slice(0, row.lastIndexOf("</li>") + 5)),
      rows: stored ? null : [...list.children],
      size: stored ? stored.length : list.children.length,
      facets: element.dataset,
      words: null,
      common: "",
      shown: null,
      room: WINDOW,
      isStale: true,
      drawn: 0,
      isNear: false,
      // What the browser's own search finds of rows that are not made.
      rest: null,
      isUnnoted: false,
      fold: element.closest(".fold"),
      chapter: element.closest(".chapter"),
    };
  });
  for (const block of blocks) {
    if (!block.stored) continue;
    block.rest = document.createElement("div");
    block.rest.className = "rest";
    block.rest.hidden = "until-found";
    block.list.after(block.rest);
  }
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const block = blockOf.get(target);
      block.isNear = isIntersecting;
      if (isIntersecting) draw(block);
    }
  }, { rootMargin: "400px 0px" });
  const blockOf = new Map(blocks.map((block) => [block.element, block]));
  const total = blocks.reduce((sum, block) => sum + block.size, 0);
  // A line for each row of a huge page would be more elements than all rows that are made.
  const ROWS_A_LINE = Math.ceil(total / 5_000) || 1;
  const folds = [...new Set(blocks.map((block) => block.fold))].filter(Boolean).map((element) => ({
    element,
    blocks: blocks.filter((block) => block.fold === element),
    count: element.querySelector("summary > .count"),
    isUnfolded: false,
  }));
  const chapters = [...new Set(blocks.map((block) => block.chapter))].map((element) => ({
    element,
    blocks: blocks.filter((block) => block.chapter === element),
    count: element.querySelector("h2 > .count"),
  }));
  const foldOf = new Map(folds.map((fold) => [fold.element, fold]));
  const number = (value) => value.toLocaleString("en-US");

  const SIGNS = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&" };
  const plain = (row) => row.replace(/<\/?mark>/g, "").replace(/<[^>]*>/g, " ").replace(/&[^;]+;/g, (sign) => SIGNS[sign]);
  const idOf = (row) => row.slice(8, row.indexOf('"', 8));

  function search(block) {
    if (block.words) return;
    block.words = block.stored
      ? block.stored.map((row) => `${plain(row)} ${idOf(row)}`.toLowerCase())
      : block.rows.map((row) => `${row.textContent} ${row.id}`.toLowerCase());
    const shared = block.element.querySelector(":scope > .shared");
    block.common = `${shared ? shared.textContent : ""} ${Object.values(block.facets).join(" ")}`.toLowerCase();
  }

  // Return which rows of a block have the words: null is all of them.
  function found(block, words) {
    if (!words.length) return null;
    search(block);
    const rest = words.filter((word) => !block.common.includes(word));
    return rest.length ? block.words.map((row) => rest.every((word) => row.includes(word))) : null;
  }

  const counted = (block, rows) => rows ? rows.reduce((sum, has) => sum + has, 0) : block.size;

  function state() {
    const levels = boxes.filter((box) => box.checked).map((box) => box.value);
    const chosen = Object.fromEntries(facets.map((facet) => [facet, form.elements[facet].value]));
    return { levels, chosen, text: text.value.trim() };
  }

  function fits(block, { levels, chosen }, except) {
    if (except !== "level" && !levels.includes(block.facets.shape)) return false;
    return facets.every((facet) => facet === except || chosen[facet] === "*" || chosen[facet] === block.facets[facet]);
  }

  function apply() {
    const wanted = state();
    const words = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
    const isAll = wanted.levels.length === boxes.length && !words.length && facets.every((one) => wanted.chosen[one] === "*");
    let shown = 0;
    for (const block of blocks) {
      const rows = found(block, words);
      block.matching = counted(block, rows);
      block.count = fits(block, wanted) ? block.matching : 0;
      shown += block.count;
      // What shows everything as before needs nothing made anew.
      const now = block.count === block.size ? null : rows ?? [];
      if (now === null && block.shown === null && block.count === block.drawn) continue;
      block.shown = now;
      defer(block);
    }
    for (const { element, blocks: own, count } of [...folds, ...chapters]) {
      const left = own.reduce((sum, block) => sum + block.count, 0);
      const all = own.reduce((sum, block) => sum + block.size, 0);
      element.hidden = left === 0;
      if (count) count.textContent = left === all ? number(all) : `${number(left)} of ${number(all)}`;
    }
    for (const fold of folds) {
      const unfold = !isAll && shown <= FEW && !fold.element.hidden;
      // What somebody unfolded stays so.
      if (unfold && !fold.element.open) fold.element.open = fold.isUnfolded = true;
      if (!unfold && fold.isUnfolded) fold.element.open = fold.isUnfolded = false;
    }
    for (const block of blocks) if (!block.fold || block.fold.open) draw(block);
    tally(wanted);
    status.textContent = isAll ? `${number(total)} findings` : `${number(shown)} of ${number(total)} findings`;
  }

  function draw(block) {
    if (!block.isStale) return;
    block.element.hidden = block.count === 0;
    block.drawn = block.count;
    if (!block.count) {
      block.isStale = false;
      return;
    }
    if (!block.stored) {
      block.isStale = false;
      block.rows.forEach((row, at) => { row.hidden = block.shown !== null && !block.shown[at]; });
    } else if (block.isNear) {
      block.isStale = false;
      make(block);
    } else {
      block.list.hidden = false;
      // About as high as it will be, so that the page does not jump.
      block.list.replaceChildren();
      block.list.style.minHeight = `${Math.min(block.count, WINDOW) * 6}rem`;
    }
  }

  // Let the rows of a block be made where somebody looks at it.
  function defer(block) {
    block.isStale = true;
    block.room = WINDOW;
    if (!block.stored) return;
    note(block);
    block.isNear = false;
    watcher.unobserve(block.element);
    watcher.observe(block.element);
  }

  const wantedOf = (block) => (block.shown ? block.stored.filter((_, at) => block.shown[at]) : block.stored);

  // Make the rows that there is room for. Their text is the page's own, escaped where it was written.
  function make(block) {
    const wanted = wantedOf(block);
    block.list.hidden = false;
    block.list.style.minHeight = "";
    block.list.innerHTML = wanted.slice(0, block.room).join("");
    note(block);
    const more = wanted.length - block.room;
    if (more > 0) {
      const item = document.createElement("li");
      item.className = "more";
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `Show ${number(Math.min(more, 4 * WINDOW))} of ${number(more)} more`;
      button.addEventListener("click", () => {
        const at = block.room;
        block.room += 4 * WINDOW;
        make(block);
        block.list.children[at].tabIndex = -1;
        block.list.children[at].focus();
      });
      item.append(button);
      block.list.append(item);
    }
  }

  // Rows that are not made are text that only the browser's own search sees; the one that it finds is made.
  function* lines(block) {
    const wanted = wantedOf(block);
    for (let at = block.list.querySelectorAll(":scope > [id]").length; at < wanted.length; at += ROWS_A_LINE) {
      const rows = wanted.slice(at, at + ROWS_A_LINE);
      const line = document.createElement("div");
      line.hidden = "until-found";
      line.dataset.row = idOf(rows[0]);
      line.dataset.last = idOf(rows.at(-1));
      line.textContent = rows.map(plain).join(" ");
      block.rest.append(line);
      yield;
    }
  }

  // Do what can wait while nobody waits: what somebody types first is then looked up at once.
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
  function* chores() {
    for (const block of blocks) {
      search(block);
      yield;
    }
    for (const block of blocks) {
      if (!block.stored || !block.isUnnoted) continue;
      block.rest.replaceChildren();
      if (block.count) yield* lines(block);
      block.isUnnoted = false;
    }
  }
  let chore = chores();
  let pause = 0;
  function work() {
    const end = performance.now() + 8;
    while (performance.now() < end) if (chore.next().done) return;
    pause = setTimeout(() => idle(work), 0);
  }
  function note(block) {
    block.isUnnoted = true;
    chore = chores();
    // Not between two letters that somebody types.
    clearTimeout(pause);
    pause = setTimeout(() => idle(work), 300);
  }

  // Return the element of that name, if need be out of a row that is not made.
  function named(name) {
    const known = document.getElementById(name);
    if (known) return known;
    for (const block of blocks) {
      const row = block.stored?.find((one) => one.includes(` id=${JSON.stringify(name)}`));
      if (!row) continue;
      const parsed = document.createElement("template");
      parsed.innerHTML = row;
      return parsed.content.querySelector(`[id=${JSON.stringify(name)}]`);
    }
    return null;
  }

  // Make a row that the address names, and all before it. Return it, or null where there is no such row.
  function reveal(name) {
    for (const block of blocks) {
      const at = block.stored ? block.stored.findIndex((row) => row.startsWith(`<li id=${JSON.stringify(name)}`)) : -1;
      if (at < 0) continue;
      block.room = Math.max(block.room, at + 1);
      block.isNear = true;
      block.isStale = true;
      draw(block);
      return document.getElementById(name);
    }
    return null;
  }

  // Say beside each choice how many findings it would show.
  function tally(wanted) {
    for (const facet of ["level", ...facets]) {
      const counts = new Map();
      for (const block of blocks) {
        if (!fits(block, wanted, facet)) continue;
        const value = facet === "level" ? block.facets.shape : block.facets[facet];
        counts.set(value, (counts.get(value) ?? 0) + block.matching);
      }
      if (facet === "level") {
        for (const box of boxes) box.parentElement.querySelector(".count").textContent = number(counts.get(box.value) ?? 0);
      } else {
        for (const option of form.elements[facet].options) {
          if (option.value !== "*") option.text = `${option.dataset.name} (${number(counts.get(option.value) ?? 0)})`;
        }
      }
    }
  }

  function offer() {
    for (const facet of facets) {
      const list = form.elements[facet];
      const values = [...new Set(blocks.map((block) => block.facets[facet]))].sort();
      for (const value of values) {
        const option = new Option(value, value);
        option.dataset.name = value || "(package)";
        list.add(option);
      }
      list.parentElement.hidden = values.length < 2;
    }
    for (const box of boxes) {
      box.parentElement.hidden = !blocks.some((block) => block.facets.shape === box.value);
    }
  }

  function remember() {
    const { levels, chosen, text: words } = state();
    const parts = new URLSearchParams();
    if (levels.length < boxes.length) parts.set("level", levels.join(","));
    for (const facet of facets) if (chosen[facet] !== "*") parts.set(facet, chosen[facet]);
    if (words) parts.set("text", words);
    history.replaceState(null, "", `#${parts}`);
  }

  function choose(parts) {
    const levels = parts.get("level")?.split(",");
    for (const box of boxes) box.checked = !levels || levels.includes(box.value);
    for (const facet of facets) {
      form.elements[facet].value = parts.get(facet) ?? "*";
      if (form.elements[facet].selectedIndex < 0) form.elements[facet].value = "*";
    }
    text.value = parts.get("text") ?? "";
    apply();
  }

  function aim(row) {
    for (const one of document.querySelectorAll(".target")) one.classList.remove("target");
    row.classList.add("target");
  }

  // Unfold what an element is in, and bring it into view.
  function show(target) {
    for (let one = target.closest("details"); one; one = one.parentElement.closest("details")) {
      one.open = true;
      foldOf.get(one)?.blocks.forEach(draw);
    }
    target.scrollIntoView();
    // Rows that were made on the way there have their heights by then.
    requestAnimationFrame(() => requestAnimationFrame(() => target.scrollIntoView()));
  }

  function recall() {
    const hash = location.hash.slice(1);
    const isFinding = /^f-[0-9a-f]{16}(-\d+)?$/.test(hash);
    const isName = isFinding || (hash && document.getElementById(hash));
    if (!isName) {
      choose(new URLSearchParams(hash));
      return;
    }
    let target = document.getElementById(hash);
    if (!status.textContent || !target || target.closest("[hidden]")) choose(new URLSearchParams());
    target = target ?? reveal(hash);
    if (!target) return;
    if (isFinding) aim(target);
    show(target);
  }

  // Buttons come with the row that somebody looks at: ten thousand rows would have twenty thousand.
  function equip(row) {
    if (row.querySelector(".actions")) return;
    const actions = document.createElement("span");
    actions.className = "actions";
    for (const [name, words] of [["link", "Copy link"], ["suppress", "Copy suppression"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.name = name;
      button.textContent = words;
      actions.append(button);
    }
    const before = row.querySelector(":scope > :is(del, ins, pre, .why, .w, .facts)");
    row.insertBefore(actions, before);
  }

  function suppression(row) {
    const name = row.querySelector("a").textContent;
    const { rule, module } = row.closest(".block").dataset;
    const about = module ? `${name} in module ${module}` : name;
    return `[[suppress]] # ${about}\nrule = "${rule}"\nfingerprint = "${row.id.slice(2, 18)}"\nreason = "why this is accepted"\n`;
  }

  async function copy(button, row) {
    const isLink = button.name === "link";
    const content = isLink ? `${location.href.split("#")[0]}#${row.id}` : suppression(row);
    try {
      await navigator.clipboard.writeText(content);
      const words = button.textContent;
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = words; }, 1500);
    } catch {
      // Where the browser keeps the clipboard to itself there is something to select.
      let area = row.querySelector("textarea");
      if (!area) {
        area = document.createElement("textarea");
        area.readOnly = true;
        area.setAttribute("aria-label", "To be copied");
        row.append(area);
      }
      area.value = content;
      area.rows = content.split("\n").length;
      area.focus();
      area.select();
    }
  }

  // Show the text of a rule below its name, and a whole client below its row; a second time takes it away.
  function unfold(link) {
    const shown = link.nextElementSibling;
    if (shown?.classList.contains("shown")) {
      shown.remove();
      link.removeAttribute("aria-expanded");
      return;
    }
    const target = named(link.hash.slice(1));
    const copyOf = target.cloneNode(true);
    copyOf.removeAttribute("id");
    copyOf.classList.add("shown");
    if (link.classList.contains("w")) {
      copyOf.querySelector("b").textContent = link.closest("li").querySelector(":scope > pre").textContent;
    }
    link.after(copyOf);
    link.setAttribute("aria-expanded", "true");
  }

  function step(by) {
    const stops = [...document.querySelectorAll(".fold > summary, .block li[id]")].filter((one) => one.checkVisibility());
    const at = stops.indexOf(document.activeElement.closest("summary, li[id]") ?? document.activeElement);
    const next = at < 0 ? stops[by > 0 ? 0 : stops.length - 1] : stops[at + by];
    if (!next) return;
    if (next.matches("li")) {
      next.tabIndex = -1;
      equip(next);
    }
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }

  // Whoever types fast waits for one answer, not for one a letter.
  let waiting = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { apply(); remember(); }, event.target === text ? 80 : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    choose(new URLSearchParams());
    remember();
  });
  form.elements.open.addEventListener("click", (event) => {
    const isOpen = folds.some((fold) => !fold.element.open && !fold.element.hidden);
    for (const fold of folds) fold.element.open = isOpen;
    event.target.textContent = isOpen ? "Fold all" : "Unfold all";
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.open) foldOf.get(event.target)?.blocks.forEach(draw);
  }, true);
  for (const name of ["pointerover", "focusin"]) {
    document.addEventListener(name, (event) => {
      const row = event.target.closest(".block li[id]");
      if (row) equip(row);
    });
  }
  // The browser found a row that was not made.
  document.addEventListener("beforematch", ({ target: line }) => {
    const row = line.dataset.row && reveal(line.dataset.last) && reveal(line.dataset.row);
    if (!row) return;
    // The search goes on from the line that it found.
    blockOf.get(row.closest(".block")).isUnnoted = false;
    aim(row);
    show(row);
    requestAnimationFrame(() => { line.hidden = line.parentElement.hidden = "until-found"; });
  });
  // Paper has no window.
  addEventListener("beforeprint", () => {
    for (const block of blocks) {
      if (!block.stored || !block.count) continue;
      block.room = Infinity;
      block.isNear = block.isStale = true;
      draw(block);
    }
  });
  addEventListener("afterprint", () => {
    for (const block of blocks) {
      if (!block.stored || !block.count) continue;
      defer(block);
      draw(block);
    }
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest("li[id]");
    const button = event.target.closest(".actions button");
    if (button) copy(button, row);
    const facet = event.target.closest("th button");
    if (facet) {
      const { facet: name, value } = facet.parentElement.dataset;
      form.elements[name].value = value;
      apply();
      remember();
    }
    const link = event.target.closest("a.r, a.w");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      unfold(link);
    }
  });
  addEventListener("hashchange", recall);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      text.blur();
      form.reset();
      return;
    }
    if (event.target.matches("input, select, textarea")) return;
    if (event.key === "/") { event.preventDefault(); text.focus(); }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });

  for (const cell of document.querySelectorAll("th[data-facet]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = cell.textContent;
    cell.replaceChildren(button);
  }
  offer();
  form.hidden = false;
  recall();
})();

// The page says everything without this script; it adds a filter, whose state lives in the address.
(() => {
  "use strict";
  const form = document.getElementById("filter");
  if (!form) return;
  const boxes = [...form.elements.level];
  const text = form.elements.text;
  const count = form.querySelector("output");
  const findings = [...document.querySelectorAll(".finding")];
  const containers = [...document.querySelectorAll(".group, .module")];
  const quiet = [...document.querySelectorAll("details.quiet")];
  const openAtFirst = new Set(quiet.filter((one) => one.open));
  const words = new Map(findings.map((one) => [one, one.textContent.toLowerCase()]));

  function apply() {
    const shapes = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const one of findings) {
      const fits = shapes.has(one.dataset.shape) && wanted.every((word) => words.get(one).includes(word));
      one.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const one of containers) one.hidden = !one.querySelector(".finding:not([hidden])");
    for (const one of quiet) one.open = wanted.length > 0 || openAtFirst.has(one);
    count.textContent = shown === findings.length ? "" : `${shown} of ${findings.length} shown`;
  }

  function remember() {
    const state = new URLSearchParams();
    if (!boxes.every((box) => box.checked)) {
      state.set("level", boxes.filter((box) => box.checked).map((box) => box.value).join(","));
    }
    if (text.value) state.set("text", text.value);
    history.replaceState(null, "", "#" + state);
  }

  function choose(levels, wanted) {
    for (const box of boxes) box.checked = !levels || levels.includes(box.value);
    text.value = wanted;
    apply();
  }

  function recall() {
    const hash = location.hash.slice(1);
    const target = hash && document.getElementById(hash);
    if (!target) {
      const state = new URLSearchParams(hash);
      choose(state.get("level")?.split(","), state.get("text") ?? "");
      return;
    }
    if (target.closest("[hidden]")) choose(null, "");
    const fold = target.closest("details");
    if (fold) fold.open = true;
    target.scrollIntoView();
  }

  function step(by) {
    const visible = findings.filter((one) => one.checkVisibility());
    const at = visible.indexOf(document.activeElement);
    const next = at < 0 ? visible[by > 0 ? 0 : visible.length - 1] : visible[at + by];
    if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "start" }); }
  }

  // Whoever types fast waits for one answer, not for one a letter.
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { apply(); remember(); }, 80);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", recall);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      text.blur();
      choose(null, "");
      remember();
      return;
    }
    if (event.target === text) return;
    if (event.key === "/") { event.preventDefault(); text.focus(); }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });
  form.hidden = false;
  recall();
})();

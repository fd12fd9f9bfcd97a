"use strict";
// The theme of the system holds until the reader chooses one.
const root = document.currentScript.dataset.root;
const themes = { auto: "◐ Auto", light: "☀ Light", dark: "☾ Dark" };
let theme = "auto";
try { theme = localStorage.getItem("scimdrill-theme") || "auto"; } catch { /* without storage */ }
function setTheme(name) {
  theme = themes[name] ? name : "auto";
  if (theme === "auto") { delete document.documentElement.dataset.theme; } else { document.documentElement.dataset.theme = theme; }
  try { localStorage.setItem("scimdrill-theme", theme); } catch { /* without storage, the choice is lost */ }
  const knob = document.getElementById("site-theme");
  if (knob) { knob.hidden = false; knob.textContent = themes[theme]; knob.setAttribute("aria-label", "Theme: " + theme); }
}
setTheme(theme); // before the first paint

// The index is loaded when somebody searches. It is a script, because a page from disk can read no other file.
let loading;
function index() {
  loading ??= new Promise((done) => {
    const script = document.createElement("script");
    script.src = root + "search-index.js";
    script.onload = () => done(window.searchIndex.map((e) => ({ ...e, title: e.t.toLowerCase(), all: (e.t + " " + e.p + " " + e.x).toLowerCase() })));
    document.head.append(script);
  });
  return loading;
}

// An entry must have every word. A title that is the query comes first, then one that begins with it, then one that has it.
function find(entries, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const all = words.join(" ");
  const score = (e) => (e.title === all ? 9 : e.title.startsWith(all) ? 5 : 0) + words.filter((w) => e.title.includes(w)).length + (e.p ? 0 : 1);
  return entries.filter((e) => words.length && words.every((w) => e.all.includes(w)))
    .map((e) => ({ e, s: score(e) })).sort((a, b) => b.s - a.s || a.e.t.length - b.e.t.length).map(({ e }) => e);
}

async function search(input, hits) {
  const query = input.value;
  const found = find(await index(), query);
  if (query !== input.value) { return; } // somebody typed on
  hits.replaceChildren(...found.slice(0, 20).map((e, i) => {
    const a = document.createElement("a");
    a.href = root + e.u; a.id = "site-hit-" + i; a.role = "option"; a.tabIndex = -1; a.ariaSelected = "false";
    const title = document.createElement("strong"), text = document.createElement("small");
    title.textContent = e.t; text.textContent = (e.p ? e.p + " · " : "") + e.x;
    a.append(title, text);
    return a;
  }));
  hits.hidden = !query.trim() || !found.length;
  input.ariaExpanded = String(!hits.hidden);
  input.removeAttribute("aria-activedescendant");
  document.getElementById("site-found").textContent = query.trim() ? (found.length || "no") + " results" : "";
}

// choose moves the selection among the results by keyboard.
function choose(input, hits, step) {
  const list = [...hits.children], now = list.findIndex((a) => a.ariaSelected === "true");
  const next = list[(now + step + list.length) % list.length];
  if (!next || hits.hidden) { return; }
  list.forEach((a) => { a.ariaSelected = String(a === next); });
  input.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("DOMContentLoaded", () => {
  setTheme(theme);
  document.getElementById("site-theme").onclick = () => setTheme(Object.keys(themes)[(Object.keys(themes).indexOf(theme) + 1) % 3]);
  if (matchMedia("(max-width: 56rem)").matches) { document.getElementById("site-nav").open = false; }
  document.querySelector(".nav [aria-current]")?.scrollIntoView({ block: "nearest" });
  for (const h of document.querySelectorAll("main :is(h2, h3, h4)[id]")) {
    const a = document.createElement("a");
    a.className = "anchor"; a.href = "#" + h.id; a.textContent = "#"; a.ariaLabel = "Link to " + h.textContent;
    h.append(a);
  }
  const form = document.getElementById("site-search"), input = document.getElementById("site-q"), hits = document.getElementById("site-hits");
  form.hidden = false;
  input.oninput = () => search(input, hits);
  input.onkeydown = (e) => {
    if (e.key === "ArrowDown") { choose(input, hits, 1); e.preventDefault(); }
    if (e.key === "ArrowUp") { choose(input, hits, -1); e.preventDefault(); }
    if (e.key === "Escape") { hits.hidden = true; input.ariaExpanded = "false"; }
  };
  form.onsubmit = (e) => { e.preventDefault(); (hits.querySelector("[aria-selected=true]") || hits.firstElementChild)?.click(); hits.hidden = true; };
  document.addEventListener("click", (e) => { if (!form.contains(e.target) || e.target.closest(".hits a")) { hits.hidden = true; } });
  document.addEventListener("keydown", (e) => { if (e.key === "/" && !e.target.closest("input, textarea")) { e.preventDefault(); input.focus(); } });
});

// The page contains the steps of log entries as data. Opening an entry builds its elements.
let logData = null;
function entryData(item) {
  if (!logData) { logData = JSON.parse(document.getElementById("log-data").textContent); }
  return logData.entries[Number(item.id.slice("entry-".length)) - 1];
}
// The searchable text of an entry besides its line. Quotation marks in values are not escaped.
function hiddenText(item) {
  if (!item.classList.contains("entry")) { return ""; }
  const words = [];
  const collect = (v) => { if (typeof v === "string") { words.push(v); } else if (v && typeof v === "object") { Object.entries(v).forEach(([k, x]) => { words.push(k); collect(x); }); } };
  const d = entryData(item);
  collect(d);
  (d.steps || []).forEach((s) => words.push(logData.kinds[s.kind].name));
  return words.join(" ");
}
function make(tag, className, ...children) {
  const e = document.createElement(tag);
  if (className) { e.className = className; }
  e.append(...children);
  return e;
}
function buildEntry(item) {
  if (item.querySelector(".body")) { return; }
  const d = entryData(item);
  const body = make("div", "body");
  if (d.error) { body.append(errorBox(d.error)); }
  const ids = make("dl", "ids");
  for (const [label, id] of [["Source id", d.source], ["Target id", d.target]]) {
    if (id) { ids.append(make("div", "", make("dt", "", label), make("dd", "", make("code", "", id)))); }
  }
  const history = makeButton("All entries of this object", () => { lists.get("log").set({ q: d.source }); });
  history.className = "button small";
  if (d.source) { ids.append(history); }
  const halves = make("div", "halves");
  if (d.steps) { halves.append(make("div", "", make("h4", "", "Steps"), make("ol", "steps", ...d.steps.map(stepItem)))); }
  if (d.modified) { halves.append(make("div", "", make("h4", "", "Modified properties"), changesTable(d.modified))); }
  body.append(ids, halves);
  item.append(body);
}
function errorBox(error) {
  const box = make("div", "error", make("strong", "", error.detail || error.text || error.code));
  const rest = [error.code, error.detail ? error.text : ""].filter(Boolean).join(": ");
  if (rest && rest !== error.text) { box.append(make("br"), make("small", "", rest)); }
  if (error.body) {
    const raw = make("details", "raw", make("summary", "", "Response of the target"), make("pre", "", error.body));
    box.append(raw);
  }
  return box;
}
function stepItem(step) {
  const kind = logData.kinds[step.kind];
  const dot = make("span", "dot", kind.symbol);
  dot.setAttribute("aria-hidden", "true");
  const li = make("li", kind.tone, dot, make("strong", "", kind.type), " ", make("span", "muted", kind.name), " ", make("span", "badge", kind.status));
  if (step.text) { li.append(make("p", "", step.text)); }
  if (step.details) {
    li.append(make("dl", "", ...Object.entries(step.details).map(([k, v]) => make("div", "", make("dt", "", k), make("dd", "", v)))));
  }
  return li;
}
function changesTable(modified) {
  const dash = () => make("span", "muted", "–");
  const head = make("tr", "", ...["Property", "Old", "New"].map((t) => { const th = make("th", "", t); th.scope = "col"; return th; }));
  const rows = modified.map(([name, old, now]) => make("tr", "", make("td", "", make("code", "", name)), make("td", "", old ? make("del", "", old) : dash()), make("td", "", now ? make("ins", "", now) : dash())));
  return make("table", "changes", make("thead", "", head), make("tbody", "", ...rows));
}
// Opening an exchange colours its JSON bodies.
function paintJSON(pre) {
  if (pre.dataset.painted) { return; }
  pre.dataset.painted = "yes";
  const text = pre.textContent;
  const token = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null|-?\d[\d.eE+-]*)\b/g;
  const parts = [];
  let at = 0;
  for (const m of text.matchAll(token)) {
    parts.push(text.slice(at, m.index), make("span", m[3] ? "v" : m[2] ? "k" : "s", m[3] || m[1]), m[2] || "");
    at = m.index + m[0].length;
  }
  pre.replaceChildren(...parts, text.slice(at));
}

// Search and filters: a form.tools controls the .items of one list. Every control has a name. An
// item is shown if its data-NAME is one of the chosen values and its text contains all words.
const lists = new Map();
function makeList(form) {
  const name = form.dataset.list;
  const items = Array.from(document.querySelectorAll("#" + name + "-list > .item"));
  const toggles = Array.from(form.querySelectorAll(".toggle"));
  const fields = Array.from(form.querySelectorAll("input, select"));
  const [said, clear] = [form.querySelector(".hits [role=status]"), form.querySelector("[type=reset]")];
  let texts = null;
  const list = { name, form, items, changed: () => {} };
  list.values = () => {
    const values = {};
    fields.forEach((f) => { if (f.value.trim()) { values[f.name] = f.value.trim(); } });
    const pressed = toggles.filter((b) => b.getAttribute("aria-pressed") === "true");
    if (pressed.length) { values[pressed[0].name] = pressed.map((b) => b.value).join(","); }
    return values;
  };
  list.set = (values) => {
    fields.forEach((f) => { f.value = values[f.name] || ""; });
    toggles.forEach((b) => { b.setAttribute("aria-pressed", String((values[b.name] || "").split(",").includes(b.value))); });
    list.apply();
  };
  list.apply = () => {
    const values = list.values();
    const words = (values.q || "").toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length && !texts) { texts = items.map((item) => (item.textContent + " " + hiddenText(item)).toLowerCase()); }
    const tests = Object.entries(values).filter(([key]) => key !== "q").map(([key, value]) => matcher(key, value));
    let shown = 0;
    items.forEach((item, i) => {
      const ok = tests.every((test) => test(item)) && words.every((w) => texts[i].includes(w));
      item.hidden = !ok;
      shown += ok ? 1 : 0;
    });
    const filtered = Object.keys(values).length > 0;
    said.textContent = !filtered ? "" : shown ? shown + " of " + items.length + " shown" : "No matches.";
    clear.hidden = !filtered;
    list.changed();
  };
  list.visible = () => items.filter((item) => !item.hidden);
  toggles.forEach((b) => b.addEventListener("click", () => {
    b.setAttribute("aria-pressed", String(b.getAttribute("aria-pressed") !== "true"));
    list.apply();
  }));
  form.addEventListener("input", list.apply);
  form.addEventListener("submit", (e) => e.preventDefault());
  form.addEventListener("reset", (e) => { e.preventDefault(); list.set({}); });
  form.hidden = false;
  lists.set(name, list);
}
function matcher(key, value) {
  const range = key === "cycle" ? /^(\d+)(?:-(\d+))?$/.exec(value) : null;
  if (range) {
    const [from, to] = [Number(range[1]), Number(range[2] || range[1])];
    return (item) => Number(item.dataset.cycle) >= from && Number(item.dataset.cycle) <= to;
  }
  const wanted = value.split(",");
  return (item) => wanted.includes(item.dataset[key]);
}

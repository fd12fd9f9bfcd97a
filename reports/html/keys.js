// Keyboard: / j k c t ? Esc.
function currentList() {
  const inside = document.activeElement ? document.activeElement.closest("section") : null;
  if (inside ? lists.has(inside.id) : false) { return lists.get(inside.id); }
  const all = Array.from(lists.values());
  return all.find((list) => list.form.closest("section").getBoundingClientRect().bottom > innerHeight / 3) || all[all.length - 1];
}
function move(list, step) {
  const items = list ? list.visible() : [];
  if (!items.length) { return; }
  const at = items.indexOf(document.activeElement.closest(".item"));
  const next = at < 0 ? items[0] : items[Math.min(items.length - 1, Math.max(0, at + step))];
  next.querySelector("summary").focus({ preventScroll: true });
  next.querySelector("summary").scrollIntoView({ block: "nearest" });
}
function escape(typing) {
  const list = currentList();
  if (typing) { document.activeElement.blur(); } else if (list ? Object.keys(list.values()).length : false) { list.set({}); }
}
function onKey(e) {
  if (e.ctrlKey || e.metaKey || e.altKey || document.getElementById("help").open) { return; }
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
  if (e.key === "Escape") { e.preventDefault(); escape(typing); return; } // a browser would clear the field silently
  if (typing) { return; }
  const actions = {
    "/": () => { const list = currentList(); if (list) { list.form.querySelector("[name=q]").focus(); } },
    j: () => move(currentList(), 1),
    k: () => move(currentList(), -1),
    c: () => { const check = document.activeElement.closest(".check"); const button = check ? check.querySelector(".repeat button") : null; if (button) { button.click(); } },
    t: nextTheme,
    "?": () => document.getElementById("help").showModal(),
  };
  if (actions[e.key]) { e.preventDefault(); actions[e.key](); }
}

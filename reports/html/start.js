function start() {
  setTheme(storedTheme());
  document.getElementById("theme").addEventListener("click", nextTheme);
  const help = document.getElementById("help-open");
  help.hidden = false;
  help.addEventListener("click", () => document.getElementById("help").showModal());
  addCopyButtons();
  document.querySelectorAll("form.tools").forEach(makeList);
  lists.forEach((list) => { list.changed = writeAddress; });
  startTimeline();
  document.addEventListener("toggle", (e) => opened(e.target), true);
  document.querySelectorAll("details[open]").forEach(opened);
  document.addEventListener("keydown", onKey);
  addEventListener("hashchange", followAddress);
  followAddress();
  addEventListener("load", () => reveal(anchor)); // loading moves the focus away
  watchSections();
  preparePrinting();
}
function opened(details) {
  if (!details.open) {
    if (details.id ? details.id === anchor : false) { anchor = ""; writeAddress(); }
    return;
  }
  if (details.classList.contains("entry")) { buildEntry(details); }
  if (details.classList.contains("exchange")) { details.querySelectorAll(".json").forEach(paintJSON); }
  if (details.classList.contains("item") && document.activeElement === details.querySelector("summary")) { anchor = details.id; writeAddress(); }
}
// The navigation marks the visible section.
function watchSections() {
  const links = new Map(Array.from(document.querySelectorAll(".top nav a")).map((a) => [a.getAttribute("href").slice(1), a]));
  const watch = new IntersectionObserver((seen) => seen.forEach((s) => {
    if (s.isIntersecting) { links.forEach((a, id) => { if (id === s.target.id) { a.setAttribute("aria-current", "true"); } else { a.removeAttribute("aria-current"); } }); }
  }), { rootMargin: "-20% 0px -70% 0px" });
  links.forEach((_, id) => watch.observe(document.getElementById(id)));
}
// Printing opens whatever needs action: findings, problems and failed entries.
function preparePrinting() {
  let closed = [];
  addEventListener("beforeprint", () => {
    const failed = Array.from(document.querySelectorAll(".entry.failed:not([hidden])")).slice(0, 50);
    const rest = Array.from(document.querySelectorAll(".check:not(.passed):not(.skipped):not(.blocked), .check:not(.passed) .exchange:last-child, .proof, .diary, .raw, .options, .cycles"));
    closed = rest.concat(failed).filter((d) => !d.open);
    closed.forEach((d) => { d.open = true; opened(d); });
  });
  addEventListener("afterprint", () => { closed.forEach((d) => { d.open = false; }); });
}
if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }

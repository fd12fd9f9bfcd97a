// The timeline: pointing at a cycle shows its results, and choosing it filters the log.
function startTimeline() {
  const figure = document.getElementById("timeline");
  const columns = figure ? Array.from(figure.querySelectorAll(".busy")) : [];
  const log = lists.get("log");
  const [readout, show, clear] = ["readout", "readout-show", "readout-clear"].map((id) => document.getElementById(id));
  if (!columns.length) { return; }
  const chosen = () => (log ? columns.find((c) => c.dataset.cycles === log.values().cycle) : undefined);
  function say(column) {
    readout.hidden = !column;
    if (column) { readout.firstElementChild.textContent = column.dataset.label; }
    show.hidden = clear.hidden = !column || column !== chosen();
    if (!show.hidden) { show.textContent = "Show " + log.visible().length + " in the log"; }
  }
  function choose(column) {
    if (!log) { return; }
    log.set(column === chosen() ? {} : { cycle: column.dataset.cycles });
    say(chosen() || column);
  }
  columns.forEach((column, i) => {
    column.addEventListener("pointerenter", () => say(column));
    column.addEventListener("focus", () => say(column));
    column.addEventListener("click", () => choose(column));
    column.addEventListener("keydown", (e) => {
      const next = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: columns.length - 1 }[e.key];
      if (next !== undefined ? columns[next] : false) {
        columns.forEach((c) => c.setAttribute("tabindex", "-1"));
        columns[next].setAttribute("tabindex", "0");
        columns[next].focus();
        e.preventDefault();
      } else if (e.key === "Enter" || e.key === " ") {
        choose(column);
        e.preventDefault();
      }
    });
  });
  columns[0].setAttribute("tabindex", "0");
  figure.querySelector(".plot").addEventListener("pointerleave", () => say(chosen()));
  show.addEventListener("click", () => document.getElementById("log").scrollIntoView());
  clear.addEventListener("click", () => { log.set({}); say(); });
  if (log) {
    const before = log.changed;
    log.changed = () => {
      before();
      columns.forEach((c) => c.setAttribute("aria-pressed", String(c === chosen())));
      say(chosen());
    };
  }
}

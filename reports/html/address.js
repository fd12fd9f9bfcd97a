// The address contains the open item and the filters: #check-MEM-005?checks.outcome=failed&log.cycle=12
let anchor = "";
function readAddress() {
  const [place, query] = location.hash.slice(1).split("?");
  let id = place;
  try { id = decodeURIComponent(place); } catch { /* a malformed address */ }
  return { id, params: query === undefined ? null : new URLSearchParams(query) };
}
function writeAddress() {
  const params = new URLSearchParams();
  lists.forEach((list) => Object.entries(list.values()).forEach(([key, value]) => params.set(list.name + "." + key, value)));
  const query = params.toString();
  const hash = anchor + (query ? "?" + query : "");
  try { history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search); } catch { /* some viewers do not allow it */ }
}
function followAddress() {
  const { id, params } = readAddress();
  anchor = id;
  if (params) {
    lists.forEach((list) => {
      const values = {};
      params.forEach((value, key) => { if (key.startsWith(list.name + ".")) { values[key.slice(list.name.length + 1)] = value; } });
      list.set(values);
    });
  }
  reveal(id);
  writeAddress();
}
function reveal(id) {
  const target = id ? document.getElementById(id) : null;
  if (!target) { return; }
  if (target.classList.contains("item")) {
    if (target.hidden) { lists.get(target.classList.contains("check") ? "checks" : "log").set({}); }
    target.open = true;
    target.querySelector("summary").focus({ preventScroll: true });
  }
  for (let up = target.parentElement; up; up = up.parentElement) { if (up.tagName === "DETAILS") { up.open = true; } }
  target.scrollIntoView();
}

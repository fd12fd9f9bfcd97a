// The page follows the system theme until the reader chooses one. The choice is stored if the browser allows it.
const themes = ["auto", "light", "dark"];
function storedTheme() {
  try { return localStorage.getItem("scimdrill-theme") || "auto"; } catch { return "auto"; }
}
function setTheme(theme) {
  if (theme === "auto") { delete document.documentElement.dataset.theme; } else { document.documentElement.dataset.theme = theme; }
  try { localStorage.setItem("scimdrill-theme", theme); } catch { /* without storage, the choice is lost */ }
  const knob = document.getElementById("theme");
  if (knob) {
    knob.hidden = false;
    knob.firstElementChild.textContent = { auto: "◐ Auto", light: "☀ Light", dark: "☾ Dark" }[theme];
    knob.setAttribute("aria-label", "Theme: " + theme);
  }
}
function nextTheme() { setTheme(themes[(themes.indexOf(storedTheme()) + 1) % themes.length]); }
setTheme(themes.includes(storedTheme()) ? storedTheme() : "auto"); // before the first paint

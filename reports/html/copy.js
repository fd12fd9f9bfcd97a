// Copy buttons and their confirmation.
function copyText(text) {
  if (navigator.clipboard) { return navigator.clipboard.writeText(text).catch(() => copyOldWay(text)); }
  return copyOldWay(text);
}
function copyOldWay(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  document.body.append(area);
  area.select();
  const ok = document.execCommand("copy");
  area.remove();
  return ok ? Promise.resolve() : Promise.reject(new Error("copying failed"));
}
let toastTimer = 0;
function toast(text) {
  const box = document.getElementById("toast");
  box.textContent = text;
  box.classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => box.classList.remove("shown"), 1800);
}
function copyFrom(button, text, what) {
  copyText(text).then(() => {
    const label = button.textContent;
    button.textContent = "Copied";
    button.classList.add("done");
    setTimeout(() => { button.textContent = label; button.classList.remove("done"); }, 1500);
    toast(what + " copied");
  }, () => toast("The browser blocked copying. Select the text and copy it."));
}
function makeButton(text, action) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.addEventListener("click", () => action(button));
  return button;
}
function addCopyButtons() {
  document.querySelectorAll(".copyable").forEach((box) => {
    box.append(makeButton("Copy", (b) => copyFrom(b, box.querySelector("code").textContent, "Command")));
  });
  document.querySelectorAll(".check > .body").forEach((body) => {
    const own = document.createElement("div");
    own.className = "self";
    const link = makeButton("Copy link", (b) => copyFrom(b, location.href.split("#")[0] + "#" + body.parentElement.id, "Link"));
    const ticket = makeButton("Copy for a ticket", (b) => copyFrom(b, ticketText(body.parentElement), "Markdown"));
    for (const b of [link, ticket]) { b.className = "button small"; }
    own.append(link, ticket);
    body.append(own);
  });
}
// A check as Markdown for an issue tracker.
function ticketText(check) {
  const part = (selector) => { const e = check.querySelector(selector); return e ? e.textContent.trim() : ""; };
  const fence = (title, text) => (text ? "\n**" + title + "**\n\n```\n" + text + "\n```\n" : "");
  const dd = Array.from(check.querySelectorAll(".evidence > div")).map((d) => "- " + d.querySelector("dt").textContent + ": " + d.querySelector("dd").textContent.trim().replace(/\s+/g, " "));
  const curls = Array.from(check.querySelectorAll(".exchange .copyable code")).map((c) => c.textContent);
  return "### " + part(".id") + " " + part(".what").replace(/\s+/g, " ") + "\n\n" + part(".fix").replace(/^Fix\s*/, "**Fix:** ") + "\n" +
    fence("Expected", part(".expected pre")) + fence("Actual", part(".actual pre")) + fence("Difference", part(".difference")) +
    "\n" + dd.join("\n") + "\n" + fence("Requests", curls.join("\n")) + fence("Repeat", part(".repeat code"));
}

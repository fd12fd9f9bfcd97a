"use strict";
(function () {
  // Search and filter: every .tools block serves the .items of one list.
  document.querySelectorAll(".tools").forEach(function (tools) {
    var list = document.getElementById(tools.dataset.for);
    var items = Array.from(list.querySelectorAll(".item"));
    var texts = items.map(function (item) { return item.textContent.toLowerCase(); });
    var input = tools.querySelector("input");
    var buttons = Array.from(tools.querySelectorAll("button"));
    var hits = tools.querySelector(".hits");
    function update() {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = buttons.filter(function (b) { return b.getAttribute("aria-pressed") === "true"; })
        .map(function (b) { return b.dataset.tone; });
      var n = 0;
      items.forEach(function (item, i) {
        var ok = shown.includes(item.dataset.tone) ? words.every(function (w) { return texts[i].includes(w); }) : false;
        item.hidden = !ok;
        n += ok ? 1 : 0;
      });
      hits.textContent = n === items.length ? "" : n + " of " + items.length + " shown";
    }
    buttons.forEach(function (b) {
      b.addEventListener("click", function () {
        b.setAttribute("aria-pressed", String(b.getAttribute("aria-pressed") !== "true"));
        update();
      });
    });
    input.addEventListener("input", update);
    tools.hidden = false;
  });

  // Copy buttons.
  function copy(text) {
    if (navigator.clipboard) { return navigator.clipboard.writeText(text); }
    var area = document.createElement("textarea");
    area.value = text;
    document.body.appendChild(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    return Promise.resolve();
  }
  document.querySelectorAll(".copyable").forEach(function (box) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", function () {
      copy(box.querySelector("code").textContent).then(function () {
        button.textContent = "Copied";
        setTimeout(function () { button.textContent = "Copy"; }, 1500);
      }, function () { button.textContent = "Select and copy"; });
    });
    box.appendChild(button);
  });

  // A link to a closed finding opens it; printing opens everything but the log.
  function reveal() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id ? document.getElementById(id) : null;
    if (target ? target.tagName === "DETAILS" : false) { target.open = true; target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", reveal);
  reveal();
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details:not(.entry)").forEach(function (d) { d.open = true; });
  });
})();

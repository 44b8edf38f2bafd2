"use strict";
const all = (css, from = document) => [...from.querySelectorAll(css)];
const rows = () => all("[data-row]");
let here = -1;
const points = (words) => [...words].length;

function light(card, on) {
  const number = card.dataset.card;
  if (number === undefined) return;
  all("#text [data-m], #text [data-s]").forEach((piece) => {
    const marks = (piece.dataset.m || "").split(" ").some((mark) => mark.split(":")[1] === number);
    const within = (piece.dataset.s || "").split(" ").includes(number);
    if (marks) piece.classList.toggle("lit", on);
    if (within) piece.classList.toggle("sent", on);
  });
}
function go(step) {
  const list = rows();
  if (!list.length) return;
  const focused = list.indexOf(document.activeElement);
  here = Math.max(0, Math.min(list.length - 1, (focused >= 0 ? focused : here) + step));
  list[here].focus();
}
const current = () => document.activeElement?.closest?.("[data-card]") || (here >= 0 ? rows()[here] : null);

function selected() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const start = place(range.startContainer, range.startOffset), end = place(range.endContainer, range.endOffset);
  return start === null || end === null || end <= start ? null : { start, end, words: chosen.toString() };
}
function place(node, offset) {
  const piece = (node.nodeType === 3 ? node.parentElement : node).closest("[data-at]");
  if (!piece) return null;
  let count = Number(piece.dataset.at);
  const walk = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const sign = text.parentElement.dataset.one !== undefined;
    if (text === node) return count + (sign ? 0 : points(text.data.slice(0, offset)));
    count += sign ? 1 : points(text.data);
  }
  return node === piece && offset === 0 ? Number(piece.dataset.at) : count;
}
function edit(card, key) {
  const form = card?.querySelector(".edit");
  if (!form) return;
  form.open = true;
  const field = form.querySelector(key ? `[data-key="${key}"]` : "select");
  const words = selected();
  if (words && "ars".includes(key)) field.value = `${field.tagName === "TEXTAREA" ? field.value.trimEnd() + "\n" : ""}UNK | ${words.words.replace(/[|@\s]+/g, " ").trim()} @${words.start}-${words.end}`.trim();
  if (words && key === "l") field.value = `${words.words.replace(/[@,\s]+/g, " ").trim()} @${words.start}-${words.end}`;
  field.focus();
}
function setStatus(card, name) {
  const form = card?.querySelector(".edit form");
  if (form) { form.elements.status.value = name; form.requestSubmit(); }
}
function addEvent() {
  const box = document.getElementById("add"), words = selected();
  if (!box) return;
  box.open = true;
  if (words) {
    document.getElementById("start").value = words.start;
    document.getElementById("end").value = words.end;
    document.getElementById("words").textContent = words.words;
  }
  box.querySelector("select").focus();
}
const STATUSES = ["actual", "future", "hypothetical", "negated", "historical"];
const KEYS = {
  j: () => go(1), k: () => go(-1), n: addEvent, "?": () => document.getElementById("help").showModal(),
  e: () => edit(current()), u: () => document.querySelector(".undo")?.click(), x: () => current()?.querySelector(".strike")?.click(),
  w: () => { const why = current()?.querySelector(".why"); if (why) why.open = !why.open; },
  "/": () => { const box = document.getElementById("q"); if (box) box.focus(); else location.href = "/search"; },
  Enter: () => { const link = document.activeElement.matches("[data-row]") && document.activeElement.querySelector("a"); if (link) link.click(); },
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches("input, select, textarea")) { (event.target.closest("[data-row]") || document.body).focus(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea") || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && !document.activeElement.matches("[data-row]")) return;
  const act = KEYS[event.key] || ("tmardls".includes(event.key) ? () => edit(current(), event.key) : "12345".includes(event.key) ? () => setStatus(current(), STATUSES[event.key - 1]) : null);
  if (act) { event.preventDefault(); act(); }
});
document.addEventListener("DOMContentLoaded", () => {
  all("[data-card]").forEach((card) => {
    for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) card.addEventListener(name, () => light(card, on));
  });
  all("#text [data-m]").forEach((piece) => {
    const cards = () => piece.dataset.m.split(" ").map((mark) => document.querySelector(`[data-card="${mark.split(":")[1]}"]`)).filter(Boolean);
    piece.addEventListener("mouseenter", () => cards().forEach((card) => card.classList.add("on-now")));
    piece.addEventListener("mouseleave", () => cards().forEach((card) => card.classList.remove("on-now")));
  });
  all("[data-load]").forEach((box) => fetch(box.dataset.load).then((answer) => (answer.ok ? answer.text() : "")).then((text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    box.replaceChildren(...page.body.childNodes);
  }));
  const wanted = location.hash && document.getElementById(location.hash.slice(1));
  if (wanted) wanted.focus();
});

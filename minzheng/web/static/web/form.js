// A form is filled from the keyboard: Enter goes on, digits choose, rows come by themselves.
// Without scripts Enter does nothing, rows are added by a button, all of it is sent as it is.
"use strict";

const form = document.getElementById("filled");
const FIELDS = "input:not([type=hidden]):not(.folding), select, textarea";
const SENT_MS = 10_000; // pressed again so much later, it is meant: the first was stopped or lost
let is_unsaved = false;

const has_answer = (one) => (["radio", "checkbox"].includes(one.type) ? one.checked : one.value);

const filled = () => document.getElementById("filled");
const value_of = (name) => {
  const found = [...filled().elements].filter((one) => one.name === name);
  const chosen = found.find((one) => one.checked);
  if (chosen) return chosen.value;
  return found.length && !["radio", "checkbox"].includes(found[0].type) ? found[0].value : "";
};

// What has to be filled as things stand: `no_phone!=是`, `health=患重病|残疾`.
function is_needed(condition) {
  const [, name, sign, values] = condition.match(/^(.+?)(!?=)(.+)$/);
  const value = value_of(name);
  return value !== "" && values.split("|").includes(value) === (sign === "=");
}

function mark_needed() {
  for (const field of filled().querySelectorAll("[data-if]")) {
    const mark = field.querySelector(".must");
    if (mark) mark.hidden = !is_needed(field.dataset.if);
  }
}

// The village list follows the town; what is chosen already stays to be seen.
const villages = new WeakMap();
function follow_town() {
  const list = filled().elements.village;
  if (!(list instanceof HTMLSelectElement) || !list.querySelector("optgroup")) return;
  if (!villages.has(list)) villages.set(list, [...list.querySelectorAll("optgroup")]);
  const town = value_of("town");
  for (const group of villages.get(list)) {
    const is_chosen = [...group.children].some((one) => one.selected && one.value);
    const is_shown = !town || group.label === town || is_chosen;
    is_shown ? list.append(group) : group.remove();
  }
}

// The first row of a table comes from the applicant, until somebody types there.
function fitting(cell) {
  const text = value_of(cell.dataset.from);
  if (!cell.options || !text) return text;
  const choices = [...cell.options].map((one) => one.value).filter(Boolean);
  return choices.find((one) => text === one) ?? choices.find((one) => text.startsWith(one)) ?? "";
}

function copy_applicant(name) {
  for (const cell of filled().querySelectorAll(`[data-from="${CSS.escape(name)}"]`)) {
    if (!cell.value || cell.value === cell.dataset.copied) cell.value = cell.dataset.copied = fitting(cell);
  }
}

function know_copied() {
  for (const cell of filled().querySelectorAll("[data-from]")) {
    if (cell.value && cell.value === fitting(cell)) cell.dataset.copied = cell.value;
  }
}

// Rows: an empty one always waits at the end; the button goes there.
const is_blank_row = (row) =>
  ![...row.querySelectorAll(FIELDS)].some(has_answer);

function add_row(table) {
  const rows = table.querySelectorAll("tbody tr");
  const last = rows[rows.length - 1];
  if (rows.length >= Number(table.dataset.most) || last.querySelector(".locked")) return null;
  const row = last.cloneNode(true);
  const [before, after] = [`${table.id.slice(2)}-${rows.length - 1}-`, `${table.id.slice(2)}-${rows.length}-`];
  for (const one of row.querySelectorAll("[id], [name], [aria-describedby]")) {
    for (const name of ["id", "name", "aria-describedby"]) {
      if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace(before, after));
    }
    one.removeAttribute("aria-invalid");
    delete one.dataset.from;
    delete one.dataset.copied;
    if (one.matches("output, .problem")) one.textContent = "";
    if (["radio", "checkbox"].includes(one.type)) one.checked = false;
    else if (one.matches(FIELDS)) one.value = "";
  }
  row.querySelector(".number").textContent = rows.length + 1;
  last.after(row);
  return row;
}

function last_row(table) {
  const rows = table.querySelectorAll("tbody tr");
  const last = rows[rows.length - 1];
  return is_blank_row(last) ? last : add_row(table);
}

function first_blank_row(table) {
  return [...table.querySelectorAll("tbody tr")].find(is_blank_row) ?? last_row(table);
}

// On a phone a section is folded until it is asked for; who goes on into it opens it.
function part_folded(one) {
  const part = one.closest(".part");
  return part && getComputedStyle(part.querySelector(".fields")).display === "none" ? part : null;
}

function unfold(one) {
  const part = part_folded(one);
  if (part) part.querySelector(".folding").checked = true;
}

const is_filled = (field) =>
  [...field.querySelectorAll(FIELDS)].some(has_answer) || field.querySelector("input[type=hidden]") !== null;

function say_so_far(part) {
  const asked = [...part.querySelectorAll(".field:not(.k-derived)")];
  const lacking = asked.filter((one) => one.querySelector(":scope > :is(label, .label) > .must:not([hidden])") && !is_filled(one));
  const faults = part.querySelectorAll(".problem:not(:empty)").length;
  const said = `已填 ${asked.filter(is_filled).length}／${asked.length}` + (lacking.length ? `，必填还差 ${lacking.length}` : "");
  const line = part.querySelector(".so-far");
  line.textContent = faults ? `${faults} 处要更正` : said;
  line.classList.toggle("bad", faults > 0);
}

// Enter: the next field that has to do with what was typed so far.
const can_be_typed = (one) => (one.offsetParent !== null || part_folded(one)) && !one.disabled && !one.readOnly && one.type !== "file";

function stops() {
  const seen = new Set();
  return [...filled().querySelectorAll(FIELDS)].filter((one) => {
    if (!can_be_typed(one) || (one.type === "radio" && seen.has(one.name))) return false;
    if (one.type === "checkbox" && seen.has(one.name)) return false;
    seen.add(one.name);
    const condition = one.closest("[data-if]")?.dataset.if;
    return !condition || is_needed(condition) || value_of(one.name) !== "";
  });
}

function focus_on(target) {
  const chosen = target.type === "radio" && [...filled().elements].find((one) => one.name === target.name && one.checked);
  unfold(target);
  (chosen || target).focus();
  if (target.select && target.type !== "radio" && target.type !== "checkbox") target.select();
}

// The next section, past all that may stay as it is.
function go_to_section(from) {
  const part = from.closest("fieldset");
  const all = stops();
  const last = all.findLastIndex((one) => part.contains(one));
  focus_on(all[last + 1] ?? filled().querySelector("button.primary"));
}

function go_on(from) {
  const all = stops();
  const here = all.findIndex((one) => one === from || (from.name && one.name === from.name));
  const row = from.closest(".rows tr");
  const leaves = row && is_blank_row(row) && row.querySelector(FIELDS) === from;
  const following = all.slice(here + 1).find((one) => !is_copied(one) && !(leaves && from.closest(".table").contains(one)));
  focus_on(following ?? filled().querySelector("button.primary"));
}

// A browser shows only the line of the caret of a long text; the rest stays behind the bar.
function show_whole(event) {
  const one = event.target;
  if (!(one instanceof HTMLTextAreaElement) || one.offsetHeight > innerHeight / 2) return;
  requestAnimationFrame(() => one.scrollIntoView({ block: "nearest" }));
}

const is_copied = (one) => one.dataset.copied && one.value === one.dataset.copied;

function choose(one, number) {
  if (one instanceof HTMLSelectElement) {
    const options = [...one.options].filter((option) => option.value);
    if (!options[number - 1]) return false;
    one.value = options[number - 1].value;
    one.dispatchEvent(new Event("change", { bubbles: true }));
    go_on(one);
    return true;
  }
  const group = [...filled().elements].filter((other) => other.name === one.name && other.type === one.type);
  if (!group[number - 1]) return false;
  group[number - 1].click();
  if (one.type === "radio") go_on(one);
  return true;
}

function pressed(event) {
  const one = event.target;
  if (event.isComposing || event.altKey || event.metaKey || !one.matches?.(FIELDS) || !filled().contains(one)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    if (one instanceof HTMLTextAreaElement && !event.ctrlKey) return;
    event.preventDefault();
    event.ctrlKey && !(one instanceof HTMLTextAreaElement) ? go_to_section(one) : go_on(one);
  } else if (/^[1-9]$/.test(event.key) && !event.ctrlKey && one.matches("select, [type=radio], [type=checkbox]")) {
    if (choose(one, Number(event.key))) event.preventDefault();
  }
}

function typed(event) {
  const one = event.target;
  if (!one.matches?.(FIELDS) || !filled()?.contains(one)) return;
  is_unsaved = true;
  copy_applicant(one.name);
  const table = one.closest(".table");
  if (table && one.closest("tr") === table.querySelector("tbody tr:last-child") && one.value) add_row(table);
  if (one.name === "town") follow_town();
  mark_needed();
  const part = one.closest(".part");
  if (part) say_so_far(part);
}

function prepare() {
  const one = filled();
  if (!one) return;
  one.classList.add("typing");
  for (const hint of document.querySelectorAll(".keys[hidden]")) hint.hidden = false;
  for (const button of one.querySelectorAll(".add-rows")) {
    button.type = "button";
    button.textContent = "加一行";
  }
  for (const table of one.querySelectorAll(".table")) if (table.querySelector(".add-rows")) last_row(table);
  know_copied();
  follow_town();
  mark_needed();
  one.querySelectorAll(".part").forEach(say_so_far);
}

// Folding is no answer: nothing is sent for it.
function folded(event) {
  if (!event.target.matches?.(".folding")) return;
  if (event.type !== "keydown") {
    event.stopPropagation();
  } else if (event.key === "Enter") {
    event.preventDefault();
    event.target.click();
  }
}

if (form) {
  // Back finds this page again: what was typed on it, or the paper that came of it; never asks to post anew.
  if (form.dataset.own) history.replaceState(null, "", form.dataset.own);
  prepare();
  document.querySelector("[autofocus]")?.focus();
  for (const kind of ["input", "change", "keydown"]) document.addEventListener(kind, folded, true);
  document.addEventListener("keydown", pressed);
  for (const kind of ["focusin", "input"]) document.addEventListener(kind, show_whole);
  document.addEventListener("input", typed);
  document.addEventListener("change", typed);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".add-rows");
    if (button) first_blank_row(button.closest(".table"))?.querySelector(FIELDS)?.focus();
  });
  // An error leads to its field: the first choice, the first cell of a table.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".alert a[href^='#f-']");
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    const place = target.matches(FIELDS) ? target : target.querySelector(FIELDS) ?? target;
    unfold(place);
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center" });
  });
  document.addEventListener("htmx:afterSettle", prepare);
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== filled()) return;
    is_unsaved = false;
    const file = event.detail.triggeringEvent?.target;
    if (file?.type === "file") return; // a photo is sent once, not with every word typed after it
    for (const name of [...event.detail.formData.keys()]) if (name.endsWith("-file")) event.detail.formData.delete(name);
  });
  document.addEventListener("htmx:sendError", () => { is_unsaved = true; });
  document.addEventListener("htmx:responseError", () => { is_unsaved = true; });
  // What was typed a moment ago is kept as well when the page goes away.
  let is_sent = false;
  let sent_at = -SENT_MS, sent_by = null;
  document.addEventListener("submit", (event) => {
    is_sent = true;
    // A double click issues one paper; what opens beside this page may be asked for again.
    const is_again = event.submitter === sent_by && event.timeStamp - sent_at < SENT_MS;
    if (is_again && !event.submitter?.formTarget) event.preventDefault();
    else [sent_at, sent_by] = [event.timeStamp, event.submitter];
  });
  window.addEventListener("pageshow", () => {
    is_sent = false;
    sent_at = -SENT_MS;
  });
  window.addEventListener("pagehide", () => {
    if (!is_unsaved || is_sent || !filled()) return;
    const data = new FormData(filled());
    for (const name of [...data.keys()]) if (name.endsWith("-file")) data.delete(name);
    navigator.sendBeacon(filled().getAttribute("hx-post"), data);
  });
}

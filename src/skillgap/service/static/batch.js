// Many résumés: progress, the ranking, and what can be done with it.
import { $, busy, call, save, say, tell, texts } from "./api.js";
import { showCandidate } from "./report.js";

let batch = null;
let rows = [];
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const size = 50; // files sent in one request

export async function start(files, form, signal) {
  batch = null;
  for (let i = 0; i < files.length; i += size) {
    const body = new FormData();
    if (!i) for (const [field, value] of form) body.append(field, value);
    for (const file of files.slice(i, i + size)) body.append("files", file);
    body.append("more", i + size < files.length);
    busy(say(texts.uploading, { n: files.length }), i, files.length);
    const path = i ? `/v1/batches/${batch}/files` : "/v1/batches";
    const made = await (await call(path, { method: "POST", body, signal })).json();
    batch = made.id;
  }
  await follow(batch, signal);
}

export async function follow(id, signal) {
  batch = id;
  let state;
  for (;;) {
    state = await (await call(`/v1/batches/${id}`, { signal })).json();
    const done = state.succeeded + state.failed;
    busy(say(state.failed ? texts.progress_failed : texts.progress, { done, total: state.total, failed: state.failed }), done, state.total);
    if (state.status === "done") break;
    await pause(700);
    signal?.throwIfAborted();
  }
  history.replaceState(null, "", `#batch=${id}`);
  rows = await (await call(`/v1/batches/${id}/ranking`)).json();
  const missed = await (await call(`/v1/batches/${id}/failures`)).json();
  busy("");
  show(state, missed);
}

export async function remove() {
  await call(`/v1/batches/${batch}`, { method: "DELETE" });
  batch = null;
}
export const under = () => batch;

function cell(row, tag, text, head) {
  const made = document.createElement(tag);
  if (head) made.dataset.head = head;
  if (Array.isArray(text)) {
    const list = document.createElement("ul");
    for (const one of text) list.append(Object.assign(document.createElement("li"), { textContent: one }));
    made.append(list);
  } else made.append(text);
  row.append(made);
  return made;
}

function heads() {
  return Object.fromEntries([...document.querySelectorAll("#table thead th")].map((h) => [h.dataset.column, h.textContent.trim()]));
}

function show(state, missed) {
  $("batch").hidden = false;
  $("batch-what").textContent = say(texts.ranked, { n: rows.length, role: state.role });
  $("batch-kept").textContent = say(texts.kept, { when: new Date(state.expires).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" }) });
  const names = Object.fromEntries([...document.querySelectorAll("#role option")].map((o) => [o.value, o.textContent]));
  const head = heads();
  for (const one of rows) {
    const row = (one.row = document.createElement("tr"));
    cell(row, "td", String(one.rank), head.rank);
    const name = cell(row, "th", "");
    name.scope = "row";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = one.candidate;
    button.title = say(texts.open, { name: one.candidate });
    button.addEventListener("click", () => open(one));
    name.append(button);
    if (one.aliases.length) name.append(Object.assign(document.createElement("span"), { className: "help", textContent: say(texts.same_text, { names: one.aliases.join(", ") }) }));
    const score = cell(row, "td", one.score.toFixed(1), head.score);
    score.className = "score";
    const meter = document.createElement("span");
    meter.className = "meter";
    meter.append(Object.assign(document.createElement("i"), { style: `width:${one.score}%` }));
    score.append(meter);
    const told = one.essential_partial ? texts.essential_part : texts.essential;
    cell(row, "td", say(told, { met: one.essential_met, total: one.essential_total, partial: one.essential_partial }), head.essential_met);
    cell(row, "td", one.reasons, head.reasons);
    cell(row, "td", one.gaps, head.gaps);
    cell(row, "td", names[one.best_role] || one.best_role, head.best_role);
  }
  $("table").tBodies[0].replaceChildren(...rows.map((r) => r.row));
  const list = $("failures");
  list.hidden = !missed.length;
  list.querySelector("summary").textContent = say(texts.failures, { n: missed.length });
  list.querySelector("ul").replaceChildren(...missed.map((m) => {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("strong"), { textContent: m.name }), `: ${m.detail || m.code}`);
    return item;
  }));
  $("batch-h").focus();
  $("batch-h").scrollIntoView();
}

async function open(one) {
  try {
    const path = `/v1/batches/${batch}/candidates/${one.n}`;
    const html = await (await call(path, { accept: "text/html" })).text();
    const report = await (await call(path)).json();
    for (const other of rows) other.row.classList.toggle("now", other === one);
    showCandidate(html, report, one.candidate);
  } catch (error) { tell(error); }
}

const value = (one, column) => Array.isArray(one[column]) ? one[column].join(" ") : one[column];
for (const button of document.querySelectorAll("#table thead button")) {
  const head = button.closest("th");
  button.addEventListener("click", () => {
    const column = head.dataset.column;
    const high = ["score", "essential_met"].includes(column) ? "descending" : "ascending";
    const order = head.getAttribute("aria-sort") === high ? (high === "ascending" ? "descending" : "ascending") : high;
    for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "en"));
    rows.sort((a, b) => sign * compare(value(a, column), value(b, column)) || a.rank - b.rank || a.n - b.n);
    $("table").tBodies[0].append(...rows.map((r) => r.row));
  });
}

$("filter").addEventListener("input", () => {
  const words = $("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  let n = 0;
  for (const one of rows) {
    const text = one.row.textContent.toLowerCase();
    one.row.hidden = !words.every((w) => text.includes(w));
    n += !one.row.hidden;
  }
  $("shown").textContent = words.length ? say(texts.shown, { n, total: rows.length }) : "";
});

for (const button of document.querySelectorAll("[data-format]")) {
  button.addEventListener("click", async () => {
    const format = button.dataset.format;
    try {
      save(await (await call(`/v1/batches/${batch}/ranking?format=${format}`, { accept: "*/*" })).blob(), `ranking.${format}`);
    } catch (error) { tell(error); }
  });
}

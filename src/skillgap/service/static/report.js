// One report in its frame, and what the person says against it.
import { $, call, save, say, tell, texts } from "./api.js";

let current = null; // { form, name, html, report, declare: Map, dispute: Set }
let running = null;

export async function analyze(form, name, signal) {
  current = { form, name, declare: new Map(), dispute: new Set() };
  await load(signal);
  show(name, true);
}

export function showCandidate(html, report, name) {
  current = { html, report, name, declare: new Map(), dispute: new Set() };
  show(name, false);
}

async function load(signal) {
  const mine = current;
  const body = new FormData();
  for (const [field, value] of mine.form) body.append(field, value);
  for (const id of mine.declare.keys()) body.append("declare", id);
  for (const id of mine.dispute) body.append("dispute", id);
  const ask = (accept) => call("/v1/analyses", { method: "POST", body, accept, signal });
  mine.html = await (await ask("text/html")).text();
  mine.report = await (await ask("application/json")).json();
}

function show(name, mayCorrect) {
  $("report").hidden = false;
  $("correct").hidden = !mayCorrect;
  $("report-h").textContent = say(texts.report_of, { name });
  $("declared").replaceChildren();
  $("found").replaceChildren();
  if (mayCorrect) chips();
  paint();
  $("report-h").focus();
  $("report-h").scrollIntoView();
}

function paint() {
  const frame = $("frame");
  frame.title = $("report-h").textContent;
  frame.onload = () => {
    const page = frame.contentDocument;
    // What is as high as the window would grow with the frame, and the frame with it.
    page.documentElement.classList.add("framed");
    let height = 0;
    const fit = () => {
      const wanted = Math.ceil(page.body.getBoundingClientRect().height) + 40;
      if (Math.abs(wanted - height) > 2) {
        height = wanted;
        frame.style.height = `${wanted}px`;
      }
    };
    new ResizeObserver(fit).observe(page.body);
    fit();
    for (const link of page.querySelectorAll("a[href^=http]")) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
  };
  frame.srcdoc = current.html;
}

function chip(list, label, title, pressed, action) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-label", title);
  if (pressed !== null) button.setAttribute("aria-pressed", pressed);
  button.addEventListener("click", () => action(button, item));
  item.append(button);
  list.append(item);
}

function chips() {
  const named = current.report.skills.filter((s) => s.status === "claimed" && !s.implied);
  named.sort((a, b) => a.label.localeCompare(b.label, "en"));
  for (const skill of named) {
    chip($("found"), skill.label, say(texts.wrong, { skill: skill.label }), false, (button) => {
      const wrong = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", wrong);
      current.dispute[wrong ? "add" : "delete"](skill.id);
      follow();
    });
  }
}

function declared() {
  $("declared").replaceChildren();
  for (const [id, label] of current.declare) {
    chip($("declared"), label, say(texts.remove, { skill: label }), null, () => {
      current.declare.delete(id);
      declared();
      $("declare").focus();
      follow();
    });
  }
}

async function follow() {
  running?.abort();
  running = new AbortController();
  const status = $("declare-problem");
  status.classList.remove("bad");
  status.textContent = texts.updating;
  try {
    await load(running.signal);
    paint();
    status.textContent = texts.updated;
  } catch (error) {
    if (error.name !== "AbortError") { status.textContent = ""; tell(error); }
  }
}

let timer;
$("declare").addEventListener("input", () => {
  clearTimeout(timer);
  const query = $("declare").value.trim();
  if (query.length < 2) return;
  timer = setTimeout(async () => {
    const found = await (await call(`/v1/skills?limit=8&q=${encodeURIComponent(query)}`)).json().catch(() => []);
    $("skills").replaceChildren(...found.map((s) => new Option(s.label, s.label)));
  }, 150);
});

$("declare-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const name = $("declare").value.trim();
  const problem = $("declare-problem");
  if (!name) return;
  try {
    const skill = await (await call(`/v1/skills/${encodeURIComponent(name)}`)).json();
    current.declare.set(skill.id, skill.label);
    current.dispute.delete(skill.id);
    $("declare").value = "";
    declared();
    follow();
  } catch (error) {
    problem.classList.add("bad");
    problem.textContent = error.code === "unknown_skill" ? say(texts.no_skill, { name }) : error.message;
  }
});

const stem = () => current.name.replace(/\.[^.]*$/, "") || "report";
$("save-html").addEventListener("click", () => save(new Blob([current.html], { type: "text/html" }), `${stem()}.report.html`));
$("save-json").addEventListener("click", () => save(new Blob([JSON.stringify(current.report, null, 1)], { type: "application/json" }), `${stem()}.report.json`));

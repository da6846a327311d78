// The form: what was chosen, what is asked, and where the answer goes.
import { $, busy, Failure, say, tell, texts, call } from "./api.js";
import { analyze } from "./report.js";
import { follow, remove, start, under } from "./batch.js";

const form = $("form");
const input = $("file");
const drop = $("drop");
let going = null;
let sending = false; // a batch of this run, which cancel takes back
let kept = []; // input.files can't be written to everywhere

function choose(files) {
  kept = [...files];
  const bytes = kept.reduce((sum, f) => sum + f.size, 0);
  const size = bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
  $("chosen").textContent = kept.length > 1 ? say(texts.chosen, { n: kept.length, size }) : kept.length ? `${kept[0].name} · ${size}` : "";
  if (!$("privacy").dataset.one) $("privacy").dataset.one = $("privacy").textContent;
  const hours = document.body.dataset.hours;
  $("privacy").textContent = kept.length > 1 ? say(texts.privacy_many, { hours }) : $("privacy").dataset.one;
}
input.addEventListener("change", () => choose(input.files));
for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
}
for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => { event.preventDefault(); choose(event.dataTransfer.files); });
for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());

function fields(many) {
  const body = [];
  const pasted = $("job").value.trim();
  const job = $("job-file").files[0] || pasted;
  if (job) body.push(["job", job]);
  else if ($("role").value) body.push(["role", $("role").value]);
  body.push(["level", $("level").value]);
  if ($("redact").checked) body.push([many ? "blind" : "redact", "true"]);
  if (many) return body;
  for (const name of ["hours", "budget", "password"]) if ($(name).value) body.push([name, $(name).value]);
  if ($("free").checked) body.push(["free", "true"]);
  return body;
}

async function run(work) {
  going = new AbortController();
  $("problem").hidden = true;
  for (const id of ["report", "batch"]) $(id).hidden = true;
  $("go").disabled = true;
  $("cancel").hidden = false;
  try {
    await work(going.signal);
  } catch (error) {
    if (error.name === "AbortError") $("chosen").textContent = texts.canceled;
    else tell(error);
  } finally {
    busy("");
    sending = false;
    $("go").disabled = false;
    $("cancel").hidden = true;
    going = null;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (going) return;
  run(async (signal) => {
    if (!kept.length) throw new Failure("none", texts.choose_first);
    const many = kept.length > 1;
    const asked = fields(many);
    if (!many) {
      history.replaceState(null, "", location.pathname);
      busy(texts.reading);
      await analyze([["file", kept[0]], ...asked], kept[0].name, signal);
      return;
    }
    if (!asked.some(([name]) => name === "job" || name === "role")) throw new Failure("role", texts.role_first);
    sending = true;
    await start(kept, asked, signal);
  });
});

$("cancel").addEventListener("click", async () => {
  const mine = sending && under();
  going?.abort();
  if (mine) await remove().catch(() => {});
});
for (const button of document.querySelectorAll(".again")) {
  button.addEventListener("click", () => {
    for (const id of ["report", "batch"]) $(id).hidden = true;
    history.replaceState(null, "", location.pathname);
    form.scrollIntoView();
    input.focus();
  });
}

$("delete").addEventListener("click", () => $("sure").showModal());
$("sure").addEventListener("close", async () => {
  if ($("sure").returnValue !== "yes") return;
  try {
    await remove();
    for (const id of ["report", "batch"]) $(id).hidden = true;
    history.replaceState(null, "", location.pathname);
    $("chosen").textContent = texts.deleted;
    input.focus();
  } catch (error) { tell(error); }
});

const known = location.hash.match(/^#batch=([\w-]+)$/);
if (known) run((signal) => follow(known[1], signal));

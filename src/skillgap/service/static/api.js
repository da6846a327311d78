// Calls to the service, and errors as a person understands them.
export const texts = JSON.parse(document.getElementById("texts").textContent);
export const $ = (id) => document.getElementById(id);
export const say = (text, values = {}) => text.replace(/\{(\w+)\}/g, (_, k) => values[k] ?? "");

const key = $("key");
if (key) {
  key.value = sessionStorage.getItem("key") || "";
  key.addEventListener("input", () => sessionStorage.setItem("key", key.value));
}

export class Failure extends Error {
  constructor(code, detail) { super(detail); this.code = code; }
}

export async function call(path, { accept = "application/json", ...options } = {}) {
  const headers = { Accept: accept };
  if (key && key.value) headers.Authorization = `Bearer ${key.value}`;
  let answer;
  try {
    answer = await fetch(path, { headers, ...options });
  } catch (error) {
    throw error.name === "AbortError" ? error : new Failure("network", texts.network);
  }
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  throw new Failure(problem.code || "internal", texts.errors[problem.code] || problem.detail || texts.errors.internal);
}

export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

export function tell(failure) {
  const box = $("problem");
  const title = document.createElement("strong");
  title.textContent = texts.error;
  box.replaceChildren(title, failure.message);
  box.hidden = false;
  if (failure.code === "encrypted_document") { $("options").open = true; $("password").focus(); }
  else if (failure.code === "unauthorized" && key) key.focus();
  else box.focus();
}

export function busy(text, done, total) {
  $("busy").hidden = !text;
  $("status").textContent = text || "";
  const bar = $("bar");
  if (total) { bar.max = total; bar.value = done; } else bar.removeAttribute("value");
}

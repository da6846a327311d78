"use strict";
const table = document.getElementById("ranking");
const body = table.tBodies[0];
const rows = Array.from(body.rows);
const count = document.getElementById("count");
const value = (row, i) => {
  const cell = row.cells[i];
  const given = cell.dataset.v;
  return given === undefined ? cell.textContent.trim() : Number(given);
};
const compare = (a, b) => typeof a === "number" ? a - b : a.localeCompare(b, "en");
for (const button of table.tHead.querySelectorAll("button")) {
  const head = button.closest("th");
  button.addEventListener("click", () => {
    const first = button.dataset.first || "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = head.getAttribute("aria-sort") === first ? other : first;
    for (const th of table.tHead.rows[0].cells) th.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    const i = head.cellIndex, sign = order === "ascending" ? 1 : -1;
    rows.sort((a, b) => sign * compare(value(a, i), value(b, i)) || value(a, 0) - value(b, 0));
    body.append(...rows);
  });
}
document.getElementById("filter").addEventListener("input", (event) => {
  const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
    shown += row.hidden ? 0 : 1;
  }
  count.textContent = words.length ? `${shown} of ${rows.length} shown` : "";
});

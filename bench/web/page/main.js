// Measures row after row, and shows each as it is done.
import { lines } from "./figures.js";
import { ROWS } from "./rows.js";

const page = document.querySelector("main");
const status = document.getElementById("status");
const wanted = decodeURIComponent(location.hash.slice(1)).split(",");

try {
  for (const row of ROWS.filter(({ name }) => wanted.some((part) => name.includes(part)))) {
    status.textContent = row.name;
    for (const cells of await lines(row)) {
      const line = document.querySelector("tbody").insertRow();
      for (const cell of cells) line.insertCell().textContent = cell;
      line.lastChild.className = cells.at(-1).split(" ").at(-1);
    }
  }
  page.dataset.state = "done";
} catch (error) {
  status.textContent = `${error}\n${error.stack ?? ""}`;
  page.dataset.state = "failed";
}
if (page.dataset.state === "done") status.textContent = "done";

// The page works on HTML of the server: the log and the controls come as fragments, which escape every text.
const find = (selector) => document.querySelector(selector);
const load = async (address) => (await fetch(address)).text();

// Requests: the list is asked for each second; rows that are there already stay, with what is open in them.
let shown = "";

async function showLog() {
  const filters = new URLSearchParams(new FormData(find("#filters")));
  const text = await load(`/_page/log.html?${filters}`);
  if (text === shown) return;
  shown = text;
  const fresh = document.createElement("template");
  fresh.innerHTML = text;
  for (const row of fresh.content.querySelectorAll(".row")) {
    const known = find(`#log .row[data-number="${row.dataset.number}"]`);
    if (known) row.replaceWith(known);
  }
  const focused = document.activeElement;
  find("#log").replaceChildren(fresh.content);
  if (focused?.isConnected) focused.focus();
}

find("#log").addEventListener("toggle", async ({ target }) => {
  if (!target.open || target.dataset.loaded) return;
  target.dataset.loaded = "yes";
  target.querySelector(".exchange").innerHTML = await load(`/_page/request.html?number=${target.dataset.number}`);
}, true);
find("#filters").addEventListener("input", showLog);
find("#filters").addEventListener("submit", (event) => event.preventDefault());

// Controls: each change goes to /_control, and the controls are shown anew.
async function control(name, method, value) {
  const body = value === undefined ? undefined : JSON.stringify(value);
  const answer = await fetch(`/_control/${name}`, { method, body });
  find("#problem").textContent = answer.ok ? "" : (await answer.json()).error;
  if (answer.ok) await showControls();
}

async function showControls() {
  const name = document.activeElement?.closest("form")?.id;
  find("#controls").innerHTML = await load("/_page/controls.html");
  showFields();
  if (name) find(`#${name} button`)?.focus();
}

const rules = () => JSON.parse(find("#fault").dataset.rules);

function showFields() {
  const kind = find("#fault [name=kind]").value;
  for (const label of document.querySelectorAll("#fault [data-for]")) label.hidden = label.dataset.for !== kind;
}

function readFault(form) {
  const given = Object.fromEntries(new FormData(form));
  const rule = { kind: given.kind, api: given.api, rate: Number(given.rate) / 100 };
  if (given.times) rule.times = Number(given.times);
  const own = { latency: "delay_ms", "rate-limit": "retry_after", "server-error": "status" }[given.kind];
  if (own) rule[own] = Number(given[own]);
  return rule;
}

find("#controls").addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.id === "fault") control("faults", "PUT", { fault: [...rules(), readFault(event.target)] });
  if (event.target.id === "clock") control("clock", "PUT", { clock: `${new FormData(event.target).get("clock")}Z` });
});

find("#controls").addEventListener("change", ({ target }) => {
  if (target.name === "kind") showFields();
  if (target.dataset.option) setOption(target);
});

async function setOption(select) {
  const { options } = await (await fetch("/_control/options")).json();
  options[select.dataset.api][select.dataset.option] = JSON.parse(select.value);
  await control("options", "PUT", { options });
}

find("#controls").addEventListener("click", async ({ target }) => {
  const { remove, advance, real } = target.dataset;
  if (remove !== undefined) await control("faults", "PUT", { fault: rules().filter((_, index) => index !== Number(remove)) });
  if (real !== undefined) await control("clock", "DELETE");
  if (advance !== undefined) {
    const { clock } = await (await fetch("/_control/clock")).json();
    await control("clock", "PUT", { clock: new Date(Date.parse(clock) + advance * 1000).toISOString() });
  }
});

// Reset, after a question.
find("#ask-reset").addEventListener("click", () => find("#reset").showModal());
find("#reset").addEventListener("close", async () => {
  if (find("#reset").returnValue !== "reset") return;
  await control("reset", "POST");
  await showLog();
});

document.addEventListener("click", async ({ target }) => {
  if (!target.dataset?.copy) return;
  await navigator.clipboard.writeText(target.dataset.copy);
  const label = target.textContent;
  target.textContent = "Copied";
  setTimeout(() => (target.textContent = label), 1500);
});

showFields();
setInterval(() => document.hidden || showLog(), 1000);

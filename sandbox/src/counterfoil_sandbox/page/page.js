// The APIs, their keys and the latest requests. Texts are inserted as text, never as HTML.
const make = (name, text, kind) => Object.assign(document.createElement(name), { textContent: text, className: kind ?? "" });

async function showApis() {
  const { apis } = await (await fetch("/_page/apis.json")).json();
  const cards = document.querySelector("#apis");
  for (const api of apis) cards.append(makeCard(api));
}

function makeCard(api) {
  const card = document.querySelector("#card").content.cloneNode(true);
  card.querySelector("h3").textContent = api.title;
  card.querySelector(".summary").textContent = api.summary;
  const keys = card.querySelector("dl");
  for (const [name, value] of Object.entries({ base_url: api.url, ...api.credentials })) {
    keys.append(make("dt", name), make("dd", value));
  }
  const link = card.querySelector(".explore");
  link.href = `/_page/explore.html?api=${encodeURIComponent(api.name)}`;
  link.textContent = `Explore ${api.operations} operations`;
  const copy = card.querySelector(".copy");
  copy.addEventListener("click", () => copyPython(api, copy));
  return card;
}

async function copyPython(api, button) {
  const word = api.name.replaceAll("-", "_");
  const client = word.replace(/(^|_)(.)/g, (_, __, letter) => letter.toUpperCase()) + "Client";
  const given = Object.entries(api.arguments).map(([name, value]) => `    ${name}=${JSON.stringify(value)},\n`).join("");
  const text = `from counterfoil_${word} import ${client}\n\nclient = ${client}(\n${given})\n`;
  await navigator.clipboard.writeText(text);
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy as Python"), 1500);
}

let shown = "";

async function showLog() {
  const { requests } = await (await fetch("/_control/requests")).json();
  const latest = requests.slice(-50).reverse();
  const rows = JSON.stringify(latest);
  if (rows === shown) return;
  shown = rows;
  document.querySelector("#count").textContent = `${requests.length} so far`;
  document.querySelector("#log").replaceChildren(...latest.map(makeRow));
}

function makeRow(request) {
  const row = make("tr", "");
  const path = request.query ? `${request.path}?${request.query}` : request.path;
  const status = make("td", String(request.status), request.status < 400 ? "number good" : "number bad");
  row.append(make("td", request.api), make("td", `${request.method} ${path}`, "path"), status);
  return row;
}

document.querySelector("#reset").addEventListener("click", async () => {
  await fetch("/_control/reset", { method: "POST" });
  await showLog();
});
showApis();
showLog();
setInterval(() => document.hidden || showLog(), 1000);

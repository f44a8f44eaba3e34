// The explorer of one API: its document, with the sandbox's keys already given.
const api = new URLSearchParams(location.search).get("api") ?? "";
const known = /^[a-z0-9-]+$/.test(api);

async function open() {
  const answer = known ? await fetch(`/_page/${api}.json`) : null;
  if (!answer?.ok) {
    document.querySelector("#explorer").textContent = "There is no such API here; the page before this one lists them.";
    return;
  }
  const spec = await answer.json();
  document.title = `${spec.info.title}: Counterfoil sandbox`;
  const ui = SwaggerUIBundle({
    spec,
    dom_id: "#explorer",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: -1,
    displayRequestDuration: true,
    tryItOutEnabled: true,
    validatorUrl: null,
    onComplete: () => giveKeys(ui, spec),
  });
}

function giveKeys(ui, spec) {
  for (const [scheme, key] of Object.entries(spec["x-keys"])) {
    const kind = spec.components.securitySchemes[scheme].type;
    if (kind === "http") ui.preauthorizeBasic(scheme, key, "");
    else ui.preauthorizeApiKey(scheme, key);
  }
}

open();

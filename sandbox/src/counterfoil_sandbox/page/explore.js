// The explorer of one API: Swagger UI with the API's document and the sandbox's keys.
const api = new URLSearchParams(location.search).get("api") ?? "";
const known = /^[a-z0-9-]+$/.test(api);

async function open() {
  const answer = known ? await fetch(`/_page/${api}.json`) : null;
  if (!answer?.ok) {
    document.querySelector("#explorer").textContent = "This sandbox has no API of that name. The start page lists its APIs.";
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

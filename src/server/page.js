"use strict";
const byId = (id) => document.getElementById(id);
const [form, query, variables, answer, status] = ["form", "query", "variables", "answer", "status"].map(byId);

query.value = `# Who says what about this trial?
query Trial($id: String!) {
  trial(id: $id) {
    nctId title status phases
    targets { role target { label labelZh: label(lang: ZH) } }
    diseases { qualifiers disease { label } }
    regimen { label }
    references { nodes { title doi } }
    conflicts { field resolved sides { value printed asOf source { id } } }
  }
}`;
variables.value = `{ "id": "NCT03056339" }`;

async function ask(event) {
  event?.preventDefault();
  let values = {};
  try {
    values = variables.value.trim() ? JSON.parse(variables.value) : {};
  } catch (why) {
    status.textContent = `Variables are no JSON: ${why.message}`;
    return;
  }
  status.textContent = "…";
  const begin = performance.now();
  try {
    const response = await fetch("graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json, application/json" },
      body: JSON.stringify({ query: query.value, variables: values }),
    });
    answer.textContent = JSON.stringify(await response.json(), null, 2);
    status.textContent = `${response.status}, ${Math.round(performance.now() - begin)} ms`;
  } catch (why) {
    status.textContent = `No answer: ${why.message}`;
  }
}

form.addEventListener("submit", ask);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask(event);
});

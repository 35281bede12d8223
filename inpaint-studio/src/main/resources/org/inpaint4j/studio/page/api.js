// The HTTP interface, as /openapi.json describes it.

const client = (crypto.randomUUID?.() ?? String(Math.random()).slice(2)).replaceAll("-", "");

async function send(method, path, body, headers = {}) {
  let response;
  try {
    response = await fetch(path, { method, body, headers: { "X-Studio-Client": client, ...headers } });
  } catch (cause) {
    throw new Error("The studio does not answer. Is it still running?", { cause });
  }
  if (!response.ok) {
    const told = await response.json().catch(() => ({}));
    const error = new Error(sentence(told.error) || `The studio answered ${response.status}.`);
    error.status = response.status;
    throw error;
  }
  return response;
}

function sentence(text) {
  if (!text) return "";
  const first = text[0].toUpperCase() + text.slice(1);
  return /[.?!]$/.test(first) ? first : first + ".";
}

const json = async (response) => (await response).json();
const post = (path, value) =>
  send("POST", path, JSON.stringify(value ?? {}), { "Content-Type": "application/json" });

export const api = {
  about: () => json(send("GET", "/api/studio")),
  folder: () => json(send("GET", "/api/folder")),
  openFromFolder: (name) => json(post("/api/folder/open", { name })),
  open: (blob, name) =>
    json(send("POST", "/api/pictures", blob, { "X-Picture-Name": encodeURIComponent(name) })),
  picture: (id) => json(send("GET", `/api/pictures/${id}`)),
  close: (id) => send("DELETE", `/api/pictures/${id}`),
  preview: async (id) => (await send("GET", `/api/pictures/${id}/preview`)).blob(),
  view: async (id, part) =>
    (await send("GET", `/api/pictures/${id}/view?` + new URLSearchParams(part))).blob(),
  setMask: (id, png) => send("PUT", `/api/pictures/${id}/mask`, png),
  mask: async (id) => (await send("GET", `/api/pictures/${id}/mask`)).blob(),
  faces: (id) => json(post(`/api/pictures/${id}/faces`)),
  fill: (id, order) => json(post(`/api/pictures/${id}/fills`, order)),
  patch: async (id, fill, candidate) =>
    (await send("GET", `/api/pictures/${id}/fills/${fill}/${candidate}`)).blob(),
  choose: (id, fill, candidate) => json(post(`/api/pictures/${id}/fills/${fill}/${candidate}`)),
  undo: (id) => json(post(`/api/pictures/${id}/undo`)),
  redo: (id) => json(post(`/api/pictures/${id}/redo`)),
  save: (id, format) => json(post(`/api/pictures/${id}/save`, { format })),
  cancel: (job) => send("DELETE", `/api/jobs/${job}`),
  draft: async (job) => (await send("GET", `/api/jobs/${job}/draft`)).blob(),
};

/** Tells each note of a job until it ends; returns the last one. */
export function watch(job, onNote) {
  return new Promise((resolve, reject) => {
    const events = new EventSource(`/api/jobs/${job}/events`);
    events.addEventListener("job", (event) => {
      const note = JSON.parse(event.data);
      onNote(note);
      if (["done", "cancelled", "failed"].includes(note.state)) {
        events.close();
        if (note.state === "failed") reject(new Error(sentence(note.error)));
        else resolve(note);
      }
    });
    events.addEventListener("error", () => {
      events.close();
      reject(new Error("The studio does not answer. Is it still running?"));
    });
  });
}

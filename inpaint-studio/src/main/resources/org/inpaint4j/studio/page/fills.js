// Fills: the order, its progress, its candidates, and the list of what was done.
import { api, watch } from "./api.js";
import { $, attempt, clamp, make, say } from "./dom.js";
import { chosenFrames } from "./frames.js";
import { changed, fillIsLast, filled, methodOf, onChange, sendMask, studio, undo } from "./history.js";
import { compare, onView, render, showDraft, thumbnail, toStage, view } from "./stage.js";
import { veil } from "./veil.js";

const NAMES = { facecompletion: "face model" };
let warned = null;

export async function fill() {
  if (!studio.picture || studio.job || !studio.painted) return;
  compare(false);
  const started = performance.now();
  studio.job = { id: null, cancelled: false };
  changed("job");
  progress("Waiting", 0);
  let last = null;
  try {
    await sendMask();
    if (!studio.painted) throw new Error("Nothing is painted over yet.");
    const { id } = studio.picture;
    const order = {
      method: $("method").value,
      seed: Math.round(Number($("seed").value) || 0),
      candidates: Number($("candidates").value),
      frames: chosenFrames(),
    };
    const job = await api.fill(id, order);
    studio.job.id = job.id;
    if (studio.job.cancelled) await api.cancel(job.id);
    last = await follow(job.id);
    if (last.state === "cancelled") {
      say("Cancelled. The mask is still there.");
      return;
    }
    await take(id, started);
  } catch (error) {
    if (!studio.job?.cancelled) say(error.message, true);
  } finally {
    studio.job = null;
    await attempt(() => showDraft(null));
    changed("job");
  }
}

async function follow(id) {
  let shown = 0;
  return watch(id, (note) => {
    if (note.state === "waiting") {
      progress(note.ahead ? `Waiting for ${note.ahead} other${note.ahead > 1 ? "s" : ""}` : "Waiting", 0);
    } else if (note.state === "working") {
      progress("Filling", note.progress);
    }
    if (note.draft && note.draft.version !== shown && !studio.job?.cancelled) {
      shown = note.draft.version;
      api.draft(id).then((blob) => studio.job && showDraft(note.draft.region, blob)).catch(() => {});
    }
  });
}

/** Brings a fill that is done into the page. */
async function take(id, started) {
  const mask = veil.snapshot(veil.content());
  const note = await api.picture(id);
  veil.clear();
  filled(mask);
  studio.painted = false;
  studio.picture = note;
  await showDraft(null);
  await render(note);
  const layer = note.layers.at(-1);
  const made = layer.candidates[layer.chosen];
  warn(layer);
  say(`Filled by ${by(made)} in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  changed("fills");
}

const by = (made) => Object.entries(NAMES).reduce((text, [name, plain]) => text.replace(name, plain), made.by);

/** After a reload: goes on watching a fill that was begun before. */
export async function resume() {
  const { job, id } = studio.picture;
  if (!job) return;
  studio.job = { id: job, cancelled: false };
  changed("job");
  try {
    const last = await follow(job);
    if (last.state === "done") await take(id, performance.now());
  } finally {
    studio.job = null;
    await attempt(() => showDraft(null));
    changed("job");
  }
}

export async function cancel() {
  const { job } = studio;
  if (!job || job.cancelled) return;
  job.cancelled = true;
  progress("Cancelling", null);
  if (job.id) await attempt(() => api.cancel(job.id));
}

function progress(text, share) {
  $("working-text").textContent = share > 0 ? `${text} ${Math.round(100 * share)} %` : text + " …";
  if (share === null) return;
  $("meter").style.transform = `scaleX(${share})`;
  $("meter").parentElement.setAttribute("aria-valuenow", String(Math.round(100 * share)));
}

const PLAIN = {
  UNSURE_SQUARE: "The face here was hardly seen. Undo, set its frame upright with the eyes on the dashed line, and fill again.",
  NEARLY_EMPTY: "The hole is only a speck for this method. A smooth fill or patches may do better.",
  NEARLY_FULL: "Nearly all of the face is hidden: what fills it is invented.",
  UNEXPLAINED: "The method did not understand this part of the picture. Try another one.",
  OUTSIDE_SQUARES: "Some of the hole lies outside of every face, and was filled from the photo.",
};

function warn(layer) {
  const warnings = layer.candidates[layer.chosen].warnings;
  warned = warnings.length ? layer.region : null;
  $("note").hidden = !warned;
  $("note").textContent = [...new Set(warnings.map((each) => PLAIN[each.kind] ?? each.message))].join(" ");
  placeNote();
}

function placeNote() {
  if (!warned || $("note").hidden) return;
  const stage = $("stage");
  const [x, y] = toStage(warned.x + warned.width / 2, warned.y + warned.height);
  const { offsetWidth, offsetHeight } = $("note");
  const left = clamp(x - offsetWidth / 2, 8, stage.clientWidth - offsetWidth - 8);
  const below = y + 10 + offsetHeight < stage.clientHeight - 60;
  const top = below ? y + 10 : y - warned.height * view.scale - offsetHeight - 10;
  $("note").style.transform = `translate(${left}px, ${clamp(top, 8, stage.clientHeight - offsetHeight - 8)}px)`;
}

async function choices() {
  const layer = studio.picture?.layers.at(-1);
  const many = layer && layer.candidates.length > 1;
  $("choices").hidden = !many;
  if (!many) return;
  const buttons = await Promise.all(layer.candidates.map(async (made, k) => {
    const button = make("button", { className: "thumb", type: "button", title: `Seed ${made.seed}` },
      await thumbnail(layer, k, 160), make("span", { textContent: String(k + 1) }));
    button.setAttribute("role", "radio");
    button.setAttribute("aria-checked", String(k === layer.chosen));
    button.setAttribute("aria-label", `Candidate ${k + 1} of ${layer.candidates.length}`);
    button.tabIndex = k === layer.chosen ? 0 : -1;
    button.addEventListener("click", () => attempt(() => choose(layer, k)));
    button.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      attempt(() => choose(layer, (k + by + layer.candidates.length) % layer.candidates.length));
    });
    return button;
  }));
  if (studio.picture?.layers.at(-1)?.id !== layer.id) return;
  const focused = $("thumbs").contains(document.activeElement);
  $("thumbs").replaceChildren(...buttons);
  if (focused) buttons[layer.chosen].focus();
}

async function choose(layer, k) {
  if (studio.job) return;
  studio.picture = await api.choose(studio.picture.id, layer.id, k);
  await render(studio.picture);
  warn(studio.picture.layers.at(-1));
  changed("chosen");
}

/** The same hole again, with the seeds that come next. */
async function again() {
  const layer = studio.picture?.layers.at(-1);
  if (!layer || studio.job) return;
  const next = Math.max(...layer.candidates.map((made) => made.seed)) + 1;
  await undo();
  $("seed").value = next;
  await fill();
}

async function list() {
  const layers = studio.picture?.layers ?? [];
  const rows = await Promise.all(layers.map(async (layer, k) => {
    const made = layer.candidates[layer.chosen];
    const method = methodOf(layer.method);
    return make("li", {}, await thumbnail(layer, layer.chosen, 80),
      make("div", {}, make("b", { textContent: `${k + 1}. ${method?.label ?? layer.method}` }),
        make("small", { textContent: `${by(made)} · ${made.seconds.toFixed(1)} s · seed ${made.seed}` })));
  }));
  if (layers !== (studio.picture?.layers ?? [])) return;
  $("history").replaceChildren(...rows.reverse());
  $("history-empty").hidden = layers.length > 0;
}

export function initFills() {
  $("fill").addEventListener("click", fill);
  $("cancel").addEventListener("click", cancel);
  $("again").addEventListener("click", again);
  $("compare").addEventListener("click", () => toggleCompare());
  $("method").addEventListener("change", hint);
  onView(placeNote);
  onChange((what) => {
    const working = !!studio.job;
    document.body.classList.toggle("working-now", working);
    $("working").hidden = !working;
    $("fill").disabled = working || !studio.painted || !studio.picture;
    $("fill").textContent = working ? "Filling …" : "Fill";
    for (const name of ["method", "candidates", "seed"]) $(name).disabled = working;
    $("again").disabled = working || !fillIsLast();
    $("compare").disabled = $("save").disabled = working || !studio.picture;
    if (what === "opened") $("note").hidden = true;
    if (["opened", "fills", "chosen"].includes(what)) {
      attempt(list);
      attempt(choices);
    }
  });
}

export function hint() {
  $("method-hint").textContent = methodOf($("method").value)?.hint ?? "";
}

export function toggleCompare() {
  if (!studio.picture || studio.job) return;
  if (!studio.picture.layers.length) {
    say("There is no fill yet to compare.");
    return;
  }
  compare($("compare").getAttribute("aria-pressed") !== "true");
}

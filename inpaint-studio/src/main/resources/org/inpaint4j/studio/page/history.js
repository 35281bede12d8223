// One undo for strokes and fills.
import { api } from "./api.js";
import { $, attempt, calm, say } from "./dom.js";
import { render } from "./stage.js";
import { veil } from "./veil.js";

const MOST_BYTES = 256e6;
let done = [];
let undone = [];
let busy = false;
let unsent = false;
let sending = Promise.resolve();

/** What all modules know. */
export const studio = { picture: null, about: null, job: null, painted: false, listeners: [] };

/** What is known of a way to fill. */
export const methodOf = (id) => studio.about?.methods.find((each) => each.id === id);

/** Calls when the picture, the mask or the work has changed. */
export const onChange = (listener) => studio.listeners.push(listener);

export function changed(what) {
  $("undo").disabled = !done.length || !!studio.job;
  $("redo").disabled = !undone.length || !!studio.job;
  studio.listeners.forEach((listener) => listener(what));
}

/** Forgets all, and knows the fills that a picture has. */
export function restart(note) {
  done = note.layers.map(() => ({ fill: true, mask: null }));
  undone = Array.from({ length: note.undone }, () => ({ fill: true, mask: null }));
  unsent = false;
}

function record(entry) {
  if (!entry) return;
  done.push(entry);
  undone = [];
  let held = 0;
  for (let i = done.length - 1; i >= 0; i--) {
    held += done[i].before ? 2 * done[i].before.data.length : 0;
    if (held > MOST_BYTES) {
      // The oldest strokes cannot be undone any more; fills always can.
      done = done.filter((each, k) => k > i || each.fill);
      break;
    }
  }
}

/** Something was painted or erased. */
export function painted(entry) {
  record(entry);
  maskChanged();
}

function maskChanged() {
  unsent = true;
  studio.painted = true;
  changed("mask");
  sendSoon();
}

const sendSoon = calm(350, () => attempt(sendMask));

/** Brings the mask to the studio, so that it is there when it is needed or after a reload. */
export function sendMask() {
  sendSoon.stop();
  sending = sending.catch(() => {}).then(async () => {
    if (!unsent || !studio.picture) return;
    unsent = false;
    const before = studio.painted;
    studio.painted = veil.content() !== null;
    if (before !== studio.painted) changed("painted");
    const { id } = studio.picture;
    await api.setMask(id, await veil.toPng());
    changed("sent");
  });
  return sending;
}

/** A fill has become part of the picture. */
export function filled(mask) {
  record({ fill: true, mask });
}

/** Whether nothing was painted since the last fill, so that undoing once takes it back. */
export const fillIsLast = () => done.at(-1)?.fill === true;

async function step(from, to, onServer, which) {
  if (busy || studio.job || !from().length) return;
  busy = true;
  try {
    const entry = from().at(-1);
    if (entry.fill) {
      studio.picture = await onServer(studio.picture.id);
      await render(studio.picture);
      veil.restore(which === "before" ? entry.mask : null);
    } else {
      veil.put(entry, which);
    }
    to().push(from().pop());
    maskChanged();
    if (entry.fill) changed("fills");
  } finally {
    busy = false;
  }
}

export const undo = () => attempt(() => step(() => done, () => undone, api.undo, "before"));
export const redo = () => attempt(() => step(() => undone, () => done, api.redo, "after"));

export function initHistory() {
  $("undo").addEventListener("click", undo);
  $("redo").addEventListener("click", redo);
  $("mask-clear").addEventListener("click", clearMask);
  $("mask-invert").addEventListener("click", () => painted(veil.all(() => veil.invert())));
  $("mask-load").addEventListener("click", () => $("mask-file").click());
  $("mask-file").addEventListener("change", () => {
    const [file] = $("mask-file").files;
    $("mask-file").value = "";
    if (file) attempt(() => loadMask(file));
  });
  onChange(() => {
    const usable = !!studio.picture && !studio.job;
    $("mask-clear").disabled = $("mask-save").disabled = !usable || !studio.painted;
    $("mask-invert").disabled = $("mask-load").disabled = !usable;
  });
}

export function clearMask() {
  if (studio.picture && !studio.job) painted(veil.all(() => veil.clear()));
}

/** Paints what is white in a picture of the same shape. */
async function loadMask(file) {
  const { picture } = studio;
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error("A mask must be a picture: this file is none that the browser can read.");
  });
  const { width, height } = bitmap;
  try {
    if (Math.abs(width / height - picture.width / picture.height) > 0.02) {
      throw new Error(
        `A mask must have the shape of the picture: it has ${width} × ${height} pixels, `
        + `the picture ${picture.width} × ${picture.height}.`);
    }
    painted(veil.all(() => veil.fromPicture(bitmap)));
  } finally {
    bitmap.close();
  }
  say("Mask loaded.");
}

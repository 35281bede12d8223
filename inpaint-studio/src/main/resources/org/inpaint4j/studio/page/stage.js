// Shows the picture: zoom, movement, fills, before and after.
import { api } from "./api.js";
import { $, calm, clamp } from "./dom.js";
import { veil } from "./veil.js";

const stage = $("stage");
const sheet = $("sheet");
const canvas = $("picture");
const context = canvas.getContext("2d");
const detail = $("detail");
const before = $("before");
const MOST = 16;
const MARGIN = 24;
const BAR = 52; // the zoom bar lies below the picture

/** Where the picture is: screen = picture of the sheet * scale + (x, y). */
export const view = { scale: 1, x: 0, y: 0 };
let picture = null;
let base = null;
let fitted = true;
let draft = null;
let comparing = false;
let divide = 0.5;
const patches = new Map();
const listeners = [];

export const onView = (listener) => listeners.push(listener);

function place() {
  sheet.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
  sheet.classList.toggle("near", view.scale * ratio() >= 3);
  $("zoom-value").textContent = Math.round(100 * view.scale * ratio()) + " %";
  placeSlider();
  listeners.forEach((listener) => listener());
  look();
}

/** Pixels of the sheet for each pixel of the picture itself. */
export const ratio = () => (picture ? picture.previewWidth / picture.width : 1);

function fitScale() {
  const { clientWidth, clientHeight } = stage;
  return Math.min(
    (clientWidth - 2 * MARGIN) / picture.previewWidth,
    (clientHeight - 2 * MARGIN - BAR) / picture.previewHeight,
    2 / ratio());
}

export function fit() {
  if (!picture || !stage.clientWidth) return;
  view.scale = Math.max(0.01, fitScale());
  view.x = (stage.clientWidth - picture.previewWidth * view.scale) / 2;
  view.y = (stage.clientHeight - BAR - picture.previewHeight * view.scale) / 2;
  fitted = true;
  place();
}

export function move(dx, dy) {
  view.x += dx;
  view.y += dy;
  fitted = false;
  hold();
  place();
}

/** Zooms by a factor; the point of the stage stays where it is. */
export function zoom(factor, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
  if (!picture) return;
  const scale = clamp(view.scale * factor, Math.min(0.05, fitScale()), MOST / ratio());
  view.x = x - ((x - view.x) * scale) / view.scale;
  view.y = y - ((y - view.y) * scale) / view.scale;
  view.scale = scale;
  fitted = false;
  hold();
  place();
}

export const zoomToPixels = () => zoom(1 / ratio() / view.scale);

/** Some of the picture always shows. */
function hold() {
  const width = picture.previewWidth * view.scale;
  const height = picture.previewHeight * view.scale;
  view.x = clamp(view.x, 60 - width, stage.clientWidth - 60);
  view.y = clamp(view.y, 60 - height, stage.clientHeight - 60);
}

/** The point of the sheet under a point of the window. */
export function toSheet(clientX, clientY) {
  const box = stage.getBoundingClientRect();
  return [(clientX - box.left - view.x) / view.scale, (clientY - box.top - view.y) / view.scale];
}

export const toStage = (x, y) => [x * view.scale + view.x, y * view.scale + view.y];

async function bitmap(key, load) {
  if (!patches.has(key)) patches.set(key, await createImageBitmap(await load()));
  return patches.get(key);
}

const patchOf = (layer, candidate) =>
  bitmap(layer.id + candidate, () => api.patch(picture.id, layer.id, candidate));

/** Shows a picture that was opened. */
export async function show(opened) {
  const blob = await api.preview(opened.id);
  const loaded = await createImageBitmap(blob);
  patches.clear();
  picture = opened;
  base = loaded;
  draft = null;
  for (const each of [canvas, before]) {
    each.width = opened.previewWidth;
    each.height = opened.previewHeight;
  }
  before.getContext("2d").drawImage(base, 0, 0);
  veil.resize(opened.previewWidth, opened.previewHeight);
  compare(false);
  await render(opened);
  fit();
}

/** Draws the picture with its fills. */
export async function render(note) {
  picture = note;
  const layers = await Promise.all(
    note.layers.map(async (layer) => [layer, await patchOf(layer, layer.chosen)]));
  if (picture !== note) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(base, 0, 0);
  for (const [layer, patch] of layers) put(layer.region, patch);
  if (draft) put(draft.region, draft.patch);
  detail.hidden = true;
  look();
}

function put(region, patch) {
  context.clearRect(region.x, region.y, region.width, region.height);
  context.drawImage(patch, region.x, region.y, region.width, region.height);
}

/** Shows what a job has found so far; null takes it away. */
export async function showDraft(region, blob) {
  draft = blob ? { region, patch: await createImageBitmap(blob) } : null;
  if (picture) await render(picture);
}

/** A small picture of a fill with what is around it. */
export async function thumbnail(layer, candidate, side) {
  const patch = await patchOf(layer, candidate);
  const { x, y, width, height } = layer.region;
  const size = Math.min(Math.max(width, height, 24) * 1.5, canvas.width, canvas.height);
  const left = clamp(x + width / 2 - size / 2, 0, canvas.width - size);
  const top = clamp(y + height / 2 - size / 2, 0, canvas.height - size);
  const small = document.createElement("canvas");
  small.width = small.height = side;
  const target = small.getContext("2d");
  target.imageSmoothingQuality = "high";
  target.scale(side / size, side / size);
  target.drawImage(canvas, -left, -top);
  target.drawImage(patch, x - left, y - top);
  return small;
}

// At more than the resolution of the reduced picture, what shows is fetched at its own.
const look = calm(180, async () => {
  if (!picture || view.scale <= 1.05 || ratio() >= 0.999 || comparing || draft) {
    detail.hidden = true;
    return;
  }
  const note = picture;
  const scale = view.scale * ratio();
  const x = clamp(Math.floor(-view.x / scale), 0, note.width - 1);
  const y = clamp(Math.floor(-view.y / scale), 0, note.height - 1);
  const width = clamp(Math.ceil(stage.clientWidth / scale) + 2, 1, note.width - x);
  const height = clamp(Math.ceil(stage.clientHeight / scale) + 2, 1, note.height - y);
  try {
    const image = await createImageBitmap(await api.view(note.id, { x, y, width, height }));
    if (picture !== note || comparing || draft) return;
    detail.width = image.width;
    detail.height = image.height;
    detail.getContext("2d").drawImage(image, 0, 0);
    detail.style.left = x * ratio() + "px";
    detail.style.top = y * ratio() + "px";
    detail.style.width = width * ratio() + "px";
    detail.style.height = height * ratio() + "px";
    detail.hidden = false;
  } catch {
    detail.hidden = true; // The reduced picture is good enough until the next look.
  }
});

export const isComparing = () => comparing;

/** Before on the left, after on the right. */
export function compare(on) {
  comparing = on;
  before.hidden = $("slider").hidden = !on;
  veil.canvas.hidden = on;
  $("frames").hidden = on;
  stage.classList.toggle("comparing", on);
  $("compare").setAttribute("aria-pressed", String(on));
  if (on) {
    detail.hidden = true;
    $("note").hidden = true;
    if (picture && picture.layers.length) divideAtFills();
    $("slider").focus({ preventScroll: true, focusVisible: false });
  }
  placeSlider();
}

/** The line begins in the middle of what was filled last. */
function divideAtFills() {
  const { x, width } = picture.layers.at(-1).region;
  divide = clamp((x + width / 2) / picture.previewWidth, 0.05, 0.95);
}

export function divideAt(clientX) {
  const [x] = toSheet(clientX, 0);
  setDivide(x / picture.previewWidth);
}

export function setDivide(share) {
  divide = clamp(share, 0, 1);
  placeSlider();
}

export const divided = () => divide;

function placeSlider() {
  if (!comparing || !picture) return;
  const [x] = toStage(divide * picture.previewWidth, 0);
  $("slider").style.transform = `translateX(${x}px)`;
  $("slider").setAttribute("aria-valuenow", String(Math.round(100 * divide)));
  before.style.clipPath = `inset(0 ${100 * (1 - divide)}% 0 0)`;
}

new ResizeObserver(() => (fitted ? fit() : picture && place())).observe(stage);

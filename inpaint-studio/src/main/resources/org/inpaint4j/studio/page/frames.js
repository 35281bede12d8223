// Frames around the faces at the hole. A frame that is moved, turned, sized or removed counts as
// the user says; otherwise the library looks for faces itself, and finds the same.
import { api } from "./api.js";
import { $, calm, clamp, icon, make } from "./dom.js";
import { methodOf, onChange, studio } from "./history.js";
import { onView, ratio, toStage, view } from "./stage.js";
import { veil } from "./veil.js";

const holder = $("frames");
let frames = [];
let altered = false;
let asked = 0;
let looking = false;

const usesFaces = () => methodOf($("method").value)?.faces ?? false;

/** The frames of an order; undefined lets the library look for faces. */
export const chosenFrames = () =>
  altered && usesFaces() ? frames.map(({ x, y, size, angle }) => ({ x, y, size, angle })) : undefined;

function reset() {
  frames = [];
  altered = false;
  asked++;
  build();
}

const findSoon = calm(250, find);

async function find() {
  if (!studio.picture || !studio.painted || studio.job || altered || !usesFaces()) return;
  const mine = ++asked;
  looking = true;
  tell();
  try {
    const { faces } = await api.faces(studio.picture.id);
    if (mine !== asked || altered || studio.job) return;
    frames = faces;
    build();
  } catch {
    if (mine === asked) frames = []; // A fill looks for itself, and says what went wrong.
  } finally {
    if (mine === asked) looking = false;
    tell();
  }
}

function tell() {
  $("face-card").hidden = !studio.picture || !usesFaces() || (!studio.painted && !frames.length);
  const unsure = frames.filter((frame) => !frame.sure).length;
  $("face-hint").textContent = looking
    ? "Looking for faces …"
    : !frames.length
      ? altered ? "No frame: nothing is filled as a face." : "No face at the hole."
      : unsure
        ? "A face was hardly seen. Is its frame upright, with the eyes on the dashed line?"
        : `${frames.length === 1 ? "One face" : frames.length + " faces"} at the hole. Move, turn or size a frame if it does not fit.`;
}

function build() {
  holder.replaceChildren(...frames.map(element));
  place();
  tell();
}

function element(frame) {
  const box = make("div", { className: frame.sure ? "frame" : "frame unsure", tabIndex: 0 });
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Frame of a face. Arrows move it, plus and minus size it, comma and point turn it, Delete removes it.");
  box.frame = frame;
  const remove = make("button", { type: "button", title: "Not a face: remove" }, icon("close"));
  remove.setAttribute("aria-label", "Remove this frame");
  remove.addEventListener("click", () => drop(frame));
  box.append(make("span", { className: "eyes" }));
  for (const side of ["n", "s", "w", "e"]) box.append(handle("edge " + side, frame, drag));
  box.append(make("b", { className: "stem" }), handle("turn", frame, turn), handle("corner", frame, resize), remove);
  box.addEventListener("keydown", (event) => key(event, frame));
  return box;
}

function drop(frame) {
  frames = frames.filter((each) => each !== frame);
  altered = true;
  build();
  $("stage").focus({ preventScroll: true, focusVisible: false });
}

function handle(name, frame, change) {
  const part = make("b", { className: name });
  part.addEventListener("pointerdown", (event) => {
    event.stopPropagation();
    event.preventDefault();
    part.setPointerCapture(event.pointerId);
    part.last = [event.clientX, event.clientY];
  });
  part.addEventListener("pointermove", (event) => {
    if (!part.hasPointerCapture(event.pointerId)) return;
    change(frame, event, part.last);
    part.last = [event.clientX, event.clientY];
    edited(frame);
  });
  return part;
}

const scale = () => view.scale * ratio();

function drag(frame, event, last) {
  frame.x += (event.clientX - last[0]) / scale();
  frame.y += (event.clientY - last[1]) / scale();
}

/** The pointer as seen from the frame's centre, in pixels of the picture. */
function fromCentre(frame, event) {
  const box = $("stage").getBoundingClientRect();
  const [x, y] = toStage(frame.x * ratio(), frame.y * ratio());
  return [(event.clientX - box.left - x) / scale(), (event.clientY - box.top - y) / scale()];
}

function turn(frame, event) {
  const [x, y] = fromCentre(frame, event);
  frame.angle = (Math.atan2(x, -y) * 180) / Math.PI;
}

function resize(frame, event) {
  const [x, y] = fromCentre(frame, event);
  const angle = (frame.angle * Math.PI) / 180;
  const across = x * Math.cos(angle) + y * Math.sin(angle);
  const down = y * Math.cos(angle) - x * Math.sin(angle);
  frame.size = 2 * Math.max(across, down);
}

function key(event, frame) {
  const step = (event.shiftKey ? 10 : 2) / scale();
  const change = {
    ArrowLeft: () => (frame.x -= step),
    ArrowRight: () => (frame.x += step),
    ArrowUp: () => (frame.y -= step),
    ArrowDown: () => (frame.y += step),
    "+": () => (frame.size *= 1.04),
    "-": () => (frame.size /= 1.04),
    ",": () => (frame.angle -= 2),
    ".": () => (frame.angle += 2),
    Delete: () => drop(frame),
    Backspace: () => drop(frame),
  }[event.key];
  if (!change || event.ctrlKey || event.metaKey || studio.job) return;
  event.preventDefault();
  event.stopPropagation();
  change();
  if (frames.includes(frame)) edited(frame);
}

function edited(frame) {
  const { width, height } = studio.picture;
  frame.x = clamp(frame.x, 0, width - 1);
  frame.y = clamp(frame.y, 0, height - 1);
  frame.size = clamp(frame.size, 16, 2 * Math.max(width, height));
  frame.sure = true;
  altered = true;
  place();
  tell();
}

function place() {
  for (const box of holder.children) {
    const { x, y, size, angle, sure } = box.frame;
    const side = size * scale();
    const [left, top] = toStage(x * ratio(), y * ratio());
    box.className = sure ? "frame" : "frame unsure";
    box.style.width = box.style.height = side + "px";
    box.style.transform = `translate(${left - side / 2}px, ${top - side / 2}px) rotate(${angle}deg)`;
  }
}

function add() {
  const box = veil.content();
  const { width, height } = studio.picture;
  const size = box ? 1.6 * Math.max(box.width, box.height) : Math.max(veil.width, veil.height) / 4;
  const [x, y] = box ? [box.x + box.width / 2, box.y + box.height / 2] : [veil.width / 2, veil.height / 2];
  frames.push({
    x: clamp(x / ratio(), 0, width - 1), y: clamp(y / ratio(), 0, height - 1),
    size: clamp(size / ratio(), 32, Math.max(width, height)), angle: 0, sure: true,
  });
  altered = true;
  build();
  holder.lastChild.focus({ preventScroll: true });
}

export function initFrames() {
  $("face-add").addEventListener("click", add);
  $("face-find").addEventListener("click", () => {
    altered = false;
    find();
  });
  $("method").addEventListener("change", () => {
    if (!usesFaces()) holder.replaceChildren();
    else {
      build();
      findSoon();
    }
    tell();
  });
  onView(place);
  onChange((what) => {
    if (what === "opened" || what === "fills") reset();
    else if (what === "sent" || (what === "painted" && studio.painted)) {
      if (studio.painted) findSoon();
      else if (!altered) reset();
    }
    holder.classList.toggle("off", !!studio.job);
    tell();
  });
}

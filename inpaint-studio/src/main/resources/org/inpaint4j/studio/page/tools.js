// Brush, eraser, rectangle, lasso and hand, with mouse, pen, fingers and keys.
import { $, clamp } from "./dom.js";
import { onChange, painted, studio } from "./history.js";
import { divideAt, divided, isComparing, move, onView, ratio, setDivide, toSheet, toStage, view, zoom } from "./stage.js";
import { veil } from "./veil.js";

const stage = $("stage");
const cursor = $("cursor");
const over = $("over");
const pointers = new Map();
let tool = "brush";
let size = 40; // of the brush, in pixels of the sheet
let action = null;
let spaceHeld = false;
let penSeen = 0;
let keyPoint = null;
let keyPath = null;

const ready = () => studio.picture && !studio.job;

export function setTool(name) {
  tool = name;
  for (const button of document.querySelectorAll("[data-tool][role=radio]")) {
    const on = button.dataset.tool === name;
    button.setAttribute("aria-checked", String(on));
    button.tabIndex = on ? 0 : -1;
  }
  stage.dataset.tool = name;
  keyPath = null;
  drawOver(null);
  showCursor();
}

/** The size of the brush grows by steps that look alike: 0 to 100 are 4 to 600 pixels of a sheet of 2048. */
const largest = () => Math.max(60, Math.max(veil.width, veil.height) * 0.3);
const least = () => Math.max(2, Math.max(veil.width, veil.height) * 0.002);

function setShare(share) {
  $("size").value = share;
  size = least() * (largest() / least()) ** (share / 100);
  $("size-value").textContent = Math.max(1, Math.round(size / ratio())) + " px";
  showCursor();
}

export const changeSize = (by) => setShare(clamp(Number($("size").value) + by, 0, 100));

function showCursor(clientX, clientY) {
  const brush = tool === "brush" || tool === "eraser";
  if (clientX !== undefined) {
    const box = stage.getBoundingClientRect();
    cursor.at = [clientX - box.left, clientY - box.top];
  }
  const across = size * view.scale;
  cursor.hidden = !brush || !cursor.at || isComparing() || !studio.picture;
  cursor.style.width = cursor.style.height = across + "px";
  if (cursor.at) {
    cursor.style.transform = `translate(${cursor.at[0] - across / 2}px, ${cursor.at[1] - across / 2}px)`;
  }
}

function drawOver(points, closed) {
  over.replaceChildren();
  if (!points || points.length < 2) return;
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M" + points.map((point) => toStage(...point).map((value) => value.toFixed(1)).join(" ")).join("L") + (closed ? "Z" : ""));
  over.append(path);
}

const corners = (a, b) => [[a[0], a[1]], [b[0], a[1]], [b[0], b[1]], [a[0], b[1]]];

/** What a pointer does from down to up. */
function begin(event) {
  const point = toSheet(event.clientX, event.clientY);
  const erase = event.altKey || tool === "eraser" || (event.buttons & 32) !== 0;
  if (spaceHeld || tool === "hand" || event.button === 1) return { kind: "pan" };
  if (!ready() || (event.button > 1 && event.button !== 5)) return null; // 5: the eraser of a pen
  veil.begin();
  if (tool === "rectangle") return { kind: "rectangle", erase, from: point, to: point };
  if (tool === "lasso") return { kind: "lasso", erase, points: [point] };
  const stroke = { kind: "stroke", erase, last: point, press: pressure(event) };
  veil.line(...point, ...point, size * stroke.press, stroke.erase);
  return stroke;
}

/** A pen paints thinner when it presses less. */
const pressure = (event) => (event.pointerType === "pen" && event.pressure > 0 ? 0.35 + 0.65 * event.pressure : 1);

function go(event) {
  if (action.kind === "pan") {
    move(event.clientX - action.x, event.clientY - action.y);
    [action.x, action.y] = [event.clientX, event.clientY];
    return;
  }
  const all = event.getCoalescedEvents?.() ?? [];
  for (const each of all.length ? all : [event]) {
    const point = toSheet(each.clientX, each.clientY);
    if (action.kind === "stroke") {
      action.press = pressure(each);
      veil.line(...action.last, ...point, size * action.press, action.erase);
      action.last = point;
    } else if (action.kind === "lasso") {
      action.points.push(point);
    } else {
      action.to = point;
    }
  }
  if (action.kind === "lasso") drawOver(action.points, true);
  if (action.kind === "rectangle") drawOver(corners(action.from, action.to), true);
}

function finish() {
  if (!action) return;
  if (action.kind === "lasso") veil.area(action.points, action.erase);
  if (action.kind === "rectangle") veil.area(corners(action.from, action.to), action.erase);
  if (action.kind !== "pan") painted(veil.end());
  action = null;
  drawOver(null);
  stage.classList.toggle("panning", spaceHeld);
}

/** Takes back a stroke that turned out to be the first finger of two. */
export function abandon() {
  if (action && action.kind !== "pan") veil.abandon();
  action = null;
  keyPath = null;
  drawOver(null);
}

function down(event) {
  if (event.target.closest?.(".frame, .slider i")) return;
  stage.focus({ preventScroll: true, focusVisible: false });
  $("note").hidden = true;
  if (event.pointerType === "pen") penSeen = event.timeStamp;
  // A palm that rests beside a pen does not paint.
  if (event.pointerType === "touch" && penSeen && event.timeStamp - penSeen < 1500) return;
  stage.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, [event.clientX, event.clientY]);
  if (pointers.size === 2) {
    abandon();
    return;
  }
  if (pointers.size > 2) return;
  if (isComparing() && !spaceHeld && event.button !== 1) {
    action = { kind: "divide" };
    divideAt(event.clientX);
    return;
  }
  action = begin(event);
  if (action?.kind === "pan") {
    [action.x, action.y] = [event.clientX, event.clientY];
    stage.classList.add("panning");
  }
  if (event.pointerType === "mouse") showCursor(event.clientX, event.clientY);
}

function moved(event) {
  if (event.pointerType !== "touch") showCursor(event.clientX, event.clientY);
  if (!pointers.has(event.pointerId)) return;
  if (pointers.size === 2) {
    pinch(event);
    return;
  }
  pointers.set(event.pointerId, [event.clientX, event.clientY]);
  if (action?.kind === "divide") divideAt(event.clientX);
  else if (action) go(event);
}

function pinch(event) {
  const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
  const was = pointers.get(event.pointerId);
  const now = [event.clientX, event.clientY];
  pointers.set(event.pointerId, now);
  const box = stage.getBoundingClientRect();
  const distance = (a) => Math.hypot(a[0] - other[0], a[1] - other[1]);
  move((now[0] - was[0]) / 2, (now[1] - was[1]) / 2);
  if (distance(was) > 10) {
    zoom(distance(now) / distance(was), (now[0] + other[0]) / 2 - box.left, (now[1] + other[1]) / 2 - box.top);
  }
}

function up(event) {
  if (event.pointerType === "pen") penSeen = event.timeStamp;
  if (!pointers.delete(event.pointerId)) return;
  if (event.type === "pointercancel") abandon();
  else if (action?.kind === "divide") action = null;
  else finish();
}

function wheel(event) {
  event.preventDefault();
  if (!studio.picture) return;
  if (event.altKey) {
    changeSize(event.deltaY < 0 ? 3 : -3);
    return;
  }
  const box = stage.getBoundingClientRect();
  const lines = event.deltaMode === 1 ? 30 : 1;
  if (event.shiftKey) move(-event.deltaY * lines, 0);
  else zoom(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0016)), event.clientX - box.left, event.clientY - box.top);
}

/** Keys on the stage: arrows move the brush, Enter paints. */
function key(event) {
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const direction = steps[event.key];
  if (!ready() || isComparing() || (!direction && event.key !== "Enter") || event.ctrlKey || event.metaKey) return;
  if (event.target !== stage) return;
  event.preventDefault();
  if (!keyPoint) keyPoint = cursor.at ? toSheetAt(cursor.at) : [veil.width / 2, veil.height / 2];
  if (direction) {
    const by = (event.shiftKey ? 60 : 12) / view.scale;
    keyPoint = [clamp(keyPoint[0] + by * direction[0], 0, veil.width), clamp(keyPoint[1] + by * direction[1], 0, veil.height)];
    if (keyPath) previewKeys();
  } else {
    enter(event);
  }
  cursor.at = toStage(...keyPoint);
  showCursor();
}

const toSheetAt = ([x, y]) => [(x - view.x) / view.scale, (y - view.y) / view.scale];

function enter(event) {
  const erase = event.altKey || tool === "eraser";
  if (tool === "brush" || tool === "eraser") {
    veil.begin();
    veil.line(...keyPoint, ...keyPoint, size, erase);
    painted(veil.end());
  } else if (tool === "rectangle" && keyPath) {
    closeKeys(corners(keyPath[0], keyPoint), erase);
  } else if (tool === "lasso" && keyPath && event.shiftKey) {
    closeKeys([...keyPath, keyPoint], erase);
  } else if (tool !== "hand") {
    keyPath = [...(keyPath ?? []), keyPoint];
  }
}

function closeKeys(points, erase) {
  veil.begin();
  veil.area(points, erase);
  keyPath = null;
  drawOver(null);
  painted(veil.end());
}

function previewKeys() {
  drawOver(tool === "rectangle" ? corners(keyPath[0], keyPoint) : [...keyPath, keyPoint], true);
}

export function holdSpace(on) {
  spaceHeld = on;
  stage.classList.toggle("panning", on || action?.kind === "pan");
}

export function initTools() {
  stage.addEventListener("pointerdown", down);
  stage.addEventListener("pointermove", moved);
  stage.addEventListener("pointerup", up);
  stage.addEventListener("pointercancel", up);
  stage.addEventListener("pointerleave", () => {
    if (!pointers.size) {
      cursor.hidden = true;
      cursor.at = null;
    }
  });
  stage.addEventListener("pointerenter", () => (keyPoint = null));
  stage.addEventListener("contextmenu", (event) => event.preventDefault());
  stage.addEventListener("wheel", wheel, { passive: false });
  stage.addEventListener("keydown", key);
  $("slider").addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -0.02, ArrowRight: 0.02, PageUp: 0.1, PageDown: -0.1, Home: -1, End: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    setDivide(divided() + by);
  });
  $("slider").addEventListener("pointerdown", (event) => {
    $("slider").setPointerCapture(event.pointerId);
    event.stopPropagation();
  });
  $("slider").addEventListener("pointermove", (event) => {
    if ($("slider").hasPointerCapture(event.pointerId)) divideAt(event.clientX);
  });
  for (const button of document.querySelectorAll("[data-tool][role=radio]")) {
    button.addEventListener("click", () => setTool(button.dataset.tool));
    button.addEventListener("keydown", (event) => {
      const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      const all = [...document.querySelectorAll("[data-tool][role=radio]")];
      const next = all[(all.indexOf(button) + by + all.length) % all.length];
      setTool(next.dataset.tool);
      next.focus();
    });
  }
  $("size").addEventListener("input", () => setShare(Number($("size").value)));
  onView(() => showCursor());
  onChange((what) => {
    if (what === "opened") setShare(Number($("size").value));
  });
  setTool("brush");
}

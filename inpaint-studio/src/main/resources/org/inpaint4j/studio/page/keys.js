// Keys that work everywhere on the page.
import { $ } from "./dom.js";
import { cancel, fill, toggleCompare } from "./fills.js";
import { clearMask, redo, studio, undo } from "./history.js";
import { askToOpen } from "./opening.js";
import { askToSave } from "./saving.js";
import { compare, fit, isComparing, zoom, zoomToPixels } from "./stage.js";
import { abandon, changeSize, holdSpace, setTool } from "./tools.js";

const plain = {
  b: () => setTool("brush"),
  e: () => setTool("eraser"),
  r: () => setTool("rectangle"),
  l: () => setTool("lasso"),
  h: () => setTool("hand"),
  "[": () => changeSize(-4),
  "]": () => changeSize(4),
  "+": () => zoom(1.25),
  "=": () => zoom(1.25),
  "-": () => zoom(0.8),
  0: fit,
  1: zoomToPixels,
  f: fill,
  c: toggleCompare,
  "?": () => $("help-dialog").showModal(),
  delete: clearMask,
};

const withControl = {
  z: (event) => (event.shiftKey ? redo() : undo()),
  y: redo,
  s: askToSave,
  o: askToOpen,
};

const writes = (element) =>
  element.matches?.("select, textarea, input:not([type=range]):not([type=radio])");

function down(event) {
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    if (studio.job) cancel();
    else if (isComparing()) compare(false);
    else abandon();
    return;
  }
  const control = event.ctrlKey || event.metaKey;
  if (!control && writes(event.target)) return;
  if (event.key === " " && !event.target.matches("button, a, [role=radio]")) {
    event.preventDefault();
    holdSpace(true);
    return;
  }
  const action = (control ? withControl : event.altKey ? {} : plain)[event.key.toLowerCase()];
  if (!action) return;
  if (control && writes(event.target) && event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  action(event);
}

export function initKeys() {
  addEventListener("keydown", down);
  addEventListener("keyup", (event) => event.key === " " && holdSpace(false));
  addEventListener("blur", () => holdSpace(false));
  $("help").addEventListener("click", () => $("help-dialog").showModal());
  $("zoom-in").addEventListener("click", () => zoom(1.25));
  $("zoom-out").addEventListener("click", () => zoom(0.8));
  $("zoom-fit").addEventListener("click", fit);
  $("zoom-value").addEventListener("click", zoomToPixels);
}

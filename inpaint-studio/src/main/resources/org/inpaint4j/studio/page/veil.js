// The mask, painted on a canvas as large as the reduced picture. Its colour is the veil's; what
// counts is whether a pixel is at least half covered.
import { $ } from "./dom.js";

const COLOUR = "#ff2e63";
const canvas = $("veil");
const context = canvas.getContext("2d", { willReadFrequently: true });
const backup = document.createElement("canvas");
const backupContext = backup.getContext("2d", { willReadFrequently: true });
let dirty = null;

export const veil = {
  canvas,
  get width() { return canvas.width; },
  get height() { return canvas.height; },

  resize(width, height) {
    for (const each of [canvas, backup]) {
      each.width = width;
      each.height = height;
    }
    dirty = null;
  },

  /** Begins a change that end() makes an entry of the history. */
  begin() {
    backupContext.globalCompositeOperation = "copy";
    backupContext.drawImage(canvas, 0, 0);
    dirty = null;
  },

  /** Ends it; returns the entry, or null if nothing was touched. */
  end() {
    if (!dirty) return null;
    const x = Math.max(0, Math.floor(dirty.x0));
    const y = Math.max(0, Math.floor(dirty.y0));
    const width = Math.min(canvas.width, Math.ceil(dirty.x1)) - x;
    const height = Math.min(canvas.height, Math.ceil(dirty.y1)) - y;
    dirty = null;
    if (width <= 0 || height <= 0) return null;
    return {
      x, y,
      before: backupContext.getImageData(x, y, width, height),
      after: context.getImageData(x, y, width, height),
    };
  },

  /** Takes back what was painted since begin(). */
  abandon() {
    context.globalCompositeOperation = "copy";
    context.drawImage(backup, 0, 0);
    context.globalCompositeOperation = "source-over";
    dirty = null;
  },

  put(entry, which) {
    context.putImageData(entry[which], entry.x, entry.y);
  },

  line(x0, y0, x1, y1, size, erase) {
    mode(erase);
    context.lineWidth = size;
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = COLOUR;
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1 + (x0 === x1 && y0 === y1 ? 0.01 : 0), y1);
    context.stroke();
    touch(Math.min(x0, x1) - size, Math.min(y0, y1) - size, Math.max(x0, x1) + size, Math.max(y0, y1) + size);
  },

  /** Fills a closed line through points. */
  area(points, erase) {
    if (points.length < 3) return;
    mode(erase);
    context.fillStyle = COLOUR;
    context.beginPath();
    points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
    context.fill();
    const xs = points.map((point) => point[0]);
    const ys = points.map((point) => point[1]);
    touch(Math.min(...xs) - 1, Math.min(...ys) - 1, Math.max(...xs) + 1, Math.max(...ys) + 1);
  },

  all(change) {
    this.begin();
    touch(0, 0, canvas.width, canvas.height);
    change();
    return this.end();
  },

  clear() {
    context.globalCompositeOperation = "source-over";
    context.clearRect(0, 0, canvas.width, canvas.height);
  },

  invert() {
    context.globalCompositeOperation = "source-out";
    context.fillStyle = COLOUR;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.globalCompositeOperation = "source-over";
  },

  /** What is painted: the entry that would clear it, or null if there is nothing. */
  content() {
    const { width, height } = canvas;
    const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    let top = height, bottom = -1, left = width, right = -1;
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        if (pixels[i] >>> 31) {
          if (x < left) left = x;
          if (x > right) right = x;
          if (y < top) top = y;
          bottom = y;
        }
      }
    }
    return bottom < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  },

  snapshot(box) {
    return box && { x: box.x, y: box.y, image: context.getImageData(box.x, box.y, box.width, box.height) };
  },

  restore(snapshot) {
    this.clear();
    if (snapshot) context.putImageData(snapshot.image, snapshot.x, snapshot.y);
  },

  /** White on black, as the interface takes it. */
  toPng() {
    const copy = document.createElement("canvas");
    copy.width = canvas.width;
    copy.height = canvas.height;
    const target = copy.getContext("2d");
    target.drawImage(canvas, 0, 0);
    target.globalCompositeOperation = "source-in";
    target.fillStyle = "#fff";
    target.fillRect(0, 0, copy.width, copy.height);
    target.globalCompositeOperation = "destination-over";
    target.fillStyle = "#000";
    target.fillRect(0, 0, copy.width, copy.height);
    return new Promise((resolve) => copy.toBlob(resolve, "image/png"));
  },

  /** Paints what is light in a picture. */
  fromPicture(bitmap) {
    const copy = document.createElement("canvas");
    copy.width = canvas.width;
    copy.height = canvas.height;
    const target = copy.getContext("2d", { willReadFrequently: true });
    target.imageSmoothingQuality = "high";
    target.drawImage(bitmap, 0, 0, copy.width, copy.height);
    const image = target.getImageData(0, 0, copy.width, copy.height);
    const data = image.data;
    for (let i = 0; i < data.length; i += 4) {
      const light = 0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2];
      data[i] = 255;
      data[i + 1] = 46;
      data[i + 2] = 99;
      data[i + 3] = light;
    }
    context.putImageData(image, 0, 0);
  },
};

function mode(erase) {
  context.globalCompositeOperation = erase ? "destination-out" : "source-over";
}

function touch(x0, y0, x1, y1) {
  if (!dirty) dirty = { x0, y0, x1, y1 };
  else {
    dirty.x0 = Math.min(dirty.x0, x0);
    dirty.y0 = Math.min(dirty.y0, y0);
    dirty.x1 = Math.max(dirty.x1, x1);
    dirty.y1 = Math.max(dirty.y1, y1);
  }
}

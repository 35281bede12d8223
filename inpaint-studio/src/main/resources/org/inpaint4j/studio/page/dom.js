// Small helpers for the page.

export const $ = (id) => document.getElementById(id);

/** Makes an element with properties and children. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", "#i-" + name);
  svg.append(use);
  return svg;
}

/** Says something for a few seconds. */
export function say(text, bad = false) {
  const toast = make("div", { className: bad ? "toast bad" : "toast", textContent: text });
  $("toasts").append(toast);
  while ($("toasts").children.length > 3) $("toasts").firstChild.remove();
  setTimeout(() => toast.remove(), bad ? 8000 : 3500);
}

/** Runs something, and says what went wrong. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    if (error.name !== "AbortError") say(error.message || String(error), true);
    return undefined;
  }
}

/** Calls once things have been quiet for a while. */
export function calm(milliseconds, work) {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
  later.stop = () => clearTimeout(timer);
  return later;
}

export function bytes(count) {
  return count >= 1e6 ? (count / 1e6).toFixed(1) + " MB" : Math.max(1, Math.round(count / 1e3)) + " kB";
}

export const clamp = (value, least, most) => Math.max(least, Math.min(most, value));

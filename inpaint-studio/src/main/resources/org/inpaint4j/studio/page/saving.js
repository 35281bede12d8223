// Saves results and masks.
import { api } from "./api.js";
import { $, attempt, make, say } from "./dom.js";
import { sendMask, studio } from "./history.js";

export function askToSave() {
  if (!studio.picture || studio.job) return;
  $("save-folder").hidden = !studio.about.folder;
  $("save-folder").textContent = studio.picture.inFolder ? "Save beside the original" : `Save into ${studio.about.folder}`;
  $("save-dialog").returnValue = "";
  $("save-dialog").showModal();
}

function save() {
  const { returnValue } = $("save-dialog");
  const format = new FormData($("save-dialog").querySelector("form")).get("format");
  const { id } = studio.picture;
  if (returnValue === "download") download(`/api/pictures/${id}/result?format=${format}`);
  if (returnValue === "folder") {
    attempt(async () => say(`Saved as ${(await api.save(id, format)).name}.`));
  }
}

/** The answer says that it is a file, and its name; a failure is told here. */
async function download(address) {
  await attempt(async () => {
    const response = await fetch(address);
    if (!response.ok) throw new Error((await response.json()).error);
    const name = decodeURIComponent(/''(.+)$/.exec(response.headers.get("Content-Disposition"))?.[1] ?? "filled.png");
    const url = URL.createObjectURL(await response.blob());
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    say(`Saved as ${name}.`);
  });
}

export function initSaving() {
  $("save").addEventListener("click", askToSave);
  $("save-dialog").addEventListener("close", save);
  $("mask-save").addEventListener("click", () => attempt(async () => {
    await sendMask();
    await download(`/api/pictures/${studio.picture.id}/mask?size=full`);
  }));
}

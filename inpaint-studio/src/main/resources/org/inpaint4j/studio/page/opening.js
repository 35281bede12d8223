// Opens pictures: files, drops, what was pasted, the folder, and what was open before a reload.
import { api } from "./api.js";
import { $, attempt, bytes, make, say } from "./dom.js";
import { resume } from "./fills.js";
import { changed, restart, studio } from "./history.js";
import { show } from "./stage.js";
import { veil } from "./veil.js";

let opening = false;

async function opened(note) {
  const before = studio.picture;
  await show(note);
  studio.picture = note;
  studio.painted = false;
  restart(note);
  if (note.hasMask) {
    const bitmap = await createImageBitmap(await api.mask(note.id));
    veil.fromPicture(bitmap);
    bitmap.close();
    studio.painted = veil.content() !== null;
  }
  document.body.dataset.state = "open";
  document.title = `${note.name} – Inpaint Studio`;
  $("name").textContent = note.name;
  $("facts").textContent = `${note.width} × ${note.height}`;
  history.replaceState(null, "", "#" + note.id);
  changed("opened");
  if (studio.painted) changed("sent");
  note.notes.forEach((text) => say(text));
  if (before && before.id !== note.id) api.close(before.id).catch(() => {});
  await resume();
}

/** Opens one picture after asking whether unsaved work may go. */
async function open(load) {
  if (opening) return;
  if (studio.job) {
    say("A fill is going on. Cancel it first.", true);
    return;
  }
  opening = true;
  document.body.classList.add("opening");
  try {
    await attempt(async () => opened(await load()));
  } finally {
    opening = false;
    document.body.classList.remove("opening");
  }
}

function openFile(file) {
  const { mostUploadBytes } = studio.about;
  if (file.size > mostUploadBytes) {
    say(`A picture must have at most ${bytes(mostUploadBytes)}: this one has ${bytes(file.size)}.`, true);
    return;
  }
  open(() => api.open(file, file.name || "pasted.png"));
}

function rows(pictures, done) {
  return pictures.map(({ name, bytes: size }) => {
    const button = make("button", { type: "button" },
      make("span", { textContent: name }), make("span", { textContent: bytes(size) }));
    button.addEventListener("click", () => {
      done();
      open(() => api.openFromFolder(name));
    });
    return make("li", {}, button);
  });
}

async function listFolder() {
  if (!studio.about.folder) return;
  const { name, pictures } = await api.folder();
  $("folder").hidden = false;
  $("folder-name").textContent = `In ${name}`;
  const fill = () => {
    const wanted = $("folder-filter").value.toLowerCase();
    $("folder-list").replaceChildren(
      ...rows(pictures.filter((each) => each.name.toLowerCase().includes(wanted)), () => {}));
  };
  $("folder-filter").hidden = pictures.length < 8;
  $("folder-filter").oninput = fill;
  fill();
}

export async function askToOpen() {
  if (!studio.about.folder) {
    $("file").click();
    return;
  }
  $("open-dialog").showModal();
  await attempt(async () => {
    const { name, pictures } = await api.folder();
    $("open-folder-name").textContent = `In ${name}`;
    $("open-list").replaceChildren(...rows(pictures, () => $("open-dialog").close("")));
  });
}

export async function initOpening() {
  $("limit").textContent = Math.floor(studio.about.mostPixels / 1e6);
  $("choose").addEventListener("click", () => $("file").click());
  $("open").addEventListener("click", askToOpen);
  $("open-dialog").addEventListener("close", () => {
    if ($("open-dialog").returnValue === "file") $("file").click();
  });
  $("file").addEventListener("change", () => {
    const [file] = $("file").files;
    $("file").value = "";
    if (file) openFile(file);
  });
  let depth = 0;
  addEventListener("dragenter", () => ($("dropping").hidden = ++depth < 1));
  addEventListener("dragleave", () => ($("dropping").hidden = --depth < 1));
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    $("dropping").hidden = true;
    const [file] = event.dataTransfer.files;
    if (file) openFile(file);
  });
  addEventListener("paste", (event) => {
    const file = [...event.clipboardData.files].find((each) => each.type.startsWith("image/"));
    if (file) openFile(file);
  });
  attempt(listFolder);
  const id = location.hash.slice(1);
  if (/^[A-Za-z0-9_-]{24}$/.test(id)) {
    try {
      await opened(await api.picture(id));
    } catch (error) {
      history.replaceState(null, "", "/");
      say(error.status === 404 ? "The studio was started anew. Open the picture again." : error.message, true);
    }
  }
}

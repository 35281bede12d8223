import { api } from "./api.js";
import { $, attempt, make } from "./dom.js";
import { hint, initFills } from "./fills.js";
import { initFrames } from "./frames.js";
import { changed, initHistory, studio } from "./history.js";
import { initKeys } from "./keys.js";
import { initOpening } from "./opening.js";
import { initSaving } from "./saving.js";
import { initTools } from "./tools.js";

attempt(async () => {
  studio.about = await api.about();
  $("method").replaceChildren(
    ...studio.about.methods.map(({ id, label }) => make("option", { value: id, textContent: label })));
  hint();
  initHistory();
  initTools();
  initFrames();
  initFills();
  initSaving();
  initKeys();
  changed("start");
  await initOpening();
  document.body.dataset.ready = "yes";
});

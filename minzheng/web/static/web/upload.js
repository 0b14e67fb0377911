// Scans are sent in pieces; a broken line goes on where it broke off. Without scripts: a plain form.
"use strict";

const box = document.getElementById("upload");
const PIECE = 256 * 1024; // half a minute at 10 KB a second
const SMALL_SIDE = 1400; // pixels of what is sent to be looked at: some 200 KB
const ENDINGS = /\.(pdf|jpe?g|png|tiff?|bmp|webp|heic|heif)$/i;
class Unwanted extends Error {} // taken back while it was sent: what came of it goes after a day
const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

if (box) {
  const list = box.querySelector(".sending");
  const drop = box.querySelector(".drop");
  const together = box.querySelector("[name=together]");
  const chosen = [];
  let looked = Promise.resolve(); // photos are looked at one after another

  const headers = () => ({ "X-CSRFToken": box.querySelector("[name=csrfmiddlewaretoken]").value });
  const megabytes = (size) => `${(size / 1048576).toFixed(1)} MB`;

  function say(one, text, is_bad) {
    one.said.textContent = text;
    one.said.className = is_bad ? "said problem" : "said hint";
  }

  // Asks again until there is an answer: a line that is away comes back.
  async function ask(address, options, one) {
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await fetch(address, { ...options, headers: headers(), redirect: "manual" });
        if (answer.type === "opaqueredirect" || answer.status === 401) throw new Error("signed out");
        if (answer.status < 500) return answer;
      } catch (error) {
        if (error.message === "signed out") {
          say(one, "登录已过期。请在新窗口登录，再回到这一页点“接着传”。", true);
          throw error;
        }
      }
      say(one, "线路断了，正在重试；已传的不用再传。", true);
      await wait(Math.min(30, 1 + tries * 2));
      if (one.state === "unwanted") throw new Unwanted();
    }
  }

  async function refused(answer, one) {
    const told = answer.status === 422 ? (await answer.json()).problem : "没有收下。请刷新这一页再传。";
    say(one, told, true);
    one.state = "refused";
    keptScans.forget(one.kept);
    one.again.hidden = one.as_it_is.hidden = true;
    one.bar.remove();
  }

  async function send(one, bundle, position) {
    one.state = "sending";
    one.again.hidden = one.as_it_is.hidden = true;
    const offer = new FormData(box);
    offer.delete("scan");
    const facts = { name: one.file.name, size: one.file.size, stamp: one.file.lastModified, bundle, position, of: chosen.length, as_sent: one.as_sent ? 1 : "" };
    for (const [name, value] of Object.entries(facts)) offer.set(name, value);
    let answer = await ask(box.dataset.begin, { method: "POST", body: offer }, one);
    if (!answer.ok) return refused(answer, one);
    let now = await answer.json();
    while (!now.done) {
      const part = one.file.slice(now.come, now.come + PIECE);
      const address = `${box.dataset.begin.replace(/begin$/, now.token)}?offset=${now.come}`;
      const body = new Blob([part], { type: "application/octet-stream" });
      answer = await ask(address, { method: "POST", body }, one);
      if (!answer.ok) return refused(answer, one);
      now = await answer.json();
      if (one.state === "unwanted" && !now.done) throw new Unwanted();
      one.bar.value = now.come / now.size;
      say(one, `已传 ${megabytes(now.come)}，共 ${megabytes(now.size)}`);
    }
    one.state = "done";
    keptScans.forget(one.kept);
    one.bar.value = 1;
    one.deeds.remove();
    say(one, "已收到，原样保存；识别后在收件箱里等确认。");
    if (one.seen.hidden && !/\.pdf$/i.test(one.file.name)) {
      one.picture.hidden = false;
      one.picture.src = `${box.dataset.begin.replace(/begin$/, now.token)}/picture.jpg`;
    }
  }

  function draw(one, picture) {
    one.seen.width = picture.width;
    one.seen.height = picture.height;
    one.seen.getContext("2d").drawImage(picture, 0, 0);
    one.seen.hidden = false;
  }

  const named = (name, facts) => Object.assign(document.createElement(name), facts);

  // A photo made small here, so that little is sent before it is known to be good.
  async function made_small(file) {
    const whole = await createImageBitmap(file);
    const scale = Math.min(1, SMALL_SIDE / Math.max(whole.width, whole.height));
    const small = named("canvas", { width: Math.round(whole.width * scale), height: Math.round(whole.height * scale) });
    small.getContext("2d").drawImage(whole, 0, 0, small.width, small.height);
    return small;
  }

  // Shows a photo as it will be read, before it is sent; what no browser opens is shown when it has come.
  async function look(one) {
    const file = one.file;
    try {
      const small = await made_small(file);
      if (one.file !== file) return;
      draw(one, small);
      const body = await new Promise((done) => small.toBlob(done, "image/jpeg", 0.85));
      const answer = await fetch(box.dataset.look, { method: "POST", headers: headers(), body, redirect: "manual" });
      if (!answer.ok || one.file !== file || one.state !== "chosen") return;
      if (answer.headers.get("X-Sheet") !== "found") {
        say(one, "没有看到纸的四边，照原样识别。要拉正，把纸放在颜色深的桌面上，四边都拍进去。");
        return;
      }
      const straight = await createImageBitmap(await answer.blob());
      one.shapes = { straight, small };
      one.as_it_is.hidden = false;
      show_shape(one, false);
    } catch {
      // The line is away, or the browser does not know this kind: it goes on without.
    }
  }

  function show_shape(one, as_sent) {
    one.as_sent = as_sent;
    draw(one, as_sent ? one.shapes.small : one.shapes.straight);
    one.as_it_is.textContent = as_sent ? "用拉正的" : "用原图";
    say(one, as_sent ? "照原图识别。" : "找到了纸边，已拉正；照这样识别，原件照原样保存。");
  }

  function begin_to_look(one) {
    one.shapes = null;
    one.as_sent = false;
    one.as_it_is.hidden = true;
    if (/\.pdf$/i.test(one.file.name)) return;
    one.again.hidden = false;
    looked = looked.then(() => look(one));
  }

  // Another photo at the place of this one.
  function take_again(one) {
    const camera = named("input", { type: "file", accept: "image/*" });
    camera.setAttribute("capture", "environment");
    camera.addEventListener("change", () => {
      const [file] = camera.files;
      const problem = file ? problem_of(file) : "";
      if (problem) say(one, `没有换：${problem}`, true);
      if (!file || problem || one.state !== "chosen") return;
      one.file = file;
      keptScans.forget(one.kept);
      one.kept = keptScans.keep(file);
      one.named.textContent = `${file.name}（${megabytes(file.size)}）`;
      one.seen.hidden = true;
      say(one, "");
      begin_to_look(one);
    });
    camera.click();
  }

  function show(file) {
    const row = document.createElement("li");
    const one = { file, row, state: "chosen", as_sent: false };
    const button = (textContent, is_hidden) => named("button", { type: "button", className: "quiet", textContent, hidden: is_hidden });
    one.picture = named("img", { alt: `${file.name} 的预览`, hidden: true });
    one.seen = named("canvas", { hidden: true });
    one.seen.setAttribute("role", "img");
    one.seen.setAttribute("aria-label", `${file.name} 的预览`);
    one.named = named("span", { className: "name", textContent: `${file.name}（${megabytes(file.size)}）` });
    one.again = button("重拍", true);
    one.as_it_is = button("用原图", true);
    one.more = button("不传", false);
    one.deeds = named("span", { className: "deeds" });
    one.deeds.append(one.again, one.as_it_is, one.more);
    one.bar = named("progress", { max: 1, value: 0 });
    one.said = document.createElement("span");
    const told = named("div", { className: "told" });
    told.append(one.named, one.bar, one.said, one.deeds);
    row.append(one.picture, one.seen, told);
    one.again.addEventListener("click", () => take_again(one));
    one.as_it_is.addEventListener("click", () => show_shape(one, !one.as_sent));
    one.more.addEventListener("click", () => {
      one.state = "unwanted";
      keptScans.forget(one.kept);
      if (chosen.includes(one)) chosen.splice(chosen.indexOf(one), 1);
      row.remove();
    });
    list.append(row);
    return one;
  }

  function problem_of(file) {
    if (!ENDINGS.test(file.name)) return "不是扫描件：只收 PDF 和图片。";
    if (file.size > Number(box.dataset.mostMb) * 1048576) return `超过 ${box.dataset.mostMb} MB，拆成几份再传。`;
    return file.size ? "" : "是空文件。";
  }

  function take(files) {
    for (const file of files) {
      const one = show(file);
      const problem = problem_of(file);
      if (!problem) {
        chosen.push(one);
        one.kept = keptScans.keep(file);
        begin_to_look(one);
      } else {
        say(one, `不传：${problem}`, true);
        one.bar.remove();
        one.more.textContent = "知道了";
      }
    }
  }

  // What lies in a folder that was dropped, in the order of its names; folders inside, too.
  async function inside(entry) {
    if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) break;
      found.push(...some);
    }
    found.sort((one, other) => one.name.localeCompare(other.name, "zh", { numeric: true }));
    const files = [];
    for (const one of found) files.push(...(await inside(one)));
    if (!found.length) refuse(entry.name, "文件夹里没有文件。");
    return files;
  }

  function refuse(name, problem) {
    const row = named("li", { className: "problem", textContent: `${name}：${problem}` });
    list.append(row);
  }

  // The entries are asked for at once: they are gone when the event is over.
  async function dropped({ items, files }) {
    const entries = [...items].map((one) => one.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.some((one) => one.isDirectory)) return take([...files]);
    for (const one of entries) {
      try {
        take(await inside(one));
      } catch {
        refuse(one.name, "读不出来，请打开文件夹，把里面的文件选上。");
      }
    }
  }

  async function send_if_wanted(one, bundle) {
    try {
      if (one.state !== "unwanted") await send(one, bundle, chosen.indexOf(one) + 1);
    } catch (error) {
      if (!(error instanceof Unwanted)) throw error;
    }
  }

  async function send_all() {
    const waiting = chosen.filter((one) => one.state !== "done" && one.state !== "refused");
    if (!waiting.length || !box.reportValidity()) return;
    const button = box.querySelector(".actions button");
    const is_one = together.checked && chosen.length > 1;
    box.dataset.bundle ||= is_one ? [...crypto.getRandomValues(new Uint8Array(8))].map((one) => one.toString(16).padStart(2, "0")).join("") : "";
    button.disabled = true;
    try {
      for (const one of waiting) await send_if_wanted(one, is_one ? box.dataset.bundle : "");
      delete box.dataset.bundle;
    } catch {
      button.textContent = "接着传";
    }
    button.disabled = false;
  }

  box.classList.add("scripted");
  box.querySelector(".drag").hidden = false;
  for (const input of drop.querySelectorAll("input")) {
    input.addEventListener("change", () => {
      take([...input.files]);
      input.value = "";
    });
  }
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    dropped(event.dataTransfer);
  });
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    send_all();
  });
  // A page that goes away while something is not sent asks first.
  window.addEventListener("beforeunload", (event) => {
    if (chosen.some((one) => ["chosen", "sending"].includes(one.state))) event.preventDefault();
  });
  keptScans.offer(take);
}

// Scans are sent in pieces; a broken line goes on where it broke off. Without scripts: a plain form.
"use strict";

const box = document.getElementById("upload");
const PIECE = 256 * 1024; // half a minute at 10 KB a second
const ENDINGS = /\.(pdf|jpe?g|png|tiff?|bmp|webp|heic|heif)$/i;
const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

if (box) {
  const list = box.querySelector(".sending");
  const drop = box.querySelector(".drop");
  const together = box.querySelector("[name=together]");
  const chosen = [];

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
    }
  }

  async function refused(answer, one) {
    const told = answer.status === 422 ? (await answer.json()).problem : "没有收下。请刷新这一页再传。";
    say(one, told, true);
    one.state = "refused";
    one.bar.remove();
  }

  async function send(one, bundle, position) {
    one.state = "sending";
    const offer = new FormData(box);
    offer.delete("scan");
    const facts = { name: one.file.name, size: one.file.size, stamp: one.file.lastModified, bundle, position, of: chosen.length };
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
      one.bar.value = now.come / now.size;
      say(one, `已传 ${megabytes(now.come)}，共 ${megabytes(now.size)}`);
    }
    one.state = "done";
    one.bar.value = 1;
    one.more.remove();
    say(one, "已收到，原样保存；识别后在收件箱里等确认。");
    if (!/\.pdf$/i.test(one.file.name)) {
      one.picture.hidden = false;
      one.picture.src = `${box.dataset.begin.replace(/begin$/, now.token)}/picture.jpg`;
    }
  }

  function show(file) {
    const row = document.createElement("li");
    const one = { file, row, state: "chosen" };
    one.picture = Object.assign(document.createElement("img"), { alt: `${file.name} 的预览`, hidden: true });
    const name = Object.assign(document.createElement("span"), { className: "name", textContent: `${file.name}（${megabytes(file.size)}）` });
    one.more = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "不传" });
    one.bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    one.said = document.createElement("span");
    row.append(one.picture, name, one.more, one.bar, one.said);
    one.more.addEventListener("click", () => {
      if (chosen.includes(one)) chosen.splice(chosen.indexOf(one), 1);
      row.remove();
    });
    list.append(row);
    return one;
  }

  function take(files) {
    for (const file of files) {
      const one = show(file);
      const most = Number(box.dataset.mostMb) * 1048576;
      const problem = !ENDINGS.test(file.name)
        ? "不是扫描件：只收 PDF 和图片。"
        : file.size > most
          ? `超过 ${box.dataset.mostMb} MB，拆成几份再传。`
          : file.size
            ? ""
            : "是空文件。";
      if (!problem) chosen.push(one);
      else {
        say(one, `不传：${problem}`, true);
        one.bar.remove();
        one.more.textContent = "知道了";
      }
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
      for (const one of waiting) await send(one, is_one ? box.dataset.bundle : "", chosen.indexOf(one) + 1);
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
    take([...event.dataTransfer.files]);
  });
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    send_all();
  });
}

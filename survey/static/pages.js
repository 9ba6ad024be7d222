// What makes the questionnaire nicer where scripts run. Everything works without: this file only
// turns the selects of a ranking into a list to tap, drag or move by keyboard, and counts what
// is left of a text. All its words come from the page.
"use strict";

function countText(area) {
  const left = document.createElement("p");
  left.className = "count";
  area.after(left);
  const show = () => {
    const rest = area.maxLength - area.value.length;
    left.textContent = rest <= 500 ? area.dataset.left.replace("{count}", rest) : "";
  };
  area.addEventListener("input", show);
  show();
}

class Ranking {
  constructor(box) {
    this.box = box;
    this.selects = [...box.querySelectorAll("select")];
    this.beside = [...box.querySelectorAll("input")];
    this.names = new Map([...this.selects[0].options].slice(1).map((o) => [o.value, o.text]));
    this.chosen = [...new Set(this.selects.map((s) => s.value).filter((v) => v))];
    this.list = document.createElement("ol");
    this.pool = document.createElement("ul");
    this.list.className = this.pool.className = "rank";
    this.said = document.createElement("p");
    this.said.className = "away";
    this.said.setAttribute("role", "status");
    this.how = document.createElement("p");
    this.how.className = "hint";
    this.how.id = `${this.selects[0].id}-how`;
    this.how.textContent = box.dataset.how;
    const selects = box.querySelector(".selects");
    selects.before(this.how, this.list, this.pool, this.said);
    selects.hidden = true;
    for (const input of this.beside) input.addEventListener("change", () => { this.chosen = []; this.draw(); });
    this.draw();
  }

  say(text, values = {}) {
    this.said.textContent = Object.entries(values).reduce((t, [k, v]) => t.replace(`{${k}}`, () => v), text);
  }

  button(className, text, label, act, off = false) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = className;
    made.append(text);
    if (label) made.setAttribute("aria-label", label);
    made.disabled = off;
    made.addEventListener("click", act);
    return made;
  }

  draw(focus) {
    const { up, down } = this.box.dataset;
    this.list.replaceChildren(...this.chosen.map((value, at) => {
      const row = document.createElement("li");
      const name = this.names.get(value);
      const number = document.createElement("span");
      number.className = "number";
      number.textContent = at + 1;
      const face = this.button("face chosen grip", number, "", () => this.take(value));
      face.append(name);
      face.dataset.value = value;
      face.setAttribute("aria-pressed", "true");
      face.addEventListener("keydown", (event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (by) { event.preventDefault(); this.move(value, at + by); }
      });
      this.drag(face, value);
      row.append(face,
        this.button("move", "↑", `${up}: ${name}`, () => this.move(value, at - 1), at === 0),
        this.button("move", "↓", `${down}: ${name}`, () => this.move(value, at + 1), at === this.chosen.length - 1));
      return row;
    }));
    this.pool.replaceChildren(...[...this.names].filter(([v]) => !this.chosen.includes(v)).map(([value, name]) => {
      const row = document.createElement("li");
      const face = this.button("face", name, "", () => this.put(value));
      face.dataset.value = value;
      face.setAttribute("aria-pressed", "false");
      row.append(face);
      return row;
    }));
    this.selects.forEach((select, at) => { select.value = this.chosen[at] || ""; });
    if (focus) this.box.querySelector(`[data-value="${CSS.escape(focus)}"]`).focus();
  }

  put(value) {
    if (this.chosen.length === this.selects.length) { this.say(this.box.dataset.full); this.how.textContent = this.box.dataset.full; return; }
    for (const input of this.beside) input.checked = false;
    this.chosen.push(value);
    this.place(value);
  }

  take(value) {
    if (this.dragged) { this.dragged = false; return; }
    this.chosen = this.chosen.filter((v) => v !== value);
    this.how.textContent = this.box.dataset.how;
    this.draw(value);
    this.say(this.box.dataset.taken, { name: this.names.get(value) });
  }

  move(value, to) {
    if (to < 0 || to >= this.chosen.length) return;
    this.chosen = this.chosen.filter((v) => v !== value);
    this.chosen.splice(to, 0, value);
    this.place(value);
  }

  place(value) {
    this.draw(value);
    this.say(this.box.dataset.placed, { name: this.names.get(value), place: this.chosen.indexOf(value) + 1 });
  }

  // Dragging: hold a chosen one and move it over another; a short touch stays a tap.
  drag(face, value) {
    face.addEventListener("pointerdown", (start) => {
      this.dragged = false;
      const over = (event) => {
        if (Math.abs(event.clientY - start.clientY) < 8 && !this.dragged) return;
        this.dragged = true;
        face.parentElement.classList.add("held");
        event.preventDefault();
      };
      const drop = (event) => {
        document.removeEventListener("pointermove", over);
        document.removeEventListener("pointerup", drop);
        document.removeEventListener("pointercancel", drop);
        face.parentElement.classList.remove("held");
        if (!this.dragged || event.type === "pointercancel") return;
        const rows = [...this.list.children];
        const middle = (row) => row.getBoundingClientRect().top + row.offsetHeight / 2;
        const to = rows.filter((row) => row !== face.parentElement && middle(row) < event.clientY).length;
        // The click that follows a drop lands on the old button or nowhere: it must take nothing out.
        setTimeout(() => { this.dragged = false; }, 0);
        this.move(value, to);
      };
      document.addEventListener("pointermove", over);
      document.addEventListener("pointerup", drop);
      document.addEventListener("pointercancel", drop);
    });
  }
}

for (const area of document.querySelectorAll("textarea[maxlength]")) countText(area);
for (const box of document.querySelectorAll("[data-rank]")) new Ranking(box);

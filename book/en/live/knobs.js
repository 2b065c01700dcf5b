// Live figures once they are touched: knobs become a position, a worker draws it, and picture and numbers follow.

const here = (name) => new URL(name, import.meta.url);
const PATIENCE = 100; // ms until a figure shows that it is at work
const QUIET = 400; // ms after which a position is put into the address
const FRAME = 40; // ms that a picture of a film is seen at least
const FILM = 2400; // ms that a film takes at least
const REST = matchMedia("(prefers-reduced-motion: reduce)");

// One worker for all figures; of each figure only the latest wish counts.
const wishes = new Map();
let worker;
let asked;

function wish(figure) {
    wishes.delete(figure);
    wishes.set(figure, figure.question());
    next();
}

function next() {
    if (asked || !wishes.size) return;
    [[asked]] = wishes;
    const question = wishes.get(asked);
    wishes.delete(asked);
    if (!worker) {
        worker = new Worker(here("worker.js"), { type: "module" });
        worker.onmessage = ({ data }) => {
            const figure = asked;
            asked = undefined;
            figure.answered(data);
            next();
        };
        worker.onerror = () => {
            asked?.answered({ failed: "its worker could not start" });
            asked = undefined;
        };
    }
    worker.postMessage({ id: asked.id, question });
}

/** A number as the page sets it: a true minus sign, a narrow space before a unit. */
export function typeset(text) {
    const safe = text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);
    return safe
        .replace(/(\d)e(-?\d+)/g, (_, digit, power) => `${digit}\u202f×\u202f10<sup>${power.replace("-", "−")}</sup>`)
        .replace(/(^|[^\p{L}\d])-(?=[\d.])/gu, "$1−")
        .replace(/(\d) (?=%)/g, "$1\u202f");
}

const rounded = (number, span) => {
    const digits = Math.max(0, Math.ceil(2.7 - Math.log10(span)));
    return Number(number.toFixed(Math.min(digits, 6)));
};

const figures = new Map();

/** The figure's other life; `seen` is the touch that began it, and what the finger has done since. */
export function turn(element, [touch, ...since] = []) {
    if (!figures.has(element)) figures.set(element, new Figure(element));
    const figure = figures.get(element);
    const dragged = touch?.type === "pointerdown" && figure.touched(touch);
    for (const { type, target, clientX, clientY } of since) {
        if (type === "click") target.closest?.("button")?.click();
        else if (type === "input") figure.changed();
        else if (dragged) dispatchEvent(new PointerEvent(type, { clientX, clientY }));
    }
    if (touch?.type === "input") figure.changed();
    return figure;
}

class Figure {
    constructor(element) {
        this.element = element;
        this.id = element.dataset.live;
        this.form = element.querySelector(".knobs");
        this.drawing = element.querySelector(".drawing");
        this.said = element.querySelector(".said");
        this.label = element.querySelector("svg").getAttribute("aria-label");
        this.knobs = [...element.querySelectorAll("[data-knob]")].map((knob) => new KINDS[knob.dataset.kind](knob, this));
        this.form.addEventListener("input", () => this.changed());
        this.form.addEventListener("reset", (event) => {
            event.preventDefault();
            this.knobs.forEach((knob) => knob.rest?.());
            this.stand("");
        });
        this.drawing.addEventListener("pointerdown", (event) => this.touched(event));
        this.knobs.forEach((knob) => knob.drawn?.());
    }

    /** Turns the knobs to a position as an address has it; what it does not name goes where the book has it. */
    stand(position) {
        const named = new Map(position.split("&").filter(Boolean).map((part) => part.split("=")));
        this.knobs.forEach((knob) => knob.set(named.get(knob.name) ?? knob.book));
        this.changed();
    }

    /** The position, without what stands where the book has it. */
    position() {
        return this.knobs.filter((knob) => knob.get() !== knob.book).map((knob) => `${knob.name}=${knob.get()}`).join("&");
    }

    question() {
        return `${this.id}?${this.knobs.map((knob) => `${knob.name}=${knob.get()}`).join("&")}`;
    }

    changed() {
        this.knobs.forEach((knob) => knob.show?.());
        this.busy ??= setTimeout(() => this.element.setAttribute("aria-busy", "true"), PATIENCE);
        wish(this);
        clearTimeout(this.quiet);
        this.quiet = setTimeout(() => this.settled(), QUIET);
    }

    /** Once the reader rests: the address holds the position, and who does not see the picture hears its caption. */
    settled() {
        const position = this.position();
        const address = `#${this.id}${position && `?${position}`}`;
        if (location.hash || position) history.replaceState(history.state, "", address);
        if (!this.refused) this.said.textContent = this.element.querySelector("figcaption")?.innerText ?? "";
    }

    answered({ answer, failed }) {
        clearTimeout(this.busy);
        this.busy = undefined;
        this.element.removeAttribute("aria-busy");
        const text = failed ? `refused\n${failed}` : answer;
        const [kind, rest] = cut(text, "\n");
        this.refused = kind !== "drawn";
        this.said.classList.toggle("refused", this.refused);
        if (this.refused) {
            this.said.textContent = failed
                ? `This figure cannot be turned here (${rest}), and stands still.` : `The code refuses: ${rest}`;
            this.knobs.forEach((knob) => knob.rest?.());
            return;
        }
        if (this.said.classList.contains("loud")) this.said.textContent = "";
        const [numbers, svg] = cut(rest, "\n\n");
        this.drawing.querySelector("svg").outerHTML = svg;
        if (this.label) {
            const drawn = this.drawing.querySelector("svg");
            drawn.removeAttribute("aria-labelledby");
            drawn.querySelectorAll(":scope > [id]").forEach((named) => named.removeAttribute("id"));
            drawn.setAttribute("aria-label", this.label);
        }
        for (const line of numbers.split("\n")) {
            const [name, value] = cut(line, " = ");
            this.element.querySelectorAll(`[data-value="${CSS.escape(name)}"]`)
                .forEach((number) => { number.innerHTML = typeset(value); });
        }
        this.knobs.forEach((knob) => knob.drawn?.());
        this.element.dispatchEvent(new CustomEvent("drawn"));
    }

    touched(event) {
        return this.knobs.some((knob) => knob.touched?.(event));
    }

    /** Where a panel lies and which range it shows, from the picture itself. */
    panel(name) {
        const svg = this.drawing.querySelector("svg");
        const grip = svg.querySelector(`[data-grip="${name}"]`);
        if (!grip) return null;
        const [left, top, x0, y0] = grip.dataset.from.split(" ").map(Number);
        const [right, bottom, x1, y1] = grip.dataset.to.split(" ").map(Number);
        const { width, height } = svg.viewBox.baseVal;
        return {
            x: [x0, x1], y: [y1, y0],
            // A point of the data as shares of the picture's width and height, and back.
            share: ([x, y]) => [
                (left + (x - x0) / (x1 - x0) * (right - left)) / width,
                (top + (y - y0) / (y1 - y0) * (bottom - top)) / height,
            ],
            point: ({ clientX, clientY }) => {
                const box = svg.getBoundingClientRect();
                const across = ((clientX - box.left) / box.width * width - left) / (right - left);
                const down = ((clientY - box.top) / box.height * height - top) / (bottom - top);
                return { inside: across >= 0 && across <= 1 && down >= 0 && down <= 1, at: [x0 + across * (x1 - x0), y0 + down * (y1 - y0)] };
            },
        };
    }
}

function cut(text, mark) {
    const at = text.indexOf(mark);
    return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + mark.length)];
}

class Knob {
    constructor(element, figure) {
        this.element = element;
        this.figure = figure;
        this.name = element.dataset.knob;
        this.book = element.dataset.book;
        this.input = element.querySelector("input, select");
        this.output = element.querySelector("output");
    }

    get() { return this.input.value; }
    set(text) { this.input.value = text; }
    show() { if (this.output) this.output.innerHTML = typeset(this.get()); }
}

class Stops extends Knob {
    constructor(element, figure) {
        super(element, figure);
        this.stops = element.querySelector("[data-stops]").dataset.stops.split(",");
    }

    get() { return this.stops[this.input.value]; }
    set(text) { this.input.value = Math.max(0, this.stops.indexOf(text)); }
    show() {
        super.show();
        this.input.setAttribute("aria-valuetext", this.get());
    }
}

class Switch extends Knob {
    get() { return this.input.checked ? "1" : "0"; }
    set(text) { this.input.checked = text === "1"; }
}

class Start extends Knob {
    constructor(element, figure) {
        super(element, figure);
        this.number = this.book;
        element.querySelector("[data-do=renew]").addEventListener("click", () => {
            this.number = String((Number(this.number) + 1) % 10000);
            // A new start begins at its beginning.
            figure.knobs.forEach((knob) => knob.begin?.());
            figure.changed();
        });
    }

    get() { return this.number; }
    set(text) { this.number = text; }
    show() { this.output.textContent = this.number === "0" ? "" : `no. ${this.number}`; }
}

class Steps extends Knob {
    constructor(element, figure) {
        super(element, figure);
        const button = (what) => element.querySelector(`[data-do=${what}]`);
        this.stride = Number(button("step").dataset.stride);
        this.pace = Math.max(FRAME, FILM * this.stride / Number(this.input.max));
        this.play = button("play");
        this.play.hidden = REST.matches;
        button("rewind").addEventListener("click", () => { this.rest(); this.go(0); });
        button("step").addEventListener("click", () => { this.rest(); this.go(Number(this.get()) + 1); });
        this.play.addEventListener("click", () => (this.playing ? this.rest() : this.start()));
    }

    go(step) {
        this.asked = performance.now();
        this.set(String(Math.min(step, Number(this.input.max))));
        this.figure.changed();
    }

    begin() { if (!this.playing) return; this.set("0"); }

    start() {
        this.playing = true;
        this.mark();
        if (Number(this.get()) >= Number(this.input.max)) this.set("0");
        this.go(Number(this.get()) + this.stride);
    }

    rest() {
        this.playing = false;
        this.mark();
    }

    mark() {
        this.play.setAttribute("aria-pressed", String(Boolean(this.playing)));
        this.play.textContent = this.playing ? "pause" : "play";
    }

    /** The picture is there: a film goes on. */
    drawn() {
        if (!this.playing) return;
        if (Number(this.get()) >= Number(this.input.max)) {
            this.rest();
            return;
        }
        // One film, however many pictures were still on their way when it began.
        clearTimeout(this.waiting);
        this.waiting = setTimeout(() => {
            if (this.playing) requestAnimationFrame(() => this.go(Number(this.get()) + this.stride));
        }, Math.max(0, this.asked + this.pace - performance.now()));
    }
}

class Points extends Knob {
    constructor(element, figure) {
        super(element, figure);
        this.set(this.book);
        this.handles = this.points.map((_, at) => this.handle(at));
        figure.drawing.append(...this.handles);
    }

    get() { return this.points.map((point) => point.join(",")).join(";"); }
    set(text) { this.points = text.split(";").map((point) => point.split(",").map(Number)); }

    handle(at) {
        const handle = document.createElement("button");
        handle.type = "button";
        handle.className = "handle";
        handle.addEventListener("keydown", (event) => {
            const panel = this.figure.panel(this.name);
            const [across, up] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key] ?? [];
            if (across === undefined || !panel) return;
            event.preventDefault();
            event.stopPropagation();
            const step = event.shiftKey ? 0.1 : 0.02;
            const [x, y] = this.points[at];
            this.move(at, [x + across * step * (panel.x[1] - panel.x[0]), y + up * step * (panel.y[1] - panel.y[0])]);
        });
        return handle;
    }

    /** A press on the panel takes the nearest point along, until the finger leaves. */
    touched(event) {
        const panel = this.figure.panel(this.name);
        const pressed = panel?.point(event);
        if (!pressed?.inside) return false;
        event.preventDefault();
        const near = (point) => {
            const [a, b] = [panel.share(point), panel.share(pressed.at)];
            return Math.hypot(a[0] - b[0], a[1] - b[1]);
        };
        const at = this.points.reduce((best, point, i) => (near(point) < near(this.points[best]) ? i : best), 0);
        this.handles[at].focus({ preventScroll: true });
        const move = (moved) => this.move(at, panel.point(moved).at);
        const over = () => {
            removeEventListener("pointermove", move);
            ["pointerup", "pointercancel"].forEach((name) => removeEventListener(name, over));
        };
        addEventListener("pointermove", move);
        ["pointerup", "pointercancel"].forEach((name) => addEventListener(name, over));
        move(event);
        return true;
    }

    move(at, [x, y]) {
        const panel = this.figure.panel(this.name);
        const within = (number, [low, high]) => rounded(Math.min(Math.max(number, low), high), high - low);
        this.points[at] = [within(x, panel.x), within(y, panel.y)];
        this.figure.changed();
    }

    drawn() {
        const panel = this.figure.panel(this.name);
        this.handles.forEach((handle, at) => {
            handle.hidden = !panel;
            if (!panel) return;
            const [across, down] = panel.share(this.points[at]);
            handle.style.left = `${100 * across}%`;
            handle.style.top = `${100 * down}%`;
            const which = this.points.length > 1 ? ` ${at + 1}` : "";
            handle.setAttribute("aria-label", `${this.element.textContent.trim()}${which}: ${this.points[at].join(", ")}`);
        });
    }
}

class Numbers extends Knob {
    constructor(element, figure) {
        super(element, figure);
        this.inputs = [...element.querySelectorAll("input")];
    }

    get() { return this.inputs.map((input) => input.value || "0").join(","); }
    set(text) {
        const numbers = text.split(",");
        this.inputs.forEach((input, at) => { input.value = numbers[at]; });
    }
}

class Pad extends Knob {
    constructor(element, figure) {
        super(element, figure);
        this.canvas = element.querySelector("canvas");
        this.pen = [0.5, 0.5];
        this.set(this.book);
        this.show();
        element.querySelector("[data-do=clear]").addEventListener("click", () => {
            this.lines = [];
            figure.changed();
        });
        this.canvas.addEventListener("pointerdown", (event) => this.draw(event));
        this.canvas.addEventListener("keydown", (event) => this.key(event));
        ["focus", "blur"].forEach((name) => this.canvas.addEventListener(name, () => this.show()));
    }

    get() { return this.lines.map((line) => line.join(",")).join(";"); }
    set(text) { this.lines = text ? text.split(";").map((line) => line.split(",").map(Number)) : []; }

    touched(event) {
        if (event.target !== this.canvas) return false;
        this.draw(event);
        return true;
    }

    draw(event) {
        event.preventDefault();
        this.canvas.focus({ preventScroll: true });
        // The first stroke of one's own takes the place of the book's.
        if (this.get() === this.book) this.lines = [];
        this.down = false;
        const place = ({ clientX, clientY }) => {
            const box = this.canvas.getBoundingClientRect();
            const share = (at, from, size) => Math.round(1000 * Math.min(Math.max((at - from) / size, 0), 1)) / 1000;
            return [share(clientX, box.left, box.width), share(clientY, box.top, box.height)];
        };
        const line = place(event);
        this.lines.push(line);
        const move = (moved) => {
            if (line.length < 2000) line.push(...place(moved));
            this.figure.changed();
        };
        const over = () => {
            removeEventListener("pointermove", move);
            ["pointerup", "pointercancel"].forEach((name) => removeEventListener(name, over));
        };
        addEventListener("pointermove", move);
        ["pointerup", "pointercancel"].forEach((name) => addEventListener(name, over));
        move(event);
    }

    key(event) {
        const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
        if (!step && event.key !== " ") return;
        event.preventDefault();
        if (step) {
            this.pen = this.pen.map((at, i) => Math.round(1000 * Math.min(Math.max(at + 0.04 * step[i], 0), 1)) / 1000);
            if (this.down) this.lines.at(-1).push(...this.pen);
        } else {
            if (this.get() === this.book) this.lines = [];
            this.down = !this.down;
            if (this.down) this.lines.push([...this.pen]);
        }
        this.figure.changed();
    }

    show() {
        const { canvas } = this;
        const paint = canvas.getContext("2d");
        paint.clearRect(0, 0, canvas.width, canvas.height);
        paint.lineWidth = 0.09 * canvas.width;
        paint.lineCap = paint.lineJoin = "round";
        for (const line of this.lines) {
            paint.beginPath();
            for (let at = 0; at + 1 < line.length; at += 2) paint.lineTo(line[at] * canvas.width, line[at + 1] * canvas.height);
            if (line.length === 2) paint.lineTo(line[0] * canvas.width + 0.01, line[1] * canvas.height);
            paint.stroke();
        }
        if (document.activeElement !== canvas) return;
        paint.lineWidth = 2;
        paint.beginPath();
        paint.arc(this.pen[0] * canvas.width, this.pen[1] * canvas.height, this.down ? 5 : 9, 0, 7);
        paint.stroke();
    }
}

const KINDS = { slider: Knob, stops: Stops, choice: Knob, switch: Switch, steps: Steps, start: Start, points: Points, numbers: Numbers, pad: Pad };

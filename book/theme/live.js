// Live figures wait for the reader's first touch: until then nothing but this is loaded. Then `live/knobs.js` takes over.
(() => {
    const figures = [...document.querySelectorAll(".content .live")];
    if (!figures.length || document.body.classList.contains("no-knobs")) return;

    // The page's script, or the browser, may stop WebAssembly or a file's worker: then the pictures stand still.
    const why = location.protocol === "file:" ? "To turn this figure, open the book with “cargo book serve”."
        : typeof WebAssembly !== "object" || typeof Worker !== "function" ? "This browser runs no WebAssembly, so the figure stands still."
        : "";

    // What the book has drawn on a pad; all later strokes are for `knobs.js`.
    function drawBook(pad) {
        const canvas = pad.querySelector("canvas");
        const paint = canvas.getContext("2d");
        paint.lineWidth = 0.09 * canvas.width;
        paint.lineCap = paint.lineJoin = "round";
        pad.dataset.book.split(";").forEach((line) => {
            const at = line.split(",").map(Number);
            paint.beginPath();
            for (let i = 0; i + 1 < at.length; i += 2) paint.lineTo(at[i] * canvas.width, at[i + 1] * canvas.height);
            paint.stroke();
        });
    }

    let knobs;
    const load = () => knobs ??= import(new URL(`${path_to_root}live/knobs.js`, document.baseURI));

    figures.forEach((figure) => {
        const form = figure.querySelector(".knobs");
        if (!form) return;
        if (why) {
            figure.querySelector(".said").textContent = why;
            return;
        }
        form.hidden = false;
        form.querySelectorAll("[data-kind=pad]").forEach(drawBook);
        // The arrow keys turn a knob here, and no page.
        form.addEventListener("keydown", (event) => {
            if (event.key.startsWith("Arrow")) event.stopPropagation();
        });
        form.addEventListener("submit", (event) => event.preventDefault());
        const touch = (event) => {
            ["pointerdown", "focusin", "input"].forEach((name) => figure.removeEventListener(name, touch));
            // What the finger does meanwhile is not lost.
            const seen = [event];
            const watch = (more) => seen.push(more);
            ["pointermove", "pointerup", "click", "input"].forEach((name) => addEventListener(name, watch));
            load().then(({ turn }) => {
                ["pointermove", "pointerup", "click", "input"].forEach((name) => removeEventListener(name, watch));
                turn(figure, seen);
            });
        };
        ["pointerdown", "focusin", "input"].forEach((name) => figure.addEventListener(name, touch));
    });

    // An address that names a position, `#ch04_gradient_descent/slope/descent?rate=1.1`, is a touch as well.
    const visit = () => {
        const [id, position] = decodeURIComponent(location.hash.slice(1)).split("?");
        const figure = position !== undefined && figures.find((one) => one.id === id);
        if (!figure || why || !figure.querySelector(".knobs")) return;
        load().then(({ turn }) => turn(figure).stand(position));
        figure.scrollIntoView({ block: "center" });
    };
    addEventListener("hashchange", visit);
    visit();
})();

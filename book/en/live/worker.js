// Answers one question after the other: which figure, and where its knobs stand.

let module;
let instance;

async function start() {
    module ??= WebAssembly.compile(await (await fetch(new URL("figures.wasm", import.meta.url))).arrayBuffer());
    return (await WebAssembly.instantiate(await module, {})).exports;
}

async function ask(question) {
    instance ??= await start();
    const bytes = new TextEncoder().encode(question);
    const at = instance.room(bytes.length);
    new Uint8Array(instance.memory.buffer, at, bytes.length).set(bytes);
    let stopped = false;
    try {
        instance.draw();
    } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError)) throw error;
        stopped = true;
    }
    const answer = new Uint8Array(instance.memory.buffer, instance.answer_at(), instance.answer_len());
    const text = new TextDecoder().decode(answer);
    // What has stopped once does not go on.
    if (stopped) instance = undefined;
    return text;
}

onmessage = async ({ data: { id, question } }) => {
    try {
        postMessage({ id, answer: await ask(question) });
    } catch (error) {
        postMessage({ id, failed: String(error.message ?? error) });
    }
};

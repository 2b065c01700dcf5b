// Answers one question after the other: which figure, and where its knobs stand.

// A module holds the figures of a chapter.
const modules = new Map();
const instances = new Map();

async function start(chapter) {
    if (!modules.has(chapter)) {
        const reply = await fetch(new URL(`${chapter}.wasm`, import.meta.url));
        if (!reply.ok) throw new Error(`its code could not be fetched: ${reply.status}`);
        modules.set(chapter, await WebAssembly.compile(await reply.arrayBuffer()));
    }
    return (await WebAssembly.instantiate(modules.get(chapter), {})).exports;
}

async function ask(question) {
    const [chapter] = question.split("/");
    if (!instances.has(chapter)) instances.set(chapter, await start(chapter));
    const instance = instances.get(chapter);
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
    if (stopped) instances.delete(chapter);
    return text;
}

onmessage = async ({ data: { id, question } }) => {
    try {
        postMessage({ id, answer: await ask(question) });
    } catch (error) {
        postMessage({ id, failed: String(error.message ?? error) });
    }
};

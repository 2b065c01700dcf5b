// Serves a folder on a port of its own, compressed as a web host would, so that the bytes that
// arrive are the bytes that a reader waits for.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Serves `folder`; gives the server's `origin` and a way to `close` it. */
export async function serve(folder) {
  const replies = new Map();
  const server = createServer(async (request, response) => {
    const path = fileOf(request.url);
    if (!replies.has(path)) replies.set(path, reply(folder, path));
    const { status, headers, body } = await replies.get(path);
    response.writeHead(status, headers).end(body);
  });
  await new Promise((ready, failed) => server.once('error', failed).listen(0, '127.0.0.1', ready));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The file that a request asks for. Normalised from `/`, so that no `..` leads out of the folder. */
function fileOf(url) {
  const path = normalize(decodeURIComponent(new URL(url, 'http://book').pathname));
  return path.endsWith('/') ? `${path}index.html` : path;
}

async function reply(folder, path) {
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  try {
    return packed(200, type, await readFile(join(folder, path)));
  } catch {
    return packed(404, 'text/plain', Buffer.from(`There is no ${path}.`));
  }
}

function packed(status, type, content) {
  const headers = { 'content-type': type, 'cache-control': 'max-age=600' };
  if (!/^text|json|svg|wasm/.test(type)) return { status, headers, body: content };
  return { status, headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(content) };
}

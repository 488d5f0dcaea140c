/** Sends a request under a trace of its own, and returns what the page shows of the answer, also of a failure. */
export async function ask(method, path, { body, trace = newTrace() } = {}) {
  const start = performance.now();
  const answer = await send(method, path, body, trace);
  return { method, path, trace, millis: Math.round(performance.now() - start), ...answer };
}

/** A trace id as in https://www.w3.org/TR/trace-context/: by it the live events of a request are told from others. */
export function newTrace() {
  return randomHex(16);
}

async function send(method, path, body, trace) {
  try {
    const headers = { traceparent: `00-${trace}-${randomHex(8)}-01` };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    const response = await fetch(path, { method, headers, body: JSON.stringify(body) });
    const text = await response.text();
    const json = text === '' ? undefined : JSON.parse(text);
    return {
      ok: response.ok,
      status: `${response.status} ${response.ok ? '' : json?.title ?? ''}`.trim(),
      type: response.headers.get('Content-Type'),
      json,
    };
  } catch (unreachable) {
    return { ok: false, status: 'No answer', type: String(unreachable) };
  }
}

function randomHex(bytes) {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, byte => byte.toString(16).padStart(2, '0')).join('');
}

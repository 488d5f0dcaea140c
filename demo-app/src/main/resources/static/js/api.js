/** Sends a request, and returns what the page shows of the answer, also when the answer is a failure. */
export async function ask(method, path, body) {
  const start = performance.now();
  const answer = await send(method, path, body);
  return { method, path, millis: Math.round(performance.now() - start), ...answer };
}

async function send(method, path, body) {
  try {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const response = await fetch(path, { method, headers, body: JSON.stringify(body) });
    const json = await response.json();
    return {
      ok: response.ok,
      status: `${response.status} ${response.ok ? 'OK' : json.title ?? ''}`,
      type: response.headers.get('Content-Type'),
      requestId: response.headers.get('X-Request-Id'),
      json,
    };
  } catch (unreachable) {
    return { ok: false, status: 'No answer', type: String(unreachable) };
  }
}

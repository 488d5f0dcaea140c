/** Sends a request; resolves to what the page shows of the answer, also when the answer is a failure. */
export async function ask(method, path, body) {
  const start = performance.now();
  try {
    const response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return {
      method,
      path,
      ok: response.ok,
      status: `${response.status} ${response.statusText}`.trim(),
      type: response.headers.get('Content-Type') ?? '',
      requestId: response.headers.get('X-Request-Id'),
      millis: Math.round(performance.now() - start),
      json: parse(text),
    };
  } catch (unreachable) {
    return {
      method,
      path,
      ok: false,
      status: 'No answer',
      type: String(unreachable),
      millis: Math.round(performance.now() - start),
    };
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

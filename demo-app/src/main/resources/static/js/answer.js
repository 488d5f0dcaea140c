import { byId, html } from './dom.js';
import { jsonLines } from './json.js';

const request = byId('request');
const status = byId('status');
const body = byId('body');

export function showWaiting(method, path) {
  request.textContent = `${method} ${path}`;
  status.className = 'waiting';
  status.textContent = 'Waiting for the answer …';
  body.hidden = true;
}

export function showAnswer(answer) {
  request.textContent = `${answer.method} ${answer.path}`;
  status.className = answer.ok ? 'success' : 'failure';
  status.replaceChildren(
    html('strong', {}, answer.status),
    ` after ${answer.millis} ms`,
    html('small', {}, [answer.type, `trace ${answer.trace}`].filter(Boolean).join(' · ')));
  body.hidden = answer.json === undefined;
  body.replaceChildren(...(body.hidden ? [] : jsonLines(answer.json)));
}

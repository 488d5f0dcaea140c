import { jsonLines } from './json.js';

const panel = document.getElementById('answer');
const request = document.getElementById('request');
const status = document.getElementById('status');
const body = document.getElementById('body');

export function showWaiting(method, path) {
  request.textContent = `${method} ${path}`;
  status.className = 'waiting';
  status.textContent = 'Waiting for the answer …';
  body.hidden = true;
  panel.scrollIntoView({ block: 'nearest' });
}

export function showAnswer(answer) {
  request.textContent = `${answer.method} ${answer.path}`;
  status.className = answer.ok ? 'success' : 'failure';
  status.replaceChildren(element('strong', answer.status), ` after ${answer.millis} ms`, element('small', details(answer)));
  body.hidden = answer.json === undefined;
  body.replaceChildren(...(body.hidden ? [] : jsonLines(answer.json)));
  panel.scrollIntoView({ block: 'nearest' });
}

function details(answer) {
  const parts = [answer.type, answer.requestId && `request ${answer.requestId}`];
  return parts.filter(Boolean).join(' · ');
}

function element(name, text) {
  const created = document.createElement(name);
  created.textContent = text;
  return created;
}

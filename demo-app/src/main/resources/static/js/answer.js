const panel = document.getElementById('answer');
const request = document.getElementById('request');
const status = document.getElementById('status');
const body = document.getElementById('body');

export function showWaiting(path) {
  panel.setAttribute('aria-busy', 'true');
  request.textContent = `GET ${path}`;
  status.hidden = false;
  status.className = 'waiting';
  status.textContent = 'Waiting for the answer …';
  body.hidden = true;
}

export function showAnswer(answer) {
  request.textContent = `${answer.method} ${answer.path}`;
  status.hidden = false;
  status.className = answer.ok ? 'success' : 'failure';
  status.replaceChildren(strong(answer.status), ` after ${answer.millis} ms`, details(answer));
  body.hidden = answer.json === undefined;
  body.replaceChildren(...highlighted(JSON.stringify(answer.json, null, 2) ?? ''));
  panel.removeAttribute('aria-busy');
}

function strong(text) {
  const element = document.createElement('strong');
  element.textContent = text;
  return element;
}

function details(answer) {
  const element = document.createElement('small');
  element.textContent = [answer.type, answer.requestId && `request ${answer.requestId}`].filter(Boolean).join(' · ');
  return element;
}

/** Splits JSON text into keys, strings, other values and what is between them; each is coloured by its class. */
function highlighted(json) {
  const tokens = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  const nodes = [];
  let end = 0;
  for (const match of json.matchAll(tokens)) {
    const [text, string, colon] = match;
    nodes.push(json.slice(end, match.index));
    nodes.push(token(string ?? text, string === undefined ? 'value' : colon === undefined ? 'string' : 'key'));
    nodes.push(colon ?? '');
    end = match.index + text.length;
  }
  nodes.push(json.slice(end));
  return nodes;
}

function token(text, className) {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}

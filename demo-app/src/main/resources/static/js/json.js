import { html } from './dom.js';

/** Returns JSON as coloured lines. What holds no other object stays on one line, below the top. */
export function jsonLines(value) {
  const text = typeof value === 'object' && value !== null ? expanded(value, '') : JSON.stringify(value);
  return text.split('\n').map(line);
}

function formatted(value, indent) {
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value);
  }
  const nested = Object.values(value).some(item => typeof item === 'object' && item !== null);
  return nested ? expanded(value, indent) : brackets(value, parts(value, indent).join(', '));
}

function expanded(value, indent) {
  const inner = indent + '  ';
  return brackets(value, `\n${parts(value, inner).map(part => inner + part).join(',\n')}\n${indent}`);
}

function parts(value, indent) {
  return Array.isArray(value)
    ? value.map(item => formatted(item, indent))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${formatted(item, indent)}`);
}

function brackets(value, content) {
  return Array.isArray(value) ? `[${content}]` : `{${content}}`;
}

/** A line that is too long for the page goes on below, indented further. */
function line(text) {
  const content = text.trimStart();
  const indent = text.length - content.length;
  const element = html('div', {}, ...coloured(content));
  element.style.paddingLeft = `${indent + 4}ch`;
  element.style.textIndent = '-4ch';
  return element;
}

/** Splits JSON text into keys, strings, other values and what is between them; each is coloured by its class. */
function coloured(json) {
  const tokens = /("(?:\\.|[^"\\])*")(:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  const nodes = [];
  let end = 0;
  for (const match of json.matchAll(tokens)) {
    const [text, string, colon] = match;
    const kind = string === undefined ? 'value' : colon === undefined ? 'string' : 'key';
    nodes.push(json.slice(end, match.index), html('span', { className: kind }, string ?? text), colon ?? '');
    end = match.index + text.length;
  }
  return [...nodes, json.slice(end)];
}

import { showAnswer, showWaiting } from './answer.js';
import { ask, newTrace } from './api.js';
import { byId, html } from './dom.js';
import { expect, listen } from './live.js';
import { SCENARIOS, TUTORIAL } from './scenarios.js';
import { loadSuppliers, setSuppliers } from './suppliers.js';

const tripForm = byId('trip');
const narrow = matchMedia('(max-width: 60rem)');
let latest;

async function run(method, path, body) {
  const trace = newTrace();
  latest = trace;
  expect(trace);
  showWaiting(method, path);
  byId('live').scrollIntoView({ block: narrow.matches ? 'start' : 'nearest' });
  const answer = await ask(method, path, { body, trace });
  if (trace === latest) { // else something else was asked in the meantime
    showAnswer(answer);
  }
}

function journey() {
  return Object.fromEntries(new FormData(tripForm));
}

function search(path) {
  return run('GET', `${path}?${new URLSearchParams(journey())}`);
}

function book(path) {
  const request = { requestKey: newTrace(), traveller: 'Ada', ...journey() };
  return run('POST', path, { ...request, flight: 'bluewing', hotel: 'grand-hotel', car: 'city-cars' });
}

async function play(scenario) {
  if (tripForm.reportValidity()) {
    await setSuppliers(scenario.switches);
    await (scenario.path === '/api/bookings' ? book : search)(scenario.path);
  }
}

function choice({ title, text }, onClick) {
  const button = html('button', {}, html('strong', {}, title), html('span', {}, text));
  button.addEventListener('click', onClick);
  return button;
}

function tomorrow() {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  return date.toLocaleDateString('sv'); // Sweden writes dates as ISO 8601 does
}

tripForm.elements.date.value = tomorrow();
tripForm.addEventListener('submit', event => {
  event.preventDefault();
  search('/api/trips');
});
byId('scenarios').append(...SCENARIOS.map(scenario => choice(scenario, () => play(scenario))));
byId('tutorial').append(...TUTORIAL.map(example => choice(example, () => run('GET', example.path))));

listen();
loadSuppliers();

import { ask } from './api.js';
import { showAnswer, showWaiting } from './answer.js';
import { loadSuppliers, setSuppliers } from './suppliers.js';

const NORMAL = {
  flight: { delayMillis: 300, jitterMillis: 100 },
  hotel: { delayMillis: 400, jitterMillis: 100 },
  weather: { delayMillis: 100, jitterMillis: 50 },
};

const SCENARIOS = [
  { title: 'All well', switches: NORMAL },
  { title: 'The hotel fails', switches: { ...NORMAL, flight: { delayMillis: 1500 }, hotel: { delayMillis: 300, failureRate: 1 } } },
  { title: 'The weather hangs', switches: { ...NORMAL, weather: { hangs: true } } },
  { title: 'The flight is too slow', switches: { ...NORMAL, flight: { delayMillis: 5000 } } },
];

const tripForm = document.getElementById('trip');

async function run(path) {
  showWaiting('GET', path);
  showAnswer(await ask('GET', path));
}

function planTrip() {
  return run('/api/trips?' + new URLSearchParams(new FormData(tripForm)));
}

async function runScenario(scenario) {
  if (tripForm.reportValidity()) {
    await setSuppliers(scenario.switches);
    await planTrip();
  }
}

function tomorrow() {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  return date.toLocaleDateString('sv'); // Sweden writes dates as ISO 8601 does
}

tripForm.elements.date.value = tomorrow();
tripForm.addEventListener('submit', event => {
  event.preventDefault();
  planTrip();
});

for (const scenario of SCENARIOS) {
  const button = document.createElement('button');
  button.textContent = scenario.title;
  button.addEventListener('click', () => runScenario(scenario));
  document.getElementById('scenarios').append(button);
}

for (const button of document.querySelectorAll('#tutorial button')) {
  button.addEventListener('click', () => run(button.dataset.path));
}

loadSuppliers();

import { ask } from './api.js';
import { showAnswer } from './answer.js';

const list = document.getElementById('suppliers');

const FIELDS = [
  { name: 'delayMillis', label: 'Delay, ms', type: 'number', min: 0, max: 10000, step: 100 },
  { name: 'jitterMillis', label: 'Jitter, ms', type: 'number', min: 0, max: 10000, step: 50 },
  { name: 'failureRate', label: 'Failure rate', type: 'number', min: 0, max: 1, step: 0.1 },
  { name: 'hangs', label: 'Hangs', type: 'checkbox' },
];

export async function loadSuppliers() {
  const answer = await ask('GET', '/api/suppliers');
  if (answer.ok) {
    list.replaceChildren(...answer.json.map(supplierForm));
  } else {
    showAnswer(answer);
  }
}

/** Sets the switches of several suppliers: an object of switches by the supplier's name. */
export async function setSuppliers(switchesByName) {
  await Promise.all(Object.entries(switchesByName).map(([name, switches]) => put(name, switches)));
  await loadSuppliers();
}

function put(name, switches) {
  return ask('PUT', `/api/suppliers/${encodeURIComponent(name)}`, switches);
}

function supplierForm(supplier) {
  const form = document.createElement('form');
  const fieldset = document.createElement('fieldset');
  const legend = document.createElement('legend');
  legend.textContent = supplier.name;
  fieldset.append(legend, ...FIELDS.map(field => fieldLabel(field, supplier)));
  form.append(fieldset);
  form.addEventListener('change', async () => {
    if (form.reportValidity()) {
      showAnswer(await put(supplier.name, switchesOf(form)));
    }
  });
  form.addEventListener('submit', event => event.preventDefault());
  return form;
}

function fieldLabel(field, supplier) {
  const label = document.createElement('label');
  const input = document.createElement('input');
  Object.assign(input, field);
  if (field.type === 'checkbox') {
    input.checked = supplier[field.name];
  } else {
    input.value = supplier[field.name];
  }
  label.append(field.label, ' ', input);
  return label;
}

function switchesOf(form) {
  return Object.fromEntries(FIELDS.map(({ name, type }) => {
    const input = form.elements[name];
    return [name, type === 'checkbox' ? input.checked : Number(input.value)];
  }));
}

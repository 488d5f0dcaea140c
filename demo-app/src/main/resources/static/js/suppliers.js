import { showAnswer } from './answer.js';
import { ask } from './api.js';
import { byId, html } from './dom.js';

const FIELDS = [
  { name: 'delayMillis', label: 'Delay, ms', type: 'number', min: 0, max: 10000, step: 10 },
  { name: 'jitterMillis', label: 'Jitter, ms', type: 'number', min: 0, max: 10000, step: 10 },
  { name: 'failureRate', label: 'Fail rate', type: 'number', min: 0, max: 1, step: 0.1 },
  { name: 'hangs', label: 'Hangs', type: 'checkbox' },
];

export async function loadSuppliers() {
  const answer = await ask('GET', '/api/suppliers');
  if (answer.ok) {
    byId('suppliers').replaceChildren(...answer.json.map(supplierForm));
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
  return ask('PUT', `/api/suppliers/${encodeURIComponent(name)}`, { body: switches });
}

function supplierForm(supplier) {
  const legend = html('legend', {}, supplier.name, html('small', {}, supplier.kind.toLowerCase()));
  const fieldset = html('fieldset', {}, legend, ...FIELDS.map(field => fieldLabel(field, supplier)));
  const form = html('form', {}, fieldset);
  mark(form, supplier);
  form.addEventListener('change', async () => {
    if (form.reportValidity()) {
      const answer = await put(supplier.name, switchesOf(form));
      showAnswer(answer);
      mark(form, switchesOf(form));
    }
  });
  form.addEventListener('submit', event => event.preventDefault());
  return form;
}

/** A supplier that is broken just now can be seen from afar. */
function mark(form, switches) {
  form.className = switches.hangs ? 'hangs' : switches.failureRate > 0 ? 'fails' : '';
}

function fieldLabel(field, supplier) {
  const input = html('input', field);
  if (field.type === 'checkbox') {
    input.checked = supplier[field.name];
  } else {
    input.value = supplier[field.name];
  }
  return html('label', {}, field.label, ' ', input);
}

function switchesOf(form) {
  return Object.fromEntries(FIELDS.map(({ name, type }) => {
    const input = form.elements[name];
    return [name, type === 'checkbox' ? input.checked : Number(input.value)];
  }));
}

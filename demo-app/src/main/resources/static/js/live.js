import { ask } from './api.js';
import { addCounters } from './counters.js';
import { byId, html } from './dom.js';
import { Runs, end, isOpen } from './runs.js';
import { fillTable, headline } from './story.js';
import { draw } from './timeline.js';

const runs = new Runs();
const connection = byId('connection');
const cancel = byId('cancel');

/** Set with every event: how far the server's clock is ahead of this page's. */
let ahead = 0;
let ownTrace;
let shown;
let drawing = false;

/** Shows the run of a request that this page is about to send. */
export function expect(trace) {
  ownTrace = trace;
}

export function listen() {
  const stream = new EventSource('api/live');
  stream.onopen = () => (connection.textContent = 'live');
  stream.onerror = () => (connection.textContent = 'not connected; trying again');
  stream.onmessage = message => {
    const event = JSON.parse(message.data);
    ahead = event.at / 1000 - performance.now();
    if (event.type === 'Counters') {
      addCounters(event);
    } else {
      show(runs.apply(event));
    }
  };
  new ResizeObserver(redraw).observe(byId('timeline'));
  cancel.addEventListener('click', () => {
    const open = shown.groups.find(group => group.closedAt === undefined);
    ask('DELETE', `actuator/taskgroups/${open.id}`);
  });
}

/** The latest run is shown, but nobody takes the stage from this page's own run before its end. */
function show(run) {
  const busy = shown && shown.trace === ownTrace && isOpen(shown);
  if (run && run !== shown && run === runs.all[0] && (!busy || run.trace === ownTrace)) {
    shown = run;
  }
  redraw();
}

function redraw() {
  if (shown && !drawing) {
    drawing = true;
    requestAnimationFrame(frame);
  }
}

/** While the run goes on its bars grow with the clock; when it has ended the picture stays. */
function frame() {
  drawing = false;
  const now = performance.now() + ahead;
  draw(byId('timeline'), shown, now);
  byId('headline').textContent = headline(shown);
  cancel.hidden = !isOpen(shown);
  fillTable(shown);
  showRuns();
  if (isOpen(shown)) {
    redraw();
  }
}

function showRuns() {
  byId('runs').replaceChildren(...runs.all.map(run => {
    const name = run.groups.map(group => group.name).join(' + ');
    const took = isOpen(run) ? '…' : `${Math.round(end(run) - run.startedAt)} ms`;
    const button = html('button', { className: run.groups[0].state }, `${name} ${took}`);
    button.setAttribute('aria-pressed', run === shown);
    button.addEventListener('click', () => {
      shown = run;
      redraw();
    });
    return button;
  }));
}

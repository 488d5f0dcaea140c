import { byId, html } from './dom.js';
import { isOpen, rows } from './runs.js';

/** Says in a sentence what happened in a run. */
export function headline(run) {
  const all = rows(run);
  const tasks = all.filter(row => row.task).map(row => row.task);
  const names = run.groups.map(group => group.name).join(', then ');
  if (isOpen(run)) {
    const running = tasks.filter(task => task.endedAt === undefined).length;
    return `${names}: ${count(running, 'task')} running`;
  }
  const ended = ['SUCCEEDED', 'FAILED', 'CANCELLED']
    .map(state => [tasks.filter(task => task.state === state).length, state.toLowerCase()])
    .filter(([number]) => number > 0)
    .map(([number, state]) => `${number} ${state}`)
    .join(', ');
  const outlived = all.filter(row => row.group)
    .flatMap(({ group }) => group.tasks.filter(task => task.endedAt > group.closedAt));
  return `${names}: ${count(tasks.length, 'task')}, ${ended}. ${count(outlived.length, 'task', 'No')} outlived its group.`;
}

function count(number, what, none = 'no') {
  return `${number === 0 ? none : number} ${what}${number > 1 ? 's' : ''}`;
}

/** The run as a table, for those who do not see the picture, and for those who want exact numbers. */
export function fillTable(run) {
  byId('table').replaceChildren(...rows(run).map(({ group, task, depth }) => {
    const from = group ? group.openedAt : task.startedAt ?? task.forkedAt;
    const to = group ? group.closedAt : task.endedAt;
    const name = html('th', { scope: 'row' }, (group ?? task).name);
    name.style.paddingLeft = `${0.5 + depth}rem`;
    return html('tr', { className: group ? 'group' : '' },
      name,
      html('td', {}, (group ?? task).state.toLowerCase().replace('_', ' ')),
      html('td', { className: 'number' }, millis(from, run)),
      html('td', { className: 'number' }, millis(to, run)),
      html('td', {}, (group ?? task).reason ?? ''));
  }));
}

function millis(at, run) {
  return at === undefined ? '' : `${(at - run.startedAt).toFixed(1)} ms`;
}

import { svg } from './dom.js';
import { end, rows } from './runs.js';

const AXIS = 34;
const BAR = 16;
const ICONS = { SUCCEEDED: '✓', FAILED: '✗', CANCELLED: '✂', RUNNING: '', PENDING: '' };

/** By attribute: in a stylesheet of its own the address would be that of a pattern in the stylesheet. */
const FILLS = { FAILED: { fill: 'url(#failed-bar)' }, CANCELLED: { fill: 'url(#cancelled-bar)' } };

/** Why a group was cancelled, in a few words for the line that marks the moment. */
const CUTS = {
  TASK_FAILED: group => `${group.by} failed`,
  TASK_CANCELLED: group => `${group.by} was cancelled`,
  TIMEOUT: () => 'the deadline',
  DECIDED: () => 'the first answer',
  REQUESTED: () => 'cancelled by hand',
  BODY_FAILED: () => 'the body failed',
  PARENT_CANCELLED: () => 'cancelled from around',
  INTERRUPTED: () => 'interrupted',
  SHUTDOWN: () => 'shut down',
};

/** Draws a run as it is now: one bar a task, one frame a group. Nothing is drawn that the live stream has not told. */
export function draw(container, run, now) {
  const scale = scaleFor(container.clientWidth, run, now);
  const shown = place(rows(run), scale);
  const height = shown.height + 6;
  container.replaceChildren(svg(
    'svg',
    { class: 'timeline', viewBox: `0 0 ${scale.width} ${height}`, width: scale.width, height, role: 'img',
      'aria-label': `The tasks of ${run.groups.map(group => group.name).join(', ')}; the table below says the same` },
    patterns(),
    ...axis(scale, height),
    ...shown.rows.filter(row => row.group).map(row => frame(row, scale)),
    ...shown.rows.map(row => (row.group ? groupLabel(row, scale) : bar(row, scale))),
    ...cuts(run, scale, height)));
}

function scaleFor(width, run, now) {
  const narrow = width < 560;
  const gutter = narrow ? 0 : 168;
  const until = end(run, now);
  const span = Math.max(until - run.startedAt, 50) * 1.02;
  const room = narrow ? 74 : 92; // for what is written behind the bars
  return {
    width, narrow, gutter, until, span,
    left: gutter + 6,
    right: width - room,
    x(at) {
      return this.left + (this.right - this.left) * Math.min(Math.max((at - run.startedAt) / span, 0), 1);
    },
  };
}

/** Gives each row its place from top to bottom. A narrow picture writes the names above the bars. */
function place(all, scale) {
  let y = AXIS;
  const placed = all.map(row => {
    const height = row.group ? 26 : scale.narrow ? 36 : 24;
    const at = { ...row, y, height };
    y += height;
    return at;
  });
  placed.forEach((row, index) => {
    if (row.group) {
      const last = placed[index + row.size];
      row.bottom = last.y + last.height;
    }
  });
  return { rows: placed, height: y };
}

function axis(scale, height) {
  const step = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]
    .find(candidate => (scale.right - scale.left) * candidate / scale.span > 56) ?? 20_000;
  const ticks = [];
  for (let millis = 0; millis <= scale.span; millis += step) {
    const x = scale.left + (scale.right - scale.left) * millis / scale.span;
    ticks.push(
      svg('line', { class: 'tick', x1: x, x2: x, y1: AXIS - 6, y2: height }),
      svg('text', { class: 'quiet', x, y: AXIS - 10, 'text-anchor': millis === 0 ? 'start' : 'middle' },
        millis === 0 ? '0 ms' : `${millis}`));
  }
  return ticks;
}

function frame({ group, depth, y, bottom }, scale) {
  const inset = Math.min(depth, 4) * 1.5;
  const x = scale.x(group.openedAt) - 4;
  const width = Math.max(scale.x(group.closedAt ?? scale.until) - x + 4, 6);
  return svg('rect',
    { class: `frame ${group.state}`, x, y: y + 2 + inset, width, height: bottom - y - 4 - inset, rx: 5 });
}

function groupLabel({ group, depth, y }, scale) {
  const inside = scale.x(group.openedAt) + 4;
  const took = `${Math.round((group.closedAt ?? scale.until) - group.openedAt)} ms`;
  const outcome = group.state.toLowerCase().replace('_', ' ');
  const name = svg('tspan', { class: 'name', x: scale.narrow ? inside : 4 + depth * 11 }, group.name);
  const ended = svg('tspan', { class: 'quiet', ...(scale.narrow ? { dx: 6 } : { x: inside }) }, `${outcome}, ${took}`);
  return svg('g', { class: 'group', 'data-group': group.name, 'data-state': group.state },
    svg('text', { y: y + 18 }, name, ended));
}

function bar({ task, depth, y }, scale) {
  const from = scale.x(task.startedAt ?? task.forkedAt);
  const to = Math.max(scale.x(task.endedAt ?? scale.until), from + 2);
  const top = y + (scale.narrow ? 17 : 4);
  const cut = task.state === 'CANCELLED' ? Math.max(scale.x(task.askedAt ?? task.endedAt), from + 2) : to;
  return svg('g', { class: `task ${task.state}`, 'data-task': task.name, 'data-state': task.state },
    svg('title', {}, `${task.name}: ${task.state.toLowerCase()}${task.reason ? `. ${task.reason}` : ''}`),
    svg('text', { class: 'name', x: scale.narrow ? from + 2 : 4 + depth * 11, y: scale.narrow ? y + 13 : y + 17 }, task.name),
    svg('line', { class: 'waited', x1: scale.x(task.forkedAt), x2: from, y1: top + BAR / 2, y2: top + BAR / 2 }),
    svg('path', { class: 'bar', d: shape(from, cut, top, task.state === 'CANCELLED'), ...FILLS[task.state] }),
    svg('line', { class: 'stopping', x1: cut, x2: to, y1: top + BAR / 2, y2: top + BAR / 2 }),
    svg('text', { class: 'end', x: to + 8, y: top + 12 }, `${ICONS[task.state]} ${millis(task, scale)}`));
}

function millis(task, scale) {
  return `${Math.round((task.endedAt ?? scale.until) - (task.startedAt ?? task.forkedAt))} ms`;
}

/** A bar; one that was cut has a torn end. */
function shape(from, to, top, torn) {
  const bottom = top + BAR;
  if (!torn || to - from < 10) {
    return `M${from} ${top}H${to}V${bottom}H${from}Z`;
  }
  const teeth = [4, 8, 12].map(step => `L${to - (step === 8 ? 1 : 7)} ${top + step}`).join('');
  return `M${from} ${top}H${to}${teeth}L${to} ${bottom}H${from}Z`;
}

/** One line at the moment when the first group of each tree was cancelled. */
function cuts(run, scale, height) {
  return run.groups.map(firstCancelled).filter(Boolean).map(group => {
    const x = scale.x(group.cancelledAt);
    const late = x > scale.left + (scale.right - scale.left) * 0.6;
    return svg('g', { class: `cut ${group.kind}` },
      svg('line', { x1: x, x2: x, y1: 14, y2: height }),
      svg('text', { x: x + (late ? 4 : -4), y: 11, 'text-anchor': late ? 'end' : 'start' },
        `${Math.round(group.cancelledAt - run.startedAt)} ms: ${CUTS[group.kind]?.(group) ?? group.kind}`));
  });
}

function firstCancelled(root) {
  return rows({ groups: [root] })
    .filter(row => row.group?.cancelledAt !== undefined)
    .map(row => row.group)
    .sort((one, other) => one.cancelledAt - other.cancelledAt)[0];
}

/** States differ by pattern, not only by colour. */
function patterns() {
  const pattern = (id, size, ...content) => svg('pattern',
    { id, width: size, height: size, patternUnits: 'userSpaceOnUse' }, ...content);
  return svg('defs', {},
    pattern('cancelled-bar', 7, svg('rect', { class: 'under', width: 7, height: 7 }), svg('path', { d: 'M-1 8L8 -1' })),
    pattern('failed-bar', 8, svg('rect', { class: 'under', width: 8, height: 8 }), svg('path', { d: 'M0 0L8 8M8 0L0 8' })));
}

import uPlot from '../vendor/uplot/uPlot.esm.js';
import { byId } from './dom.js';

const SECONDS = 60;
const chart = byId('chart');
const dark = matchMedia('(prefers-color-scheme: dark)');
const samples = [];
let plot;

/** Shows the totals, and how many tasks have ended since the sample before. */
export function addCounters(sample) {
  for (const name of ['groups', 'tasks', 'succeeded', 'failed', 'cancelled']) {
    byId(name).textContent = sample[name];
  }
  samples.push(sample);
  samples.splice(0, samples.length - SECONDS - 1);
  plot ??= newPlot();
  plot.setData(data());
}

/** The bars stand on each other: each series holds those below it, too, and the tallest is drawn first. */
function data() {
  const steps = samples.slice(1).map((sample, index) => {
    const before = samples[index];
    const since = name => Math.max(sample[name] - before[name], 0);
    return { at: sample.at / 1e6, succeeded: since('succeeded'), failed: since('failed'), cancelled: since('cancelled') };
  });
  return [
    steps.map(step => step.at),
    steps.map(step => step.succeeded + step.failed + step.cancelled),
    steps.map(step => step.succeeded + step.failed),
    steps.map(step => step.succeeded),
  ];
}

function newPlot() {
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name);
  const bars = uPlot.paths.bars({ size: [0.7, 14], align: -1 });
  const series = name => ({ paths: bars, fill: colour(name), stroke: colour(name), width: 0, points: { show: false } });
  const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
  return new uPlot({
    width: chart.clientWidth,
    height: 150,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { range: () => [samples.at(-1).at / 1e6 - SECONDS, samples.at(-1).at / 1e6] },
      y: { range: (_, __, max) => [0, Math.max(max, 8)] },
    },
    series: [{}, series('--cancelled'), series('--failure'), series('--success')],
    axes: [{ ...axis, values: (_, times) => times.map(time => new Date(time * 1000).toLocaleTimeString('sv')) },
      { ...axis, size: 34, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] }],
  }, data(), chart);
}

dark.addEventListener('change', () => {
  plot?.destroy();
  plot = samples.length ? newPlot() : undefined;
});
new ResizeObserver(() => plot?.setSize({ width: chart.clientWidth, height: 150 })).observe(chart);

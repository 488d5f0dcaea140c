/**
 * What the live stream has told of groups and tasks. A run is what happened under one trace: the groups of one request,
 * with their tasks, and the groups inside those. All times are milliseconds on the server's clock.
 */
export class Runs {
  static KEPT = 8;

  #runs = [];
  #groups = new Map();
  #tasks = new Map();

  /** The latest first. */
  get all() {
    return this.#runs;
  }

  /** Takes in an event, and returns the run that it belongs to, if that is known. */
  apply(event) {
    const at = event.at / 1000;
    switch (event.type) {
      case 'GroupOpened':
        return this.#open(event, at);
      case 'GroupCancelled':
        return this.#update(this.#groups.get(event.group),
          { cancelledAt: at, kind: event.kind, reason: event.reason, by: event.by });
      case 'GroupClosed':
        return this.#update(this.#groups.get(event.group), { closedAt: at, state: event.outcome });
      case 'TaskForked':
        return this.#fork(event, at);
      case 'TaskStarted':
        return this.#update(this.#tasks.get(event.task), { startedAt: at, state: 'RUNNING' });
      case 'TaskAskedToStop':
        return this.#update(this.#tasks.get(event.task), { askedAt: at, reason: event.reason });
      case 'TaskEnded': {
        const task = this.#tasks.get(event.task);
        return this.#update(task, { endedAt: at, state: event.state, reason: task?.reason ?? event.thrown });
      }
      default:
        return undefined;
    }
  }

  #open(event, at) {
    const parent = this.#tasks.get(event.parent);
    const group = { id: event.group, name: event.name, openedAt: at, state: 'OPEN', tasks: [] };
    if (event.parent !== undefined && !parent) {
      return undefined; // it began before this page listened
    }
    group.run = parent?.run ?? this.#run(event.trace ?? `group ${event.group}`, at);
    this.#groups.set(group.id, group);
    (parent ?? group.run).groups.push(group);
    return group.run;
  }

  #run(trace, at) {
    let run = this.#runs.find(known => known.trace === trace);
    if (!run) {
      run = { trace, startedAt: at, groups: [] };
      this.#runs.unshift(run);
      this.#runs.splice(Runs.KEPT).forEach(old => old.groups.forEach(group => this.#forget(group)));
    }
    return run;
  }

  #fork(event, at) {
    const group = this.#groups.get(event.group);
    if (!group) {
      return undefined;
    }
    const task = { id: event.task, name: event.name, forkedAt: at, state: 'PENDING', groups: [], run: group.run };
    this.#tasks.set(task.id, task);
    group.tasks.push(task);
    return group.run;
  }

  #update(known, changes) {
    return known && Object.assign(known, changes).run;
  }

  #forget(group) {
    this.#groups.delete(group.id);
    for (const task of group.tasks) {
      this.#tasks.delete(task.id);
      task.groups.forEach(inner => this.#forget(inner));
    }
  }
}

/** The groups and tasks of a run in the order of the picture, each with how deep inside others it is. */
export function rows(run) {
  return run.groups.flatMap(group => groupRows(group, 0));
}

function groupRows(group, depth) {
  const inside = group.tasks.flatMap(task => [
    { task, depth: depth + 1 },
    ...task.groups.flatMap(inner => groupRows(inner, depth + 2)),
  ]);
  return [{ group, depth, size: inside.length }, ...inside];
}

export function isOpen(run) {
  return run.groups.some(group => group.closedAt === undefined);
}

/** When the run ended; for one that goes on, now. */
export function end(run, now) {
  return isOpen(run) ? now : Math.max(...run.groups.map(group => group.closedAt));
}

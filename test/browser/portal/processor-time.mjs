/**
 * A trace without the time that tasks waited for a processor. Lighthouse judges a task by the clock and multiplies that
 * by four; on a machine with other work most of it is waiting, of which the page knows nothing.
 */
export function withoutWaiting(trace) {
  const tasks = tasksByThread(trace.traceEvents);
  const traceEvents = trace.traceEvents.map((event) => {
    // Marks, such as that of the first paint, stay where they are.
    if (!['X', 'B', 'E'].includes(event.ph)) return event;
    const task = taskAt(tasks.get(threadOf(event)) ?? [], event.ts);
    if (task === undefined) return event;
    const share = Math.min(1, task.tdur / task.dur);
    const ts = task.ts + (event.ts - task.ts) * share;
    return event.dur === undefined ? { ...event, ts } : { ...event, ts, dur: event.dur * share };
  });
  return { ...trace, traceEvents };
}

const threadOf = ({ pid, tid }) => `${pid} ${tid}`;

/** Tasks that are not part of another one, in order. */
function tasksByThread(events) {
  const byThread = new Map();
  const found = events
    .filter(({ ph, name, dur, tdur }) => ph === 'X' && /RunTask$/.test(name) && dur > 0 && tdur !== undefined)
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  for (const task of found) {
    const thread = byThread.get(threadOf(task)) ?? [];
    byThread.set(threadOf(task), thread);
    const before = thread.at(-1);
    if (before === undefined || task.ts >= before.ts + before.dur) thread.push(task);
  }
  return byThread;
}

/** The task during which something began. */
function taskAt(tasks, ts) {
  let [low, high] = [0, tasks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tasks[middle].ts <= ts) low = middle + 1;
    else high = middle;
  }
  const task = tasks[low - 1];
  return task !== undefined && ts < task.ts + task.dur ? task : undefined;
}

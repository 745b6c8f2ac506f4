// What bench/credentials.mjs puts into each page before the page's own scripts: one way of measuring for both tables.
(() => {
  /** How long the rows are watched after a key. What a page does later than this is not seen as an answer to it. */
  const WATCHED = 400;

  const row = (index) => document.querySelector(`[role=row][aria-rowindex="${index}"]`);
  const scroller = () => document.querySelector('[data-scroller]');

  // A task that is posted from a frame's last callbacks runs when that frame has been laid out and painted.
  const channel = new MessageChannel();
  let waiting = [];
  channel.port1.onmessage = () => {
    const now = performance.now();
    const ready = waiting;
    waiting = [];
    for (const act of ready) act(now);
  };
  const painted = (act) =>
    requestAnimationFrame(() => {
      waiting.push(act);
      if (waiting.length === 1) channel.port2.postMessage(0);
    });
  const frame = () => new Promise(painted);
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  observer.observe({ type: 'longtask', buffered: true });

  /** The long tasks that touch a span of time. */
  async function longTasks(from, to) {
    // The browser tells them some time after they ended.
    await pause(200);
    tasks.push(...observer.takeRecords());
    const within = tasks.filter(({ startTime, duration }) => startTime + duration > from && startTime < to);
    return { count: within.length, sum: within.reduce((sum, { duration }) => sum + duration, 0) };
  }

  let resolveFirst;
  const first = new Promise((resolve) => (resolveFirst = resolve));
  // Every frame is looked at from the beginning on, so that no way of drawing is found later than another.
  const look = () => {
    let done = false;
    const next = () => {
      if (done) return;
      painted((now) => {
        if (!done && row(2)) {
          done = true;
          resolveFirst(now);
        }
      });
      requestAnimationFrame(next);
    };
    next();
  };
  look();

  /** From the end of the response to the first painted frame that has a row, and what blocked the page until it is at rest. */
  async function firstRows() {
    const at = await first;
    const answers = performance
      .getEntriesByType('resource')
      .filter(({ name, responseStatus }) => /\/buyer\/storefronts\/credentials$/.test(name) && responseStatus === 200);
    if (answers.length !== 1) throw new Error(`the list was read ${answers.length} times before its first row`);
    const [{ responseEnd }] = answers;
    await pause(2000);
    const rows = document.querySelectorAll('[data-scroller] [role=row]').length - 1;
    return {
      time: at - responseEnd,
      tasks: await longTasks(responseEnd, performance.now()),
      rows,
      height: row(2).offsetHeight,
      viewport: scroller().clientHeight,
      cells: row(2).textContent,
    };
  }

  let scrolled;
  // This listener comes before the page's own, so that their work is within the time.
  document.addEventListener('scroll', () => (scrolled ??= performance.now()), { capture: true, passive: true });

  /** From top to bottom in equal steps, one each frame, then some pages back. */
  async function scroll() {
    const view = scroller();
    const height = row(2).offsetHeight;
    const last = Number(document.querySelector('[aria-rowcount]').getAttribute('aria-rowcount'));
    const end = view.scrollHeight - view.clientHeight;
    const stops = Array.from({ length: 120 }, (_, at) => ((at + 1) * end) / 120);
    for (let page = 1; page <= 20; page += 1) stops.push(end - page * view.clientHeight);
    const frames = [];
    let blank = 0;
    await frame();
    const begin = performance.now();
    for (const stop of stops) {
      scrolled = undefined;
      view.scrollTop = stop;
      const at = await frame();
      if (scrolled !== undefined) frames.push(at - scrolled);
      // The row in the middle has to be there, whatever the page puts off.
      const middle = Math.floor((view.scrollTop + view.clientHeight / 2) / height) + 2;
      if (!row(Math.min(middle, last))) blank += 1;
    }
    const over = performance.now();
    if (frames.length < stops.length * 0.9) throw new Error(`only ${frames.length} of ${stops.length} steps scrolled`);
    const { count, sum } = await longTasks(begin, over);
    view.scrollTop = 0;
    await frame();
    return { count, sum, blank, frames };
  }

  /** The rows that can be seen, as texts, and how many there are in all. */
  function seen() {
    const view = scroller();
    const count = document.querySelector('[aria-rowcount]')?.getAttribute('aria-rowcount') ?? '';
    const height = view.querySelector('[role=row][aria-rowindex]:not([aria-rowindex="1"])')?.offsetHeight ?? 1;
    const from = Math.floor(view.scrollTop / height) + 2;
    const texts = [count];
    for (const one of view.querySelectorAll('[role=row]')) {
      const index = Number(one.getAttribute('aria-rowindex'));
      if (index >= from && index <= from + view.clientHeight / height) texts.push(`${index} ${one.textContent}`);
    }
    return texts.sort().join('\n');
  }

  let key;
  /** What was seen at last. Not read at the key itself: that would be a part of its time. */
  let before = '';
  const ready = () => (before = seen());
  addEventListener(
    'keydown',
    (event) => {
      const frames = [];
      key = new Promise((resolve) => {
        const watch = () => {
          painted((now) => frames.push({ now, seen: seen() }));
          if (performance.now() - event.timeStamp < WATCHED) requestAnimationFrame(watch);
          else painted(() => resolve({ at: event.timeStamp, frames }));
        };
        requestAnimationFrame(watch);
      });
    },
    { capture: true },
  );

  /** From the press of the last key to the first painted frame that shows what stays. */
  async function pressed() {
    const { at, frames } = await key;
    const stays = frames.at(-1).seen;
    const changed = before !== stays;
    before = stays;
    // A page may draw in several steps: the time counts from which on nothing changed any more.
    let from = frames.length - 1;
    while (from > 0 && frames[from - 1].seen === stays) from -= 1;
    const count = Number(document.querySelector('[aria-rowcount]').getAttribute('aria-rowcount')) - 1;
    return { time: frames[from].now - at, changed, count };
  }

  window.bench = { firstRows, scroll, ready, pressed };
})();

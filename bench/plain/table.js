// The console's table of credentials again, in plain JavaScript: what the benchmark compares the console with.
// `cargo xtask bench` serves it beside the console and calls `start`. It is meant to be good: whoever makes it
// quicker without leaving something out makes the benchmark better.

/** As in table.css. */
const HEIGHT = 44;
/** Rows kept ready above and below what can be seen. */
const OVERSCAN = 8;

const LIST = '../gateway/storefront/buyer/storefronts/credentials';
const TYPES = { CLIENT: 'Client', MARKETPLACE: 'Marketplace' };
const STATUSES = { ACTIVE: 'Active', PENDING: 'Pending' };

// Making a formatter or a collator is the expensive part, so that there is one of each.
const time = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'shortOffset',
});
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const number = new Intl.NumberFormat();

function local(iso) {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? iso : time.format(at);
}

const COLUMNS = [
  { key: 'account', label: 'Account', text: (data) => data.accountIdentifier },
  {
    key: 'sources',
    label: 'Sources',
    text: (data) => data.sources.map((source) => `${source.sourceName} at ${source.storefrontName}`).join(', ') || 'No source left',
  },
  { key: 'type', label: 'Type', text: (data) => TYPES[data.accountType] ?? data.accountType },
  { key: 'status', label: 'Status', text: (data) => STATUSES[data.status] ?? data.status },
  { key: 'by', label: 'Registered by', text: (data) => data.registeredBy ?? 'not recorded' },
  { key: 'created', label: 'Created', text: (data) => local(data.createdAt), instant: (data) => data.createdAt },
  { key: 'updated', label: 'Updated', text: (data) => local(data.updatedAt), instant: (data) => data.updatedAt },
];
const STATUS = COLUMNS.findIndex(({ key }) => key === 'status');

const filter = document.querySelector('[name=filter]');
const count = document.querySelector('[role=status]');
const scroller = document.querySelector('[data-scroller]');
const table = document.querySelector('[role=table]');
const head = document.querySelector('.head > .row');
const body = document.querySelector('.body');

/** All rows, in the order of the sort. */
let all = [];
/** Those that fit the filter. */
let shown = [];
let needle = '';
let sort = { column: COLUMNS.find(({ key }) => key === 'created'), down: true };

/** Row elements in the order of the document, and the window that they stand for. */
const pool = [];
let first = 0;
let last = 0;
/** Read when it changes, so that drawing never asks for a layout. */
let visible = 0;
let top = 0;

/** What a row shows, made when it is first needed: a date takes longer to write than everything else. */
const texts = (row) => (row.texts ??= COLUMNS.map(({ text }) => text(row.data)));
/** No line break can be typed into the filter, so that nothing is found across two cells. */
const haystack = (row) => (row.haystack ??= texts(row).join('\n').toLowerCase());

function element(role, className) {
  const made = document.createElement('div');
  made.setAttribute('role', role);
  if (className) made.className = className;
  return made;
}

function makeRow() {
  const node = element('row', 'row');
  const cells = COLUMNS.map((_, at) => {
    const cell = element('cell');
    const text = document.createTextNode('');
    if (at === STATUS) {
      const badge = document.createElement('span');
      badge.className = 'badge';
      badge.append(text);
      cell.append(badge);
    } else {
      cell.append(text);
    }
    node.append(cell);
    return text;
  });
  return { node, cells, badge: cells[STATUS].parentNode, row: undefined, index: -1 };
}

function fill(slot, row, index) {
  if (slot.index !== index) {
    slot.index = index;
    slot.node.setAttribute('aria-rowindex', index + 2);
  }
  if (slot.row === row) return;
  slot.row = row;
  const words = texts(row);
  for (let at = 0; at < words.length; at += 1) {
    if (slot.cells[at].data !== words[at]) slot.cells[at].data = words[at];
  }
  if (slot.badge.dataset.status !== row.data.status) slot.badge.dataset.status = row.data.status;
}

/** Brings the rows in line with the place of the scroll and with what is shown. */
function draw() {
  const from = Math.max(0, Math.floor(top / HEIGHT) - OVERSCAN);
  const to = Math.min(shown.length, Math.ceil((top + visible) / HEIGHT) + OVERSCAN);
  const size = Math.max(0, to - from);
  // Rows that stay in the window keep their elements; those that left it at one end come in at the other.
  const by = from - first;
  if (by > 0 && by < pool.length) {
    const moved = pool.splice(0, by);
    pool.push(...moved);
    body.append(...moved.map(({ node }) => node));
  } else if (by < 0 && -by < pool.length) {
    const moved = pool.splice(by);
    pool.unshift(...moved);
    body.prepend(...moved.map(({ node }) => node));
  }
  while (pool.length > size) pool.pop().node.remove();
  const added = pool.length;
  while (pool.length < size) pool.push(makeRow());
  pool.forEach((slot, at) => fill(slot, shown[from + at], from + at));
  if (added < size) body.append(...pool.slice(added).map(({ node }) => node));
  if (from !== first || to !== last) body.style.paddingTop = `${from * HEIGHT}px`;
  first = from;
  last = to;
}

/** Shows what fits, from its top. */
function show() {
  if (scroller.scrollTop !== 0) scroller.scrollTop = 0;
  top = 0;
  body.style.height = `${shown.length * HEIGHT}px`;
  table.setAttribute('aria-rowcount', shown.length + 1);
  count.textContent =
    shown.length === all.length
      ? `${number.format(all.length)} credentials`
      : `${number.format(shown.length)} of ${number.format(all.length)} credentials`;
  draw();
}

function applyFilter() {
  const before = needle;
  needle = filter.value.trim().toLowerCase();
  // What did not fit a part of the text does not fit the whole of it.
  const among = before && needle.startsWith(before) ? shown : all;
  shown = needle ? among.filter((row) => haystack(row).includes(needle)) : all;
}

function applySort() {
  const { column, down } = sort;
  const way = down ? -1 : 1;
  if (column.instant) {
    // Read once for each row and kept as a number: a comparison happens far more often. What is no instant comes last.
    for (const row of all) {
      const at = Date.parse(column.instant(row.data));
      row.at = Number.isNaN(at) ? way * Number.MAX_VALUE : at;
    }
    all.sort((a, b) => way * (a.at - b.at));
  } else {
    const index = COLUMNS.indexOf(column);
    all.sort((a, b) => way * collator.compare(texts(a)[index], texts(b)[index]));
  }
  for (const cell of head.children) {
    if (cell.dataset.key === column.key) cell.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    else cell.removeAttribute('aria-sort');
  }
}

/** The address follows a moment later: changing it is a message to the browser, and browsers limit how often. */
let pending = 0;
function keep() {
  clearTimeout(pending);
  pending = setTimeout(() => {
    const address = new URL(location);
    address.search = '';
    if (needle) address.searchParams.set('filter', filter.value.trim());
    const order = `${sort.down ? '-' : ''}${sort.column.key}`;
    if (order !== '-created') address.searchParams.set('sort', order);
    history.replaceState(null, '', address);
  }, 250);
}

function restore() {
  const asked = new URLSearchParams(location.search);
  filter.value = asked.get('filter') ?? '';
  const order = asked.get('sort') ?? '-created';
  const column = COLUMNS.find(({ key }) => key === order.replace(/^-/, ''));
  if (column) sort = { column, down: order.startsWith('-') };
}

/** Makes what the filter searches while nothing else is to do, so that the first key does not wait for it. */
function prepare() {
  let at = 0;
  const rows = all.slice();
  const some = (deadline) => {
    while (at < rows.length && deadline.timeRemaining() > 1) haystack(rows[at++]);
    if (at < rows.length) requestIdleCallback(some);
  };
  requestIdleCallback(some);
}

function makeHead() {
  for (const column of COLUMNS) {
    const cell = element('columnheader');
    cell.dataset.key = column.key;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = column.label;
    button.addEventListener('click', () => {
      sort = { column, down: sort.column === column ? !sort.down : Boolean(column.instant) };
      applySort();
      // `shown` is either all rows or a choice of them in the old order.
      needle = '';
      applyFilter();
      show();
      keep();
    });
    cell.append(button);
    head.append(cell);
  }
}

async function start(token) {
  const response = await fetch(LIST, { headers: { authorization: `Bearer ${token}` }, credentials: 'omit' });
  if (!response.ok) throw new Error(`${LIST}: ${response.status}`);
  const { data } = await response.json();
  all = data.map((row) => ({ data: row, at: 0, texts: undefined, haystack: undefined }));
  applySort();
  applyFilter();
  show();
  prepare();
}

restore();
makeHead();
visible = scroller.clientHeight;
new ResizeObserver(() => {
  visible = scroller.clientHeight;
  draw();
}).observe(scroller);
// The event comes once for each frame, before it is drawn.
scroller.addEventListener('scroll', () => {
  top = scroller.scrollTop;
  draw();
}, { passive: true });
filter.addEventListener('input', () => {
  applyFilter();
  show();
  keep();
});
window.start = start;

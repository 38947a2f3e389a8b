// The table: the differences as sets, a page at a time.
const PAGE = 300;
let tableBody = null;

function drawTable(pane, list) {
  tableBody = element('tbody');
  if (list.length === 0) return pane.replaceChildren(element('p', { class: 'note' }, 'No difference passes the filters.'));
  const more = element('button', { class: 'plain more', type: 'button', onclick: () => add() }, 'More');
  pane.replaceChildren(element('table', {}, element('thead', {}, element('tr', {}, ...['Change', 'From', 'To', 'Ports', 'Before → now', 'Because of'].map(h => element('th', { scope: 'col' }, h)))), tableBody), more);
  tableBody.addEventListener('keydown', event => {
    const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
    if (!step) return;
    event.preventDefault();
    event.target.closest('tr')?.[step]?.querySelector('button')?.focus();
  });
  add();

  function add() {
    const from = tableBody.children.length;
    tableBody.append(...list.slice(from, from + PAGE).map(line));
    if (tableBody.children.length === list.length) more.remove();
  }
}

function line(d) {
  const ends = set => element('td', { class: 'names' }, ...sampleOf(set, 3).map(n => element('div', { title: n }, n)));
  return element('tr', { class: `open ${d.isTolerated ? 'tolerated' : ''}`, 'data-index': d.index, 'aria-current': selected === d && 'true', onclick: () => select(d) },
    element('td', {}, element('button', { type: 'button', 'aria-label': `${kindWords(d)}, ${d.ports}` }, kindChip(d.kind)), ...(d.entries.length ? [element('small', {}, d.isTolerated ? 'tolerated' : 'tolerated in part')] : [])),
    ends(d.sources), ends(d.destinations), element('td', {}, element('span', { class: 'ports' }, shorten(d.ports, 44))),
    element('td', {}, `${d.before} → ${d.after}`), element('td', {}, ...d.directions.map(s => element('div', {}, because(s)))));
}

// What decides now, or for what is gone what decided.
function because({ direction, before, after }) {
  const decision = after.rules.length || !before.rules.length ? after : before;
  const [first, ...rest] = decision.rules;
  const named = first ? ` ${first.policy} ${first.place ?? ''}` : '';
  return `${direction}: ${decision === before && before !== after ? 'before ' : ''}${decision.text}${named.trimEnd()}${rest.length ? ` and ${rest.length} more` : ''}`;
}

function markRow(d) {
  tableBody?.querySelector('[aria-current]')?.removeAttribute('aria-current');
  const row = d && tableBody?.querySelector(`[data-index="${d.index}"]`);
  row?.setAttribute('aria-current', 'true');
  row?.scrollIntoView({ block: 'nearest' });
}

// Exposure: what is open to pods and namespaces that do not exist yet, and to the outside.
function drawExposure(view) {
  document.getElementById('view-options').replaceChildren();
  view.classList.remove('drawn');
  if (!data.exposure) return note(view, 'This report was made without --exposure.');
  const rows = data.exposure.map(([end, direction, kind, peers, text, some, isIsolated, ...indexes]) =>
    ({ end: ends[end], direction, kind, peers, text, some: ports[some], isIsolated, rules: indexes.map(i => rules[i]) }))
    .filter(row => (row.kind !== 'external' || filter.outside) && isNamed(row.end) && isFocused(row.end)
      && (!['in', 'out'].includes(filter.focus?.direction) || filter.focus.direction === row.direction)
      && (!filter.port || filter.port.some(range => hasPort(row.some, range)))
      && (!filter.policy || row.rules.some(r => r.policy.toLowerCase().includes(filter.policy))));
  const body = element('tbody');
  const pages = rows.values();
  const more = element('button', { class: 'plain more', type: 'button', onclick: () => add() }, 'More');
  view.replaceChildren(element('table', {}, element('thead', {}, element('tr', {}, ...[data.level === 'pod' ? 'Pod' : 'Workload', '', 'Open to', 'Ports'].map(h => element('th', { scope: 'col' }, h)))), body), more);
  let last = null;
  add();
  if (!body.firstChild) return note(view, 'Nothing passes the filters.');

  function add() {
    for (let i = 0; i < PAGE; i++) {
      const next = pages.next();
      if (next.done) { more.remove(); return; }
      body.append(line(next.value));
    }
  }

  function line(row) {
    const name = row.end === last ? '' : row.end.text;
    last = row.end;
    const tr = element('tr', { class: 'open', onclick: () => open(row, tr) },
      element('td', { class: 'end' }, name), element('td', { class: 'direction' }, row.direction === 'in' ? 'from' : 'to'),
      element('td', {}, element('button', { type: 'button' }, row.peers)),
      element('td', {}, row.text, ...(row.isIsolated ? [] : [element('small', {}, ' no policy isolates it')])));
    return tr;
  }

  function open(row, tr) {
    body.querySelector('[aria-current]')?.removeAttribute('aria-current');
    tr.setAttribute('aria-current', 'true');
    panel.replaceChildren(
      element('h2', {}, row.direction === 'in' ? `${row.peers} → ${row.end.text}` : `${row.end.text} → ${row.peers}`),
      element('p', {}, row.text),
      element('p', {}, row.kind === 'external' ? 'Addresses outside the cluster.' : `Only the side of ${row.end.text}: the other side is not known before it exists.`),
      ...(row.isIsolated ? [] : [element('p', {}, `No policy isolates ${row.end.text} in this direction.`)]),
      element('h3', {}, `Rules that open it (${row.rules.length})`),
      ...row.rules.map(rule => ruleCard(rule, portChip({ text: row.direction === 'in' ? 'ingress' : 'egress' }), '')));
  }
}

// The list: the connections as a table, a page at a time.
const PAGE = 300;

function drawList(view) {
  document.getElementById('view-options').replaceChildren();
  view.classList.remove('drawn');
  const body = element('tbody');
  const rows = shownRows();
  const more = element('button', { class: 'plain more', type: 'button', onclick: () => add() }, 'More');
  view.replaceChildren(element('table', {}, element('thead', {}, element('tr', {}, ...['Source', 'Destination', 'Ports'].map(h => element('th', { scope: 'col' }, h)))), body), more);
  add();
  if (!body.firstChild) return note(view, 'No connection passes the filters.');

  function add() {
    for (let i = 0; i < PAGE; i++) {
      const next = rows.next();
      if (next.done) { more.remove(); return; }
      body.append(line(next.value));
    }
  }

  function line(row) {
    const open = () => {
      body.querySelector('[aria-current]')?.removeAttribute('aria-current');
      tr.setAttribute('aria-current', 'true');
      showConnection(row);
    };
    const tr = element('tr', { class: 'open', onclick: open },
      element('td', {}, element('button', { type: 'button' }, row.source.text)), element('td', {}, row.destination.text), element('td', {}, portChip(row.open.ports)));
    return tr;
  }
}

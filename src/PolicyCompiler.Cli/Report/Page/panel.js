// The details on the right.
function portChip(set) { return element('span', { class: set === everything ? 'ports all' : 'ports' }, set.text); }

function showHelp() {
  panel.replaceChildren(
    element('h2', {}, 'Why is a connection open?'),
    element('p', {}, 'Choose an edge, a cell or a row: the rules on both sides that open it are shown here, with their lines.'),
    element('p', {}, 'A connection is open when the source may send it and the destination accepts it. An end that no policy isolates lets everything through.'),
    element('p', {}, 'What is open to every pod anyway is left out: itself, and its own node.'));
}

function sideSection(title, side, open, text) {
  if (!side) return [];
  const children = [element('h3', {}, title)];
  if (side.decided.length === 0) {
    children.push(element('p', {}, side.ports === nothing ? 'Nothing is opened here.' : `No policy applies to ${text}.`));
  }
  for (const { decision, ports: part } of deciding(side, open)) {
    if (decision.rules.length === 0) {
      children.push(element('p', {}, portChip(part), ` ${decision.text === 'no policy isolates it' ? `No policy isolates ${text} in this direction.` : decision.text}`));
    }
    for (const rule of decision.rules) children.push(ruleCard(rule, portChip(part), decision.text));
  }
  return children;
}

// One connection.
function showConnection(row, back) {
  const { source, destination, open } = row;
  const none = open.ports === nothing;
  panel.replaceChildren(
    ...(back ? [element('button', { class: 'plain', type: 'button', onclick: back }, '← all connections of this edge')] : []),
    element('h2', { id: 'connection' }, source.text, element('span', { class: 'to' }, ' → '), destination.text),
    none ? element('p', {}, 'Nothing is open.') : portChip(open.ports),
    ...sideSection('Egress: what the source may send', open.egress, none ? everything ?? nothing : open.ports, source.text),
    ...sideSection('Ingress: what the destination accepts', open.ingress, none ? everything ?? nothing : open.ports, destination.text),
    ...(none ? [element('p', {}, 'Why it is closed: ', element('code', {}, `policyc explain … --from ${reference(source)} --to ${reference(destination)} --port …`))] : []));
  panel.scrollTop = 0;
}

function reference(end) { return end.range ? `ip:${end.range.split('-')[0]}` : `${data.namespaces[end.namespace]}/${end.name}`; }

// Several connections behind one edge or cell: the first is not chosen for the reader unless it is alone.
function showRows(title, rows, total, ...more) {
  if (rows.length === 1 && total === 1) return showConnection(rows[0]);
  const again = () => showRows(title, rows, total, ...more);
  panel.replaceChildren(
    element('h2', {}, title),
    ...more,
    element('p', {}, plural(total, 'connection') + (rows.length < total ? `, the first ${rows.length} of them:` : ':')),
    element('ul', { class: 'rows' }, ...rows.map(row => element('li', {}, element('button', { type: 'button', onclick: () => showConnection(row, again) },
      row.source.text, ' → ', row.destination.text, ' ', portChip(row.open.ports))))));
  panel.scrollTop = 0;
}

// A workload: what it may reach and what reaches it.
function showEnd(end) {
  const lists = { out: [], in: [] };
  for (const other of ends) {
    const out = shown(end, other), into = shown(other, end);
    if (out) lists.out.push({ source: end, destination: other, open: out });
    if (into) lists.in.push({ source: other, destination: end, open: into });
  }
  for (const direction of ['out', 'in']) lists[direction].push(...shownExternal(end, direction).map(row => externalRow(end, row, direction)));
  const again = () => showEnd(end);
  const section = (title, rows, other) => [
    element('h3', {}, `${title} (${rows.length})`),
    element('ul', { class: 'rows' }, ...rows.slice(0, 200).map(row => element('li', {},
      element('button', { type: 'button', onclick: () => showConnection(row, again) }, other(row).text, ' ', portChip(row.open.ports))))),
    ...(rows.length > 200 ? [element('p', {}, `and ${rows.length - 200} more: see the list`)] : []),
  ];
  panel.replaceChildren(
    element('h2', {}, end.text),
    element('button', { type: 'button', class: 'plain', onclick: () => setFocus(new Set([end.index]), '', end.text) }, 'Show only this'),
    ...section('May connect to', lists.out, r => r.destination),
    ...section('Accepts connections from', lists.in, r => r.source));
  panel.scrollTop = 0;
}

function setFocus(chosen, direction, label) {
  filter.focus = { ends: chosen, direction, label };
  update();
}

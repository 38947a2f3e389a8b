// The matrix: a row a source, a column a destination. Neighbours of one namespace and group are one line; large clusters start
// with a line for each namespace.
const MOST_LINES = 240;
let matrixLevel = 'auto';
let matrix = null;

function lines(asNamespaces) {
  const units = asNamespaces ? namespaceUnits() : endUnits();
  if (asNamespaces) return units.map(u => ({ label: u.label, ends: u.ends, namespace: u.ends[0].namespace }));
  const merged = [];
  for (const { ends: [end] } of units) {
    const last = merged.at(-1);
    if (last && last.namespace === end.namespace && last.ends[0].group === end.group && !filter.end && !filter.focus) last.ends.push(end);
    else merged.push({ ends: [end], namespace: end.namespace, label: '' });
  }
  for (const line of merged) line.label = line.ends.length > 1 ? `${line.ends[0].name} … ${line.ends.at(-1).name} (${line.ends.length})` : line.ends[0].name;
  return merged;
}

function drawMatrix(view) {
  let rows = matrixLevel === 'namespace' ? lines(true) : lines(false);
  const asNamespaces = matrixLevel === 'namespace' || (matrixLevel === 'auto' && rows.length > MOST_LINES);
  if (asNamespaces && matrixLevel === 'auto') rows = lines(true);
  const select = element('select', { 'aria-label': 'Lines', onchange: event => { matrixLevel = event.target.value; redraw(); } },
    ...[['auto', 'Automatic'], ['end', data.level === 'pod' ? 'Pods' : 'Workloads'], ['namespace', 'Namespaces']]
      .map(([value, text]) => element('option', { value, selected: value === matrixLevel }, text)));
  document.getElementById('view-options').replaceChildren(element('label', {}, 'Lines ', select));
  if (rows.length === 0) return note(view, 'No connection passes the filters.');
  const canvas = element('canvas', { id: 'matrix', tabindex: '0', role: 'application', 'aria-label': 'Matrix of sources and destinations. Arrow keys move, Enter opens a cell.' });
  view.classList.add('drawn');
  view.replaceChildren(canvas,
    element('div', { class: 'legend' }, legendMark('--all'), 'all ports', legendMark('--some'), 'some ports', asNamespaces ? '. The fuller a cell, the more pairs are open.' : '. Rows connect to columns.'),
    element('div', { class: 'tools' },
      element('button', { class: 'plain', type: 'button', 'aria-label': 'Zoom in', onclick: () => zoomMatrix(1.5) }, '+'),
      element('button', { class: 'plain', type: 'button', 'aria-label': 'Zoom out', onclick: () => zoomMatrix(1 / 1.5) }, '−'),
      element('button', { class: 'plain', type: 'button', onclick: () => { fitMatrix(); paint(); } }, 'Fit')));
  matrix = { canvas, rows, asNamespaces, cells: cellsOf(rows), at: [0, 0], chosen: null, x: 0, y: 0, size: 10, head: 0 };
  fitMatrix();
  listen(canvas);
  paint();
  window.report = { ...window.report, matrix, cellAt: (row, column) => cellPlace(row, column) };
}

// [ports, share of open pairs] by row and column; null where nothing is open.
function cellsOf(rows) {
  return rows.map(from => rows.map(to => {
    let all = nothing, open = 0, pairs = 0;
    const sources = representatives(from.ends), destinations = representatives(to.ends);
    for (const source of sources) {
      for (const destination of destinations) {
        const others = source === destination ? from.ends.filter(e => e !== source && e.group === source.group) : null;
        if (others && others.length === 0) continue;
        pairs++;
        const cell = others ? shown(source, others[0]) : shown(source, destination);
        if (cell) { open++; all = union(all, cell.ports); }
      }
    }
    return open ? { ports: all, share: open / pairs } : null;
  }));
}

function fitMatrix() {
  const { canvas, rows } = matrix;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  // Labels are worth their room as long as cells are large enough to read them.
  const longest = Math.max(...rows.map(r => r.label.length)) * 6.3 + 16;
  const wanted = Math.min(190, Math.max(60, longest));
  matrix.head = Math.min(width, height) - wanted > rows.length * 9 ? wanted : Math.min(150, wanted);
  matrix.size = Math.max(0.5, Math.min(26, (Math.min(width, height) - matrix.head - 16) / rows.length));
  matrix.x = matrix.y = 0;
}

function zoomMatrix(factor, at) {
  const { canvas, head } = matrix;
  const point = at ?? { x: (canvas.clientWidth + head) / 2, y: (canvas.clientHeight + head) / 2 };
  const size = Math.max(0.5, Math.min(40, matrix.size * factor));
  const scale = size / matrix.size;
  matrix.x = (matrix.x + point.x - head) * scale - (point.x - head);
  matrix.y = (matrix.y + point.y - head) * scale - (point.y - head);
  matrix.size = size;
  paint();
}

function paint() {
  const { canvas, rows, cells, size, head } = matrix;
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const span = rows.length * size;
  matrix.x = Math.max(0, Math.min(matrix.x, span - (width - head)));
  matrix.y = Math.max(0, Math.min(matrix.y, span - (height - head)));
  const c = canvas.getContext('2d');
  c.scale(ratio, ratio);
  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const [all, some, text, faint, line, card] = ['--all', '--some', '--text', '--faint', '--line', '--card'].map(color);
  c.fillStyle = card;
  c.fillRect(head, head, Math.min(span - matrix.x, width - head), Math.min(span - matrix.y, height - head));
  const firstRow = Math.floor(matrix.y / size), lastRow = Math.min(rows.length - 1, Math.ceil((matrix.y + height - head) / size));
  const firstColumn = Math.floor(matrix.x / size), lastColumn = Math.min(rows.length - 1, Math.ceil((matrix.x + width - head) / size));
  c.save();
  c.beginPath();
  c.rect(head, head, width - head, height - head);
  c.clip();
  const gap = size >= 8 ? 1 : 0;
  for (let r = firstRow; r <= lastRow; r++) {
    for (let k = firstColumn; k <= lastColumn; k++) {
      const cell = cells[r][k];
      const [x, y] = [head + k * size - matrix.x, head + r * size - matrix.y];
      if (!cell) {
        if (r === k && size >= 4) { c.fillStyle = line; c.globalAlpha = 0.5; c.fillRect(x, y, size - gap, size - gap); c.globalAlpha = 1; }
        continue;
      }
      c.fillStyle = cell.ports === everything ? all : some;
      c.globalAlpha = 0.25 + 0.75 * cell.share;
      c.fillRect(x, y, Math.max(size - gap, 0.7), Math.max(size - gap, 0.7));
    }
  }
  c.globalAlpha = 1;
  c.strokeStyle = faint;
  c.lineWidth = 0.6;
  if (!matrix.asNamespaces) {
    for (let r = 1; r < rows.length; r++) {
      if (rows[r].namespace === rows[r - 1].namespace) continue;
      const at = r * size - 0.5;
      c.globalAlpha = size >= 4 ? 0.9 : 0.35;
      c.beginPath();
      c.moveTo(head, head + at - matrix.y); c.lineTo(head + span - matrix.x, head + at - matrix.y);
      c.moveTo(head + at - matrix.x, head); c.lineTo(head + at - matrix.x, head + span - matrix.y);
      c.stroke();
    }
    c.globalAlpha = 1;
  }
  for (const [place, style] of [[matrix.chosen, text], [matrix.hasFocus ? matrix.at : null, color('--accent')]]) {
    if (!place) continue;
    c.strokeStyle = style;
    c.lineWidth = 2;
    c.strokeRect(head + place[1] * size - matrix.x, head + place[0] * size - matrix.y, Math.max(size - gap, 3), Math.max(size - gap, 3));
  }
  c.restore();
  labels(c, text, faint, [firstRow, lastRow, firstColumn, lastColumn], width, height);
}

// Names of lines where they can be read; otherwise names of namespaces.
function labels(c, text, faint, [firstRow, lastRow, firstColumn, lastColumn], width, height) {
  const { rows, size, head } = matrix;
  const font = Math.min(12, Math.max(8.5, size - 1));
  c.font = `${font}px system-ui, "DejaVu Sans", sans-serif`;
  c.textBaseline = 'middle';
  const marks = (first, last) => {
    const found = [];
    if (size >= 9) { for (let i = first; i <= last; i++) found.push([i + 0.5, rows[i].label, text]); return found; }
    // Of each namespace the middle of what is in view; names that would overlap are left out.
    for (let i = first, next; i <= last; i = next) {
      next = i + 1;
      while (next <= last && rows[next].namespace === rows[i].namespace) next++;
      const middle = (i + next) / 2;
      if (found.length === 0 || (middle - found.at(-1)[0]) * size >= 11) found.push([middle, data.namespaces[rows[i].namespace], faint]);
    }
    return found;
  };
  c.save();
  c.beginPath(); c.rect(0, head, head - 6, height - head); c.clip();
  c.textAlign = 'right';
  for (const [at, label, style] of marks(firstRow, lastRow)) { c.fillStyle = style; c.fillText(fitText(c, label, head - 12), head - 8, head + at * size - matrix.y); }
  c.restore();
  c.save();
  c.beginPath(); c.rect(head, 0, width - head, head - 6); c.clip();
  c.textAlign = 'left';
  for (const [at, label, style] of marks(firstColumn, lastColumn)) {
    c.save();
    c.translate(head + at * size - matrix.x, head - 8);
    c.rotate(-Math.PI / 2);
    c.fillStyle = style;
    c.fillText(fitText(c, label, head - 12), 0, 0);
    c.restore();
  }
  c.restore();
  c.fillStyle = faint;
  c.font = '11px system-ui, "DejaVu Sans", sans-serif';
  c.textAlign = 'right';
  c.fillText('from ↓ to →', head - 8, head - 12);
}

function fitText(c, label, room) {
  if (c.measureText(label).width <= room) return label;
  let end = label.length;
  while (end > 1 && c.measureText(`${label.slice(0, end)}…`).width > room) end--;
  return `${label.slice(0, end)}…`;
}

function cellPlace(row, column) {
  const { size, head } = matrix;
  return { x: head + (column + 0.5) * size - matrix.x, y: head + (row + 0.5) * size - matrix.y };
}

function cellUnder(event) {
  const { rows, size, head } = matrix;
  const row = Math.floor((event.offsetY - head + matrix.y) / size), column = Math.floor((event.offsetX - head + matrix.x) / size);
  return event.offsetX > head && event.offsetY > head && row < rows.length && column < rows.length ? [row, column] : null;
}

function openCell([row, column]) {
  const { rows, cells } = matrix;
  matrix.chosen = [row, column];
  paint();
  const [from, to] = [rows[row], rows[column]];
  const found = [];
  let total = 0;
  for (const source of from.ends) {
    for (const destination of to.ends) {
      const open = shown(source, destination);
      if (open) { total++; if (found.length < 200) found.push({ source, destination, open }); }
    }
  }
  const title = line => matrix.asNamespaces ? `namespace ${line.label}` : `${data.namespaces[line.namespace]}/${line.label}`;
  if (total === 0) {
    const [source, destination] = [from.ends[0], to.ends.find(e => e !== from.ends[0])];
    if (destination && from.ends.length === 1 && to.ends.length === 1 && opening(source.group, destination.group).ports === nothing) return showConnection({ source, destination, open: opening(source.group, destination.group) });
    return panel.replaceChildren(element('h2', {}, `${title(from)} → ${title(to)}`), element('p', {}, cells[row][column] || row !== column ? 'Nothing is open here, or the filters hide it.' : 'A pod always reaches itself.'));
  }
  showRows(`${title(from)} → ${title(to)}`, found, total);
  if (matrix.asNamespaces) {
    panel.prepend(element('button', { class: 'plain', type: 'button', onclick: () => { matrixLevel = 'end'; setFocus(new Set([...from.ends, ...to.ends].map(e => e.index)), '', `${from.label}, ${to.label}`); } }, 'Show their workloads'));
  }
}

function listen(canvas) {
  let drag = null;
  canvas.addEventListener('mousedown', event => { drag = { x: event.offsetX + matrix.x, y: event.offsetY + matrix.y, moved: false }; });
  canvas.addEventListener('mousemove', event => {
    if (drag && event.buttons) {
      const [x, y] = [drag.x - event.offsetX, drag.y - event.offsetY];
      drag.moved ||= Math.abs(x - matrix.x) + Math.abs(y - matrix.y) > 4;
      if (drag.moved) { matrix.x = x; matrix.y = y; paint(); tip(null); return; }
    }
    const under = cellUnder(event);
    const cell = under && matrix.cells[under[0]][under[1]];
    tip(under ? { x: event.offsetX, y: event.offsetY } : null, under ? `${matrix.rows[under[0]].label} → ${matrix.rows[under[1]].label}\n${cell ? cell.ports.text : under[0] === under[1] ? '' : 'closed'}${cell && cell.share < 1 ? ` (${Math.max(1, Math.round(cell.share * 100))} % of the pairs)` : ''}` : '');
  });
  canvas.addEventListener('mouseleave', () => tip(null));
  canvas.addEventListener('click', event => {
    const under = cellUnder(event);
    if (under && !drag?.moved) { matrix.at = under; openCell(under); }
    drag = null;
  });
  canvas.addEventListener('wheel', event => {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey || !event.shiftKey) zoomMatrix(event.deltaY < 0 ? 1.2 : 1 / 1.2, { x: event.offsetX, y: event.offsetY });
    else { matrix.x += event.deltaY; paint(); }
  }, { passive: false });
  canvas.addEventListener('keydown', event => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (step) {
      const clamp = value => Math.max(0, Math.min(matrix.rows.length - 1, value));
      matrix.at = [clamp(matrix.at[0] + step[0]), clamp(matrix.at[1] + step[1])];
      follow();
    } else if (event.key === 'Enter' || event.key === ' ') openCell(matrix.at);
    else if (event.key === '+') zoomMatrix(1.5);
    else if (event.key === '-') zoomMatrix(1 / 1.5);
    else return;
    event.preventDefault();
  });
  canvas.addEventListener('focus', () => { matrix.hasFocus = canvas.matches(':focus-visible'); paint(); });
  canvas.addEventListener('blur', () => { matrix.hasFocus = false; paint(); });
}

// Keeps the cell with the keyboard's focus in view.
function follow() {
  const { canvas, size, head } = matrix;
  const [row, column] = matrix.at;
  matrix.y = Math.min(row * size, Math.max(matrix.y, (row + 1) * size - (canvas.clientHeight - head)));
  matrix.x = Math.min(column * size, Math.max(matrix.x, (column + 1) * size - (canvas.clientWidth - head)));
  paint();
  const cell = matrix.cells[row][column];
  canvas.setAttribute('aria-description', `${matrix.rows[row].label} to ${matrix.rows[column].label}: ${cell ? cell.ports.text : 'closed'}`);
}

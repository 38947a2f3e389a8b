// The matrix: a row for each source, a column for each destination. Large clusters start with a line for each namespace.
const MOST_LINES = 240;
let matrixLevel = 'auto';
let matrix = null;

function lines(asNamespaces) {
  const units = asNamespaces ? namespaceUnits() : endUnits();
  const outside = units.some(u => externalPorts(u, 'in') !== nothing || externalPorts(u, 'out') !== nothing);
  return [...(outside ? [{ key: 'outside', label: 'outside', ends: [], namespace: -1, isOutside: true }] : []), ...units];
}

function lineText(line) { return line.isOutside ? OUTSIDE.text : matrix.asNamespaces ? `namespace ${line.label}` : unitText(line); }

function namespaceName(line) { return line.isOutside ? 'outside' : data.namespaces[line.namespace]; }

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
    if (from.isOutside || to.isOutside) {
      const all = from.isOutside ? (to.isOutside ? nothing : externalPorts(to, 'in')) : externalPorts(from, 'out');
      return all === nothing ? null : { ports: all, share: 1 };
    }
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
  const widest = texts => Math.min(24, Math.max(...texts.map(t => t.length))) * 6.6 + 14;
  const names = widest(rows.map(r => r.label)), spaces = widest(rows.map(namespaceName));
  const room = Math.min(width, height) - 12;
  matrix.names = !matrix.asNamespaces && (room - names - spaces) / rows.length >= 9 ? names : 0;
  matrix.head = Math.max(84, matrix.asNamespaces ? names : spaces + matrix.names);
  matrix.size = Math.max(0.5, Math.min(26, (room - matrix.head) / rows.length));
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

// Names of lines where there is room for them, and of their namespaces.
function labels(c, text, faint, [firstRow, lastRow, firstColumn, lastColumn], width, height) {
  const { rows, size, head, names } = matrix;
  const draw = (found, font, style, room, at) => {
    c.font = `${font}px system-ui, "DejaVu Sans", sans-serif`;
    c.fillStyle = style;
    for (const [middle, label] of found) at(fitText(c, label, room), middle);
  };
  const both = (first, last, at) => {
    const single = matrix.asNamespaces ? size >= 9 : names > 0 && size >= 8.5;
    if (single) draw(range(first, last).map(i => [i + 0.5, rows[i].label]), Math.min(12, Math.max(8.5, size - 1)), text, (names || head) - 10, at(8));
    if (!single || !matrix.asNamespaces) draw(spans(first, last), single ? 11.5 : 10.5, faint, head - names - 10, at(names + 8));
  };
  c.textBaseline = 'middle';
  clipped(c, 0, head, head, height - head, () => {
    c.textAlign = 'right';
    both(firstRow, lastRow, offset => (label, middle) => c.fillText(label, head - offset, head + middle * size - matrix.y));
  });
  clipped(c, head, 0, width - head, head, () => {
    c.textAlign = 'left';
    both(firstColumn, lastColumn, offset => (label, middle) => {
      c.save();
      c.translate(head + middle * size - matrix.x, head - offset);
      c.rotate(-Math.PI / 2);
      c.fillText(label, 0, 0);
      c.restore();
    });
  });
  c.fillStyle = faint;
  c.font = '11px system-ui, "DejaVu Sans", sans-serif';
  c.textAlign = 'left';
  c.fillText('from ↓ to →', 8, 14);
}

function range(first, last) { return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i); }

// The middle of what is in view of each namespace; names that would overlap are left out.
function spans(first, last) {
  const found = [];
  for (let i = first, next; i <= last; i = next) {
    next = i + 1;
    while (next <= last && matrix.rows[next].namespace === matrix.rows[i].namespace) next++;
    const middle = (i + next) / 2;
    if (found.length === 0 || (middle - found.at(-1)[0]) * matrix.size >= 11) found.push([middle, namespaceName(matrix.rows[i])]);
  }
  return found;
}

function clipped(c, x, y, width, height, draw) {
  c.save();
  c.beginPath();
  c.rect(x, y, width, height);
  c.clip();
  draw();
  c.restore();
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
  if (from.isOutside || to.isOutside) {
    const direction = from.isOutside ? 'in' : 'out';
    const all = (from.isOutside ? to : from).ends.flatMap(end => shownExternal(end, direction).map(r => externalRow(end, r, direction)));
    if (all.length) return showRows(`${lineText(from)} → ${lineText(to)}`, all.slice(0, 200), all.length);
    return panel.replaceChildren(element('h2', {}, `${lineText(from)} → ${lineText(to)}`), element('p', {}, 'Nothing is open here, or the filters hide it.'));
  }
  for (const source of from.ends) {
    for (const destination of to.ends) {
      const open = shown(source, destination);
      if (open) { total++; if (found.length < 200) found.push({ source, destination, open }); }
    }
  }
  if (total === 0) {
    const [source, destination] = [from.ends[0], to.ends.find(e => e !== from.ends[0])];
    if (destination && from.ends.length === 1 && to.ends.length === 1 && opening(source.group, destination.group).ports === nothing) return showConnection({ source, destination, open: opening(source.group, destination.group) });
    return panel.replaceChildren(element('h2', {}, `${lineText(from)} → ${lineText(to)}`), element('p', {}, cells[row][column] || row !== column ? 'Nothing is open here, or the filters hide it.' : 'A pod always reaches itself.'));
  }
  const more = [];
  if (matrix.asNamespaces) {
    more.push(element('button', { class: 'plain', type: 'button', onclick: () => { matrixLevel = 'end'; setFocus(new Set([...from.ends, ...to.ends].map(e => e.index)), 'between', from === to ? from.label : `${from.label} and ${to.label}`); } }, `Show their ${data.level}s`));
  }
  showRows(`${lineText(from)} → ${lineText(to)}`, found, total, ...more);
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
    tip(under ? { x: event.offsetX, y: event.offsetY } : null, under ? `${lineText(matrix.rows[under[0]])} → ${lineText(matrix.rows[under[1]])}\n${cell ? cell.ports.text : under[0] === under[1] ? '' : 'closed'}${cell && cell.share < 1 ? ` (${Math.max(1, Math.round(cell.share * 100))} % of the pairs)` : ''}` : '');
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
  canvas.setAttribute('aria-description', `${lineText(matrix.rows[row])} to ${lineText(matrix.rows[column])}: ${cell ? cell.ports.text : 'closed'}`);
}

'use strict';
// What every page has: the data, elements, and the cards that show rules with their lines.
const data = JSON.parse(document.getElementById('data').textContent);
const panel = document.getElementById('panel');

const rules = data.rules.map(([policy, place, file, line, column, length, isCut, ...lines]) =>
  ({ policy: data.policies[policy], place, file, line, column, length, isCut, lines }));

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children);
  return node;
}

function plural(count, word) { return `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`; }

function shorten(text, most = 22) { return text.length <= most ? text : `${text.slice(0, most - 1)}…`; }

// mark: what stands beside the rule's name.
function ruleCard(rule, mark, action) {
  const head = element('div', {}, element('b', {}, `${rule.policy} ${rule.place ?? ''} `), mark,
    element('div', { class: 'place' }, `${rule.file === null ? 'no file is known' : `${rule.file}:${rule.line}`}${action ? `, ${action}` : ''}`));
  const lines = rule.lines.map((line, i) => element('span', { 'data-line': rule.line + i }, ...underlined(rule, line, i)));
  if (rule.isCut) lines.push(element('span', { 'data-line': '' }, '…'));
  return element('div', { class: 'rule' }, head, ...(lines.length ? [element('pre', { tabindex: '0', 'aria-label': `${rule.file} line ${rule.line}` }, ...lines)] : []));
}

function underlined(rule, line, index) {
  if (index > 0) return [line];
  const from = Math.max(0, rule.column - 1);
  const to = rule.length > 0 ? from + rule.length : line.length;
  return [line.slice(0, from), element('mark', {}, line.slice(from, to)), line.slice(to)];
}

function note(view, text) { view.classList.remove('drawn'); view.replaceChildren(element('p', { class: 'note' }, text)); }

let tipNode = null;
function tip(at, text) {
  tipNode?.remove();
  tipNode = null;
  if (!at) return;
  tipNode = element('div', { id: 'tip' }, text);
  const view = document.getElementById('view');
  view.append(tipNode);
  tipNode.style.left = `${Math.max(4, Math.min(at.x + 14, view.clientWidth - tipNode.offsetWidth - 8))}px`;
  tipNode.style.top = `${Math.max(4, Math.min(at.y + 14, view.clientHeight - tipNode.offsetHeight - 8))}px`;
}

// Tabs that the arrow keys move along; choose gets the name of the chosen one's view.
function listenToTabs(choose) {
  const tabs = [...document.querySelectorAll('[role=tab]')];
  for (const tab of tabs) {
    tab.addEventListener('click', () => choose(tab.dataset.view));
    tab.addEventListener('keydown', event => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const open = tabs.filter(t => !t.hidden);
      const next = open[(open.indexOf(tab) + step + open.length) % open.length];
      next.focus();
      next.click();
    });
  }
}

function markTab(current) {
  for (const tab of document.querySelectorAll('[role=tab]')) {
    tab.setAttribute('aria-selected', tab.dataset.view === current);
    tab.tabIndex = tab.dataset.view === current ? 0 : -1;
  }
}

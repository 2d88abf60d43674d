// The preview in the browser: listens for news of this page, reloads it, and shows what is wrong with the sources.
//
// The server adds this script to pages; it is no part of a site as built. It runs under the policy of the pages: everything is
// made with createElement and textContent, styles come from a file, nothing is written as HTML. What it shows stands in
// a shadow tree, so that neither the theme nor this file can spoil the other's looks.
(() => {
'use strict';

// The script's own address says what the page was made from.
const made = new URL(document.currentScript.src).searchParams;
const session = made.get('session');
const have = made.get('have');
let since = made.get('since');

const WORDS = {
  vi: {
    broken: 'Tệp nguồn đang có lỗi', under: 'Trang đang xem là bản không lỗi gần nhất.', none: 'Chưa có bản nào để xem.',
    failed: 'Chưa dựng được trang', error: 'Lỗi', warning: 'Cảnh báo', help: 'Cách sửa', nearest: 'Gần nhất',
    fold: 'Thu gọn', unfold: 'Xem lỗi', close: 'Đóng', list: 'Danh sách lỗi',
    one: 'Trang khác vừa được cập nhật:', many: n => `${n} trang khác vừa được cập nhật:`, more: n => `và ${n} trang nữa`,
    gone: 'Trang này không còn trong bản xem trước.', home: 'Về trang chủ',
    lost: 'Mất kết nối với chương trình xem trước; đang thử lại…',
  },
  en: {
    broken: 'The sources have errors', under: 'This page is the last one without errors.', none: 'There is nothing to show yet.',
    failed: 'The site could not be built', error: 'Error', warning: 'Warning', help: 'What to do', nearest: 'Nearest',
    fold: 'Collapse', unfold: 'Show', close: 'Close', list: 'List of errors',
    one: 'Another page has changed:', many: n => `${n} other pages have changed:`, more: n => `and ${n} more`,
    gone: 'This page is no longer part of the preview.', home: 'Go to the first page',
    lost: 'No connection to the preview; trying again…',
  },
};
const words = WORDS[made.get('lang')] || WORDS.en;

// ---- Making elements

function make(name, classes, ...children) {
  const element = document.createElement(name);
  if (classes) element.className = classes;
  element.append(...children);
  return element;
}

function link(href, text) {
  const a = make('a', '', text);
  a.href = href;
  return a;
}

function button(text, act) {
  const b = make('button', '', text);
  b.type = 'button';
  b.addEventListener('click', act);
  return b;
}

// ---- The place of all that is shown

const host = make('div');
host.id = '_nhiemky';
const style = make('link');
style.rel = 'stylesheet';
style.href = '/_nhiemky/preview.css';
const box = make('div', 'box');
box.lang = made.get('lang');
// Nothing is seen before it has its style.
box.hidden = true;
style.addEventListener('load', () => { box.hidden = false; });
const notes = make('div', 'notes');
notes.setAttribute('role', 'status');
const panel = make('div', 'panel');
panel.hidden = true;
box.append(notes, panel);
host.attachShadow({ mode: 'open' }).append(style, box);
document.documentElement.append(host);

// ---- Notes: one of each kind at a time

const NOTE_MS = 8000;
const shown = new Map();

function hideNote(kind) {
  const note = shown.get(kind);
  if (!note) return;
  clearTimeout(note.timer);
  note.element.remove();
  shown.delete(kind);
}

function note(kind, ms, ...children) {
  hideNote(kind);
  const element = make('div', `note ${kind}`, make('div', 'words', ...children), button(words.close, () => hideNote(kind)));
  const entry = { element, timer: 0 };
  // A note that somebody points at or stands in is being read.
  const run = () => { if (ms) entry.timer = setTimeout(() => hideNote(kind), ms); };
  const stop = () => clearTimeout(entry.timer);
  element.addEventListener('pointerenter', stop);
  element.addEventListener('pointerleave', run);
  element.addEventListener('focusin', stop);
  element.addEventListener('focusout', run);
  shown.set(kind, entry);
  notes.append(element);
  run();
}

function noteOthers({ count, pages }) {
  const list = make('ul', '', ...pages.map(page => make('li', '', link(page.href, page.title))));
  if (count > pages.length) list.append(make('li', '', words.more(count - pages.length)));
  note('others', NOTE_MS, make('p', '', count === 1 ? words.one : words.many(count)), list);
}

// ---- The problems

const FOLDED = '_nhiemky-folded';
let troubleText = 'null';

function store(key, value) {
  // A browser may forbid storage; then nothing is remembered.
  try { sessionStorage.setItem(key, value); } catch { /* not remembered */ }
}

function stored(key) {
  try { return sessionStorage.getItem(key); } catch { return null; }
}

// A short name for a text, to see whether the problems are still the same after another page was opened.
function nameOf(text) {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return `${text.length}:${sum}`;
}

// The line with its place underlined. Columns count characters, which JavaScript's strings do not.
function lineOf({ text, column, width }) {
  const letters = Array.from(text);
  const from = Math.min(Math.max(column - 1, 0), letters.length);
  const to = Math.min(from + Math.max(width, 1), letters.length);
  const code = make('code', '', letters.slice(0, from).join(''));
  // A place behind the last letter still needs something to underline.
  code.append(make('mark', '', letters.slice(from, to).join('') || '\u00a0'), letters.slice(to).join(''));
  const line = make('pre', '', code);
  // Long lines are scrolled, with the keyboard too.
  line.tabIndex = 0;
  return line;
}

function row(term, text) {
  return make('p', 'row', make('b', '', `${term}: `), text);
}

function problemOf(problem) {
  const place = problem.line ? `${problem.path}:${problem.line}:${problem.column}` : problem.path;
  const severity = problem.severity === 'error' ? 'error' : 'warning';
  const item = make('li', severity,
    make('p', 'head', make('span', 'mark', words[severity]), ' ', make('span', 'code', problem.code), ' ', make('span', 'place', place)),
    make('p', 'message', problem.message));
  if (problem.text) item.append(lineOf(problem));
  if (problem.nearest.length) item.append(row(words.nearest, problem.nearest.map(word => `“${word}”`).join(', ')));
  if (problem.help) item.append(row(words.help, problem.help));
  return item;
}

function fold(folded) {
  panel.classList.toggle('folded', folded);
  const toggle = panel.querySelector('button');
  toggle.textContent = folded ? words.unfold : words.fold;
  toggle.setAttribute('aria-expanded', String(!folded));
  store(FOLDED, folded ? nameOf(troubleText) : '');
}

function showTrouble(trouble, ready) {
  const text = JSON.stringify([trouble, ready]);
  if (text === troubleText) return;
  troubleText = text;
  panel.hidden = !trouble;
  panel.replaceChildren();
  if (!trouble) {
    store(FOLDED, '');
    return;
  }
  const title = make('h2', '', trouble.failure ? words.failed : words.broken);
  title.id = 'title';
  const tally = make('p', 'tally', trouble.tally);
  tally.id = 'tally';
  const toggle = button(words.fold, () => fold(!panel.classList.contains('folded')));
  toggle.setAttribute('aria-controls', 'body');
  const body = make('div', 'body', make('p', 'under', ready ? words.under : words.none));
  body.id = 'body';
  body.tabIndex = 0;
  body.setAttribute('role', 'region');
  body.setAttribute('aria-label', words.list);
  if (trouble.failure) body.append(make('p', 'failure', trouble.failure));
  body.append(make('ol', '', ...trouble.problems.map(problemOf)));
  panel.append(make('div', 'top', make('div', 'words', title, tally), toggle), body);
  // No focus is taken: whoever reads or searches the page below goes on doing so.
  panel.setAttribute('role', 'alertdialog');
  panel.setAttribute('aria-labelledby', 'title');
  panel.setAttribute('aria-describedby', 'tally');
  fold(stored(FOLDED) === nameOf(text));
}

document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && !event.defaultPrevented && !panel.hidden && !panel.classList.contains('folded')) {
    fold(true);
    event.preventDefault();
  }
});

// ---- Another state of the page

const SCROLL = '_nhiemky-scroll';

function reload() {
  store(SCROLL, JSON.stringify([location.pathname, scrollX, scrollY]));
  location.reload();
}

// Browsers keep the place themselves, but not all of them when the page became longer above it or came late.
function restoreScroll() {
  const saved = stored(SCROLL);
  if (!saved) return;
  store(SCROLL, '');
  try {
    const [path, x, y] = JSON.parse(saved);
    if (path === location.pathname && Math.abs(scrollY - y) > 2) scrollTo({ left: x, top: y, behavior: 'instant' });
  } catch { /* not ours */ }
}

// The new sheet is loaded beside the old one, which goes only when the new one is there: no moment without style.
function swapStyles(generation) {
  for (const old of document.querySelectorAll('link[rel~="stylesheet"]')) {
    const address = new URL(old.href, location.href);
    if (address.origin !== location.origin || old.dataset.nhiemky === 'old') continue;
    const fresh = old.cloneNode();
    address.searchParams.set('g', generation);
    fresh.href = address.href;
    old.dataset.nhiemky = 'old';
    fresh.addEventListener('load', () => old.remove());
    fresh.addEventListener('error', () => { fresh.remove(); delete old.dataset.nhiemky; });
    old.after(fresh);
  }
}

function take(news) {
  if (news.go) {
    location.assign(news.go);
    return;
  }
  if (news.own) {
    reload();
    return;
  }
  if (news.ready) since = news.generation;
  showTrouble(news.trouble, news.ready);
  if (news.style) swapStyles(news.generation);
  if (news.gone) note('gone', 0, make('p', '', words.gone, ' ', link('/', words.home)));
  else hideNote('gone');
  if (news.others.count) noteOthers(news.others);
}

// ---- Listening

// A browser holds six connections to a server and every listening page keeps one, so that a seventh tab would not load.
// Pages that nobody sees do not listen; they ask what they missed when they are seen again.
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4000;
let source = null;
let wait = FIRST_WAIT_MS;
let retry = 0;

function deaf() {
  clearTimeout(retry);
  if (source) source.close();
  source = null;
}

function listen() {
  deaf();
  if (document.hidden) return;
  const query = new URLSearchParams({ page: location.pathname, since, session, have });
  // URLSearchParams writes a space as +, which the server does not undo.
  source = new EventSource(`/_nhiemky/events?${query.toString().replace(/\+/g, '%20')}`);
  source.addEventListener('open', () => {
    wait = FIRST_WAIT_MS;
    hideNote('lost');
  });
  source.addEventListener('message', event => take(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    deaf();
    // A single break is mended before anybody could read of it.
    if (wait > FIRST_WAIT_MS) note('lost', 0, make('p', '', words.lost));
    retry = setTimeout(listen, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  });
}

document.addEventListener('visibilitychange', () => { if (document.hidden) deaf(); else listen(); });
addEventListener('pagehide', deaf);
addEventListener('pageshow', event => { if (event.persisted) listen(); });
if (document.readyState === 'complete') restoreScroll();
else addEventListener('load', restoreScroll);
listen();
})();

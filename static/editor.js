// The minutes, typed as one running text. Without this file each paragraph has a form and a button of its own.
//
// What is typed is sent within two seconds, in order, and is kept in this browser until the server has said that it has it. A change
// carries what its block was known to read before it: where somebody else has written meanwhile, nothing is overwritten.

const page = document.querySelector('[data-editor]')
const state = page.querySelector('[data-state]')
const aloud = page.querySelector('[data-aloud]')
const words = (id) => JSON.parse(document.getElementById(id).textContent)
const WORDS = words('editor-words')
const PEOPLE = words('editor-people')
const REFERENCES = words('editor-references')
const SOON = 1200 // milliseconds after the first key until it is sent
const EVERY = 5000 // between two questions what others wrote
const RETRIES = [2000, 4000, 8000, 15000]

page.classList.add('app-editor--live')
let token = page.dataset.token
let since = page.dataset.since

// --- blocks

const blocks = (within = page) => [...within.querySelectorAll('.app-block')]
const box = (block) => block.querySelector('textarea')
const itemOf = (block) => block.closest('[data-item]')
const itemKey = (block) => Number(itemOf(block).dataset.item)
const textOf = (block) => box(block)?.value ?? null
const isTyped = (block) => Boolean(box(block))
const find = (uid) => document.getElementById(`block-${uid}`)
const isFresh = (block) => 'fresh' in block.dataset
const before = (block) => {
  let other = block.previousElementSibling
  while (other && isFresh(other) && !other.dirty) other = other.previousElementSibling
  return other
}

const grows = CSS.supports('field-sizing', 'content')
const fit = (area) => {
  if (grows || !area) return
  area.style.height = 'auto'
  area.style.height = `${area.scrollHeight + 2}px`
}

// Labels tell the place of a block to who cannot see it.
const relabel = (item) => blocks(item).filter(isTyped).forEach((block, n) => {
  const kind = isFresh(block) && !block.nextElementSibling ? 'new paragraph' : `${block.dataset.kind === 'heading' ? 'heading' : 'paragraph'} ${n + 1}`
  box(block).setAttribute('aria-label', `Item ${item.dataset.number}, ${kind}`)
  block.querySelectorAll('button[value]').forEach((button) => button.setAttribute('aria-label', `${button.firstChild.data.trim()}: ${kind} of item ${item.dataset.number}`))
})

const model = page.querySelector('[data-model]').content.querySelector('.app-block')
const made = (text, uid = crypto.randomUUID(), kind = 'text') => {
  const block = model.cloneNode(true)
  block.id = `block-${uid}`
  block.dataset.uid = uid
  block.dataset.kind = kind
  block.dataset.fresh = ''
  block.className = `app-block app-block--${kind}`
  block.dirty = false
  box(block).value = text
  return block
}

const put = (block, { after = null, item = null }) => {
  if (after) after.after(block)
  else item.querySelector('.app-blocks').prepend(block)
  relabel(itemOf(block))
  fit(box(block))
  return block
}

const focus = (block, at) => {
  const area = box(block)
  if (!area) return block.querySelector('.app-block__shown')?.focus()
  area.focus()
  const place = at === 'end' ? area.value.length : at
  area.setSelectionRange(place, place)
}

// Every item ends with an empty block to go on in.
const lastOf = (item) => {
  const list = item.querySelector('.app-blocks')
  const last = list.lastElementChild
  if (last && isTyped(last) && !textOf(last) && isFresh(last)) return last
  const block = made('')
  list.append(block)
  relabel(item)
  return block
}

// --- kept in this browser until the server has it

const kept = new Promise((resolve) => {
  const asked = indexedDB.open('minutes', 1)
  asked.onupgradeneeded = () => asked.result.createObjectStore('unsent', { keyPath: 'key' })
  asked.onsuccess = () => resolve(asked.result)
  asked.onerror = () => resolve(null) // a browser that keeps nothing: the server still has it within two seconds
})
const store = async (mode) => (await kept)?.transaction('unsent', mode).objectStore('unsent')
const keyOf = (uid) => `${page.dataset.keep} ${uid}`
const remember = async (block) => {
  const told = {
    key: keyOf(block.dataset.uid), uid: block.dataset.uid, item: itemKey(block), after: before(block)?.dataset.uid ?? null, text: textOf(block),
    base: block.dataset.reads ?? '', kind: block.dataset.kind, fresh: isFresh(block)
  }
  ;(await store('readwrite'))?.put(told)
}
const forget = async (uid) => (await store('readwrite'))?.delete(keyOf(uid))
const remembered = async () => {
  const held = await store('readonly')
  if (!held) return []
  return new Promise((resolve) => {
    const asked = held.getAll(IDBKeyRange.bound(`${page.dataset.keep} `, `${page.dataset.keep} ~`))
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => resolve([])
  })
}

// --- sending

let timer = null
let sending = false
let failures = 0
let unsaved = null // since when
let saved = ''
const gone = new Map() // uid: what the block was known to read, of blocks deleted and not yet sent
const left = new Set()
const pendingLine = []

const clock = () => new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
const say = (text, ...more) => {
  if (more.length || state.textContent !== text) state.replaceChildren(text, ...more)
}
// What must be heard, too: not each saving, which would speak all the time.
const warn = (text, ...more) => {
  say(text, ...more)
  if (aloud.textContent !== text) aloud.textContent = text
}
let undo = null // the button that takes the last deletion back, for a while
const saySaved = () => say(saved ? `Saved ${saved}${undo ? '. ' : ''}` : 'Everything is saved.', ...(undo ? [undo] : []))

const touch = (block) => {
  if (isFresh(block) && !textOf(block)?.trim() && !block.back) {
    block.dirty = false
    forget(block.dataset.uid)
    return
  }
  block.dirty = true
  if (!unsaved) say('Not saved yet')
  unsaved ??= clock()
  remember(block)
  soon()
}
const soon = (wait = SOON) => {
  timer ??= setTimeout(() => { timer = null; send() }, wait)
}

const atOnce = () => {
  clearTimeout(timer)
  timer = null
  send()
}

const changeOf = (block) => ({
  uid: block.dataset.uid, item: itemKey(block), text: isTyped(block) ? textOf(block) : null, base: block.dataset.reads ?? '',
  kind: isTyped(block) ? block.dataset.kind : 'text', after: before(block)?.dataset.uid ?? null, placed: isFresh(block) || Boolean(block.moved),
  ...(block.back ? { dropped: false } : {})
})

async function send() {
  if (sending) return
  const line = pendingLine[0] ?? null
  const dirty = blocks().filter((block) => block.dirty && !block.theirs && (!isFresh(block) || textOf(block)?.trim() || block.back))
  const drops = [...gone].map(([uid, base]) => ({ uid, base, dropped: true }))
  if (!dirty.length && !drops.length && !left.size) {
    if (!blocks().some((block) => block.dirty)) {
      unsaved = null
      saySaved()
    }
    return
  }
  sending = true
  const sent = dirty.map((block) => ({ block, text: textOf(block) }))
  const leaving = [...left]
  const body = JSON.stringify({ changes: [...dirty.map(changeOf), ...drops], left: leaving, line })
  let answer = null
  try {
    answer = await fetch(page.dataset.editor, {
      method: 'POST', body, headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': token }, redirect: 'error'
    })
  } catch {
    answer = null
  }
  sending = false
  if (!answer || answer.status >= 500) return retry(`Unsaved since ${unsaved} (offline). What you type is kept in this browser.`)
  const told = await answer.json().catch(() => null)
  if (answer.status === 401 || (answer.status === 403 && !told)) return askForSignIn()
  failures = 0
  leaving.forEach((uid) => left.delete(uid))
  if (line) pendingLine.shift()
  if (answer.ok) taken(told, sent, drops, line)
  else if (told?.differs) clash(told.differs)
  else refuse(told?.refused ?? ['It could not be saved. Load the page again: what you typed is kept in this browser.'], line, sent)
  if (blocks().some((block) => block.dirty && !block.theirs && !block.refused) || gone.size || pendingLine.length) soon(answer.ok ? 100 : SOON)
}

function retry(text) {
  warn(text)
  soon(RETRIES[Math.min(failures++, RETRIES.length - 1)])
}

async function askForSignIn() {
  const link = Object.assign(document.createElement('a'), { href: page.dataset.signIn, target: '_blank', rel: 'noopener', textContent: 'Sign in again in a new tab' })
  link.className = 'govuk-link'
  if (!state.querySelector('a')) warn(`Unsaved since ${unsaved ?? clock()}: your sign-in has run out. Nothing is lost. `, link)
  await poll()
  soon(RETRIES[Math.min(failures++, RETRIES.length - 1)])
}

// The server has it.
function taken(told, sent, drops, line) {
  saved = told.at
  drops.forEach(({ uid }) => { gone.delete(uid); forget(uid) })
  for (const { block, text } of sent) {
    const now = told.blocks[block.dataset.uid]
    if (!now) continue
    delete block.dataset.fresh
    block.dataset.reads = now.reads
    block.back = block.moved = block.refused = false
    note(block, '')
    if (now.dropped) {
      block.remove()
      forget(block.dataset.uid)
    } else if (now.html || now.kind !== block.dataset.kind || (line === block.dataset.uid && now.text !== text)) {
      become(block, now)
    } else if (textOf(block) === text) {
      block.dirty = false
      forget(block.dataset.uid)
    } else remember(block)
  }
  if (told.go) window.location.assign(told.go)
  if (!blocks().some((block) => block.dirty)) {
    unsaved = null
    aloud.textContent = ''
    saySaved()
  }
  document.querySelectorAll('[data-item]').forEach(lastOf)
}

// A line that became a record, or a block that somebody else made into one.
function become(block, now) {
  const had = block.contains(document.activeElement)
  block.dataset.kind = now.kind
  block.dataset.reads = now.reads
  block.className = `app-block app-block--${now.kind}`
  block.dirty = false
  forget(block.dataset.uid)
  if (now.html) {
    const shown = Object.assign(document.createElement('div'), { className: 'app-block__shown', tabIndex: -1, innerHTML: now.html })
    block.querySelector('text-expander')?.replaceWith(shown)
    const old = block.querySelector('.app-block__shown')
    if (old !== shown) old?.replaceWith(shown)
  } else {
    box(block).value = now.text
    fit(box(block))
  }
  relabel(itemOf(block))
  if (had) focus(block.nextElementSibling && isTyped(block.nextElementSibling) ? block.nextElementSibling : lastOf(itemOf(block)), 0)
}

function note(block, text) {
  let said = block.querySelector('[data-said]')
  if (!text) return said?.remove()
  if (!said) {
    said = Object.assign(document.createElement('div'), { className: 'app-block__said' })
    said.setAttribute('role', 'alert')
    said.dataset.said = ''
    block.append(said)
  }
  said.replaceChildren(...[].concat(text))
}

function refuse(reasons, line, sent) {
  const about = (line && find(line)) || sent[0]?.block
  if (about) {
    about.refused = true
    about.dirty = true
    note(about, reasons.join(' '))
  }
  warn('Not saved: see what is said beside the paragraph.')
}

// Somebody else wrote in the same block: mine, theirs, and the choice.
function clash(differs) {
  for (const [uid, theirs] of Object.entries(differs)) {
    const block = find(uid)
    if (gone.has(uid)) {
      gone.delete(uid)
      if (!block) continue
    }
    if (!block) continue
    if (textOf(block) === theirs.text && !theirs.dropped) {
      block.dataset.reads = theirs.reads
      continue
    }
    block.theirs = theirs
    const head = Object.assign(document.createElement('p'), { className: 'govuk-body' })
    head.append(theirs.dropped ? `${theirs.by} deleted this paragraph at ${theirs.when}.` : `${theirs.by} changed this at ${theirs.when}. It now reads:`)
    const text = Object.assign(document.createElement('blockquote'), { className: 'app-block__theirs' })
    text.append(...(theirs.dropped ? [] : compared(textOf(block) ?? '', theirs.text)))
    const choices = document.createElement('p')
    for (const [label, act] of [['Keep mine', keepMine], ['Keep theirs', keepTheirs], ...(theirs.dropped ? [] : [['Keep both', keepBoth]])]) {
      const button = Object.assign(document.createElement('button'), { type: 'button', className: 'app-block__button', textContent: label })
      button.addEventListener('click', () => settle(block, theirs, act))
      choices.append(button)
    }
    note(block, [head, text, choices])
  }
  warn('Not all is saved: somebody else wrote in the same paragraph. Choose beside it.')
}

const keepMine = (block, theirs) => { block.back = theirs.dropped }
const keepTheirs = (block, theirs) => { box(block).value = theirs.text }
const keepBoth = (block, theirs) => { box(block).value = `${theirs.text}\n\n${textOf(block)}` }
function settle(block, theirs, act) {
  act(block, theirs)
  block.theirs = null
  block.dataset.reads = theirs.reads
  note(block, '')
  if (theirs.dropped && act === keepTheirs) {
    forget(block.dataset.uid)
    block.remove()
    return
  }
  touch(block)
  fit(box(block))
  focus(block, 'end')
}

// Theirs against mine, word by word: what they have and mine has not is marked.
function compared(mine, theirs) {
  const [a, b] = [mine.split(/(\s+)/), theirs.split(/(\s+)/)]
  if (a.length * b.length > 4e6) return [theirs]
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1])
  const shown = []
  const add = (tag, text) => shown.at(-1)?.tag === tag ? shown.at(-1).text += text : shown.push({ tag, text })
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) { add('', b[j++]); i++ } else if (j < b.length && (i === a.length || table[i][j + 1] >= table[i + 1][j])) add('ins', b[j++])
    else add('del', a[i++])
  }
  return shown.map(({ tag, text }) => tag ? Object.assign(document.createElement(tag), { textContent: text }) : text)
}

// --- what others wrote

async function poll() {
  let told
  try {
    const answer = await fetch(`${page.dataset.now}?since=${encodeURIComponent(since)}`, { headers: { Accept: 'application/json' }, redirect: 'error' })
    if (!answer.ok) return
    told = await answer.json()
  } catch {
    return
  }
  token = told.token
  since = told.now
  for (const now of told.blocks) show(now)
  for (const item of page.querySelectorAll('[data-item]')) {
    const who = [...new Set(told.writing.filter((each) => String(each.item) === item.dataset.item).map((each) => each.who))]
    const place = item.querySelector('[data-writing]')
    place.hidden = !who.length
    place.textContent = who.length ? `${who.join(', ')} ${who.length > 1 ? 'are' : 'is'} writing here` : ''
  }
}

function show(now) {
  let block = find(now.uid)
  if (gone.has(now.uid) || block?.dirty || block?.theirs || (block && block.dataset.reads === now.reads && block.dataset.kind === now.kind && now.dropped === false && stands(block, now))) return
  if (now.dropped) {
    if (block && !block.contains(document.activeElement)) block.remove()
    return
  }
  const item = page.querySelector(`[data-item="${now.item}"]`)
  if (!item) return
  if (!block) {
    block = put(made(now.text, now.uid, now.kind), { after: now.after && find(now.after), item })
    delete block.dataset.fresh
  } else if (!stands(block, now) && !block.contains(document.activeElement)) put(block, { after: now.after && find(now.after), item })
  if (block.dataset.reads === now.reads && block.dataset.kind === now.kind) return
  block.dataset.reads = now.reads
  if (now.html || now.kind !== block.dataset.kind) become(block, now)
  else if (textOf(block) !== now.text) {
    const at = box(block).selectionStart
    box(block).value = now.text
    if (document.activeElement === box(block)) box(block).setSelectionRange(at, at)
    fit(box(block))
  }
}
const stands = (block, now) => String(itemKey(block)) === String(now.item) && (before(block)?.dataset.uid ?? null) === (now.after ?? null)

// --- typing

page.addEventListener('input', (event) => {
  const block = event.target.closest('.app-block')
  if (!block || !isTyped(block)) return
  block.refused = false
  fit(event.target)
  touch(block)
  if (!block.nextElementSibling && textOf(block)) lastOf(itemOf(block))
})

page.addEventListener('focusout', (event) => {
  const block = event.target.closest('.app-block')
  if (!block || isFresh(block) || !isTyped(block)) return
  left.add(block.dataset.uid)
  soon(150)
})

page.addEventListener('submit', (event) => {
  const block = event.target.closest('.app-block')
  if (!block) return
  const what = event.submitter?.value
  event.preventDefault()
  if (what === 'up' || what === 'down') move(block, what)
  else if (what === 'drop') drop(block)
  else { touch(block); atOnce() }
})

page.addEventListener('keydown', (event) => {
  const area = event.target
  const block = area.closest('.app-block')
  if (event.defaultPrevented || event.isComposing || !block || !isTyped(block) || area.tagName !== 'TEXTAREA') return
  const [from, to] = [area.selectionStart, area.selectionEnd]
  const done = (act) => { event.preventDefault(); act() }
  if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) return done(() => move(block, event.key === 'ArrowUp' ? 'up' : 'down'))
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return done(() => nextItem(block))
  if (event.key === 'Enter' && !event.shiftKey && !event.altKey) return done(() => (area.value.startsWith('/') ? carryOut(block) : split(block, from, to)))
  if (from !== to || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  if (event.key === 'Backspace' && from === 0) return done(() => join(block.previousElementSibling, block))
  if (event.key === 'Delete' && to === area.value.length && block.nextElementSibling && textOf(block.nextElementSibling) !== '') return done(() => join(block, block.nextElementSibling))
  if (event.key === 'ArrowUp' && onFirstLine(area)) return cross(event, block, -1)
  if (event.key === 'ArrowDown' && onLastLine(area)) return cross(event, block, 1)
})

// The caret is on the first (last) line as it is broken on the page, not only in the text.
const onFirstLine = (area) => lineAt(area, area.selectionStart) === lineAt(area, 0)
const onLastLine = (area) => lineAt(area, area.selectionStart) === lineAt(area, area.value.length)
const mirror = Object.assign(document.createElement('div'), { className: 'app-editor__mirror', ariaHidden: 'true' })
page.append(mirror)
function lineAt(area, place) {
  const style = getComputedStyle(area)
  for (const name of ['font', 'letterSpacing', 'lineHeight', 'padding', 'border', 'boxSizing', 'wordSpacing']) mirror.style[name] = style[name]
  mirror.style.width = `${area.offsetWidth}px`
  const mark = Object.assign(document.createElement('span'), { textContent: '\u200b' })
  mirror.replaceChildren(area.value.slice(0, place), mark, area.value.slice(place))
  return mark.offsetTop
}

function cross(event, block, way) {
  const all = blocks().filter(isTyped)
  const next = all[all.indexOf(block) + way]
  if (!next) return
  event.preventDefault()
  focus(next, way < 0 ? 'end' : 0)
}

function split(block, from, to) {
  const text = textOf(block)
  if (!text.trim()) return
  box(block).value = text.slice(0, from).trimEnd()
  const rest = put(made(text.slice(to).trimStart()), { after: block })
  fit(box(block))
  touch(block)
  if (textOf(rest)) touch(rest)
  focus(rest, 0)
  tidy(itemOf(block))
}

// One empty block at the end is enough.
function tidy(item) {
  const empty = blocks(item).filter((block) => isFresh(block) && isTyped(block) && !textOf(block) && !block.contains(document.activeElement))
  empty.forEach((block) => { if (block.nextElementSibling || block.previousElementSibling?.contains(document.activeElement)) block.remove() })
  relabel(item)
}

function join(one, other) {
  if (!one || !other || itemOf(one) !== itemOf(other)) return
  if (!isTyped(one)) return one.querySelector('.app-block__shown')?.focus()
  if (!isTyped(other)) return
  const at = textOf(one).length
  const gap = textOf(one) && textOf(other) && !/\s$/.test(textOf(one)) ? ' ' : ''
  box(one).value = textOf(one) + gap + textOf(other)
  fit(box(one))
  if (textOf(other)) touch(one)
  takeOut(other)
  focus(one, at)
}

function takeOut(block) {
  if (!isFresh(block)) gone.set(block.dataset.uid, block.dataset.reads)
  forget(block.dataset.uid)
  const item = itemOf(block)
  block.remove()
  block.dirty = false
  lastOf(item)
  soon()
}

function drop(block) {
  const [after, item, text] = [block.previousElementSibling, itemOf(block), textOf(block)]
  takeOut(block)
  focus(after && isTyped(after) ? after : lastOf(item), 'end')
  if (!text?.trim()) return
  undo = Object.assign(document.createElement('button'), { type: 'button', className: 'app-block__button', textContent: 'Bring back what was deleted' })
  undo.addEventListener('click', () => { undo = null; bringBack(block, after, item); saySaved() })
  setTimeout((mine) => { if (undo === mine) { undo = null; saySaved() } }, 30000, undo)
  warn('Deleted. ', undo)
}

function bringBack(block, after, item) {
  const sent = !gone.delete(block.dataset.uid)
  put(block, { after: after?.isConnected ? after : null, item })
  if (sent && !isFresh(block)) {
    block.back = true
    block.dataset.reads = 'gone'
  }
  block.moved = true
  touch(block)
  focus(block, 'end')
}

function move(block, way) {
  const item = itemOf(block)
  const all = blocks(item).filter((each) => each === block || !isFresh(each) || textOf(each))
  const other = all[all.indexOf(block) + (way === 'up' ? -1 : 1)]
  if (!other) return
  if (way === 'up') other.before(block)
  else other.after(block)
  block.moved = true
  relabel(item)
  touch(block)
  focus(block, 'end')
}

function nextItem(block) {
  const all = [...page.querySelectorAll('[data-item]')]
  const next = all[all.indexOf(itemOf(block)) + 1]
  if (!next) return
  focus(lastOf(next), 0)
  next.scrollIntoView({ block: 'nearest' })
}

function carryOut(block) {
  block.refused = false
  pendingLine.push(block.dataset.uid)
  touch(block)
  atOnce()
}

// Many paragraphs pasted are many blocks; the lines of a list stay together.
page.addEventListener('paste', (event) => {
  const area = event.target
  const block = area.closest('.app-block')
  const text = event.clipboardData?.getData('text/plain').replace(/\r\n?/g, '\n') ?? ''
  const parts = text.split(/\n\s*\n|\n(?!\s*(?:[-*•]|\d+[.)])\s)/).map((part) => part.trim()).filter(Boolean)
  if (!block || !isTyped(block) || parts.length < 2) return
  event.preventDefault()
  const tail = area.value.slice(area.selectionEnd).trim()
  area.value = (area.value.slice(0, area.selectionStart) + parts[0]).trimStart()
  touch(block)
  fit(area)
  let last = block
  for (const part of [...parts.slice(1), ...(tail ? [tail] : [])]) {
    last = put(made(part), { after: last })
    touch(last)
  }
  lastOf(itemOf(block))
  focus(last, 'end')
})

// --- menus

const option = (value, text) => {
  const each = Object.assign(document.createElement('li'), { textContent: text })
  each.setAttribute('role', 'option')
  each.dataset.value = value
  return each
}
const starts = (said, ...texts) => texts.some((text) => text?.toLowerCase().split(/\s+/).some((word) => word.startsWith(said)) || text?.toLowerCase().startsWith(said))
const MENUS = {
  '/': (said) => WORDS.filter((word) => word.startsWith(said)).map((word) => option(`/${word}`, `/${word}`)),
  '@': (said) => PEOPLE.filter((who) => starts(said, who.name, who.initials, who.as)).map((who) => option(`@${who.initials || who.name}`, `${who.initials} ${who.as}`)),
  '#': (said) => REFERENCES.filter((each) => starts(said, each.reference, each.title)).map((each) => option(each.reference, `${each.reference} ${each.title}`))
}
let listed = 0
page.addEventListener('text-expander-change', (event) => {
  const { key, text, provide } = event.detail
  const area = event.target.querySelector('textarea')
  if (key === '/' && area.value.trimStart().indexOf('/') !== 0) return
  const found = MENUS[key](text.toLowerCase()).slice(0, 8)
  const list = Object.assign(document.createElement('ul'), { className: 'app-menu', id: `menu-${++listed}` })
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', { '/': 'Records', '@': 'People present', '#': 'References' }[key])
  list.append(...found)
  provide(Promise.resolve({ matched: found.length > 0, fragment: list }))
}, true) // its events do not bubble
page.addEventListener('text-expander-value', (event) => { event.detail.value = event.detail.item.dataset.value }, true)
page.addEventListener('text-expander-committed', (event) => touch(event.target.closest('.app-block')), true)

// --- the notepad, saved by itself

const pad = page.querySelector('[data-notepad]')
let padTimer = null
pad.addEventListener('input', () => {
  padTimer ??= setTimeout(async () => {
    padTimer = null
    const body = new URLSearchParams({ text: pad.querySelector('textarea').value })
    await fetch(pad.action, { method: 'POST', body, headers: { Accept: 'application/json', 'X-CSRFToken': token } }).catch(() => null)
  }, SOON)
})

// --- beginning

window.addEventListener('online', () => { failures = 0; atOnce() })
window.addEventListener('beforeunload', (event) => { if (blocks().some((block) => block.dirty && !isFresh(block)) && !failures) send() })

for (const told of await remembered()) {
  let block = find(told.uid)
  if (block && textOf(block) === told.text) { forget(told.uid); continue }
  if (!block) {
    const item = page.querySelector(`[data-item="${told.item}"]`)
    if (!item || !told.text?.trim()) { forget(told.uid); continue }
    block = put(made(told.text, told.uid, told.kind), { after: told.after && find(told.after), item })
    if (!told.fresh) { delete block.dataset.fresh; block.dataset.reads = told.base }
  } else if (isTyped(block)) {
    box(block).value = told.text
    block.dataset.reads = told.base
  }
  touch(block)
}
blocks().forEach((block) => fit(box(block)))
for (const block of blocks().filter(isFresh)) if (!textOf(block)) block.remove() // the form of who has no scripts
page.querySelectorAll('[data-item]').forEach(lastOf)
saySaved()
setInterval(poll, EVERY)

// The minutes, typed as one running text. Without this file each item is a form, saved by its button.
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
const INITIALS = words('editor-initials')
const MOST_OFFERED = 12 // in a menu: all words of records, and of people and references the first
const AT_ONCE = 200 // blocks sent in one go
const PATIENCE = 15000 // milliseconds until an answer counts as lost
const SOON = 1200 // milliseconds after the first key until it is sent
const EVERY = 5000 // between two questions what others wrote
const RETRIES = [2000, 4000, 8000, 15000]

const forms = [...page.querySelectorAll('[data-write]')]
forms.forEach((form) => form.remove()) // before the browser looks into them, for which it would lay out all that is in each
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
const asksForRecord = (text) => Boolean(text?.trimStart().startsWith('/'))
const find = (uid) => document.getElementById(`block-${uid}`)
const isNew = (block) => 'fresh' in block.dataset // the server has not said yet that it has it
const isFresh = (block) => isNew(block) && !block.tried?.length // it was not even sent
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
const CALLED = { text: 'paragraph', addendum: 'update' }
const called = (block, n = blocks(itemOf(block)).indexOf(block)) =>
  isFresh(block) && !block.nextElementSibling ? 'new paragraph' : `${CALLED[block.dataset.kind] ?? block.dataset.kind} ${n + 1}`
const relabel = (item) => blocks(item).forEach((block, n) => box(block)?.setAttribute('aria-label', `Item ${item.dataset.number}, ${called(block, n)}`))

const model = page.querySelector('[data-model]').content.querySelector('.app-block')
const made = (text, uid = crypto.randomUUID(), kind = 'text') => {
  const block = model.cloneNode(true)
  block.id = `block-${uid}`
  block.dataset.uid = uid
  block.dataset.kind = kind
  block.dataset.fresh = ''
  block.className = `app-block app-block--${kind}`
  block.dirty = false
  box(block).removeAttribute('name')
  box(block).value = text
  return block
}

const put = (block, { after = null, item = null }) => {
  if (after) after.after(block)
  else item.querySelector('.app-blocks').prepend(block)
  const listed = page.querySelector(`[data-gone="${block.dataset.uid}"]`)
  if (listed) {
    const where = listed.closest('[data-item]')
    listed.remove()
    countGone(where)
  }
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

// One row of buttons for all blocks: it stands in the one in hand, or under the pointer where there is room beside it.
const tools = page.querySelector('[data-model]').content.querySelector('.app-block__buttons')
const isWide = window.matchMedia('(min-width: 70em)')
const offer = (block) => {
  if (!block?.isConnected) return // deleted with the buttons in it
  if (tools.parentElement !== block) block.append(tools)
  const [history, where] = [tools.querySelector('a'), `${called(block)} of item ${itemOf(block).dataset.number}`]
  for (const each of tools.children) each.setAttribute('aria-label', each === history ? `History of ${where}` : `${each.textContent}: ${where}`)
  tools.querySelector('[value=drop]').hidden = !isTyped(block)
  history.hidden = !block.dataset.pk
  history.href = `${page.dataset.histories}${block.dataset.pk}/`
}
page.addEventListener('focusin', (event) => offer(event.target.closest('.app-block')))
page.addEventListener('pointerover', (event) => {
  if (isWide.matches && !tools.contains(document.activeElement)) offer(event.target.closest('.app-block') ?? document.activeElement.closest('.app-block'))
})
tools.addEventListener('click', (event) => {
  const [what, block] = [event.target.closest('button')?.value, tools.closest('.app-block')]
  if (what === 'drop') drop(block)
  else if (what) move(block, what)
})

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
let told = Date.now() * 1000 // in which order it was typed
const remember = async (block, dropped = false) => {
  const row = {
    key: keyOf(block.dataset.uid), uid: block.dataset.uid, item: dropped ? 0 : itemKey(block), after: dropped ? null : before(block)?.dataset.uid ?? null,
    text: textOf(block), base: block.dataset.reads ?? '', kind: block.dataset.kind, fresh: isNew(block), tried: block.tried ?? [], dropped, order: ++told,
    line: waitsToBeCarriedOut(block), back: Boolean(block.back)
  }
  ;(await store('readwrite'))?.put(row)
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
let sends = 0 // how often something was sent: a poll that crossed a sending tells of what was before it
const gone = new Map() // uid: the block, and where it stood; of blocks deleted and not yet sent
const left = new Set()
const pendingLine = [] // lines that are to be carried out, one after the other: until then nothing is said to be saved
const waits = (uid) => pendingLine.includes(uid)
const waitsToBeCarriedOut = (block) => waits(block.dataset.uid)
const isAllSaved = () => !pendingLine.length && !gone.size && !blocks().some((block) => block.dirty)

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
// Lines that asked for a record and got none are kept as words, and said for as long as they stand.
const refusedLines = () => [...document.querySelectorAll('[data-uid]')].filter((block) => block.querySelector('[data-said]') && asksForRecord(textOf(block))).length
const leftInWords = () => refusedLines() ? `; ${refusedLines()} line${refusedLines() === 1 ? ' was' : 's were'} not carried out: see beside ${refusedLines() === 1 ? 'it' : 'them'}` : ''
const saySaved = () => {
  if (!isAllSaved()) say('Not saved yet')
  else say(saved ? `Saved ${saved}${leftInWords()}${undo ? '. ' : ''}` : `Everything is saved${leftInWords()}.`, ...(undo ? [undo] : []))
}

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
  uid: block.dataset.uid, item: itemKey(block), text: isTyped(block) ? textOf(block) : null, base: block.dataset.reads ?? '', tried: block.tried ?? [],
  kind: isTyped(block) ? block.dataset.kind : 'text', after: before(block)?.dataset.uid ?? null, placed: isNew(block) || Boolean(block.moved),
  ...(block.back ? { dropped: false } : {})
})

async function send(keepalive = false) {
  if (sending) return
  while (pendingLine.length && !find(pendingLine[0])) pendingLine.shift() // its block was deleted meanwhile
  const line = pendingLine[0] ?? null
  const asked = (block) => block.dirty && !block.theirs && !block.refused && (!isFresh(block) || textOf(block)?.trim() || block.back)
  const dirty = blocks().filter((block) => asked(block) || block.dataset.uid === line).slice(0, AT_ONCE)
  const drops = [...gone].slice(0, AT_ONCE).map(([uid, { block }]) => ({ uid, base: block.dataset.reads ?? '', tried: block.tried ?? [], dropped: true }))
  if (!dirty.length && !drops.length && !left.size) {
    if (isAllSaved()) {
      unsaved = null
      saySaved()
    }
    return
  }
  sending = true
  sends += 1
  for (const { uid } of drops) gone.get(uid).isSent = true
  const sent = dirty.map((block) => ({ block, text: textOf(block), moved: block.moved }))
  const leaving = [...left]
  const body = JSON.stringify({ changes: [...dirty.map(changeOf), ...drops], left: leaving, line })
  for (const { block, text } of sent) if (isTyped(block)) block.tried = [...(block.tried ?? []), text].slice(-8) // until the answer comes
  const [answer, told] = await answered(body, keepalive)
  sending = false
  if (!answer || answer.status >= 500 || (answer.ok && !told)) return retry(unsaved ? `Unsaved since ${unsaved} (offline). What you type is kept in this browser.` : 'You are offline. What you type is kept in this browser.')
  if (answer.status === 401 || (answer.status === 403 && !told)) return askForSignIn()
  failures = 0
  leaving.forEach((uid) => left.delete(uid))
  const isAnswered = answer.ok || told?.uid === line || line in (told?.differs ?? {}) // else nothing was done, for the sake of another block
  if (line && isAnswered) {
    if (waits(line)) pendingLine.splice(pendingLine.indexOf(line), 1)
    const block = find(line)
    if (block && isTyped(block)) box(block).readOnly = false
  }
  if (answer.ok) taken(told, sent, drops, line)
  else if (told?.differs) clash(told.differs)
  else if (!refuse(told?.refused ?? ['It could not be saved. Load the page again: what you typed is kept in this browser.'], told?.uid, line)) {
    return soon(RETRIES[Math.min(failures++, RETRIES.length - 1)])
  }
  if (blocks().some((block) => block.dirty && !block.theirs && !block.refused) || gone.size || left.size || pendingLine.length) soon(answer.ok ? 100 : SOON)
}

// What an answer tells; null if it is none of ours. Broken off, it is an error like a broken line.
const read = (answer) => answer.json().catch((error) => {
  if (error instanceof SyntaxError) return null
  throw error
})

// The answer with what it tells, which comes after its head: until all of it is here, nothing else is sent.
async function answered(body, keepalive) {
  try {
    const answer = await fetch(page.dataset.editor, {
      method: 'POST', body, headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': token }, redirect: 'error', keepalive,
      signal: AbortSignal.timeout(PATIENCE)
    })
    return [answer, await read(answer)]
  } catch {
    return [null, null]
  }
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
  drops.forEach(({ uid }) => { gone.delete(uid); if (!find(uid)) forget(uid) }) // it may be back by now, which is sent next
  for (const { block, text, moved } of sent) {
    const now = told.blocks[block.dataset.uid]
    if (!now) continue
    block.tried = []
    delete block.dataset.fresh
    block.dataset.reads = now.reads
    block.dataset.pk = now.pk
    block.back = false
    if (block.moved === moved) block.moved = 0
    if (!block.isConnected) continue // deleted meanwhile: that is sent next
    if (now.dropped) {
      block.remove()
      forget(block.dataset.uid)
    } else if (now.html || now.kind !== block.dataset.kind || (line === block.dataset.uid && now.text !== text)) {
      become(block, now)
    } else if (textOf(block) === text) {
      block.dirty = false
      if (waitsToBeCarriedOut(block)) remember(block)
      else forget(block.dataset.uid)
    } else remember(block)
  }
  if (told.go) window.location.assign(told.go)
  if (isAllSaved()) {
    unsaved = null
    aloud.textContent = ''
    saySaved()
  }
  document.querySelectorAll('[data-item]').forEach(lastOf)
  offer(tools.closest('.app-block')) // it has a number and a history by now
}

// A line that became a record, or a block that somebody else made into one.
function become(block, now) {
  const had = block.contains(document.activeElement)
  block.dataset.kind = now.kind
  block.dataset.reads = now.reads
  block.className = `app-block app-block--${now.kind}`
  block.dirty = false
  block.tried = []
  note(block, '')
  block.querySelector('[data-unknown]')?.remove()
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
  isTheirs(block)
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

// The one that was refused waits until it is changed; all the others are sent again. Whether it is known which.
function refuse(reasons, uid, line) {
  const dropped = gone.get(uid)
  if (dropped) {
    gone.delete(uid)
    forget(uid)
    put(dropped.block, { after: dropped.after?.isConnected ? dropped.after : null, item: dropped.item })
  }
  const block = uid && find(uid)
  if (!block) {
    warn(reasons.join(' '))
    return false
  }
  if (!dropped && uid !== line) block.refused = true // of a line the words are kept, as words
  note(block, reasons.join(' '))
  warn('Not saved: see what is said beside the paragraph.')
  return true
}

// Somebody else wrote in the same block: mine, theirs, and the choice.
function clash(differs) {
  for (const [uid, theirs] of Object.entries(differs)) {
    const dropped = gone.get(uid)
    if (dropped) {
      gone.delete(uid)
      forget(uid)
      put(dropped.block, { after: dropped.after?.isConnected ? dropped.after : null, item: dropped.item })
      dropped.block.dataset.reads = theirs.reads
      if (isTyped(dropped.block)) box(dropped.block).value = theirs.text
      note(dropped.block, `${theirs.by} changed this at ${theirs.when}, so it was not deleted.`)
      continue
    }
    const block = find(uid)
    if (!block) continue
    if (theirs.html) { // it is a record by now: what was typed into it since goes on behind it
      const rest = textOf(block)
      const typed = rest?.trim() && !(block.tried ?? []).slice(0, -1).includes(rest) && !asksForRecord(rest)
      if (typed) touch(put(made(rest), { after: block }))
      become(block, theirs)
      continue
    }
    if (textOf(block) === theirs.text && !theirs.dropped) {
      block.dataset.reads = theirs.reads
      block.tried = []
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
  isTheirs(block)
  block.theirs = null
  block.tried = []
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
  const before = sends
  try {
    const answer = await fetch(`${page.dataset.now}?since=${encodeURIComponent(since)}`, { headers: { Accept: 'application/json' }, redirect: 'error' })
    if (!answer.ok) return
    told = await answer.json()
  } catch {
    return
  }
  token = told.token
  keepTime(told.pace)
  if (sending || before !== sends) return
  since = told.now
  for (const now of told.blocks) show(now)
  for (const item of page.querySelectorAll('[data-item]')) {
    const who = [...new Set(told.writing.filter((each) => String(each.item) === item.dataset.item).map((each) => each.who))]
    const place = item.querySelector('[data-writing]')
    place.hidden = !who.length
    place.textContent = who.length ? `${who.join(', ')} ${who.length > 1 ? 'are' : 'is'} writing here` : ''
  }
}

// How the meeting keeps to its agenda.
function keepTime(pace) {
  const place = page.querySelector('[data-pace]')
  place.hidden = !pace.says
  place.querySelector('[data-pace-says]').textContent = pace.says
  place.querySelector('[data-pace-defer]').hidden = !pace.late
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
    block.dataset.pk = now.pk
  } else if (!stands(block, now) && !block.contains(document.activeElement)) {
    put(block, { after: now.after && find(now.after), item })
    block.theirPlace = now.after ?? 'first'
  }
  if (block.dataset.reads === now.reads && block.dataset.kind === now.kind) return
  block.dataset.reads = now.reads
  if (now.html || now.kind !== block.dataset.kind) become(block, now)
  else if (textOf(block) !== now.text) {
    const at = box(block).selectionStart
    box(block).value = now.text
    isTheirs(block)
    if (document.activeElement === box(block)) box(block).setSelectionRange(at, at)
    fit(box(block))
  }
}
const stands = (block, now) => String(itemKey(block)) === String(now.item) && (before(block)?.dataset.uid ?? null) === (now.after ?? null)

// --- typing

page.addEventListener('input', (event) => {
  const block = event.target.closest('.app-block')
  if (!block || !isTyped(block)) return steps.forEach((step) => { step.isOld = true; step.isAsked = false }) // in the notepad: the browser would take that back first
  wrote(block, event.inputType === 'historyUndo')
  block.refused = false
  if (!block.theirs) note(block, '')
  fit(event.target)
  touch(block)
  if (!block.nextElementSibling && textOf(block)) lastOf(itemOf(block))
})

// Initials of nobody who is there, marked beneath the paragraph once it is left; the server says the same.
const near = (said) => INITIALS.known.filter((each) => each[0] === said[0] || each.at(-1) === said.at(-1)).slice(0, 2)
function markInitials(block) {
  let mark = block.querySelector('[data-unknown]')
  const said = block.dataset.kind === 'text' ? [...(textOf(block) ?? '').matchAll(new RegExp(INITIALS.speaks, 'g'))].map((found) => found[1]) : []
  const unknown = [...new Set(said)].filter((each) => !INITIALS.known.includes(each) && ![each, each.replace(/s$/, '')].some((word) => INITIALS.words.includes(word)))
  if (!unknown.length) return mark?.remove()
  if (!mark) {
    mark = Object.assign(document.createElement('p'), { className: 'app-block__unknown' })
    mark.dataset.unknown = ''
    block.append(mark)
  }
  mark.textContent = unknown.map((each) => `${each} are the initials of nobody who came or sent apologies.${near(each).length ? ` Did you mean ${near(each).join(' or ')}?` : ''}`).join(' ')
}

page.addEventListener('focusout', (event) => {
  const block = event.target.closest('.app-block')
  if (block && isTyped(block)) markInitials(block)
  if (!block || isFresh(block) || !isTyped(block)) return
  left.add(block.dataset.uid)
  soon(150)
})

// Deleted blocks are brought back by the form of who has no scripts: of what is typed it sends nothing.
page.addEventListener('click', (event) => {
  const asked = event.target.closest('[name=bring_back]')
  if (!asked) return
  const form = forms.find((each) => each.id === asked.getAttribute('form'))
  page.querySelectorAll(`[form="${form.id}"]`).forEach((each) => each.removeAttribute('form'))
  form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: asked.name, value: asked.value }))
  form.querySelector('[name=csrfmiddlewaretoken]').value = token
  page.append(form)
  form.submit()
})

page.addEventListener('keydown', (event) => {
  const area = event.target
  const block = area.closest('.app-block')
  if (event.defaultPrevented || event.isComposing || !block || !isTyped(block) || area.tagName !== 'TEXTAREA') return
  if (event.key === 'Tab') return offer(block) // wherever the pointer lies
  if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) return takeBack(event)
  const [from, to] = [area.selectionStart, area.selectionEnd]
  const done = (act) => { event.preventDefault(); act() }
  if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) return done(() => move(block, event.key === 'ArrowUp' ? 'up' : 'down'))
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return done(() => nextItem(block))
  if (event.key === 'Enter' && !event.shiftKey && !event.altKey) return done(() => (asksForRecord(area.value) ? carryOut(block) : split(block, from, to)))
  if (from !== to || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  if (event.key === 'Backspace' && from === 0) return done(() => join(block.previousElementSibling, block))
  if (event.key === 'Delete' && to === area.value.length && block.nextElementSibling && textOf(block.nextElementSibling) !== '') return done(() => join(block, block.nextElementSibling))
  if (event.key === 'ArrowUp' && onFirstLine(area)) return cross(event, block, -1)
  if (event.key === 'ArrowDown' && onLastLine(area)) return cross(event, block, 1)
  if (event.key === 'ArrowLeft' && from === 0) return cross(event, block, -1)
  if (event.key === 'ArrowRight' && to === area.value.length) return cross(event, block, 1)
})

// --- taken back
//
// What was done, the newest last: steps, which change the blocks there are and where they stand, and between them what was typed. While nothing but
// typing came after it, the browser takes that back itself; of what is older it knows nothing any more, and it goes word by word.
const MOST_TAKEN_BACK = 100
const MOST_WORDS = 200 // of one typing
const steps = []
const isStep = (step) => !step.block
const keepStep = (step) => {
  if (isStep(step)) steps.forEach((each) => { each.isOld = true })
  steps.push(step)
  if (steps.length > MOST_TAKEN_BACK) steps.shift()
  return step
}
const forgetSteps = (which) => steps.splice(0, steps.length, ...steps.filter((step) => !which(step)))
const isTheirs = (block) => forgetSteps((step) => step.block === block) // what it reads is not what was typed here
// `back` takes a step back. It tells whether it could; null if there is nothing left of it.
const did = (block, back) => keepStep({ at: block, back })
const stillReads = (block, text) => block.isConnected ? textOf(block) === text && !block.theirs && !waitsToBeCarriedOut(block) : !text

page.addEventListener('beforeinput', (event) => {
  const block = event.target.closest('.app-block')
  if (block && isTyped(block)) block.had = textOf(block)
})
function wrote(block, isTakenBack = false) {
  const [had, text, last] = [block.had ?? '', textOf(block), steps.at(-1)]
  block.had = text
  const words = last?.block === block && !last.isOld ? last.words : null
  if (last) last.isAsked = false
  if (isTakenBack) while (words?.length > 1 && words.at(-1).length >= text.length) words.pop()
  else if (!words) keepStep({ block, words: [had] })
  else if (/\s$/.test(had) || Math.abs(text.length - had.length) > 1) words.push(had)
  if (words?.length > MOST_WORDS) words.splice(1, 1)
}

function rewrite(block, text) {
  const had = textOf(block)
  let same = 0
  while (same < Math.min(had.length, text.length) && had.at(-1 - same) === text.at(-1 - same)) same += 1
  box(block).value = block.had = text
  block.refused = false
  note(block, '')
  fit(box(block))
  touch(block)
  focus(block, text.length - same)
  lastOf(itemOf(block))
}

function takeBack(event = null) {
  const isLeft = ({ block, words }) => block.isConnected && isTyped(block) && textOf(block) !== words[0]
  while (steps.length && !isStep(steps.at(-1)) && !isLeft(steps.at(-1))) steps.pop()
  const step = steps.at(-1)
  if (step && !isStep(step) && !step.isOld && event) {
    if (document.activeElement !== box(step.block)) focus(step.block, 'end')
    step.isAsked = true
    setTimeout(() => { if (step.isAsked && step === steps.at(-1)) { step.isOld = true; takeBack() } }, 100) // it had nothing to take back
    return
  }
  event?.preventDefault()
  if (!step) return
  if (!isStep(step)) {
    if (step.block.theirs || waitsToBeCarriedOut(step.block)) return
    while (step.words.length > 1 && step.words.at(-1) === textOf(step.block)) step.words.pop()
    return rewrite(step.block, step.words.length > 1 ? step.words.pop() : step.words[0])
  }
  steps.pop()
  const isBack = step.back()
  if (isBack === null) return takeBack(event)
  if (isBack) return
  isTheirs(step.at)
  const said = 'This was changed by somebody else since, or became a record: it was not taken back.'
  if (step.at.isConnected) note(step.at, said)
  else warn(said)
}

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
  if (!textOf(block).trim()) return
  const rest = cut(block, from, to, [textOf(block).slice(0, from).trimEnd(), textOf(block).slice(to).trimStart()])
  focus(rest, 0)
  tidy(itemOf(block))
}

// One block is made into several, and into one again when that is taken back. What somebody else changed meanwhile stays, and with it the end of the block, if that is there.
function cut(block, from, to, [first, ...more]) {
  const had = textOf(block)
  box(block).value = first
  fit(box(block))
  touch(block)
  let last = block
  const parts = more.map((text) => [last = put(made(text), { after: last }), text])
  for (const [part, text] of parts) if (text) touch(part)
  did(block, () => {
    const tail = had.slice(to).trim() ? parts.at(-1) : null
    const into = block.isConnected ? block : tail?.[0] // it may have gone, if nothing was left in it and it was not saved yet
    const isWhole = Boolean(into) && stillReads(block, first) && (!tail || stillReads(...tail))
    const isAll = isWhole && parts.every((part) => stillReads(...part))
    for (const part of parts) if (part[0] !== into && part[0].isConnected && stillReads(...part) && (isWhole || part !== tail)) takeOut(part[0])
    if (!isWhole) return false
    rewrite(into, had)
    focus(into, from)
    return isAll
  })
  return last
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
  const [at, had, rest] = [textOf(one).length, textOf(one), textOf(other)]
  const gap = textOf(one) && textOf(other) && !/\s$/.test(textOf(one)) ? ' ' : ''
  box(one).value = textOf(one) + gap + textOf(other)
  fit(box(one))
  if (textOf(other)) touch(one)
  takeOut(other)
  focus(one, at)
  if (!rest) return
  did(one, () => {
    if (!stillReads(one, `${had}${gap}${rest}`) || find(other.dataset.uid)) return false
    if (had !== textOf(one)) rewrite(one, had)
    bringBack(other, one, itemOf(one))
    focus(other, 0)
    return true
  })
}

function takeOut(block) {
  const item = itemOf(block)
  if (isFresh(block)) forget(block.dataset.uid)
  else {
    gone.set(block.dataset.uid, { block, after: block.previousElementSibling, item })
    remember(block, true)
  }
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
  listGone(block, text, after, item)
  undo = Object.assign(document.createElement('button'), { type: 'button', className: 'app-block__button', textContent: 'Bring back what was deleted' })
  const step = did(block, () => {
    undo = null
    const isGone = !find(block.dataset.uid) // else it was brought back by its button, or by somebody else
    if (isGone) bringBack(block, after, item)
    saySaved()
    return isGone ? true : null
  })
  undo.addEventListener('click', () => { forgetSteps((each) => each === step); step.back() })
  setTimeout((mine) => { if (undo === mine) { undo = null; saySaved() } }, 30000, undo)
  warn('Deleted. ', undo)
}

// Below its item stands what was deleted, until it is brought back: as the server lists it when the page is opened.
function listGone(block, text, after, item) {
  const entry = document.createElement('div')
  const words = Object.assign(document.createElement('p'), { className: 'govuk-body', id: `gone-${block.dataset.uid}`, textContent: text.length > 240 ? `${text.slice(0, 240)}…` : text })
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'app-block__button', textContent: 'Bring it back' })
  button.setAttribute('aria-describedby', words.id)
  button.addEventListener('click', () => { bringBack(block, after, item); saySaved() })
  entry.dataset.gone = block.dataset.uid
  entry.append(words, button)
  item.querySelector('[data-deleted] > div').append(entry)
  countGone(item)
}

function countGone(item) {
  const list = item.querySelector('[data-deleted]')
  const many = list.querySelector('div').children.length
  list.hidden = !many
  list.querySelector('summary span').textContent = `${many} deleted paragraph${many === 1 ? '' : 's'} of item ${item.dataset.number}`
}

function bringBack(block, after, item) {
  const waiting = gone.get(block.dataset.uid)
  const sent = !waiting || waiting.isSent || block.tried?.length
  gone.delete(block.dataset.uid)
  put(block, { after: after?.isConnected ? after : null, item })
  if (sent && !isFresh(block)) {
    block.back = true
    block.dataset.reads = 'gone'
  }
  block.moved = (block.moved ?? 0) + 1
  touch(block)
  focus(block, 'end')
}

function move(block, way) {
  const item = itemOf(block)
  const all = blocks(item).filter((each) => each === block || !isFresh(each) || textOf(each))
  const other = all[all.indexOf(block) + (way === 'up' ? -1 : 1)]
  if (!other) return
  const place = (isUp) => {
    if (isUp) other.before(block)
    else other.after(block)
    block.theirPlace = null
    block.moved = (block.moved ?? 0) + 1
    relabel(item)
    touch(block)
    focus(block, 'end')
  }
  place(way === 'up')
  did(block, () => {
    if (!block.isConnected || !other.isConnected || block.theirPlace || itemOf(other) !== itemOf(block)) return false
    place(way !== 'up')
    return true
  })
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
  note(block, '')
  if (waitsToBeCarriedOut(block)) return
  wait(block)
  focus(block.nextElementSibling && isTyped(block.nextElementSibling) ? block.nextElementSibling : lastOf(itemOf(block)), 0)
  atOnce()
}

function wait(block) {
  pendingLine.push(block.dataset.uid)
  touch(block)
  box(block).readOnly = true // until it is a record, or was refused
}

// Many paragraphs pasted are many blocks; the lines of a list stay together.
page.addEventListener('paste', (event) => {
  const area = event.target
  const block = area.closest('.app-block')
  const text = event.clipboardData?.getData('text/plain').replace(/\r\n?/g, '\n') ?? ''
  const parts = text.split(/\n\s*\n|\n(?!\s*(?:[-*•]|\d+[.)])\s)/).map((part) => part.trim()).filter(Boolean)
  if (!block || !isTyped(block) || parts.length < 2) return
  event.preventDefault()
  const [from, to] = [area.selectionStart, area.selectionEnd]
  const tail = area.value.slice(to).trim()
  const last = cut(block, from, to, [(area.value.slice(0, from) + parts[0]).trimStart(), ...parts.slice(1), ...(tail ? [tail] : [])])
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
  '/': (said) => WORDS.filter(([word]) => word.startsWith(said)).map(([word, shape]) => option(`/${word}`, `/${word} ${shape}`)),
  '@': (said) => PEOPLE.filter((who) => starts(said, who.name, who.initials, who.as)).map((who) => option(who.initials || who.name, `${who.initials || who.name} ${who.as}`)),
  '#': (said) => REFERENCES.filter((each) => starts(said, each.reference, each.title)).map((each) => option(each.reference, `${each.reference} ${each.title}`))
}
let listed = 0
page.addEventListener('text-expander-change', (event) => {
  const { key, text, provide } = event.detail
  const area = event.target.querySelector('textarea')
  if (key === '/' && area.value.trimStart().indexOf('/') !== 0) return
  const found = MENUS[key](text.toLowerCase()).slice(0, MOST_OFFERED)
  const list = Object.assign(document.createElement('ul'), { className: 'app-menu', id: `menu-${++listed}` })
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', { '/': 'Records', '@': 'People present', '#': 'References' }[key])
  list.append(...found)
  provide(Promise.resolve({ matched: found.length > 0, fragment: list }))
}, true) // its events do not bubble
// The sign stays where a line asks for a record, `/action @SJ by`; in running text it only called the menu.
page.addEventListener('text-expander-value', (event) => {
  const { key, item } = event.detail
  const isLine = asksForRecord(event.target.querySelector('textarea').value)
  event.detail.value = key === '@' && isLine ? `@${item.dataset.value}` : item.dataset.value
}, true)
page.addEventListener('text-expander-committed', (event) => {
  const area = event.target.querySelector('textarea')
  const at = area.selectionStart
  // It puts a blank behind. Whoever types puts their own, but after the word of a record.
  if (area.value[at - 1] === ' ' && !/^\/\w+ $/.test(area.value.slice(0, at))) area.setRangeText('', at - 1, at, 'end')
  const block = event.target.closest('.app-block')
  wrote(block)
  for (const step of steps) step.isOld = true // it wrote past the browser, which cannot take that back
  touch(block)
}, true)

// --- the notepad, saved by itself

const pad = page.querySelector('[data-notepad]')
let padTimer = null
let savingPad = false
let padSent = null // what was sent, and not answered: the server may have it
pad.addEventListener('input', () => {
  padTimer ??= setTimeout(savePad, SOON)
})
// Written in another window meanwhile, both are kept, one under the other.
async function savePad() {
  padTimer = savingPad ? setTimeout(savePad, SOON) : null // one after the other: the next is measured by what this one left
  if (savingPad) return
  savingPad = true
  try {
    await sendPad()
  } finally {
    savingPad = false
  }
}

async function sendPad() {
  const box = pad.querySelector('textarea')
  const reads = pad.querySelector('[name=reads]')
  const [body, before] = [new URLSearchParams({ text: box.value, reads: reads.value }), padSent]
  padSent = box.value
  const sent = { method: 'POST', body, headers: { Accept: 'application/json', 'X-CSRFToken': token }, keepalive: true, signal: AbortSignal.timeout(PATIENCE) }
  const answer = await fetch(pad.action, sent).catch(() => null)
  const said = answer && await read(answer).catch(() => null)
  if (said?.reads) {
    padSent = null
    reads.value = said.reads
  }
  if (answer?.ok && said) return
  if (answer?.status === 409 && said?.theirs === before) return sendPad() // its answer was lost, nothing else
  if (answer?.status === 409 && said) {
    box.value = `${said.theirs}\n\n${box.value}`
    warn('Your notepad was written in another window, too: both are kept, one under the other.')
  } else warn('Your notepad is not saved yet.')
  padTimer ??= setTimeout(savePad, RETRIES[1])
}

// --- beginning

window.addEventListener('online', () => { failures = 0; atOnce() })
window.addEventListener('pagehide', () => { send(true); if (padTimer) sendPad() }) // and what does not get through is sent when the page is opened again

for (const block of blocks()) block.dataset.uid = block.id.slice('block-'.length)
for (const row of (await remembered()).sort((one, other) => (one.order ?? 0) - (other.order ?? 0))) restore(row)

function restore(row) {
  let block = find(row.uid)
  if (row.dropped) {
    if (!block) return forget(row.uid)
    block.dataset.reads = row.base
    block.tried = row.tried
    return takeOut(block)
  }
  if (row.line && block && textOf(block) === row.text) return wait(block)
  if ((block && textOf(block) === row.text) || (!block && !row.text?.trim())) return forget(row.uid)
  if (!block) {
    const item = page.querySelector(`[data-item="${row.item}"]`)
    const under = item ?? page.querySelector('[data-item]')
    if (!under) return
    const last = blocks(under).filter((each) => !isFresh(each) || textOf(each)).at(-1)
    block = put(made(row.text, row.uid, row.kind), { after: (row.after && find(row.after)) ?? (row.after || !item ? last : null), item: under })
    if (!item) note(block, 'This was typed under an item that is not on the agenda any more.')
    if (!row.fresh) delete block.dataset.fresh
  } else if (isTyped(block)) box(block).value = row.text
  else return forget(row.uid)
  block.dataset.reads = row.base
  block.tried = row.tried ?? []
  block.back = Boolean(row.back)
  if (row.line && asksForRecord(row.text)) wait(block)
  else touch(block)
}
if (!grows) blocks().forEach((block) => fit(box(block)))
blocks().filter((block) => isFresh(block) && textOf(block)).forEach(touch)
page.querySelectorAll('[data-item]').forEach(lastOf)
saySaved()
setInterval(poll, EVERY)

// Who came, saved as it is ticked: each row alone. Without this file the form is saved by its button.
//
// A row carries what was recorded of it when it was last looked at: where somebody else has recorded something else meanwhile, nothing
// is overwritten, and one chooses. What could not be saved stays ticked, and is sent again.

const form = document.querySelector('form[data-roster]')
const represented = document.querySelector('[data-represented]')
const PATIENCE = 15000 // milliseconds until an answer counts as lost
const RETRIES = [2000, 4000, 8000, 15000]

const stateOf = (row) => {
  let said = row.querySelector('[data-saved]')
  if (!said) {
    said = Object.assign(document.createElement('p'), { className: 'app-roster__saved' })
    said.setAttribute('role', 'status')
    said.dataset.saved = ''
    row.append(said)
  }
  return said
}
const say = (row, ...parts) => {
  const said = stateOf(row)
  said.classList.toggle('app-roster__saved--not', row.dataset.unsaved !== undefined)
  said.replaceChildren(...parts)
}
const seenOf = (row) => form.querySelector(`input[name="seen-${row.dataset.row}"]`)

const told = (row) => {
  const said = new URLSearchParams()
  for (const field of row.querySelectorAll('input, select, textarea')) {
    if (field.name && (field.type !== 'radio' || field.checked)) said.set(field.name, field.value)
  }
  said.set('csrfmiddlewaretoken', form.querySelector('[name=csrfmiddlewaretoken]').value)
  return said
}

async function send(row) {
  if (row.sending) {
    row.again = true
    return
  }
  clearTimeout(row.timer)
  row.sending = true
  row.again = false
  row.dataset.unsaved = ''
  let answer = null
  try {
    answer = await fetch(window.location.pathname, {
      method: 'POST', body: told(row), headers: { Accept: 'application/json' }, redirect: 'error', signal: AbortSignal.timeout(PATIENCE)
    })
  } catch {
    answer = null
  }
  const said = await answer?.json().catch(() => null)
  row.sending = false
  if (!answer || answer.status >= 500) return retry(row)
  row.failures = 0
  if (answer.ok) taken(row, said)
  else if (said?.recorded?.[row.dataset.row]) differs(row, said.recorded[row.dataset.row])
  else if (said?.refused) say(row, `Not saved: ${said.refused.join(' ')}`)
  else say(row, 'Not saved: your sign-in may have run out. Sign in in another tab, then tick it again. What you ticked is still here.')
  if (row.again) send(row)
}

const busy = () => [...form.querySelectorAll('[data-row]')].some((row) => row.sending)

function retry(row) {
  row.failures = (row.failures ?? 0) + 1
  say(row, 'Not saved: there is no connection. What you ticked is still here, and is sent again.')
  row.timer = setTimeout(() => send(row), RETRIES[Math.min(row.failures, RETRIES.length) - 1])
}

function taken(row, said) {
  seenOf(row).value = said.seen[row.dataset.row] ?? ''
  represented.textContent = said.represented
  delete row.dataset.unsaved
  say(row, `Saved ${said.at}`)
}

// Somebody else recorded something else: theirs, and the choice.
function differs(row, theirs) {
  const button = (label, act) => {
    const made = Object.assign(document.createElement('button'), { type: 'button', className: 'app-block__button', textContent: label })
    made.addEventListener('click', () => {
      seenOf(row).value = theirs.seen
      act()
      row.querySelector('input:checked')?.focus()
    })
    return made
  }
  const who = theirs.by || 'Somebody'
  const choice = Object.assign(document.createElement('span'), { className: 'app-roster__choice' })
  choice.append(
    button('Save mine', () => send(row)), ' ',
    button('Keep what is there', () => {
      for (const radio of row.querySelectorAll('input[type=radio]')) if (radio.name === row.dataset.row) radio.checked = radio.value === theirs.choice
      delete row.dataset.unsaved
      say(row, 'Nothing was changed.')
    })
  )
  say(row, `Not saved: ${who} has recorded “${theirs.words}” here since you looked.`, choice)
}

// One key each, while a row has the focus: it is said, saved, and the next row follows. Anywhere else a letter does what it always does.
const KEYS = { p: 'present', d: 'dialled_in', a: 'apologies', x: ['absent', 'taken_back'], s: /^(alternate-|as_recorded)/ }
const means = (key, value) => KEYS[key] instanceof RegExp ? KEYS[key].test(value) : [KEYS[key]].flat().includes(value)

// Nobody was named for the seat: whoever came all the same is put down on a page of its own. What is not saved yet is not talked over.
function nobodyToStandIn(event, row) {
  const link = row.querySelector('[data-stands-in]')
  if (!link) return
  event.preventDefault()
  if (row.dataset.unsaved === undefined) say(row, 'Nobody is named to stand in for this seat. If somebody did, follow “Somebody else stands in” in this row.')
}

function byKey(event) {
  const row = event.target.closest('[data-row]')
  if (!row || event.target.type !== 'radio' || event.ctrlKey || event.altKey || event.metaKey || !KEYS[event.key.toLowerCase()]) return
  const radio = [...row.querySelectorAll('input[type=radio]')].find((each) => each.name === row.dataset.row && means(event.key.toLowerCase(), each.value))
  if (!radio && event.key.toLowerCase() === 's') return nobodyToStandIn(event, row)
  if (!radio) return
  event.preventDefault()
  if (!radio.checked) {
    radio.checked = true
    send(row)
  }
  const rows = [...form.querySelectorAll('[data-row]')]
  const next = rows[rows.indexOf(row) + 1]
  const where = next ? next.querySelector('input[type=radio]:checked') ?? next.querySelector('input[type=radio]') : form.querySelector('button')
  where.focus()
}

if (form) {
  form.addEventListener('keydown', byKey)
  document.querySelector('[data-how-saved]').textContent = 'What you tick below is saved at once.'
  form.addEventListener('change', (event) => {
    const row = event.target.closest('[data-row]')
    if (row) send(row)
  })
  window.addEventListener('online', () => {
    for (const row of form.querySelectorAll('[data-unsaved]')) if (row.failures) send(row)
  })
  // While something is not saved, the page is not left unasked; the button below sends all of it.
  let submitted = false
  form.addEventListener('submit', (event) => {
    if (busy()) { // what was just ticked is answered first: else the form would know less than is recorded
      event.preventDefault()
      const submitter = event.submitter
      const wait = setInterval(() => {
        if (busy()) return
        clearInterval(wait)
        form.requestSubmit(submitter)
      }, 50)
      return
    }
    submitted = true
  })
  window.addEventListener('beforeunload', (event) => {
    if (!submitted && form.querySelector('[data-unsaved]')) event.preventDefault()
  })
}

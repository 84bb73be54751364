// Everything works without this file; it only makes some things quicker.
import { initAll } from './vendor/govuk-frontend/govuk-frontend.min.js'

// What is still moving, as the server wrote it before anything below changes it: what the server writes next is compared with this.
const parts = (markup) => [...Object.assign(document.createElement('template'), { innerHTML: markup }).content.children].map((part) => part.innerHTML)
const moving = [...document.querySelectorAll('[data-live]')].map((place) => ({ place, shown: parts(place.innerHTML) }))

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

// A Copy button after each address that can be cited.
if (navigator.clipboard) {
  for (const place of document.querySelectorAll('[data-copy]')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'app-copy__button'
    button.textContent = 'Copy'
    const label = place.querySelector('.app-copy__label')
    if (label) button.setAttribute('aria-label', `Copy: ${label.textContent}`)
    const said = document.createElement('span')
    said.setAttribute('role', 'status')
    said.className = 'app-copy__said'
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(place.dataset.copy)
        said.textContent = 'Copied'
      } catch {
        said.textContent = 'Your browser did not allow copying. Select the text instead.'
      }
    })
    place.append(button, said)
  }
}

// A table that fits needs no place in the tab order; one that scrolls keeps it.
const scrollers = document.querySelectorAll('.app-scroll')
const settle = (box) => {
  if (box.scrollWidth > box.clientWidth + 1) {
    box.tabIndex = 0
  } else if (document.activeElement !== box) {
    box.removeAttribute('tabindex')
  }
}
if (scrollers.length && 'ResizeObserver' in window) {
  const watch = new ResizeObserver((entries) => entries.forEach((entry) => settle(entry.target)))
  scrollers.forEach((box) => watch.observe(box))
}

// A passkey or security key that did not work says so on the page, not only in the console.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  const place = document.getElementById('passkey-error')
  if (place) {
    place.textContent = 'Your passkey or security key was not used. Nothing has changed: try again, or choose another way to sign in.'
    place.hidden = false
  }
})

// What is being typed survives a sign-in that ran out and a tab closed by mistake. Kept in this tab alone, until it is sent on.
for (const form of document.querySelectorAll('form[data-keep]')) {
  const boxes = [...form.querySelectorAll('textarea')].filter((box) => box.name)
  const place = (box, n) => `kept ${form.dataset.keep} ${box.name} ${n}`
  boxes.forEach((box, n) => {
    const kept = sessionStorage.getItem(place(box, n))
    if (kept && !box.value) box.value = kept
    box.addEventListener('input', () => sessionStorage.setItem(place(box, n), box.value))
  })
}
if (document.querySelector('.govuk-panel--confirmation, .govuk-notification-banner--success')) {
  Object.keys(sessionStorage).filter((key) => key.startsWith('kept ')).forEach((key) => sessionStorage.removeItem(key))
}

// How far a large file has come, while it is being sent. The page that comes back takes the place of this one, as if it had been sent without.
const LARGE = 1024 * 1024
for (const form of document.querySelectorAll('form[data-uploads]')) {
  const boxes = [...form.querySelectorAll('input[type=file]')]
  const sizes = () => boxes.flatMap((box) => [...box.files]).map((file) => file.size)
  const said = form.appendChild(document.createElement('p'))
  said.className = 'govuk-hint'
  said.setAttribute('role', 'status')
  const tooLarge = () => {
    const most = Math.min(...boxes.map((box) => Number(box.dataset.most)))
    const found = sizes().some((size) => size > most)
    said.textContent = found ? `This file is larger than ${Math.floor(most / LARGE)} MB: choose a smaller one.` : ''
    return found
  }
  for (const box of boxes) box.addEventListener('change', tooLarge)
  form.addEventListener('submit', (event) => {
    if (tooLarge()) return event.preventDefault()  // the server would hang up in the middle
    if (sizes().reduce((sum, size) => sum + size, 0) < LARGE) return
    event.preventDefault()
    if (form.getAttribute('aria-busy')) return
    form.setAttribute('aria-busy', 'true')
    const bar = Object.assign(document.createElement('progress'), { max: 100, value: 0 })
    bar.setAttribute('aria-label', 'Sending the file')
    said.before(bar)
    const sending = new XMLHttpRequest()
    const stop = () => {
      bar.remove()
      form.removeAttribute('aria-busy')
      said.textContent = 'The file did not arrive. Nothing has changed: try again.'
    }
    sending.upload.addEventListener('progress', ({ loaded, total }) => {
      bar.value = Math.floor((100 * loaded) / total)
      const tenths = Math.floor(bar.value / 10) * 10  // said ten times, not a hundred
      const words = loaded < total ? `Sending: ${tenths} %` : 'Sent. It is being looked at.'
      if (said.textContent !== words) said.textContent = words
    })
    sending.addEventListener('load', () => {
      if (!(sending.getResponseHeader('Content-Type') || '').startsWith('text/html')) return location.assign(sending.responseURL)
      const page = new DOMParser().parseFromString(sending.responseText, 'text/html')
      if (sending.responseURL !== location.href) history.replaceState(null, '', sending.responseURL)
      document.documentElement.replaceWith(document.adoptNode(page.documentElement))
      window.scrollTo(0, 0)
      import(`${import.meta.url.split('#')[0]}#${Date.now()}`)  // what this file does, done to the new page
    })
    sending.addEventListener('error', stop)
    sending.addEventListener('abort', stop)
    sending.open('POST', form.getAttribute('action') || location.href)
    sending.send(new FormData(form, event.submitter))
  })
}

// What is still moving is asked for again every few seconds while the page is looked at. Only the parts that changed are written
// anew, inside their own elements: what is focused keeps its focus, and what is announced is announced once.
for (const { place, shown } of moving) {
  let last = shown
  setInterval(async () => {
    if (document.hidden) return
    try {
      const answer = await fetch(place.dataset.live, { headers: { Accept: 'text/html' }, redirect: 'error' })
      if (!answer.ok) return
      const fresh = parts(await answer.text())
      fresh.forEach((part, n) => {
        const box = place.children[n]
        if (part === last[n] || !box) return
        if (box.querySelector(':focus')) fresh[n] = last[n]
        else box.innerHTML = part
      })
      last = fresh
    } catch {
      // The next try may succeed; the page as it was stays readable.
    }
  }, 3000)
}

// Roll call by keys: only outside text boxes, only while the box beside them says so.
const keyed = document.querySelector('form[data-keys]')
if (keyed) {
  const wanted = document.querySelector('[data-use-keys]')
  wanted.checked = sessionStorage.getItem('use keys') !== 'no'
  wanted.addEventListener('change', () => sessionStorage.setItem('use keys', wanted.checked ? 'yes' : 'no'))
  document.addEventListener('keydown', (event) => {
    if (!wanted.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
    if (event.target.closest('textarea, input:not([type=checkbox]), select')) return
    const key = event.key.toLowerCase()
    const button = keyed.dataset.keys && keyed.querySelector(`[data-key="${CSS.escape(key)}"]`) // none over an answer that is there
    const seats = [...document.querySelectorAll('.app-seats a')]
    const now = seats.findIndex((seat) => seat.getAttribute('aria-current'))
    if (button) button.click()
    else if (key === 'n' && seats[now + 1]) seats[now + 1].click()
    else if (key === 'p' && now > 0) seats[now - 1].click()
    else return
    event.preventDefault()
  })
}

// Whether reasons are required with the outcomes that are chosen: said at once, and once more by the server.
const needing = [...document.querySelectorAll('[data-needs-reasons]')]
if (needing.length) {
  const said = document.querySelector('[data-reasons-are]')
  const tell = () => {
    said.hidden = !needing.some((subject) => subject.dataset.needsReasons.split(' ').includes(subject.querySelector('select[name$="-outcome"]').value || '-'))
  }
  for (const subject of needing) subject.addEventListener('change', tell)
  tell()
}

// Items of an agenda, moved by keys: on a button that moves one, Alt with an arrow does what the button of that way does. On the page that comes
// back it has the focus again, or the other one, where there is no further way.
const movers = [...document.querySelectorAll('form[data-moves]')]
if (movers.length) {
  const [moved, to] = (sessionStorage.getItem('moved item') ?? ' ').split(' ')
  const form = movers.find((each) => each.dataset.moves === moved)
  sessionStorage.removeItem('moved item')
  const button = form?.querySelector(`button[value="${CSS.escape(to)}"]`) ?? form?.querySelector('button')
  button?.focus()
  window.addEventListener('load', () => button?.focus()) // the place in the address takes it away before
  for (const each of movers) {
    each.addEventListener('keydown', (event) => {
      const way = event.altKey && { ArrowUp: 'up', ArrowDown: 'down' }[event.key]
      if (!way) return
      event.preventDefault()
      if (!event.repeat) each.querySelector(`button[value=${way}]`)?.click()
    })
    each.addEventListener('submit', (event) => {
      if (each.dataset.sent) return event.preventDefault()
      each.dataset.sent = 'yes'
      sessionStorage.setItem('moved item', `${each.dataset.moves} ${event.submitter.value}`)
    })
  }
}

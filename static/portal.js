// Everything works without this file; it only makes some things quicker.
import { initAll } from './vendor/govuk-frontend/govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

// A Copy button after each address that can be cited.
if (navigator.clipboard) {
  for (const place of document.querySelectorAll('[data-copy]')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'app-copy__button'
    button.textContent = 'Copy'
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

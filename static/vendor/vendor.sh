#!/bin/sh
# Reproduces the folders of static/vendor from their npm packages.
# Needs npm and node. Run it from anywhere; it writes only beside itself. What it changes, and why: VENDORED.md.
set -eu
GOVUK=6.6.0
PUBLIC_SANS=5.3.0
TEXT_EXPANDER=2.9.4
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm pack --silent "govuk-frontend@$GOVUK" "@fontsource/public-sans@$PUBLIC_SANS" "@github/text-expander-element@$TEXT_EXPANDER" >/dev/null
mkdir govuk sans expander
tar xzf "github-text-expander-element-$TEXT_EXPANDER.tgz" -C expander --strip-components=1
tar xzf "govuk-frontend-$GOVUK.tgz" -C govuk --strip-components=1
tar xzf "fontsource-public-sans-$PUBLIC_SANS.tgz" -C sans --strip-components=1

mkdir -p "$here/govuk-frontend" "$here/public-sans"
cat >rebrand.js <<'JS'
const fs = require('fs')
const [from, to] = process.argv.slice(2)
const read = (name) => fs.readFileSync(`${from}/dist/govuk/${name}`, 'utf8')
const withoutMap = (text) => text.replace(/\s*(\/\/# sourceMappingURL=\S+|\/\*# sourceMappingURL=\S+ \*\/)\s*$/, '') + '\n'

let css = withoutMap(read('govuk-frontend.min.css'))
css = css
  .replace(/\/\*![^*]*Margaret Calvert[^*]*\*\//g, '')
  .replace(/@font-face\{[^}]*\}/g, '')
  .replace(/font-family:GDS Transport,arial,sans-serif/g, 'font-family:"Public Sans",arial,sans-serif')
  .replace(/font-family:sans-serif/g, 'font-family:"Public Sans",arial,sans-serif')
  // the crest below the footer, three rules deep, and the crown
  .replace(/@supports \(\(-webkit-mask-position:initial\) or \(mask-position:initial\)\)\{\.govuk-footer__copyright-logo:before\{[^}]*\}@media screen and \(forced-colors:active\)\{\.govuk-footer__copyright-logo:before\{[^}]*\}\}\}/g, '')
  .replace(/\.govuk-footer__copyright-logo[^{}]*\{[^}]*\}/g, '')
  .replace(/\.govuk-footer__crown[^{}]*\{[^}]*\}/g, '')
for (const word of [/GDS Transport/i, /@font-face/, /crest/i, /crown/i, /copyright-logo/, /url\(/, /gov\.uk/i]) {
  if (word.test(css)) throw new Error(`the rebranded style sheet still says ${word}`)
}
const depth = [...css].reduce((n, c) => n + (c === '{') - (c === '}'), 0)
if (depth !== 0) throw new Error('braces do not balance')
fs.writeFileSync(`${to}/govuk-frontend.min.css`, css)
fs.writeFileSync(`${to}/govuk-frontend.min.js`, withoutMap(read('govuk-frontend.min.js')))
JS
node rebrand.js "$work/govuk" "$here/govuk-frontend"

for subset in latin latin-ext; do
  for weight in 400 700; do
    cp "sans/files/public-sans-$subset-$weight-normal.woff2" "$here/public-sans/"
  done
done
cp sans/LICENSE "$here/public-sans/LICENSE.txt"
mkdir -p "$here/text-expander"
cp expander/dist/bundle.js "$here/text-expander/text-expander.js"
cp expander/LICENSE "$here/text-expander/LICENSE.txt"
chmod 644 "$here"/text-expander/* "$here"/public-sans/* "$here"/govuk-frontend/*

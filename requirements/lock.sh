#!/usr/bin/env bash
# Rewrites the hashed locks from pyproject.toml. Needs uv (pip install uv); installing from the locks does not.
# They name no host, so any index or mirror may serve the files: the hashes decide what is accepted.
# Versions already locked are kept; pass --upgrade to move to the newest that pyproject.toml allows.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {  # <lock> <options of uv...>
  local lock=$1 digest
  shift
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --no-emit-index-url --no-emit-find-links "$@" pyproject.toml --output-file "$lock"
  digest=$(python3 -m launcher.locks)
  printf '# From pyproject.toml by requirements/lock.sh; sha256 of its dependency tables: %s\n%s\n' \
    "$digest" "$(grep -v '^#' "$lock")" >"$lock"
}

# The widest first: the others are held to its versions, so that one folder of packages can serve all three.
compile requirements/dev.txt --group test --group lint "$@"
compile requirements/demo.txt --group services --constraints requirements/dev.txt "$@"
compile requirements/prod.txt --constraints requirements/dev.txt "$@"

if grep -n '://' requirements/*.txt; then
  echo 'A lock names an address.' >&2
  exit 1
fi
